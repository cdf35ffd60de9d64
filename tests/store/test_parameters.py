"""What a parameter means on a host is learned from texts, and forgotten when a text says otherwise."""

from newscrawl.store.lookup import find_article
from tests.dedupe.prose import make_body
from tests.store.conftest import Desk, article, later


def page(number: int, skin: int, *, text: int | None = None, name: str = "skin"):
    """Article `number` of the host, under one more value of a parameter."""
    return article(
        url=f"https://herald.example/read?id={number}&{name}={skin}",
        headline=f"Headline {number}",
        paragraphs=(make_body(number if text is None else text, 200),),
    )


def teach(desk: Desk, articles: int = 5, **values) -> None:
    for number in range(articles):
        for skin in (1, 2):
            desk.put(page(number, skin, **values))


def noise(desk: Desk) -> set[str]:
    return set(desk.store.articles.urls.parameters.noise_of("herald.example/read?x"))


def test_five_articles_that_do_not_change_with_it_make_it_noise(desk: Desk):
    teach(desk, 4)
    assert noise(desk) == set()
    teach(desk, 5)
    assert noise(desk) == {"skin"}
    assert desk.store.articles.known(["herald.example/read?id=3&skin=77"]) == {"herald.example/read?id=3&skin=77": 7}
    stored = desk.put(page(3, 77), at=later(1))
    assert stored is not None
    assert stored.decision.verdict == "same"
    assert find_article(desk.store.connection, "https://herald.example/read?skin=500&id=3")["id"] == stored.article_id


def test_one_article_under_many_values_proves_little(desk: Desk):
    for skin in range(9):
        desk.put(page(1, skin))
    assert noise(desk) == set()


def test_a_new_article_is_stored_without_it(desk: Desk):
    teach(desk)
    stored = desk.put(page(50, 3))
    assert stored is not None
    assert stored.decision.verdict == "new"
    assert desk.rows("articles")[-1]["url_key"] == "herald.example/read?id=50"


def test_short_texts_prove_nothing(desk: Desk):
    for number in range(9):
        for skin in (1, 2):
            desk.put(article(url=f"https://herald.example/read?id={number}&skin={skin}", paragraphs=("Log in.",)))
    assert desk.rows("parameters") == []


def test_what_says_which_page_is_never_believed_noise(desk: Desk):
    for number in range(8):
        desk.put(page(number, 1, name="part"))
        desk.put(page(100 + number, 2, name="part", text=number))  # the same text under another id
    teach(desk, 6)
    assert noise(desk) == {"skin"}


def test_another_text_ends_the_belief(desk: Desk):
    teach(desk)
    stored = desk.put(page(2, 9, text=99), at=later(1))
    assert stored is not None
    assert stored.decision.verdict == "new"
    assert noise(desk) == set()
    assert desk.rows("articles")[-1]["url_key"] == "herald.example/read?id=2&skin=9"
    assert not [row for row in desk.rows("urls") if row["role"] == "learned"]


def test_what_else_was_learned_of_the_host_stays(desk: Desk):
    teach(desk)
    for number in range(20, 25):
        for font in (1, 2):
            desk.put(page(number, font, name="font"))
    assert noise(desk) == {"skin", "font"}
    desk.put(page(2, 9, text=99), at=later(1))
    assert noise(desk) == {"font"}
    assert desk.store.articles.known(["herald.example/read?id=21&font=8"])
    assert not desk.store.articles.known(["herald.example/read?id=3&skin=8"])


def test_the_same_crawl_twice_changes_nothing_but_when_it_was_seen(desk: Desk):
    def state() -> list[dict]:
        rows = [row for table in ("articles", "urls", "parameters", "copies", "changes") for row in desk.rows(table)]
        return [{k: v for k, v in row.items() if k not in ("last_seen_at", "visited_at")} for row in rows]

    def crawl(hour: int) -> None:
        teach(desk, 6)
        for number in range(40, 44):
            declared = article(
                str(number), canonical_url="https://herald.example/all", paragraphs=(make_body(number, 200),)
            )
            desk.put(declared, at=later(hour))

    crawl(0)
    before = state()
    crawl(1)
    assert state() == before


def test_a_notice_in_place_of_the_text_does_not(desk: Desk):
    teach(desk)
    desk.put(article(url="https://herald.example/read?id=2&skin=9", paragraphs=("Please log in.",)), at=later(1))
    assert noise(desk) == {"skin"}


def test_articles_stored_before_that_differ_by_it_forbid_to_believe_it(desk: Desk):
    desk.put(page(7, 1))
    desk.put(page(7, 2, text=70))
    teach(desk)
    assert noise(desk) == set()


def test_an_address_that_different_pages_declare_is_nobodys(desk: Desk):
    front = "https://herald.example/news"
    for number in range(3):
        one = article(f"{number}", canonical_url=front, paragraphs=(make_body(number, 200),))
        assert desk.put(one).decision.verdict == "new"
    assert desk.store.articles.known(["herald.example/news"]) == {}
    assert [row["url_key"] for row in desk.rows("disputed_urls")] == ["herald.example/news"]


def test_a_page_is_not_the_article_that_declared_its_address(desk: Desk):
    desk.put(article("a", canonical_url="https://herald.example/b", paragraphs=(make_body(1, 200),)))
    stored = desk.put(article("x", url="https://herald.example/b", paragraphs=(make_body(2, 200),)))
    assert stored.decision.verdict == "new"
    assert desk.store.articles.known(["herald.example/b"]) == {"herald.example/b": stored.article_id}
    assert len(desk.rows("articles")) == 2
