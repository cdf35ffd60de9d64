"""`scrapy <command>`: what a person types."""
