"""The command `preview`: it serves a folder from a temporary database, which follows each change of a file."""
