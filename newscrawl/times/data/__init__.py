"""The generated phrase table, its compiler, and how to make it anew (`generate`)."""
