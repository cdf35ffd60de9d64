"""Whole crawls: the real spiders, in processes of their own, against the demo papers."""
