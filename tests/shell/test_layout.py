"""The packages that Scrapy imports by their plain names are ours, and generated pages are current."""

import subprocess
import sys
from pathlib import Path

import settings
import spiders

ROOT = Path(__file__).parents[2]


def test_settings_and_spiders_come_from_this_checkout():
    assert Path(settings.__file__).parent == ROOT / "settings"
    assert Path(spiders.__file__).parent == ROOT / "spiders"


def test_a_crawl_uses_this_checkouts_settings():
    """Scrapy appends the project's folder to the path, so a foreign package of the same name would win."""
    code = (
        "from scrapy.utils.project import get_project_settings as get; get();"
        "import settings.base, spiders.base; print(settings.base.__file__, spiders.base.__file__)"
    )
    printed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert printed.split() == [str(ROOT / "settings/base.py"), str(ROOT / "spiders/base.py")]


def test_generated_pages_are_current():
    result = subprocess.run(
        [sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


def test_every_setting_of_ours_says_what_it_is():
    for line in (ROOT / "settings/base.py").read_text().splitlines():
        if line.startswith("NEWSCRAWL_"):
            assert "  # " in line, line
