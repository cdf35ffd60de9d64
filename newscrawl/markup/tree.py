"""Text → tree: the one place that calls the HTML parser, so that a page is parsed once and shared by every reader."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from lxml import etree, html

from newscrawl.errors import PageError
from newscrawl.markup.decode import Decoded, decode
from newscrawl.markup.embedded import read_json_ld, read_states
from newscrawl.markup.prescan import check_markup
from newscrawl.models import Page

# Characters XML cannot hold; a reference to one makes trafilatura drop the whole article.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_CONTROL_BYTES = bytes(code for code in range(128) if _CONTROL.match(chr(code)))
# What follows </body> or </html> belongs to the body (HTML, 13.2.6.4.19); libxml2 2.14 leaves it out of the tree.
_END_TAGS = re.compile(rb"</(?i:body|html)\s*>")
_REFERENCE = r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}));?"
_REFERENCES, _REFERENCE_BYTES = re.compile(_REFERENCE), re.compile(_REFERENCE.encode())
# All elements are of one class: lxml.html's own look-up is a Python call for each touch of each element.
_ELEMENTS = etree.ElementDefaultClassLookup(element=html.HtmlElement, comment=html.HtmlComment)


@dataclass(slots=False)
class Document:
    """A parsed page. The tree is shared: a reader that must change it works on a copy."""

    page: Page
    decoded: Decoded
    text: str = field(repr=False)
    root: html.HtmlElement = field(repr=False)

    @property
    def url(self) -> str:
        """The page's final URL."""
        return self.page.url

    @cached_property
    def base_url(self) -> str:
        """What relative links resolve against: `<base href>` where it is sane, else the URL."""
        found = (base.get("href") for base in self.root.iter("base"))
        href = next((href.strip() for href in found if href is not None), "")
        try:
            return urljoin(self.url, href) if href else self.url
        except ValueError:
            return self.url

    @cached_property
    def json_ld(self) -> list[dict[str, Any]]:
        """Every JSON-LD node of the page, graphs flattened, in document order."""
        return read_json_ld(self.root)

    @cached_property
    def states(self) -> list[Any]:
        """Embedded application states (`__NEXT_DATA__`, Nuxt, …) as JSON values."""
        return read_states(self.root)

    @cached_property
    def language(self) -> str | None:
        """The `lang` the page declares for itself, as written."""
        declared = (self.root.get("lang") or self.root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
        return declared or None


def clean_text(text: str) -> str:
    """`text` without control characters and without references to characters that XML cannot hold."""
    return _clean(text, text.encode("utf-8", "replace"))[0]


def _clean(text: str, content: bytes) -> tuple[str, bytes]:
    """The clean text, and the same in UTF-8, in which `content` is `text`."""
    # Few pages hold what must go, and that is told fastest from bytes.
    if len(content.translate(None, _CONTROL_BYTES)) < len(content) or "\ufffe" in text or "\uffff" in text:
        text = _CONTROL.sub("", text)
        content = text.encode("utf-8", "replace")
    if not all(_is_allowed(*code) for code in set(_REFERENCE_BYTES.findall(content))):
        text = _REFERENCES.sub(lambda match: match[0] if _is_allowed(*match.groups()) else "", text)
        content = text.encode("utf-8", "replace")
    return text, content


def _is_allowed(hexadecimal: str | bytes | None, decimal: str | bytes | None) -> bool:
    """Whether XML can hold the character that a reference names."""
    code = int(hexadecimal, 16) if hexadecimal else int(decimal or b"0")
    # 0x80-0x9f are read as windows-1252 by every browser and by libxml2's HTML parser.
    return code != 0x7F and (
        code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code <= 0x10FFFF
    )


def parse(page: Page) -> Document:
    """Parse `page` as HTML. Raises PageError (`empty_body`, `parse_limit`) and nothing else."""
    decoded = decode(page.body, content_type=page.headers.get("content-type"), known=page.encoding)
    is_body = decoded.encoding == "utf-8" and decoded.evidence != "bom" and not decoded.replaced
    text, content = _clean(decoded.text, page.body if is_body else decoded.text.encode("utf-8", "replace"))
    if not text or text.isspace():
        raise PageError(page.url, "the body is empty", "empty_body")
    check_markup(text, page.url)
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True)
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        root = html.document_fromstring(_END_TAGS.sub(b"", content), parser=parser, ensure_head_body=True)
    except etree.ParserError:
        raise PageError(page.url, "the body holds no element and no text", "empty_body") from None
    return Document(page=page, decoded=decoded, text=text, root=root)
