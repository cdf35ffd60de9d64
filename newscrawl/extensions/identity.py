"""Who we say we are: the user agent, put together from the version and the operator's contact."""

from importlib.metadata import version

from scrapy.settings import BaseSettings, Settings

from newscrawl.addresses import check_url
from newscrawl.errors import PageError, SeedError
from newscrawl.models import Source


class Identity:
    """An add-on: sets USER_AGENT, so that a site's owner can tell us from others and reach whoever runs us."""

    def update_settings(self, settings: Settings) -> None:
        """`newscrawl/<version> (+<contact>)`; a USER_AGENT set by hand stays."""
        contact = settings["NEWSCRAWL_CONTACT"]
        name = f"newscrawl/{version('newscrawl')}"
        settings.set("USER_AGENT", f"{name} (+{contact})" if contact else name, priority="addon")


def require_contact(settings: BaseSettings, sources: tuple[Source, ...]) -> None:
    """Raise SeedError when a public site is to be crawled and no contact is given."""
    if settings["NEWSCRAWL_CONTACT"]:
        return
    for source in sources:
        for channel in source.channels:
            if _is_public(channel.url):
                reason = "say how a site's owner can reach you: -s NEWSCRAWL_CONTACT='https://your.site/crawler'"
                raise SeedError("setting", "NEWSCRAWL_CONTACT", reason)


def _is_public(url: str) -> bool:
    """Whether the gate would let `url` through without being told to; names count, whatever they resolve to."""
    try:
        check_url(url)
    except PageError:
        return False
    return True
