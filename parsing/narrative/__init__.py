"""Running text (情况说明): paragraphs, sentences, and the numbers they claim.

paragraphs       lines → paragraphs with the level of a heading, and sections by heading
sentences        a paragraph → comparable sentences, every letter leading back to its line
wordings         patterns over sentences; their words are ``vocabulary/wordings.csv``
named_classes    classes named by 类 款 项 or by category; coded_classes: by code; items: those and the listed items
numbers          amounts, percentages, counts, and words that state a number
reasons          reasons in numbered parts: 一是…；二是…
marks            a sentence → items, numbers, reasons, brackets and breaks
roles            words before a number → what it says: a figure, a change, a share
subjects         whom numbers speak of; headings: what stands above a paragraph
sentence_reader  marks → claims, from number to number
claims           paragraphs → claims; claim: the claim itself
"""
