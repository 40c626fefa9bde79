"""Builds SQL text: builder, row queries, dialects, JSON text and cursors."""
