"""The keys of a seed file: types, bounds and meaning, in one place for the loader and for editors.

Types and bounds are checked by msgspec from these classes; what a type cannot say is in `checks`.
"""

from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from newscrawl import limits
from newscrawl.models import ChannelKind

CHANNELS_MAX = 200
LAYOUTS_MAX = 50
PATTERN_CHARS = 300
"""Characters of a regular expression or CSS selector."""
DEPTH_MAX = 5
DELAY_S_MAX = 3600.0

Text = Annotated[str, Meta(min_length=1, max_length=200)]
# The scheme is judged by `checks.check_url`, which says it in plainer words; editors judge it by the pattern.
Url = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=limits.URL_BYTES,
        description="http or https",
        extra_json_schema={"pattern": "^https?://"},
    ),
]
Language = Annotated[str, Meta(min_length=2, max_length=35, description="BCP 47, for example pt-BR")]
Css = Annotated[str, Meta(min_length=1, max_length=PATTERN_CHARS, description="CSS selector")]
Pattern = Annotated[str, Meta(min_length=1, max_length=PATTERN_CHARS, description="Regular expression, searched")]
Count = Annotated[int, Meta(ge=0, le=10**9)]
Share = Annotated[float, Meta(ge=0, le=1)]


class SelectTable(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """CSS selectors by part; the parts inside a card are looked up inside `item`."""

    item: Css | None = None
    headline: Css | None = None
    time: Css | None = None
    publisher: Css | None = None
    description: Css | None = None
    article_body: Css | None = None
    authors: Css | None = None
    image: Css | None = None


class ChannelTable(msgspec.Struct, forbid_unknown_fields=True):
    """One page where the source announces articles: listing, feed or sitemap."""

    kind: ChannelKind
    url: Url
    select: SelectTable = msgspec.field(default_factory=SelectTable)
    article_url: Pattern | None = None
    not_url: Pattern | None = None


class LayoutTable(msgspec.Struct, forbid_unknown_fields=True):
    """Selectors for the pages of one time; the first layout still valid when a page was fetched wins."""

    select: SelectTable
    valid_until: date | None = None


class ExpectTable(msgspec.Struct, forbid_unknown_fields=True):
    """What a run must bring; falling short is reported."""

    entries_min: Count | None = None
    date_published_share_min: Share | None = None
    article_body_chars_min: Count | None = None


class SeedTable(msgspec.Struct, forbid_unknown_fields=True):
    """A newscrawl seed: one publisher, and where it announces articles."""

    publisher: Text
    url: Url
    channels: Annotated[list[ChannelTable], Meta(min_length=1, max_length=CHANNELS_MAX)]
    in_language: Annotated[list[Language], Meta(max_length=20, description="the main language first")] = []
    timezone: Annotated[str, Meta(max_length=64, description="IANA; used only when a time names none")] | None = None
    layouts: Annotated[list[LayoutTable], Meta(max_length=LAYOUTS_MAX)] = []
    expect: ExpectTable = msgspec.field(default_factory=ExpectTable)
    delay_s: Annotated[float, Meta(ge=0, le=DELAY_S_MAX, description="least seconds between requests")] | None = None
    verify_tls: Annotated[
        bool, Meta(description="false: a certificate of the source's own hosts that does not hold is let pass")
    ] = True
    follow_related: (
        bool | Annotated[int, Meta(ge=0, le=DEPTH_MAX, description="related blocks to walk, this deep; true: 1")]
    ) = False


def schema() -> dict[str, Any]:
    """JSON schema of a seed file, as written to `seeds/schema.json` for editors."""
    tables = msgspec.json.schema(SeedTable)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "newscrawl seed", **tables}
