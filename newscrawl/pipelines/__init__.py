"""Items, one step a file: validate, store. Whether an article is new is decided in the storing transaction."""
