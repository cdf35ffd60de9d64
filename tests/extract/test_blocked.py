import pytest

from newscrawl.errors import BlockedError, ExtractError, PageError
from newscrawl.extract import extract_article
from newscrawl.models import Page
from tests.extract.pages import FETCHED_AT, PARAGRAPHS, SOURCE, URL, json_ld, page

pytestmark = pytest.mark.usefixtures("plain_body")


@pytest.mark.parametrize(
    ("outcome", "head", "body"),
    [
        ("challenge", "<title>Just a moment...</title>", "<p>One second.</p>"),
        ("challenge", "", "<p>Please verify you are a human to go on.</p>"),
        ("challenge", '<script src="/cdn-cgi/challenge-platform/h/b/x.js"></script>', "<p>Wait.</p>"),
        ("consent", "<title>Before you continue</title>", "<p>We use cookies.</p>"),
        ("consent", "<title>Herald</title>", "<p>Lesen Sie mit Werbung weiterlesen oder im Abo.</p>"),
        ("login", "<title>Sign in - Herald</title>", "<p>Your name, your password.</p>"),
        ("soft_404", "<title>Page not found</title>", "<p>Sorry.</p>"),
        ("soft_404", "", "<h1>Seite nicht gefunden</h1><p>Leider.</p>"),
        ("soft_404", "", "<p>The page you are looking for could not be found.</p>"),
        ("soft_404", "<title>404</title>", "<p>Hm.</p>"),
        ("soft_404", "<title>404 - The Herald</title>", "<p>Hm.</p>"),
        ("soft_404", "<title>The Herald | 404</title>", "<p>Hm.</p>"),
        ("soft_404", "<title>Fehler 404: nichts da</title>", "<p>Hm.</p>"),
        ("soft_404", "<title>Oh! 404 Not Found</title>", "<p>Hm.</p>"),
        ("challenge", "<title>Un instant…</title>", "<p>Vérification.</p>"),
        ("challenge", "<title>Access to this page has been denied</title>", "<p>Sorry.</p>"),
        ("challenge", "", "<p>Please enable JS and disable any ad blocker</p>"),
        ("consent", "", "<h1>Wir brauchen Ihre Zustimmung</h1><p>Alle akzeptieren</p>"),
        ("consent", "", "<h1>Le respect de votre vie privée est notre priorité</h1><p>Tout refuser</p>"),
        ("consent", "", "<p>Noi e i nostri 40 partner utilizziamo i cookie. Rifiuta e abbonati.</p>"),
        ("consent", "", "<p>Utilizamos cookies propias y de terceros.</p>"),
        ("consent", "", f"<h1>We value your privacy</h1>{PARAGRAPHS * 5}"),
        ("login", "<title>Ferry</title>", "<p>Create a free account to read on.</p>"),
        ("login", "<title>Fähre</title>", "<p>Melden Sie sich an, um weiterzulesen.</p>"),
        ("soft_404", "", f"<h1>Sorry, we couldn't find that page</h1>{PARAGRAPHS * 5}"),
        ("soft_404", "", "<h1>Dieser Artikel ist nicht mehr verfügbar</h1>"),
        ("soft_404", "", "<h1>No hemos encontrado la página</h1>"),
        ("soft_404", "<title>503 Service Unavailable</title>", "<p>Please try again.</p>"),
        ("soft_404", "", "<p>We are down for maintenance.</p>"),
    ],
)
def test_a_page_that_came_instead_is_named(outcome, head, body):
    with pytest.raises(PageError) as caught:
        extract_article(page(head, body), source=SOURCE)
    assert caught.value.outcome == outcome
    assert isinstance(caught.value, ExtractError if outcome == "soft_404" else BlockedError)


@pytest.mark.parametrize(
    "title", ["Just a moment: how we wait", "404 tonnes of herring", "Sign in the sky", "Cookie consent law passed"]
)
def test_an_article_about_such_pages_is_an_article(title):
    node = json_ld(f'{{"@type": "NewsArticle", "headline": "{title}", "datePublished": "2026-03-03"}}')
    body = f"<article><h1>{title}</h1>{PARAGRAPHS * 3}</article>"
    assert extract_article(page(f"<title>{title}</title>{node}", body), source=SOURCE).headline == title


@pytest.mark.parametrize("title", ["Ferry 404 is late again", "404 tonnes of herring", "Ward 404-405 votes anew"])
def test_a_number_in_a_short_notice_is_no_error(title):
    body = f"<article><h1>{title}</h1>{PARAGRAPHS}</article>"
    assert extract_article(page(f"<title>{title}</title>", body), source=SOURCE).headline == title


def test_a_redirect_to_a_login_is_a_login():
    asked = page("", "<p>Who are you?</p>", url="https://herald.example/login?next=%2Fferry")
    with pytest.raises(BlockedError) as caught:
        extract_article(Page(url=asked.url, body=asked.body, fetched_at=FETCHED_AT, requested_url=URL), source=SOURCE)
    assert caught.value.outcome == "login"


@pytest.mark.parametrize("body", [b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n0000", b"\x7fELF\x02", b'{"a": 1}'])
def test_a_file_of_another_kind_is_no_page(body):
    with pytest.raises(ExtractError) as caught:
        extract_article(Page(url=URL, body=body, fetched_at=FETCHED_AT), source=SOURCE)
    assert caught.value.outcome == "not_html"


@pytest.mark.parametrize("body", ["", "<p>Please enable JavaScript to run this app.</p>", "<div></div>"])
def test_a_page_without_text_is_never_an_article(body):
    with pytest.raises(PageError) as caught:
        extract_article(page("", body), source=SOURCE)
    assert caught.value.outcome == "no_text"
