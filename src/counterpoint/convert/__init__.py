"""Converters of texts, web pages and Word documents to drafts of articles."""
