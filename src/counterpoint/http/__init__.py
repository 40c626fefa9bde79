"""GraphQL over HTTP: parse requests, negotiate, cache and build responses."""
