"""What watches a run: its record, its expectations, its progress."""
