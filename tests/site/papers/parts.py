"""What surrounds the text on any news page: the bars, boxes and notices a reader of the page must not take for it."""

from collections.abc import Iterable
from html import escape

SHARE = """<div class="share" role="group" aria-label="Share">
<a href="https://share.example/f?u=here">Share</a> <a href="https://share.example/x?u=here">Post</a>
<a href="mailto:?subject=Read%20this">Email</a> <button type="button">Copy link</button></div>"""

COOKIES = """<div id="cookie-notice" class="cookie-banner" role="dialog" aria-label="Cookies">
<p>We use cookies to remember your preferences and to count our readers. You can change your mind at any time.</p>
<button>Accept all</button> <button>Only what is needed</button></div>"""

COMMENTS = """<section id="comments" class="comments"><h2>Comments</h2><p>No comments yet. Write the first.</p>
<form action="/comment" method="post"><label>Your comment <textarea name="text"></textarea></label>
<button>Send</button></form></section>"""

NEWSLETTER = """<aside class="newsletter"><h3>The morning letter</h3>
<p>Five stories in your inbox before breakfast.</p><form action="/letter"><input type="email" name="email">
<button>Sign up</button></form></aside>"""


def paragraphs(texts: Iterable[str]) -> str:
    """`<p>` for each text."""
    return "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in texts)


def teaser(text: str, chars: int = 140) -> str:
    """The beginning of `text`, cut at a word, as listings print it."""
    cut = text if len(text) <= chars else text[:chars].rpartition(" ")[0] + "…"
    return escape(cut, quote=False)


def hashtags(tags: Iterable[str]) -> str:
    """A row of hashtags, as it stands under an article."""
    links = " ".join(f'<a href="/tag/{escape(tag)}" rel="tag">#{escape(tag)}</a>' for tag in tags)
    return f'<div class="tags">{links}</div>'


def robots(disallowed: str, sitemap: str = "") -> bytes:
    """A robots.txt that forbids one folder."""
    lines = ["User-agent: *", f"Disallow: {disallowed}", "Allow: /"]
    if sitemap:
        lines += ["", f"Sitemap: {sitemap}"]
    return ("\n".join(lines) + "\n").encode()
