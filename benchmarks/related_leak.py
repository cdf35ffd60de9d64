"""How much of what is not the article comes into its text, on generated pages: related articles and their kind.

    python benchmarks/related_leak.py [--peers]

Every page has an article of its own words and, around or inside it, records of other articles with their whole
text, in many builds, languages and places; hashtags, share bars, comment boxes, notices, captions and image
addresses; and words glued at links. The wanted figures are 0. `--peers` adds trafilatura by itself.
"""

import argparse
import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from newscrawl.extract.body import read_body
from newscrawl.markup import parse
from newscrawl.models import Page

HEADINGS = (
    "Related Articles", "More from World", "Read also", "Mehr zum Thema", "Sur le même sujet", "Noticias relacionadas",
    "Leia também", "Leggi anche", "Читайте также", "相关文章", "関連記事", "관련 기사", "اقرأ أيضا", "यह भी पढ़ें",
    "İlgili haberler", "Berita terkait", "You may also like", "",
)  # fmt: skip
AGES = (
    "an hour ago",
    "2 hours ago",
    "vor 3 Stunden",
    "il y a 5 h",
    "hace 2 días",
    "3 часа назад",
    "5小时前",
    "2 시간 전",
)
SUBJECTS = {
    "en": ("The harbour board", "A retired surveyor", "The council of Ardmere", "Local growers", "The lighthouse crew"),
    "de": ("Der Hafenrat", "Eine Vermesserin", "Der Stadtrat von Arnheim", "Die Obstbauern", "Die Leuchtturmwache"),
    "ru": ("Портовый совет", "Отставной землемер", "Городская дума", "Местные садоводы", "Смотрители маяка"),
    "zh": ("港务委员会", "退休的测量员", "阿德米尔议会", "当地种植者", "灯塔的守护人"),
    "ar": ("مجلس الميناء", "مساح متقاعد", "مجلس البلدة", "المزارعون المحليون", "طاقم المنارة"),
    "hi": ("बंदरगाह समिति", "एक सेवानिवृत्त सर्वेक्षक", "नगर परिषद", "स्थानीय किसान", "प्रकाश स्तंभ के कर्मचारी"),
}
PREDICATES = {
    "en": ("said on Monday that the new ferry line number {n} would open before winter, though money is short",
           "counted {n} boats after the storm and asked the ministry for help with repairs along the quay"),
    "de": ("teilte am Montag mit, dass die Fährlinie {n} noch vor dem Winter öffnet, obwohl das Geld knapp ist",
           "zählte nach dem Sturm {n} Boote und bat das Ministerium um Hilfe bei den Arbeiten am Kai"),
    "ru": ("сообщил в понедельник, что паромная линия номер {n} откроется до зимы, хотя денег не хватает",
           "насчитал после бури {n} лодок и попросил министерство помочь с ремонтом причала"),
    "zh": ("周一表示，第{n}号渡轮航线将在冬季之前开通，尽管目前的资金仍然十分紧张，工程也比原计划晚了几个月",
           "在暴风雨之后清点了{n}艘船只，并请求政府部门帮助修复沿岸受损的码头与仓库，以便春天恢复航运"),
    "ar": ("قال يوم الاثنين إن خط العبّارات رقم {n} سيفتح قبل الشتاء رغم نقص المال وتأخر الأعمال",
           "أحصى {n} قاربا بعد العاصفة وطلب من الوزارة المساعدة في إصلاح الرصيف قبل الربيع"),
    "hi": ("ने सोमवार को कहा कि नौका सेवा संख्या {n} सर्दियों से पहले शुरू होगी, हालांकि धन की कमी बनी हुई है",
           "ने तूफ़ान के बाद {n} नावें गिनीं और मंत्रालय से घाट की मरम्मत के लिए मदद माँगी"),
}  # fmt: skip
STOPS = {"zh": "。", "hi": "।"}


@dataclass
class Sample:
    """A generated page, what its text must hold and what it must not."""

    html: str
    own: list[str]
    foreign: list[str]
    junk: list[str] = field(default_factory=list)
    glued: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)


class Writer:
    """Writes prose no two sentences of which are alike."""

    def __init__(self, language: str, seed: int) -> None:
        self.language, self.random, self.numbers = language, random.Random(seed), itertools.count(1000 + seed % 97)

    def sentence(self) -> str:
        """One sentence with a number of its own."""
        subject = self.random.choice(SUBJECTS[self.language])
        predicate = self.random.choice(PREDICATES[self.language]).format(n=next(self.numbers))
        space = "" if self.language == "zh" else " "
        return f"{subject}{space}{predicate}{STOPS.get(self.language, '.')}"

    def paragraph(self, sentences: int = 3) -> str:
        """A few sentences."""
        return " ".join(self.sentence() for _ in range(sentences))

    def headline(self) -> str:
        """A sentence without its stop, cut where a headline would end."""
        return self.sentence().rstrip(".。।")[:90]


@dataclass(frozen=True)
class Record:
    """One other article."""

    headline: str
    url: str
    publisher: str
    age: str
    paragraphs: tuple[str, ...]


def _paragraphs(record: Record) -> str:
    return "".join(f"<p>{text}</p>" for text in record.paragraphs)


def plain_cards(records: list[Record]) -> str:
    return "".join(
        f'<div class="card"><h3><a href="{r.url}">{r.headline}</a></h3><span>{r.publisher}</span> <span>{r.age}</span>'
        f"{_paragraphs(r)}</div>"
        for r in records
    )


def hashed_cards(records: list[Record]) -> str:
    return "".join(
        f'<div class="css-{i}x{i * 7}b"><div class="css-t"><img src="/_next/image?url=x{i}.jpg&amp;w=3840&amp;q=100">'
        f'<div><div class="css-s">{r.publisher}</div><ul class="css-m"><li>{r.age}</li><li>- {r.publisher}</li></ul>'
        "</div></div>"
        f'<a class="css-l" href="{r.url}"><div>{r.headline}</div></a><div class="css-b">{_paragraphs(r)}</div></div>'
        for i, r in enumerate(records)
    )


def whole_link_cards(records: list[Record]) -> str:
    return "".join(
        f'<a class="flex" href="{r.url}"><span>{r.publisher}</span><span>{r.age}</span><h4>{r.headline}</h4>'
        f"<div>{_paragraphs(r)}</div></a>"
        for r in records
    )


def articles_with_times(records: list[Record]) -> str:
    return "".join(
        f'<article><header><h2><a href="{r.url}">{r.headline}</a></h2>'
        f'<time datetime="2026-03-01T10:00:00Z">{r.age}</time>'
        f"</header>{_paragraphs(r)}</article>"
        for r in records
    )


def list_items(records: list[Record]) -> str:
    items = "".join(
        f'<li><a href="{r.url}">{r.headline}</a><div>{r.publisher} · {r.age}</div>{_paragraphs(r)}</li>'
        for r in records
    )
    return f"<ul>{items}</ul>"


def headlines_only(records: list[Record]) -> str:
    return "<ul>" + "".join(f'<li><a href="{r.url}">{r.headline}</a></li>' for r in records) + "</ul>"


def flat(records: list[Record]) -> str:
    return "".join(
        f'<h3><a href="{r.url}">{r.headline}</a></h3><p class="when">{r.publisher} {r.age}</p><p>{r.paragraphs[0]}</p>'
        for r in records
    )


BUILDS: tuple[Callable[[list[Record]], str], ...] = (
    plain_cards, hashed_cards, whole_link_cards, articles_with_times, list_items, headlines_only, flat,
)  # fmt: skip
JUNK = (
    ('<div class="tags"><a href="/t/1">#harbour</a> <a href="/t/2">#ferries</a></div>', "#harbour"),
    ("<p>#ArdmereQuay #WinterFerry</p>", "#ArdmereQuay"),
    ('<div class="share-bar"><a href="#">Facebook</a> <a href="#">Share on WhatsApp</a> <b>Copy</b></div>', "WhatsApp"),
    ('<section id="comments"><h3>Comments</h3><p>No comments yet. Be the first!</p>'
     '<div class="comment"><b>Rowan</b><p>Grand news about the quay, I say.</p></div></section>', "No comments yet"),
    ('<div class="cookie-banner"><p>We use cookies to make this site better for you.</p></div>', "We use cookies"),
    ('<div class="paywall"><p>Subscribe now to keep reading this story.</p></div>', "Subscribe now"),
    ('<figure><img src="/q.jpg"><figcaption>The quay seen from the sea wall</figcaption></figure>', "the sea wall"),
    ("<p>&amp;w=3840&amp;q=100)</p>", "w=3840"),
    ("<p>https://img.example/a/quay-1200.jpg?w=900</p>", "quay-1200"),
)  # fmt: skip


def write_samples() -> Iterator[Sample]:
    """Every build under every heading, in three places, with languages and junk taking turns."""
    languages = itertools.cycle(SUBJECTS)
    for seed, (build, heading, place) in enumerate(itertools.product(BUILDS, HEADINGS, ("after", "inside", "before"))):
        if not heading and build in (headlines_only, flat):
            continue  # nothing says what these are, to a person either
        yield _sample(build, heading, place, next(languages), seed)


def _sample(build: Callable[[list[Record]], str], heading: str, place: str, language: str, seed: int) -> Sample:
    writer, rng = Writer(language, seed), random.Random(seed)
    title, own = writer.headline(), [writer.paragraph() for _ in range(rng.randint(5, 10))]
    records = [
        Record(
            writer.headline(), f"/news/other-story-{seed}-{i}", "Ardmere Post", rng.choice(AGES),
            tuple(writer.paragraph() for _ in range(rng.randint(1, 3))),
        )
        for i in range(rng.randint(3, 8))
    ]  # fmt: skip
    junk = rng.sample(JUNK, 3)
    tag = rng.choice(("h2", "h3", "p", "div"))
    related = f'<{tag} class="x1">{heading}</{tag}>{build(records)}' if heading else build(records)
    if rng.random() < 0.7 or build is flat:
        related = f"<section>{related}</section>"
    foreign = [text for record in records for text in (record.headline, *record.paragraphs)]
    paragraphs = [f"<p>{text}</p>" for text in own]
    glued, apart = [], []
    if language == "en":
        paragraphs.insert(
            2, '<p>The board wants advanced<a href="/ai">AI</a> for the <b>N</b>orth quay, it says again.</p>'
        )
        glued, apart = ["advancedAI", "N orth"], ["advanced AI", "North quay"]
    middle = len(paragraphs) // 2
    inside = [*paragraphs[:middle], related, *paragraphs[middle:]] if place == "inside" else paragraphs
    parts = [junk[0][0], *inside, *(each for each, _ in junk[1:])]
    before, after = (related, "") if place == "before" else ("", related if place == "after" else "")
    html = (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f'<header><nav><a href="/">Home</a> <a href="/world">World</a></nav></header>{before}<main><h1>{title}</h1>'
        f'<div class="by">By Ailsa Moran</div><div class="story">{"".join(parts)}</div>{after}</main>'
        f'<footer><a href="/about">About us</a><p>© Ardmere Post</p></footer></body></html>'
    )
    return Sample(html, own, foreign, [mark for _, mark in junk], glued, apart)


def read_ours(html: str) -> str:
    page = Page(
        url="https://ardmere.example/news/own-story", body=html.encode(), fetched_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    return read_body(parse(page)).text or ""


def read_trafilatura(html: str) -> str:
    import trafilatura

    return trafilatura.extract(html, include_comments=False) or ""


def count(sample: Sample, text: str) -> Counter[str]:
    """What went wrong on a page, and how much of its own text was kept."""
    result = Counter(pages=1)
    result["pages with a related text"] = any(foreign in text for foreign in sample.foreign)
    result["pages with junk"] = any(mark in text for mark in sample.junk)
    result["pages with glued words"] = any(word in text for word in sample.glued) or not all(
        words in text for words in sample.apart
    )
    result["own paragraphs"], result["own paragraphs lost"] = (
        len(sample.own),
        sum(own not in text for own in sample.own),
    )
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", action="store_true", help="also trafilatura by itself")
    parser.add_argument("--show", type=int, default=0, help="print that many of the pages that went wrong")
    args = parser.parse_args()
    readers = {"newscrawl": read_ours, **({"trafilatura": read_trafilatura} if args.peers else {})}
    totals: dict[str, Counter[str]] = {name: Counter() for name in readers}
    for sample in write_samples():
        for name, read in readers.items():
            text = read(sample.html)
            found = count(sample, text)
            totals[name].update(found)
            wrong = any(found[key] for key in found if key not in ("pages", "own paragraphs"))
            if args.show > 0 and name == "newscrawl" and wrong:
                args.show -= 1
                print(
                    dict(found), [f[:40] for f in sample.foreign if f in text], sample.html, text, sep="\n", end="\n\n"
                )
    for name, total in totals.items():
        print(name)
        for key, value in total.items():
            print(f"  {value:6} {key}")


if __name__ == "__main__":
    main()
