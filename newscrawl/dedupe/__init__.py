"""One article, many appearances: fingerprints and the decision."""
