"""GraphQL over HTTP: requests read, answers and refusals sent."""
