"""What people say and what the law calls it: rows in `*.yaml`, and the expansion of a question by them.

`rows` has the form of a file, `expansion` the use of it in a search, `friends` what speaks against a row.
"""
