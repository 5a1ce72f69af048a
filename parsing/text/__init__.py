"""Printed text, whatever format it came in: what any line or cell says, before anything is known of its table.

grid          what every reader returns: grids of cells, lines, doubts
font_forms    characters that fonts put in place of the ideographs they print
amounts       printed money to exact yuan; blanks, zeros, units of account; text for comparison
numbering     every number before a name: 一、 （一） 1. 1） ① 第一部分 附件1
outline       how the rows of a list nest by their numbers
coded_names   a code and its name in one cell
struck_out    text that a line goes through, which is left out and told of
totals        what a total is called
captions      short lines around a table: unit, entity, date, page number, note, title
"""
