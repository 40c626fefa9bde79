"""The GraphQL schema: types and fields with their descriptions for clients and their mapping to tables."""
