import random
import sqlite3

import pytest

from newscrawl.dedupe import decide, fingerprint
from newscrawl.dedupe.copies import sets_of_copies
from newscrawl.store.near import CANDIDATES, NEAR_TABLES, SHINGLE_ARTICLES, NearIndex
from tests.dedupe.prose import make_article, make_body

TABLES = """
CREATE TABLE articles (id INTEGER PRIMARY KEY, url_key TEXT UNIQUE, headline TEXT,
  content_hash INTEGER, body_hash INTEGER, word_count INTEGER, date_published_earliest TEXT,
  date_published_latest TEXT);
CREATE TABLE urls (url_key TEXT PRIMARY KEY, article_id INTEGER, role TEXT);
"""


class Store:
    """The columns the index reads, and the decision as the store takes it."""

    def __init__(self):
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.executescript(TABLES)
        for statement in NEAR_TABLES:
            self.connection.execute(statement)
        self.index = NearIndex(self.connection)

    def put(self, article):
        fp = fingerprint(article)
        decision = decide(article, fp, self.index.neighbours(fp, article))
        if decision.verdict in ("new", "copy"):
            row = (fp.url_key, article.headline, fp.content_hash, fp.body_hash, fp.length)
            cursor = self.connection.execute("INSERT INTO articles VALUES (NULL, ?, ?, ?, ?, ?, NULL, NULL)", row)
            self.connection.execute("INSERT INTO urls VALUES (?, ?, 'url')", (fp.url_key, cursor.lastrowid))
            self.index.add(cursor.lastrowid, fp)
        return decision

    def count(self, table):
        return self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


@pytest.fixture
def store():
    return Store()


def test_the_tables_are_strict_and_can_be_made_twice(store):
    for statement in NEAR_TABLES:
        store.connection.execute(statement)
        assert "STRICT" in statement


def test_an_article_is_found_by_address_text_and_parts(store):
    body, url = make_body(1), "https://paper1.example/news/1"
    store.put(make_article(body, 1))
    for article, match in (
        (make_article(make_body(2), 1), "same_url"),
        (make_article(body, 2), "same_body"),
        (make_article(body[:600], 3), "near"),
        (make_article(make_body(3), 1, url=f"{url}-x", canonical_url=url), "canonical"),
    ):
        (found,) = store.index.neighbours(fingerprint(article), article)
        assert (found.article_id, found.match) == (1, match)


def test_a_declared_address_on_another_site_is_no_alias(store):
    store.put(make_article(make_body(1), 1))
    other = make_article(make_body(2), 2, canonical_url="https://paper1.example/news/1")
    assert store.index.neighbours(fingerprint(other), other) == []


def test_replacing_and_removing_leave_nothing_behind(store):
    old, new = make_article(make_body(1), 1), make_article(make_body(2), 1)
    store.put(old)
    store.index.replace(1, fingerprint(new))
    assert store.count("near_shingles") == len(fingerprint(new).shingles)
    store.index.remove(1)
    store.index.remove(1)
    assert store.count("near_shingles") == store.count("near_sketches") == 0


def test_a_rolled_back_transaction_leaves_nothing(store):
    store.connection.execute("BEGIN")
    store.put(make_article(make_body(1), 1))
    store.connection.execute("ROLLBACK")
    assert store.count("near_shingles") == store.count("near_sketches") == 0


def test_a_text_printed_everywhere_is_found_and_stays_cheap(store):
    body = make_body(1)
    for number in range(1, 101):
        decision = store.put(make_article(f"{body} {make_body(number + 1, 20)}", number))
        assert decision.verdict == ("new" if number == 1 else "copy")
    widest = "SELECT max(n) FROM (SELECT count(*) n FROM near_shingles GROUP BY shingle)"
    assert store.connection.execute(widest).fetchone()[0] == SHINGLE_ARTICLES
    last = make_article(body, 200)
    assert len(store.index.neighbours(fingerprint(last), last)) <= CANDIDATES


def test_a_phrase_in_common_makes_no_neighbour(store):
    def begun_with(phrase, number):
        return make_article(f"{phrase} {make_body(90 + number, 300)}", number)

    def shared(phrase):
        one, other = (fingerprint(begun_with(phrase, number)).shingles for number in range(2))
        return len({*one} & {*other})

    phrase = next(phrase for phrase in (make_body(seed, 10) for seed in range(30)) if shared(phrase) == 1)
    assert {store.put(begun_with(phrase, number)).verdict for number in range(12)} == {"new"}
    new = begun_with(phrase, 99)
    assert store.index.neighbours(fingerprint(new), new) == []


def test_the_same_crawl_twice_adds_nothing(store):
    crawl = [make_article(make_body(number), number) for number in range(20)]
    assert {store.put(article).verdict for article in crawl} == {"new"}
    before = list(store.connection.iterdump())
    assert {store.put(article).verdict for article in crawl} == {"same"}
    assert list(store.connection.iterdump()) == before


@pytest.mark.parametrize("seed", range(6))
def test_sets_of_copies_do_not_depend_on_the_order_of_arrival(seed):
    crawl = []
    for family in range(6):
        body = make_body(family, 300)
        cuts = (body, body[: len(body) // 2], body[len(body) // 10 :], f"{body}\n\n{make_body(90 + family, 60)}")
        crawl += [make_article(cut, 10 * family + n) for n, cut in enumerate(cuts)]
    random.Random(seed).shuffle(crawl)
    store, links, key_of = Store(), [], {}
    for article in crawl:
        decision = store.put(article)
        key_of[store.count("articles")] = int(article.url.rpartition("/")[2])
        if decision.of:
            links.append((key_of[store.count("articles")], key_of[decision.of]))
    assert sets_of_copies(links) == [tuple(range(10 * family, 10 * family + 4)) for family in range(6)]
