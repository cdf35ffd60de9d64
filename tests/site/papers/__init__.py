"""One module per paper: how it marks up its pages."""
