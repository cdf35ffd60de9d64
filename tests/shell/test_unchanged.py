"""When a channel is taken to be as it was: by its status, or by its bytes."""

from dataclasses import replace

import pytest

from newscrawl.crawl import Errand
from newscrawl.ends import is_unchanged
from newscrawl.models import Channel, Page
from newscrawl.monitor.coverage import CoverageState, Item
from newscrawl.store import ChannelState
from newscrawl.store.values import hash64
from tests.store.conftest import NOON, source

HOME = "https://herald.example/"
BODY = b"<ul><li>The ferry sails again"
LIST = {"last": CoverageState(items=(Item("ferry", 0, 0.0, None),), read_at_s=0.0).to_json(), "volume": {}}
INDEX = {"last": CoverageState(read_at_s=0.0, round_from_s=0.0).to_json(), "volume": {}}

PAGE = Page(url=HOME, body=BODY, fetched_at=NOON, status=200)
ERRAND = Errand(kind="listing", source=source(), channel=Channel(kind="listing", url=HOME), channel_id=1)
STATE = ChannelState(id=1, source_id="zz_herald", kind="listing", url=HOME, body_hash=hash64(BODY), coverage=LIST)


@pytest.mark.parametrize(
    ("page", "errand", "state", "expected"),
    [
        pytest.param(PAGE, ERRAND, STATE, True, id="the same bytes"),
        pytest.param(replace(PAGE, body=BODY + b"."), ERRAND, STATE, False, id="other bytes"),
        pytest.param(replace(PAGE, body=b"", status=304), ERRAND, STATE, True, id="it says so"),
        pytest.param(PAGE, ERRAND, replace(STATE, body_hash=None), False, id="never read"),
        pytest.param(PAGE, ERRAND, replace(STATE, failures=0.5), False, id="failed since"),
        pytest.param(PAGE, ERRAND, replace(STATE, coverage=INDEX), False, id="an index, or a list without entries"),
        pytest.param(PAGE, replace(ERRAND, url_key="page 1"), STATE, False, id="a further page"),
        pytest.param(PAGE, replace(ERRAND, pages_left=2), STATE, False, id="further pages are asked for"),
    ],
)
def test_a_channel_is_unchanged(page: Page, errand: Errand, state: ChannelState, expected: bool):
    assert is_unchanged(errand, page, state) is expected
