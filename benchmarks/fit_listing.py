"""Fit the weights of listing records, checked by leaving sites out; prints the figures and the table's rows.

    uv run --with numpy python benchmarks/fit_listing.py DATA     (or NEWSCRAWL_BENCH_DATA)

DATA holds `listings/dev/truth.jsonl` and the pages beside it. Logistic regression with a Gaussian prior around a belief
set by hand (below), so that a feature which few pages show keeps the weight a person would give it. Pages weigh by the
root of their links. What is neither wanted nor wrong teaches `main`, not `record`.
"""

import gzip
import json
import os
import sys
from collections import Counter, defaultdict
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from newscrawl.discover.listing import read_html
from newscrawl.discover.listing.addresses import read_address
from newscrawl.discover.listing.groups import measure
from newscrawl.discover.listing.links import collect
from newscrawl.discover.listing.nodes import Tree
from newscrawl.discover.listing.score import agree
from newscrawl.discover.listing.weights import MAIN_MIN, RELATED_MIN, WEIGHTS
from newscrawl.errors import DiscoverError
from newscrawl.markup import parse
from newscrawl.models import Channel, Page, Source

BELIEF_RECORD = {
    "bias": -3, "date_only": -4, "root": -2, "not_article": -2, "in_nav": -1.5, "in_footer": -1, "in_tags": -1,
    "in_social": -1, "in_pager": -2, "in_user": -1, "in_comment": -0.5, "in_ad": -1, "in_author": -1, "offsite": -1.5,
    "rel": -1, "heading": 0.5, "title_class": 0.5, "words_1": -1.5, "words_2": -1, "words_3": -0.5, "no_words": -2,
    "words_7_and_more": 0.5, "attribute_only": -0.5, "dated": 1, "numbered": 0.5, "slug_4_and_more": 0.5,
    "depth_1": -0.5,
    "same_markup_long": 1, "same_shape_long": 1, "named": 0.7, "time_near": 0.3, "in_article": 0.3, "image": 0.3,
    "sentence_mark": 0.3,
}  # fmt: skip
BELIEF_MAIN = {
    "bias": 1.5, "in_aside": -2.5, "home_aside": 1.5, "in_ranked": -2, "home_ranked": 0.5, "poorer": -4,
    "home_poorer": 3, "media_address": -4, "said_side": -5.5,
    "in_footer": -1.5, "in_media": -1, "in_ad": -1.5, "offsite": -1.5, "offsite_list": 1,
    "in_related": -0.5, "in_nav": -1, "heading": 0.4, "in_comment": -1, "late": -0.5, "home": 0.5, "no_words": -1,
    "words_1": -0.5, "running_text": -1,
}  # fmt: skip
PRIOR_VARIANCE = 0.02
FOLDS = 10


def key_of(url):
    address = read_address(url)
    return address.key if address else url


def read_rows(folder):
    """(page, site, label, features, candidate) of every link (1 wanted, 0 wrong, -1 neither); wanted keys; articles."""
    rows, wanted, articles = [], {}, set()
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        body = gzip.decompress((folder / f"{truth['id']}.html.gz").read_bytes())
        page = Page(url=truth["url"], body=body, encoding="utf-8", fetched_at=datetime(2026, 1, 1, tzinfo=UTC))
        document = parse(page)
        tree = Tree(document)
        candidates, _ = collect(document, tree)
        measure(candidates, tree, page.url)
        right = {key_of(record["url"]) for record in truth["records"]}
        spared = {key_of(url) for url in truth.get("optional", ())} - right
        wanted[truth["id"]] = right
        if is_own_article(page):
            articles.add(truth["id"])
        for one in candidates:
            label = 1 if one.address.key in right else -1 if one.address.key in spared else 0
            rows.append((truth["id"], truth["site"], label, one.features, one))
    return rows, wanted, articles


def is_own_article(page):
    """Whether the page is read as an article, whose lists are all related ones."""
    channel = Channel(kind="listing", url=page.url)
    try:
        source = Source(id="zz_x", publisher="x", url=page.url, country="zz")
        return read_html(page, source=source, channel=channel).page_is_article
    except DiscoverError:
        return False


def fit(features, target, weight, belief):
    """Newton's method; a dozen steps are enough for a problem of this size."""
    b = belief.copy()
    for _ in range(25):
        p = 1 / (1 + np.exp(-features @ b))
        gradient = features.T @ (weight * (p - target)) + (b - belief) / PRIOR_VARIANCE
        hessian = (features * (weight * p * (1 - p))[:, None]).T @ features + np.eye(len(b)) / PRIOR_VARIANCE
        step = np.linalg.solve(hessian, gradient)
        b -= step
        if abs(step).max() < 1e-6:
            break
    return b


def macro_f1(pages, labels, chosen, wanted, strict=False):
    scores = []
    for page, right in wanted.items():
        here = chosen & (pages == page)
        hits = int((labels[here] == 1).sum())
        wrong = int((labels[here] != 1).sum() if strict else (labels[here] == 0).sum())
        scores.append(2 * hits / max(1, hits + wrong + len(right)))
    return float(np.mean(scores))


def leave_sites_out(features, target, weight, belief, sites, taught):
    """Each link's probability, from weights that never saw its site."""
    names = sorted(set(sites))
    np.random.default_rng(0).shuffle(names)
    result = np.zeros(len(sites))
    for fold in range(FOLDS):
        unseen = np.isin(sites, names[fold::FOLDS])
        seen = taught & ~unseen
        b = fit(features[seen], target[seen], weight[seen], belief)
        result[unseen] = 1 / (1 + np.exp(-features[unseen] @ b))
    return result


def agreed(rows, probabilities):
    """The probabilities after each page's links have been made to agree."""
    by_page = defaultdict(list)
    for row, probability in zip(rows, probabilities.tolist(), strict=True):
        row[4].score = probability
        by_page[row[0]].append(row[4])
    for candidates in by_page.values():
        agree(candidates)
    return np.array([row[4].score for row in rows])


def main():
    data = sys.argv[1] if len(sys.argv) > 1 else os.environ["NEWSCRAWL_BENCH_DATA"]
    rows, wanted, articles = read_rows(Path(data) / "listings" / "dev")
    names = [row.feature for row in WEIGHTS]
    pages, sites, labels = (np.array(column) for column in list(zip(*rows, strict=True))[:3])
    features = np.array([[row[3][name] for name in names] for row in rows])
    sizes = Counter(pages.tolist())
    weight = np.array([sizes[page] ** -0.5 for page in pages.tolist()])
    weight /= weight.mean()
    target = (labels == 1).astype(float)
    found = {}
    for role, belief, taught in (("record", BELIEF_RECORD, labels >= 0), ("main", BELIEF_MAIN, labels != 0)):
        start = np.array([float(belief.get(name, 0)) for name in names])
        found[role] = leave_sites_out(features, target, weight, start, sites, taught)
        found[f"{role} weights"] = fit(features[taught], target[taught], weight[taught], start)
    alone = found["record"] > 0.5
    main = found["main"] > np.where(np.isin(pages, sorted(articles)), RELATED_MIN, MAIN_MIN)
    record = agreed(rows, found["record"]) > 0.5
    print(f"{len(wanted)} pages, {len(set(sites.tolist()))} sites, {len(rows)} links, {len(names)} features")
    print(f"macro F1, sites left out: {macro_f1(pages, labels, record, wanted):.4f}")
    print(f"the same, each link alone: {macro_f1(pages, labels, alone, wanted):.4f}")
    print(f"the same, side lists wrong: {macro_f1(pages, labels, record & main, wanted, True):.4f}")
    sees = {row.feature: row.sees for row in WEIGHTS}
    for place, name in enumerate(names):
        r, m = found["record weights"][place], found["main weights"][place]
        print(f'    Weight("{name}", {r:.2f}, {m:.2f}, "{sees.get(name, "?")}"),')


if __name__ == "__main__":
    main()
