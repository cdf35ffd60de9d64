"""Requests and responses, one concern a file."""
