"""Parse, validate and limit GraphQL documents, and read the selections of their operations."""
