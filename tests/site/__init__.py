"""The demo papers: a small world of invented news, served on loopback."""
