"""Benchmark of the service: article generator, baseline server, load driver and query-plan checks."""
