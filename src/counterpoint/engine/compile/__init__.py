"""Compiles selected fields to SQL."""
