"""The article file: text in, frozen records out, and back to text. Pure: no SQL, no files."""

READER = 2
"""The version of what is read out of a file: when it changes, files that have not changed are read again."""
