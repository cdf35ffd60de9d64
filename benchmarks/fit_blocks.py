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
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from annotated_pages import AnnotatedPage, four_grams, read_pages, score_f1, share_under_half, tokens

from newscrawl.extract import body
from newscrawl.extract.features import NAMES, SEEN
from newscrawl.extract.judge import Trees
from newscrawl.text import normal_form

WEIGHTS = Path(body.__file__).with_name("weights.json")
FOLDS = 5
UNREAD_WEIGHT = 0.3
_MORE_IS_LIKELIER = (
    "own_body own_article around_body around_article ends stops commas box_prose up_prose up2_prose alike_chars stated"
    " read read_box read_up read_alike read_before read_after read_inside read-1 read+1"
)
_MORE_IS_LESS_LIKELY = (
    "link_share notice copyright repeated times alike_links up_links own_hidden around_hidden own_comment"
    " around_comment own_related around_related own_social around_social own_ad around_ad own_site around_site"
    " own_notice around_notice around_card"
)
# What has one direction on every page may have no other in the trees: sites never seen gain by it.
_DIRECTIONS = dict.fromkeys(_MORE_IS_LIKELIER.split(), 1) | dict.fromkeys(_MORE_IS_LESS_LIKELY.split(), -1)


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


@dataclass
class Lesson:
    """One page's candidate blocks, and what they should be."""

    page: AnnotatedPage
    texts: list[str]
    seen: list[list[float]]
    """Rows as far as the page itself shows them."""
    labels: list[float]
    weights: list[float]

    @classmethod
    def of(cls, page: AnnotatedPage) -> "Lesson":
        """What `page` teaches: long blocks more than short ones, the ones its annotations disagree on hardly."""
        blocks, rows = body.describe_blocks(page.document)
        texts = [block.text for block in blocks]
        labels = [label(texts, truth) for truth in page.texts]
        size = max(80, len(tokens(page.texts[0])))
        kept = [i for i, row in enumerate(rows) if row]
        agreed = [len({each[i] > 0.5 for each in labels}) == 1 for i in kept]
        sizes = [((len(tokens(texts[i])) + 2) / size) ** 0.75 for i in kept]
        return cls(
            page,
            [texts[i] for i in kept],
            [rows[i] for i in kept],
            [labels[0][i] for i in kept],
            [size * (1.0 if same else 0.1) for size, same in zip(sizes, agreed, strict=True)],
        )

    def read(self, alone: Trees) -> list[list[float]]:
        """The rows with trafilatura's reading of what `alone` finds likely; empty for the rest."""
        blocks, rows = body.describe_blocks(self.page.document)
        candidates = [i for i, row in enumerate(rows) if row]
        rows, _ = body.read_likely(self.page.document, blocks, rows, alone.likelihoods(rows))
        return [rows[i] for i in candidates]

    def judge(self, alone: Trees, judge: Trees) -> list[float]:
        """The likelihoods that `body.read_body` would take its blocks by."""
        blocks, rows = body.describe_blocks(self.page.document)
        scores = alone.likelihoods(rows)
        if not body.is_sure(blocks, scores):
            scores = judge.likelihoods(body.read_likely(self.page.document, blocks, rows, scores)[0])
        return [score for score, row in zip(scores, rows, strict=True) if row]


def fit_alone(lessons: Sequence[Lesson], trees: int, leaves: int) -> list[list[Any]]:
    """Trees that need nothing but the page."""
    rows = np.array([row for lesson in lessons for row in lesson.seen])
    return table_of(_fit(rows, _labels(lessons), _weights(lessons), trees=trees, leaves=leaves))


def fit_judge(lessons: Sequence[Lesson], alone: Trees, trees: int, leaves: int) -> list[list[Any]]:
    """Trees that also know what to do where trafilatura read nothing: each row is learned without its reading too."""
    read = [row for lesson in lessons for row in lesson.read(alone)]
    kept = np.array([bool(row) for row in read])
    rows = np.array([row for row in read if row])
    labels, weights = _labels(lessons)[kept], _weights(lessons)[kept]
    unread = rows.copy()
    unread[:, len(SEEN) :] = 0
    model = _fit(
        np.vstack([rows, unread]),
        np.concatenate([labels, labels]),
        np.concatenate([weights, UNREAD_WEIGHT * weights]),
        trees=trees,
        leaves=leaves,
    )
    return table_of(model)


def _labels(lessons: Sequence[Lesson]) -> Any:
    return np.array([share > 0.5 for lesson in lessons for share in lesson.labels])


def _weights(lessons: Sequence[Lesson]) -> Any:
    return np.array([weight for lesson in lessons for weight in lesson.weights])


def _fit(rows: Any, labels: Any, weights: Any, *, trees: int, leaves: int) -> Any:
    model = lightgbm.LGBMClassifier(
        n_estimators=trees, num_leaves=leaves, learning_rate=0.1, min_child_samples=100, subsample=0.8,
        random_state=1, subsample_freq=1, colsample_bytree=0.5, reg_lambda=5, max_bin=63, n_jobs=1, verbose=-1,
        monotone_constraints=[_DIRECTIONS.get(name, 0) for name in NAMES[: rows.shape[1]]],
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
    lessons = [Lesson.of(page) for page in read_pages(Path(args.data)) if page.texts]
    sites = {site: i % FOLDS for i, site in enumerate(sorted({lesson.page.site for lesson in lessons}))}
    taken: dict[str, list[tuple[AnnotatedPage, str]]] = defaultdict(list)
    for number in range(FOLDS):
        seen = [each for each in lessons if sites[each.page.site] != number]
        alone = Trees(fit_alone(seen, args.trees, args.leaves))
        judge = Trees(fit_judge(seen, alone, args.trees, args.leaves))
        for lesson in (each for each in lessons if sites[each.page.site] == number):
            scores = lesson.judge(alone, judge)
            texts = [text for text, score in zip(lesson.texts, scores, strict=True) if score >= body.TAKEN_FROM]
            taken[lesson.page.dataset].append((lesson.page, "\n".join(texts)))
    print("unseen sites, 4-gram F1 by page and set, percent; share of pages under 0.5:")
    for name, read in sorted(taken.items()):
        print(f"  {name:12} {score_f1(read):.2f} {share_under_half(read):.1f}")
    print(f"  {'mean':12} {statistics.mean(map(score_f1, taken.values())):.2f}")
    if args.write:
        alone = fit_alone(lessons, args.trees, args.leaves)
        write({"alone": alone, "judge": fit_judge(lessons, Trees(alone), args.trees, args.leaves)})


def write(tables: dict[str, list[list[Any]]]) -> None:
    """Write the weights, a line for each tree."""
    parts = []
    for name, trees in tables.items():
        lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in trees)
        parts.append(f'"{name}": [\n{lines}\n]')
    WEIGHTS.write_text("{" + ",\n".join(parts) + "}\n", "utf-8")
    print(f"wrote {WEIGHTS.stat().st_size} bytes to {WEIGHTS}")


if __name__ == "__main__":
    main()
