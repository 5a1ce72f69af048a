"""The command line: the front door to crawling, archiving, parsing and querying.

| module | what |
|---|---|
| ``__main__`` | start, errors and exit codes |
| ``application`` | the command group and the options every command shares |
| ``session`` | what a command is run with: the archive root, how to report |
| ``exits`` | exit codes, and which error ends with which |
| ``answers`` | rows to standard output or a file, in the format asked for |
| ``progress`` | progress bars on a terminal, plain lines elsewhere |
| ``commands/`` | one module per command, imported when it is run |
| ``demo/`` | a small portal on this machine with five disclosures |

Results go to standard output, everything else to standard error.
"""
