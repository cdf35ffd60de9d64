"""Limits that the settings name otherwise."""

from scrapy.settings import Settings

from newscrawl import limits


class BoundsAddon:
    """An add-on: every limit that is not fixed has a setting, `NEWSCRAWL_` and its name, in its unit."""

    def update_settings(self, settings: Settings) -> None:
        """Let them hold before anything is read."""
        given = {name: f"NEWSCRAWL_{name}" for name in limits.names()}
        limits.change({name: settings.getfloat(key) for name, key in given.items() if key in settings})
