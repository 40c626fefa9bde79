"""The GraphQL engine: compiles an operation to one SQL query and returns the JSON that the database builds.

Each stage uses only the stages before it: `document` reads and validates the text, `mapping` maps the schema to
tables, `sql` builds SQL text and derives cache tags from it, `compile` turns selections into SQL, `plans` makes
reusable plans, and `engine` prepares and executes operations. No module knows a content type by name, or HTTP.
"""
