import pytest

from newscrawl.times import read_label


@pytest.mark.parametrize(
    ("raw", "role", "text"),
    [
        ("Updated 3 hours ago", "modified", "3 hours ago"),
        ("Last updated: 14 March 2026", "modified", "14 march 2026"),
        ("Published on March 14, 2026", "published", "on march 14, 2026"),
        ("Published 14 March 2026. Updated 15 March 2026", "published", "14 march 2026."),
        ("Aktualisiert am 28. April 2023", "modified", "am 28. april 2023"),
        ("Mis à jour le 3 mai 2025", "modified", "le 3 mai 2025"),
        ("3時間前に更新", "modified", "3時間前に"),
        ("发布于 2小时前", "published", "2小时前"),
        ("2 hours ago", None, "2 hours ago"),
        ("19. maj 2025", None, "19. maj 2025"),
        ("", None, ""),
    ],
)
def test_label(raw: str, role: str | None, text: str) -> None:
    assert read_label(raw) == (role, text)
