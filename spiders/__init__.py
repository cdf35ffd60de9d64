"""The spiders Scrapy finds; thin, all logic is in newscrawl."""
