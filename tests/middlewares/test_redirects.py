"""Hops: what goes along, what stays behind, and which are not taken."""

from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response

from newscrawl.middlewares.redirects import RedirectsMiddleware
from newscrawl.middlewares.refused import Refused

FROM = "https://news.example/a"


def hop(location: str, *, status: int = 302, request: Request | None = None, allowed=()):
    request = request or Request(FROM)
    response = Response(request.url, status=status, headers={"Location": location})
    return RedirectsMiddleware(allowed, 8).process_response(request, response)


def refresh(target: str, *, wait: str = "0", kind: str = "article", url: str = FROM):
    request = Request(url, meta={"newscrawl": SimpleNamespace(kind=kind)})
    body = f'<html><head><meta http-equiv="refresh" content="{wait}; url={target}"></head></html>'
    response = HtmlResponse(url, body=body.encode())
    return RedirectsMiddleware((), 8).process_response(request, response), response


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_follows_and_remembers_the_way(status):
    onward = hop("/b?x=1", status=status)
    assert onward.url == "https://news.example/b?x=1"
    assert onward.meta["redirect_urls"] == [FROM]
    assert onward.meta["redirect_reasons"] == [str(status)]


def test_secrets_stay_with_their_origin():
    secret = Request(FROM, headers={"Authorization": "Basic x", "Cookie": "a=b", "Referer": "z", "Accept": "text/html"})
    assert hop("/b", request=secret).headers["Authorization"] == b"Basic x"
    for elsewhere in ("https://other.example/", "http://news.example/a2", "https://news.example:8443/"):
        onward = hop(elsewhere, request=secret)
        assert not {b"Authorization", b"Cookie", b"Referer"} & set(onward.headers)
        assert onward.headers["Accept"] == b"text/html"


def test_a_downgrade_is_noted():
    assert hop("http://news.example/b").meta["newscrawl_downgraded"]
    assert "newscrawl_downgraded" not in hop("https://news.example/b").meta


@pytest.mark.parametrize(
    ("location", "outcome"),
    [
        ("", "bad_url"),
        ("file:///etc/hostname", "blocked_scheme"),
        ("http://127.0.0.1/", "blocked_address"),
        ("https://news.example/a", "redirect_loop"),
        ("/a#elsewhere", "redirect_loop"),
        ("http://[::1/", "bad_url"),
    ],
)
def test_hops_not_taken(location, outcome):
    with pytest.raises(Refused) as refusal:
        hop(location)
    assert (refusal.value.outcome, refusal.value.status) == (outcome, 302)


def test_eight_hops_and_no_more():
    request = Request(FROM)
    for n in range(8):
        request = hop(f"/{n}", request=request)
    with pytest.raises(Refused, match="too_many_redirects"):
        hop("/8", request=request)


def test_meta_refresh_is_a_hop_when_it_is_soon():
    assert refresh("/b")[0].url == "https://news.example/b"
    late, response = refresh("/b", wait="300")
    assert late is response
    itself, response = refresh("/a")
    assert itself is response
    feed, response = refresh("/b", kind="feed")
    assert feed is response
    for target, outcome in (("file:///etc/hostname", "blocked_scheme"), ("http://127.0.0.1/", "blocked_address")):
        with pytest.raises(Refused, match=outcome):
            refresh(target)
