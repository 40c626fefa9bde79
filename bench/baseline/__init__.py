"""Baseline for comparison: the same queries on the same tables, served by Strawberry as its documentation recommends.

It has types with resolvers, SQLModel rows, one session per request, DataLoaders against N+1 queries, Strawberry's
parser and validation caches, and FastAPI's router. It uses nothing of the service's engine.
"""
