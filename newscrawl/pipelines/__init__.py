"""Items, one step a file: validate, dedupe, store."""
