"""Page → Entry …: listings, feeds, sitemaps, plain text."""
