"""Profiles: base, monitor, backfill, cluster, test."""
