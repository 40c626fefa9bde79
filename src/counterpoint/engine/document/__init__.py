"""Reads a GraphQL document: parse, validate, limit, select."""
