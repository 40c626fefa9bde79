"""The article file format: text is parsed to frozen records, and records are serialized to text. No SQL, no files."""
