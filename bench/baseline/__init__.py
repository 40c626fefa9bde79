"""The peer: the same questions on the same tables, by Strawberry as its documentation teaches it.

Types with resolvers, rows as SQLModel objects, a session a request, DataLoaders against N+1, Strawberry's caches of
parsed and validated documents, FastAPI's router. Nothing of the service's engine is used.
"""
