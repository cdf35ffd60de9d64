"""The dataset card: what is in an export, where it comes from, and what is known to be missing."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newscrawl.datasets.fields import FIELDS, SCHEMA_VERSION, Row
from newscrawl.monitor.certificate import Certificate

_PROGRESS_ROWS = 1_000
_GAPS = 50
_MOST = 100


class Tally:
    """Counts of the rows that pass."""

    def __init__(self) -> None:
        self.rows = 0
        self.ops: Counter[str] = Counter()
        self.sources: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.withheld: Counter[str] = Counter()
        self.copies = self.undated = self.revised = 0
        self.published: list[str] = []
        """The first and last publication instant."""

    def counted(self, rows: Iterable[Row], progress: Callable[[int], None]) -> Iterator[Row]:
        """The rows, counted; `progress` hears of every thousand."""
        for row in rows:
            self._count(row)
            if self.rows % _PROGRESS_ROWS == 0:
                progress(self.rows)
            yield row

    def _count(self, row: Row) -> None:
        self.rows += 1
        self.ops[row["op"]] += 1
        if row["source"] is None:
            return
        self.sources[row["source"]] += 1
        self.languages[row["in_language"] or "unknown"] += 1
        self.copies += row["copy_of"] is not None
        self.revised += row["revision"] > 1
        if row["body_withheld"]:
            self.withheld[row["body_withheld"]] += 1
        at = row["date_published"]
        if at is None:
            self.undated += 1
        elif not self.published:
            self.published = [at, at]
        elif at < self.published[0]:
            self.published[0] = at
        elif at > self.published[1]:
            self.published[1] = at


@dataclass(frozen=True, slots=True)
class Certified:
    """The certificate of one channel."""

    source_id: str
    url: str
    certificate: Certificate


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is known of what may be missing, as of the export's last change."""

    gaps: list[dict[str, Any]]
    certificates: list[Certified]


def card_text(
    tally: Tally,
    options: Mapping[str, Any],
    format: str,
    after_seq: int,
    until_seq: int,
    coverage: Coverage,
) -> str:
    """README.md of an export, with the header that dataset hubs read; the same export gives the same text."""
    tags = sorted({tag.split("-")[0] for tag in tally.languages} - {"unknown"})
    lines = ["---", "license: other", "license_name: the-publishers-own"]
    if tags:
        lines += ["language:", *(f"- {tag}" for tag in tags)]
    lines += ["tags:", "- news", "---", "", "# News articles, as newscrawl found them", ""]
    lines += [f"{tally.rows} rows ({format}, row schema {SCHEMA_VERSION}), changes {after_seq + 1} to {until_seq}."]
    period = f"{tally.published[0]} to {tally.published[1]}" if tally.published else "none dated"
    lines += ["", "| | |", "|---|---|", f"| published | {period} |", f"| undated | {tally.undated} |"]
    lines += [f"| with revisions | {tally.revised} |", f"| copies of another article | {tally.copies} |"]
    lines += [f"| last change: {op} | {count} |" for op, count in sorted(tally.ops.items())]
    lines += ["", "## Selection", "", *_options(options)]
    lines += ["", "## Sources", "", *_counts("source", tally.sources)]
    lines += ["", "## Languages", "", *_counts("language", tally.languages)]
    lines += ["", "## Rights and reservations", "", *_rights(tally)]
    lines += ["", "## Duplicates", "", _DUPLICATES, *([_DISTINCT] if options.get("is_distinct") else [])]
    lines += ["", "## What may be missing", "", *_missing(coverage)]
    lines += ["", "## Fields", "", "| field | type | meaning |", "|---|---|---|"]
    lines += [f"| `{field.name}` | {field.type} | {field.doc} |" for field in FIELDS]
    return "\n".join(lines) + "\n"


_DUPLICATES = (
    "Addresses that lead to one article (tracking parameters, AMP, print and mobile forms) are one row. An article that"
    " repeats another's text is a row of its own, and `copy_of` names the other. A changed text is a revision of the"
    " same row; changes of white space or of a printed date alone are none."
)

_DISTINCT = (
    "Of each set of copies one article is here: the likely original where evidence tells, else the one that was"
    " certainly there first."
)


def _options(options: Mapping[str, Any]) -> list[str]:
    return [f"- {name}: {value}" for name, value in options.items()] or ["Every article, in its latest text."]


def _counts(name: str, counts: Counter[str]) -> list[str]:
    shown = [f"| {key} | {count} |" for key, count in counts.most_common(_MOST)]
    rest = len(counts) - len(shown)
    more = ["", f"… and {rest} more."] if rest else []
    return [f"| {name} | rows |", "|---|---|", *shown, *more]


def _rights(tally: Tally) -> list[str]:
    lines = [
        "The texts belong to their publishers; newscrawl grants no right to them. What a publisher reserves (robots",
        "directives, TDM-Reservation) is in `reservations` with where it was said; nothing there means that nothing",
        "was said on the page or in its headers.",
    ]
    if tally.withheld:
        lines += ["", "Texts left out:", *(f"- {why}: {count}" for why, count in sorted(tally.withheld.items()))]
    return lines


def _missing(coverage: Coverage) -> list[str]:
    return [*_certified(coverage.certificates), *_gaps(coverage.gaps)]


def _certified(certificates: list[Certified]) -> list[str]:
    """Coverage certificates, the least covered channels first."""
    if not certificates:
        return ["No channel of these sources was watched in the period, so nothing is certified of it.", ""]
    first = certificates[0].certificate
    lines = [
        f"Of the time from {first.from_at:%Y-%m-%dT%H:%MZ} to {first.to_at:%Y-%m-%dT%H:%MZ}, for each channel: the"
        " share in which nothing can have been missed, and how many articles the rest may hide (90 % interval;"
        " of time that was not watched, or is not followed by a check yet, nothing is said).",
        "",
        "| source | channel | certified | not watched, h | unchecked, h | gaps | may have missed |",
        "|---|---|---|---|---|---|---|",
    ]
    worst = sorted(certificates, key=lambda one: (one.certificate.certified_share, one.source_id, one.url))
    for row in worst[:_MOST]:
        one = row.certificate
        missed = f"{one.missed:.1f} ({one.missed_least:.0f} to {one.missed_most:.0f})" if one.gaps else "0"
        lines.append(
            f"| {row.source_id} | {_cell(row.url)} | {one.certified_share:.1%} | {one.unwatched_s / 3600:.1f} |"
            f" {one.pending_s / 3600:.1f} | {len(one.gaps)} | {missed} |"
        )
    more = ["", f"… and {len(worst) - _MOST} more."] if len(worst) > _MOST else []
    return [*lines, *more, ""]


def _cell(text: str) -> str:
    return text.replace("|", "%7C")


def _gaps(gaps: list[dict[str, Any]]) -> list[str]:
    if not gaps:
        return ["No gap is on record for the channels up to the last change of this export."]
    lines = ["| source | from | to | why | articles, expected | at most |", "|---|---|---|---|---|---|"]
    for gap in gaps[:_GAPS]:
        hidden, most = (_number(gap[name]) for name in ("hidden_expected", "hidden_most"))
        lines.append(
            f"| {gap['source_id']} | {gap['from_at']} | {gap['to_at']} | {gap['reason']} | {hidden} | {most} |"
        )
    return [*lines, "", f"… and {len(gaps) - _GAPS} more."] if len(gaps) > _GAPS else lines


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.1f}"
