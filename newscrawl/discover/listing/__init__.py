"""Any HTML page that announces articles → entries, without selectors.

nodes, texts, names    the page's elements and what they print, each looked at once
links.collect          every link of the page, one candidate per address
features.measure       what can be seen of each
weights                the one table that turns it into probabilities
cards, fields          the part of the page that belongs to a record, and what it says
embedded, microdata    records and fields carried as data; merge brings them and the links together
own                    whether the page is itself an article
"""

from newscrawl.discover.listing.read import read_html

__all__ = ["read_html"]
