"""Counterpoint: a GraphQL content API for articles on policy disputes."""
