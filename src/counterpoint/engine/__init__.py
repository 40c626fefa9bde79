"""A GraphQL operation in, one SQL statement out, its JSON handed on. Knows no content type by name, and no HTTP."""
