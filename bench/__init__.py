"""The benchmark: articles without end, a peer built by the book, and the load that compares the two."""
