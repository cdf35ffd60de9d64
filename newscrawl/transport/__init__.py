"""Bytes from strangers: names resolved, connections made and answers read, all within bounds."""
