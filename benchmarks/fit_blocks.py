"""Fit the trees of `newscrawl/extract/weights.json` on annotated pages, and say what unseen sites would get.

    python benchmarks/fit_blocks.py DATA [--write] [--trees 110] [--leaves 15]

DATA holds `<set>/truth.jsonl` and `<set>/<id>.html.gz` (or NEWSCRAWL_BENCH_DATA names it). Each block of each page
is labelled by how much of it the annotated text holds. The printed figures are from five folds that share no site;
`--write` then fits once more on all of them. Needs numpy and lightgbm, which newscrawl itself does not.
"""

import argparse
import json
import os
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from annotated_pages import AnnotatedPage, four_grams, read_pages, score_f1, tokens

from newscrawl.extract import body
from newscrawl.extract.features import NAMES, describe
from newscrawl.text import normal_form

WEIGHTS = Path(body.__file__).with_name("weights.json")
FOLDS = 5
UNREAD_WEIGHT = 0.3


def label(texts: Sequence[str], truth: str) -> list[float]:
    """How much of each block the annotated text holds; a text that stands twice counts once, amid the others."""
    grams = set(four_grams(tokens(truth)))
    joined, lines = f" {' '.join(tokens(truth))} ", {normal_form(line) for line in truth.splitlines()}
    forms = [normal_form(text) for text in texts]
    shares = [_share(text, grams) for text in texts]
    repeats = Counter(forms)
    sure = [i for i, form in enumerate(forms) if shares[i] > 0.6 and repeats[form] == 1 and len(form) > 30]
    first, last = (min(sure), max(sure)) if sure else (0, len(texts))
    for i, text in enumerate(texts):
        words = tokens(text)
        if not words or len(words) >= 4:
            continue
        beside = any(0 <= j < len(texts) and shares[j] > 0.6 and len(forms[j]) >= 15 for j in (i - 1, i + 1))
        inside = first <= i <= last and beside and f" {' '.join(words)} " in joined
        shares[i] = float(forms[i] in lines or inside)
    _keep_first(shares, forms, normal_form(truth), statistics.median(sure) if sure else len(texts) / 2, (first, last))
    return shares


def _share(text: str, grams: set[tuple[str, ...]]) -> float:
    words = tokens(text)
    if len(words) < 4:
        return 0.0
    own = four_grams(words)
    return sum(gram in grams for gram in own) / len(own)


def _keep_first(
    shares: list[float], forms: Sequence[str], truth: str, middle: float, span: tuple[float, float]
) -> None:
    places: dict[str, list[int]] = defaultdict(list)
    for i, form in enumerate(forms):
        if shares[i] > 0.5:
            places[form].append(i)
    for form, found in places.items():
        found.sort(key=lambda i: (not span[0] <= i <= span[1], abs(i - middle)))
        for i in found[max(1, truth.count(form)) :]:
            shares[i] = 0.0


def describe_page(page: AnnotatedPage) -> Iterator[tuple[str, list[float], float, float]]:
    """(text, row, label, weight) of each candidate block of a page."""
    blocks, evidence, _ = body.read_blocks(page.document)
    texts = [block.text for block in blocks]
    labels = [label(texts, truth) for truth in page.texts]
    size = max(80, len(tokens(page.texts[0])))
    for i, row in enumerate(describe(blocks, evidence)):
        if row:
            agreed = len({each[i] > 0.5 for each in labels}) == 1
            weight = ((len(tokens(texts[i])) + 2) / size) ** 0.75 * (1.0 if agreed else 0.1)
            yield texts[i], row, labels[0][i], weight


def fit(rows: Any, labels: Any, weights: Any, trees: int, leaves: int) -> Any:
    """Trees that also know what to do where trafilatura read nothing: each row is learned without its reading too."""
    unread = rows.copy()
    unread[:, [i for i, name in enumerate(NAMES) if name.startswith("read")]] = 0
    rows, labels = np.vstack([rows, unread]), np.concatenate([labels, labels])
    weights = np.concatenate([weights, UNREAD_WEIGHT * weights])
    model = lightgbm.LGBMClassifier(
        n_estimators=trees, num_leaves=leaves, learning_rate=0.1, min_child_samples=100, subsample=0.8, random_state=1,
        subsample_freq=1, colsample_bytree=0.5, reg_lambda=5, max_bin=63, n_jobs=1, verbose=-1,
    )  # fmt: skip
    return model.fit(rows, labels, sample_weight=weights / weights.mean())


def table_of(model: Any) -> list[list[Any]]:
    """The model's trees as lists of nodes: `[feature, threshold, low, high]`, or a leaf's number."""
    trees = []
    for tree in model.booster_.dump_model()["tree_info"]:
        nodes: list[Any] = []
        _flatten(tree["tree_structure"], nodes)
        trees.append(nodes)
    return trees


def _flatten(node: dict[str, Any], nodes: list[Any]) -> int:
    at = len(nodes)
    nodes.append(None)
    if "leaf_value" in node:
        nodes[at] = round(node["leaf_value"], 4)
    else:
        low = _flatten(node["left_child"], nodes)
        high = _flatten(node["right_child"], nodes)
        nodes[at] = [NAMES[node["split_feature"]], float(f"{node['threshold']:.5g}"), low, high]
    return at


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", nargs="?", default=os.environ.get("NEWSCRAWL_BENCH_DATA"))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--trees", type=int, default=110)
    parser.add_argument("--leaves", type=int, default=15)
    args = parser.parse_args()
    if not args.data:
        parser.error("name the data folder, or set NEWSCRAWL_BENCH_DATA")
    pages = [page for page in read_pages(Path(args.data)) if page.texts]
    parts = [list(describe_page(page)) for page in pages]
    owner = np.array([i for i, part in enumerate(parts) for _ in part])
    rows = np.array([row for part in parts for _, row, _, _ in part])
    labels = np.array([share > 0.5 for part in parts for _, _, share, _ in part])
    weights = np.array([weight for part in parts for _, _, _, weight in part])
    sites = {site: i % FOLDS for i, site in enumerate(sorted({page.site for page in pages}))}
    fold = np.array([sites[pages[i].site] for i in owner])
    scores = np.zeros(len(rows))
    for number in range(FOLDS):
        seen, unseen = fold != number, fold == number
        model = fit(rows[seen], labels[seen], weights[seen], args.trees, args.leaves)
        scores[unseen] = model.predict_proba(rows[unseen])[:, 1]
    taken: list[list[str]] = [[] for _ in pages]
    texts = [text for part in parts for text, _, _, _ in part]
    for i, text, score in zip(owner, texts, scores, strict=True):
        if score >= body.TAKEN_FROM:
            taken[i].append(text)
    print("unseen sites, 4-gram F1 by page and set:")
    for name in sorted({page.dataset for page in pages}):
        own = [i for i, page in enumerate(pages) if page.dataset == name]
        print(f"  {name:12} {score_f1([(pages[i], chr(10).join(taken[i])) for i in own]):.2f}")
    if args.write:
        table = table_of(fit(rows, labels, weights, args.trees, args.leaves))
        lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in table)
        WEIGHTS.write_text(f'{{"trees": [\n{lines}\n]}}\n', "utf-8")
        print(f"wrote {WEIGHTS.stat().st_size} bytes to {WEIGHTS}")


if __name__ == "__main__":
    main()
