"""Builds SQL text: builder, row sources, row queries, dialects, JSON text, cursors and the parser's stack limit."""
