"""The article file format: text is parsed to frozen records, and formatted. No SQL, no files."""
