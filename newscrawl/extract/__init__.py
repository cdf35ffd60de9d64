"""Page (+ Entry) → Article."""
