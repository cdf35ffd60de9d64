"""How well the decision finds copies: in streams of edited, cut and re-sent articles, by kind and by language.

    python benchmarks/dedupe_quality.py DATA          (or NEWSCRAWL_BENCH_DATA=DATA)

DATA holds dedupe/{variants,aeb_docs,reuters_docs}.jsonl.gz, one document a line in order of arrival (id, group, kind,
lang, url, title, text; `also`: further groups it repeats), and reuters_pairs.jsonl.gz (pairs left out: label `ign`).
A document repeats an earlier one where they are of one group. Prints precision, recall and F1 of each stream; recall
by kind; false finds among pages from templates; F1 by language, each language's documents alone.
"""

import gzip
import json
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.dedupe_streams import Copies

STREAMS = {"variants": "variants", "extractors": "aeb_docs", "wire": "reuters_docs"}
LANGUAGE_MIN = 20
"""Documents of a language below which its F1 says nothing."""

Doc = dict[str, Any]


@dataclass
class Score:
    """What came of one stream."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    by_kind: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __str__(self) -> str:
        precision = self.right / max(1, self.right + self.wrong)
        recall = self.right / max(1, self.right + self.missed)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return f"precision {precision:.4f}, recall {recall:.4f}, F1 {f1:.4f}"


def read(path: Path) -> list[Doc]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def is_same(one: Doc, other: Doc) -> bool:
    ours, theirs = ({doc["group"], *doc.get("also", ())} for doc in (one, other))
    return one["group"] in theirs or other["group"] in ours


def score(docs: Sequence[Doc], left_out: set[frozenset[str]]) -> Score:
    """The decisions on `docs`, in their order, held against their groups."""
    found, copies, groups = Score(), Copies(), set()
    for number, doc in enumerate(docs):
        kind, repeats = doc.get("kind", ""), doc["group"] in groups
        earlier = [docs[index] for _, index in copies.process(number, doc)]
        earlier = [one for one in earlier if frozenset((one["id"], doc["id"])) not in left_out]
        found.by_kind[kind, "all"] += 1
        if not earlier:
            found.missed += repeats
        elif is_same(doc, earlier[0]):
            if repeats or earlier[0]["group"] != doc["group"]:
                found.right += 1
                found.by_kind[kind, "right"] += 1
        else:
            found.wrong += 1
            found.missed += repeats
            found.by_kind[kind, "wrong"] += 1
        groups.add(doc["group"])
    return found


def main() -> None:
    folder = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("NEWSCRAWL_BENCH_DATA")
    if not folder:
        sys.exit(__doc__)
    data = Path(folder) / "dedupe"
    pairs = read(data / "reuters_pairs.jsonl.gz")
    left_out = {frozenset((pair["a"], pair["b"])) for pair in pairs if pair["label"] == "ign"}
    for name, file in STREAMS.items():
        docs = read(data / f"{file}.jsonl.gz")
        found = score(docs, left_out)
        print(f"{name}: {found}", flush=True)
        if name != "variants":
            continue
        templates = [kind for kind, _ in found.by_kind if kind.startswith("neg_tpl")]
        for kind in sorted({kind for kind, what in found.by_kind if what == "right"} - set(templates)):
            print(f"  {kind}: {found.by_kind[kind, 'right']} of {found.by_kind[kind, 'all']}")
        wrong, count = (sum(found.by_kind[kind, what] for kind in {*templates}) for what in ("wrong", "all"))
        print(f"  false finds among pages from templates: {wrong} of {count}")
        for language, size in Counter(doc["lang"] for doc in docs).most_common():
            if size >= LANGUAGE_MIN:
                print(
                    f"  {language}, {size}: {score([doc for doc in docs if doc['lang'] == language], set())}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
