"""newscrawl: a news monitor you can trust."""
