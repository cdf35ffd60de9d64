"""Text + fetch instant → Timestamp, an interval."""
