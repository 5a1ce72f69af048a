"""The lake for a language model, over the Model Context Protocol; the extra ``mcp``.

===================  =================================================================================================
module               what it does
===================  =================================================================================================
``server``           the tools as a client sees them, over standard input and output
``instructions.md``  what a model is told before its first question: what is held, and how no yuan is counted twice
``asking``           puts each question to a process of its own, which may be killed
``answering``        that process: opens the newest publication, answers one question after another
``answers``          what each tool answers, from an opened lake
``limits``           how much an answer may cost: rows, bytes, seconds, memory
===================  =================================================================================================

DuckDB's own limits do not hold against a hostile statement: under a memory limit of 500 MB ``repeat('x', 3000000000)``
took 5.7 GB, and a list function over 30 million numbers went on for minutes after it was interrupted.  So questions
run in a process whose address space is limited and which a timer of the kernel ends.
"""
