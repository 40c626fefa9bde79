"""Compiles selected fields to SQL: objects, lists, connections, facets, filters, search and root fields.

`objects` is the only module that recurses into selections; `filter_strategy` chooses the SQL construct of a filter.
"""
