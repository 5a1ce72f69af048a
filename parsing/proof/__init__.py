"""Checks: what a document's own arithmetic and words say about its amounts.

check             one identity applied, and the sum with its tolerance; statuses: what checks make of amounts
across            sums that column headings state; down: sums that row names and codes state
within_a_form     every identity of one form; between_forms: money that several forms state
roll_forward      年初 + 本年收入 − 本年支出 = 年末
within_the_text   the narrative's numbers against one another; sums_in_text: wholes and parts, roll-forward
text_and_tables   claims against line items; named_positions: which line items a name can mean
promised_forms    forms present, declared empty or missing; promises: which forms are promised
slid_rows         amounts that slid into a neighbouring column, put back where identities decide
whole_codes       codes printed in part, or implied by names, made whole
codes_and_names   codes against the names beside them; unknown_codes: pairs for a person to review
amount_names      what names of rows and columns say to the identities
"""
