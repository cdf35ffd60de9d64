"""What `scrapy probe` tells of a site's times: how each was read, what its pairs teach, and the zone for the seed."""

from datetime import UTC, datetime, timedelta, timezone
from io import StringIO

import pytest
from rich.console import Console

from newscrawl.commands import probe
from newscrawl.look import Look
from newscrawl.models import Page

NOON = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
SUBJECTS = ("Ferry", "Bridge", "Harbour", "Library", "Orchard", "Museum", "Stadium", "Theatre")


def told(host: str, language: str, printed: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The report on a front page whose cards print their times as `printed` and state them at +01:00."""
    cards = ""
    for number, name in enumerate(SUBJECTS):
        age_min = 130 + 47 * number
        when = (NOON - timedelta(minutes=age_min)).astimezone(timezone(timedelta(hours=1)))
        text = when.strftime(printed).replace("HOURS", str(age_min // 60))
        cards += (
            f"<li class=card><h3><a href='/news/2026/{name.lower()}-plan-approved'>{name} plan approved by the council"
            f" after a long debate</a></h3><time datetime='{when.isoformat(timespec='seconds')}'>{text}</time></li>"
        )
    url = f"https://{host}/"
    html = f"<html lang={language}><body><main><ul>{cards}</ul></main></body></html>"
    page = Page(url=url, body=html.encode(), fetched_at=NOON, headers={"content-type": "text/html; charset=utf-8"})
    out = StringIO()
    monkeypatch.setattr(probe, "report", Console(file=out, width=160, highlight=False))
    probe.tell(page, Look(pages={url: page}))
    return out.getvalue()


def test_pairs_tell_the_zone_and_the_seed_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    report = told("news.example.de", "de", "%d.%m.%Y, %H:%M", monkeypatch)
    assert "minutes from UTC             8  60" in report
    assert "the one such zone of DE is Europe/Berlin" in report
    assert 'timezone = "Europe/Berlin"' in capsys.readouterr().out
    assert "(date and clock; zone assumed)" in report


def test_without_a_country_the_offset_alone_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    report = told("news.example.com", "en", "HOURS hours ago", monkeypatch)
    assert "its times are at UTC+01:00; name the IANA zone in the seed file" in report
    assert "timezone" not in capsys.readouterr().out
    assert "how ages are rounded         8  floor" in report
    assert "(phrase: 2 hours; no rounding learned)" in report
