"""The connection layer: uvicorn's HTTP protocol with limits on sizes, times and the number of connections."""
