"""State + now → what to do. Pure."""
