"""Which agency an article's text is credited to."""

import re

from newscrawl.agencies import AGENCIES, Agency
from newscrawl.models import Article

_BY_NAME = {name: agency for agency in AGENCIES for name in agency.names}
_NAMES = "|".join(re.escape(name) for name in sorted(_BY_NAME, key=len, reverse=True))
# At the start: "LONDON, May 4 (Reuters) -", "(AP) —", "新华社5月4日电". As last line: "- Reuters", "(AFP)", "© dpa".
_DATELINE = re.compile(rf"\(({_NAMES})(?:/[^)]{{1,20}})?\)\s*[-–—:]|^\s*(新华社|新華社)")
_LAST_LINE = re.compile(rf"^(?:[-–—]+\s*|©\s*(?:\d{{4}}\s+)?|\(|/)({_NAMES})[).]?$")
_HEAD_CHARS = 200
_LINE_CHARS = 60


def credited_to(article: Article) -> Agency | None:
    """The agency an article names as its source, by its credit, dateline or last line; None: it names none."""
    for name in re.split(r"\s*[,;/&]\s*", article.credit or ""):
        if name in _BY_NAME:
            return _BY_NAME[name]
    body = article.article_body or ""
    if found := _DATELINE.search(body[:_HEAD_CHARS]):
        return _BY_NAME[found.group(1) or found.group(2)]
    last = body.rstrip().rpartition("\n")[2].strip()
    if len(last) <= _LINE_CHARS and (found := _LAST_LINE.match(last)):
        return _BY_NAME[found.group(1)]
    return None
