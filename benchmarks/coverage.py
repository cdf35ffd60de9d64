"""Gap certificates against a known stream: whether losses lie in gaps, gaps hold losses, and bounds hold.

    python benchmarks/coverage.py [--sources 150] [--days 60] [--seed 1]

Each source publishes a known stream (day cycle, quiet weekends, one in five in clumps, bursts) and shows it as a list
of 10 to 50 entries: a feed, an undated front page in mixed order, with entries pinned at the top, in the middle or at
the foot, with cards taken down now and then. The monitor checks on newscrawl's own schedule; sources fail or block us
for hours, the monitor is off for hours, and some lists are too short for their rate. Where a read leaves a gap, the
list's next pages are read, as the monitor does, if it has any, and a quarter of an hour later the feed that it
announces and the site's news sitemap. Figures are also told apart for sources that have none of these.
"""

import argparse
import random
from bisect import bisect_right
from datetime import UTC, datetime
from statistics import mean

from newscrawl.beside import WAIT_S
from newscrawl.intake import READ_ON_PAGES
from newscrawl.monitor import coverage, schedule, volume
from newscrawl.monitor.coverage import CoverageState
from newscrawl.monitor.schedule import DAY_S, HOUR_S, Profile, ScheduleState
from newscrawl.monitor.volume import VolumeState

START_S = datetime(2026, 3, 2, tzinfo=UTC).timestamp()
PRICES = ((3_000.0, 5_400.0), (750.0, 2_700.0), (190.0, 1_350.0))
"""Of a check, and how long a wait a lost article counts as (seconds): what 12, 24 and 48 checks a source and day cost
on the sources of `benchmarks/schedule.py`."""

PAGED_SHARE = 0.4
"""Lists of at most 50 entries that have further pages: 17 of 44 news listings, as `discover` reads them, and the feeds
of WordPress: 13 of 29 sites that announce one; 2026-11-25."""
FEED_SHARE = 0.45
"""Undated lists without further pages that announce a feed: 10 of 22 of the same."""
NEWS_SITEMAP_SHARE = 0.78
"""Publishers with a known news sitemap: 25 of 32 German, American and British ones in a public collection."""
NAMES = {
    True: "further pages, a feed or a news sitemap can be asked",
    False: "the list itself is all there is",
}
NEWS_SITEMAP_S = 2 * DAY_S
"""It lists the articles of so long, all of them."""


def publish(draw, days):
    """Publication instants of one source."""
    per_day = min(500.0, max(2.0, draw.lognormvariate(3.0, 1.3)))
    shape = [0.3 + 1.4 * (7 <= hour <= 20) for hour in range(24)]
    weekend, shift, clumped = draw.choice((0.3, 0.7, 1.0)), draw.randrange(24), draw.random() < 0.2
    bursts = [draw.uniform(0, days * DAY_S) for _ in range(days // 20)] if draw.random() < 0.2 else []
    times = []
    at_s = 0.0
    size = 5.0 if clumped else 1.0
    peak = per_day / DAY_S * 8 / size
    while at_s < days * DAY_S:
        at_s += draw.expovariate(peak)
        rate = per_day / DAY_S / size * shape[int(at_s / HOUR_S + shift) % 24]
        rate *= weekend if int(at_s / DAY_S) % 7 > 4 else 1.0
        rate *= 4 if any(0 < at_s - burst < 6 * HOUR_S for burst in bursts) else 1.0
        if draw.random() < rate / peak:
            more = 1 + (sum(draw.random() < 0.1 for _ in range(40)) if clumped else 0)
            times += [at_s + draw.uniform(0, 60) for _ in range(more)]
    return sorted(START_S + at_s for at_s in times)


def outages(draw, days):
    """(from_s, to_s, what) in which checks fail, are blocked, or are not made at all."""
    kinds = ("timeout_connect", "challenge", "off")
    spans = []
    for _ in range(draw.randrange(2, 7)):
        start_s = START_S + draw.uniform(5, days) * DAY_S
        spans.append(
            (start_s, start_s + draw.choice((1, 3, 8, 24, 72)) * HOUR_S * draw.uniform(0.5, 1.5), draw.choice(kinds))
        )
    return sorted(spans)


class Paper:
    """A source's list as it shows at an instant."""

    def __init__(self, draw, times):
        self.draw, self.times = draw, times
        self.size = draw.choice((10, 15, 20, 30, 50))
        self.dated = draw.random() < 0.7
        self.mixed = not self.dated and draw.random() < 0.5
        self.pinned = {draw.randrange(self.size): f"pin{i}" for i in range(draw.choice((0, 0, 1, 2)))}
        if draw.random() < 0.2:
            self.pinned[self.size - 1] = "foot"
        self.removed = {i for i in range(len(times)) if draw.random() < 0.01}
        self.is_paged = draw.random() < PAGED_SHARE
        self.feed_size = draw.choice((10, 15, 20, 30, 50)) if not self.dated and draw.random() < FEED_SHARE else 0
        self.has_sitemap = draw.random() < NEWS_SITEMAP_SHARE

    def show(self, upto, page=0):
        """(newest-first entries [(key, published or None)], the indexes shown) after `upto` articles."""
        room = self.size - len(self.pinned)
        upto = max(0, upto - page * room)
        shown = [i for i in range(max(0, upto - room), upto) if i not in self.removed][::-1]
        entries = [(f"a{i}", self.times[i] if self.dated else None) for i in shown]
        if self.mixed:  # a front page: new ones anywhere in the upper half
            order = sorted(range(len(entries)), key=lambda i: i + random.Random(entries[i][0]).uniform(0, room / 2))
            entries = [entries[i] for i in order]
        for place in sorted(self.pinned):
            entries.insert(place, (self.pinned[place], START_S - 30 * DAY_S if self.dated else None))
        return entries, shown

    @property
    def has_evidence(self):
        """Whether anything but the list itself can tell what it lost."""
        return self.is_paged or self.feed_size > 0 or self.has_sitemap

    def beside(self, at_s):
        """(indexes shown, whether it is a sitemap) of each other list of the source."""
        upto = bisect_right(self.times, at_s)
        if self.feed_size:
            yield range(max(0, upto - self.feed_size), upto)[::-1], False
        if self.has_sitemap:
            yield range(bisect_right(self.times, at_s - NEWS_SITEMAP_S), upto), True

    def close(self, gap, fresh, at_s):
        """The indexes shown by a list that closes the gap as `newscrawl.beside` has it; None: there is none."""
        for listed, is_sitemap in self.beside(at_s):
            published = [self.times[i] for i in listed]
            shown = sum(i in listed for i in fresh)
            is_whole = coverage.covers(published, gap.from_at.timestamp(), is_sitemap=is_sitemap)
            if is_whole and coverage.is_witness(shown, len(fresh)):
                return listed
        return None


def watch(draw, days):
    """(gaps, instants of lost articles, [(gap, number hidden)])."""
    times = publish(draw, days)
    paper, down = Paper(draw, times), outages(draw, days)
    plan, counts, state = ScheduleState(), VolumeState(), CoverageState()
    pooled, found, failed, gaps = Profile(), set(), [], []
    price, missed_s = draw.choice(PRICES)
    now_s, due_s, upto, first_s = START_S + 2 * DAY_S, None, 0, None
    while now_s < START_S + days * DAY_S:
        what = next((what for from_s, to_s, what in down if from_s <= now_s < to_s), None)
        if what == "off":
            now_s = next(to_s for from_s, to_s, _ in down if from_s <= now_s < to_s) + 1
            continue
        if what:
            failed.append(what)
            now_s += 900.0 * min(8, len(failed))
            continue
        while upto < len(times) and times[upto] <= now_s:
            upto += 1
        entries, shown = paper.show(upto)
        if not entries:  # no complete read: the channel is not watched yet
            now_s += HOUR_S
            continue
        first_s = first_s or now_s
        rates = schedule.hourly_rates(plan, pooled)
        last_s = state.read_at_s
        proof = coverage.prove(state.items, last_s, entries)
        known = {item.mark for item in state.items}
        fresh = [published for key, published in entries if coverage._mark(key) not in known]
        new = [times[i] for i in shown if i not in found]
        from_s = last_s
        hidden = 0.0
        if proof is None:
            until_s = from_s = coverage.oldest_shown(entries, last_s) or now_s
            gaps.append(
                coverage.measure(
                    last_s,
                    until_s,
                    now_s,
                    shown=len(fresh),
                    clump=volume.clump_of(counts),
                    foretell=lambda a, b, rates=rates: schedule.pending(rates, a, b)[0],
                    reason=coverage.why(failed, due_s=due_s, since_s=last_s, now_s=now_s, truncated=False),
                )
            )
            hidden = gaps[-1].expected
            for page in range(1, 1 + READ_ON_PAGES if paper.is_paged else 1):
                older, seen = paper.show(upto, page)
                found.update(seen)
                if coverage.prove(state.items, last_s, older):
                    gaps.pop()
                    break
            else:
                unseen = [i for i in shown if coverage._mark(f"a{i}") not in known]
                if (listed := paper.close(gaps[-1], unseen, now_s + WAIT_S)) is not None:
                    gaps.pop()
                    found.update(listed)
        found.update(shown)
        if last_s is not None and from_s < now_s:
            due = schedule.pending(rates, from_s, now_s)[0]
            counts = volume.count(counts, found=len(new) - (from_s > last_s), expected=due, now_s=now_s)
        plan = schedule.observe(
            plan,
            now_s=now_s,
            new=len(new),
            is_all_new=proof is None,
            published_s=new if paper.dated else (),
            hidden=hidden,
            entries=coverage.moving(state.items, entries) or int(plan.listing_entries),
            rates=rates,
        )
        state, failed = coverage.remember(state, entries, now_s=now_s), []
        at = datetime.fromtimestamp(now_s, UTC)
        due_s = schedule.next_check(
            plan,
            now=at,
            price=price,
            missed_s=missed_s,
            pooled=pooled,
            clump=volume.clump_of(counts),
            floor_s=120.0,
            jitter=draw.uniform(-1, 1),
        ).timestamp()
        now_s = due_s
    lost = [
        times[i] for i in range(upto) if i not in found and i not in paper.removed and times[i] > (first_s or now_s)
    ]
    return gaps, lost, paper.has_evidence


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=150)
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    losses = inside = gaps_all = real = held = 0
    expected = hidden_all = bound = 0.0
    reasons = {}
    real_of, of_class = {}, {True: [0, 0], False: [0, 0]}
    of_sources = []
    for number in range(options.sources):
        gaps, lost, has_evidence = watch(random.Random(f"{options.seed}/{number}"), options.days)
        spans = [(gap.from_at.timestamp(), gap.to_at.timestamp()) for gap in gaps]
        losses += len(lost)
        inside += sum(any(a - 1 <= at_s <= b + 1 for a, b in spans) for at_s in lost)
        before = real
        for gap, (a, b) in zip(gaps, spans, strict=True):
            hidden = sum(a - 1 <= at_s <= b + 1 for at_s in lost)
            gaps_all += 1
            of_class[has_evidence][0] += hidden > 0
            of_class[has_evidence][1] += 1
            real += hidden > 0
            real_of[gap.reason] = real_of.get(gap.reason, 0) + (hidden > 0)
            held += hidden <= gap.most
            expected += gap.expected
            hidden_all += hidden
            bound += gap.most
            reasons[gap.reason] = reasons.get(gap.reason, 0) + 1
        of_sources += [(real - before) / len(gaps)] if gaps else []
    print(f"{options.sources} sources, {options.days} days, {losses} articles lost, {gaps_all} gaps {reasons}")
    print(f"recall     {inside / max(1, losses):.4f}  (lost articles that lie in a gap; wanted 1.0)")
    print(f"precision  {real / max(1, gaps_all):.4f}  (gaps in which something was lost; wanted 0.95)")
    print(f"           {mean(of_sources):.4f}  on average over the {len(of_sources)} sources that have gaps")
    for has_evidence, (true, count) in of_class.items():
        print(f"           {true / max(1, count):.4f}  of {count} where {NAMES[has_evidence]}")
    for reason, count in sorted(reasons.items()):
        print(f"           {real_of[reason] / count:.4f}  of {count} {reason}")
    print(f"bound held {held / max(1, gaps_all):.4f}  (gaps that hide no more than their bound; wanted 0.95)")
    print(f"expected {expected:.0f}, hidden {hidden_all:.0f}, sum of bounds {bound:.0f}")


if __name__ == "__main__":
    main()
