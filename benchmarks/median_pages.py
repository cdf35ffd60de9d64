"""Generated article pages as large as news pages are, for benchmarks that may not use publishers' own.

The median of the annotated sets' pages (`annotated_pages.py`, every fourth of them, 2026-11-25) has 183 kB, 53 kB of it
scripts and styles, 964 elements, 146 links, 178 divs, 29 paragraphs, 16 images, 28 scripts and 810 words of article
among 1,580. Run this file to see the same counts of a page made here.
"""

import json
from collections import Counter
from datetime import UTC, datetime
from html import escape
from random import Random

WORDS = (  # noqa: SIM905 -- a list of quoted words is no easier to read
    "the harbour board of district council voted on a ferry timetable that islanders had asked for since spring when"
    " its bridge was closed to lorries and a committee met each evening to settle what the school market library and"
    " river budget would cost before autumn storms came captain crew bicycle orchard museum tram winter paper"
).split()
_VOID = frozenset({"img", "meta", "link", "br"})
_CURVE = "M12 2.5c-5.2 0-9.5 4.3-9.5 9.5s4.3 9.5 9.5 9.5 9.5-4.3 9.5-9.5-4.3-9.5-9.5-9.5zm1.1 14.2h-2.2v-6.1h2.2v6.1z"


class Maker:
    """Writes one page after another; the same pages for the same `rng`."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def page(self, number: int, at: datetime) -> bytes:
        """The page of article `number`, published at `at`."""
        headline = self._sentence()[:70]
        main = self._tag("main", self._tag("div", self._article(headline, at) + self._aside(), "grid"), "layout-main")
        body = self._tag("div", self._header() + main + self._footer(), "layout") + self._scripts(12)
        return f'<!doctype html><html lang="en">{self._head(number, headline, at)}<body>{body}</body></html>'.encode()

    def _tag(self, name: str, inner: str = "", part: str = "", **told: str) -> str:
        """An element; one that is a `part` of the page carries what templates and trackers leave on such."""
        if part:
            told["class"] = f"{part} {part}--{self._word()} js-{part}"
            told["data-id"] = f"{self.rng.getrandbits(64):016x}"
            told["data-track"] = json.dumps({"zone": self._word(), "place": self.rng.randrange(99)})
        written = "".join(f' {key.strip("_").replace("_", "-")}="{escape(value)}"' for key, value in told.items())
        return f"<{name}{written}>" + ("" if name in _VOID else f"{inner}</{name}>\n    ")

    def _word(self) -> str:
        return self.rng.choice(WORDS)

    def _sentence(self, least: int = 9, most: int = 22) -> str:
        return " ".join(self.rng.choices(WORDS, k=self.rng.randint(least, most))).capitalize() + "."

    def _address(self) -> str:
        return f"/{self._word()}/{'-'.join(self.rng.choices(WORDS, k=6))}-{self.rng.randrange(10**7)}"

    def _head(self, number: int, headline: str, at: datetime) -> str:
        url = f"https://paper{number % 20}.example/news/{number}"
        article = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": headline,
            "datePublished": at.isoformat(),
            "author": [{"@type": "Person", "name": "Ilse Maren"}],
            "publisher": {"@type": "Organization", "name": "Paper"},
            "mainEntityOfPage": url,
        }
        told = {"og:title": headline, "og:type": "article", "og:url": url, "article:published_time": at.isoformat()}
        told |= {f"paper:{word}": self._sentence()[:40] for word in self.rng.sample(WORDS, 28)}
        rules = "".join(f".part--{n}{{margin:{n}px auto;color:#{n:06x};padding:0 {n}px}}" for n in range(120))
        files = (f"https://cdn.paper.example/{self.rng.randrange(10**9):x}.css" for _ in range(22))
        return self._tag(
            "head",
            self._tag("title", f"{headline} | Paper")
            + "".join(self._tag("meta", property=name, content=value) for name, value in told.items())
            + "".join(self._tag("link", rel="preload", href=file) for file in files)
            + self._tag("link", rel="canonical", href=url)
            + self._tag("style", rules)
            + self._tag("script", json.dumps(article), type="application/ld+json")
            + self._scripts(15),
        )

    def _scripts(self, count: int) -> str:
        """As many scripts, each second one written out: about 4 kB of state."""
        made = ""
        for _ in range(count // 2):
            state = {word: [self.rng.randrange(10**6) for _ in range(10)] for word in self.rng.sample(WORDS, 45)}
            made += self._tag("script", _async="", src=f"https://cdn.paper.example/{self.rng.randrange(10**9):x}.js")
            made += self._tag("script", f"(window.parts = window.parts || []).push({json.dumps(state)});")
        return made

    def _image(self) -> str:
        name = f"https://img.paper.example/{self.rng.randrange(10**8)}"
        sizes = ", ".join(f"{name}/w{width}.jpg?q=75&fit=crop {width}w" for width in (320, 640, 960, 1280))
        return self._tag("img", "", "image", src=f"{name}/w640.jpg", srcset=sizes, alt=self._sentence())

    def _icon(self) -> str:
        return self._tag("svg", self._tag("path", d=_CURVE), "icon", viewBox="0 0 24 24")

    def _header(self) -> str:
        items = "".join(
            self._tag("li", self._tag("a", self._tag("span", word.title()), "menu-link", href=f"/{word}"), "menu-item")
            for word in WORDS[:40]
        )
        tools = "".join(
            self._tag("button", self._icon() + self._tag("span", what), "tool") for what in ("Search", "Enter")
        )
        menu = self._tag("nav", self._tag("ul", items), "menu")
        return self._tag("header", self._tag("div", self._tag("div", tools, "tools"), "bar") + menu, "header")

    def _article(self, headline: str, at: datetime) -> str:
        byline = "By " + self._tag("a", "Ilse Maren", href="/people/ilse-maren")
        shared = "".join(
            self._tag(
                "li", self._tag("a", self._icon() + self._tag("span", f"Share on {to}"), "share", href=f"/share/{to}")
            )
            for to in ("mail", "chat", "board", "wire", "print")
        )
        topics = "".join(self._tag("li", self._tag("a", word, href=f"/topic/{word}")) for word in WORDS[:6])
        return self._tag(
            "article",
            self._tag("h1", headline, "headline")
            + self._tag("div", self._tag("span", byline, "byline") + self._date(at) + self._tag("ul", shared), "meta")
            + self._tag("figure", self._image() + self._tag("figcaption", self._sentence(), "caption"), "figure")
            + self._tag("div", "".join(self._paragraph(place) for place in range(27)), "body")
            + self._tag("div", self._tag("ul", topics), "topics"),
            "article",
        )

    def _date(self, at: datetime) -> str:
        return self._tag("time", f"{at:%d %B %Y, %H:%M}", "date", datetime=at.isoformat())

    def _paragraph(self, place: int) -> str:
        text = f"{self._sentence(8, 18)} {self._sentence(8, 18)}"
        if place % 4 == 1:
            text += self._tag("strong", self._sentence(3, 5)) + self._tag("br")
            text += self._tag("a", self._sentence(3, 5), "inline-link", href=self._address()) + self._sentence(4, 8)
        label, frame = self._tag("div", "Advertisement", "slot-label"), self._tag("div", "", "slot-frame")
        return self._tag("p", text, "text") + (self._tag("div", label + frame, "slot") if place % 5 == 4 else "")

    def _aside(self) -> str:
        cards = "".join(self._tag("li", self._card(place), "card") for place in range(36))
        return self._tag("aside", self._tag("h2", "More stories", "related-title") + self._tag("ul", cards), "related")

    def _card(self, place: int) -> str:
        """What stands on a card; the first have an image."""
        image = self._tag("div", self._tag("div", self._image(), "ratio"), "card-media") if place < 15 else ""
        link = self._tag(
            "a", self._tag("span", self._sentence()[:60], "card-headline"), "card-link", href=self._address()
        )
        since = self._tag("span", f"{self.rng.randint(1, 23)} hours ago", "card-time")
        told = self._tag("span", self._word(), "card-section") + self._tag("span", "", "dot") + since
        return image + self._tag("div", self._tag("h3", link) + self._tag("div", told, "card-meta"), "card-text")

    def _footer(self) -> str:
        items = "".join(
            self._tag(
                "li",
                self._tag("a", self._tag("span", f"{word.title()} {self._word()}"), "footer-link", href=f"/{word}"),
            )
            for word in WORDS[:44]
        )
        return self._tag("footer", self._tag("ul", items) + self._tag("p", f"All rights reserved. {self._sentence()}"))


def main() -> None:
    from lxml import html

    page = Maker(Random(1)).page(1, datetime(2026, 7, 1, 12, tzinfo=UTC))
    tree = html.fromstring(page)
    written = sum(len(one.text or "") for one in tree.iter("script", "style"))
    words = len(" ".join(tree.xpath("//body//text()[not(parent::script or parent::style)]")).split())
    article = len(" ".join(tree.xpath("//article//p//text()")).split())
    print(f"{len(page):,} bytes, {written:,} of scripts and styles; {words:,} words, {article:,} of the article")
    count = Counter(element.tag for element in tree.iter("*"))
    print(
        f"{count.total()} elements:", ", ".join(f"{count[name]} {name}" for name in ("a", "div", "p", "img", "script"))
    )


if __name__ == "__main__":
    main()
