"""Rows → JSON Lines, CSV, Parquet, ninjs, feed."""
