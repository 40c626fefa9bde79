"""The reader: pages for people. Each page is a GraphQL document, which the engine executes, and a template."""
