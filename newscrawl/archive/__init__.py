"""WARC 1.1: answers as they came, written while a crawl runs and read back, ours or anyone's."""
