"""The article file: text in, frozen records out, and back to text. Pure: no SQL, no files."""
