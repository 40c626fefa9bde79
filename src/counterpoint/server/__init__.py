"""The server's sockets: what a client may send, and how long it may take."""
