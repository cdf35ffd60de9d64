"""Health tests against a bench of faults: hours until told, and false alarms a source and year.

    python benchmarks/health.py [--sources 60] [--seed 1]

Seasonal sources of 1 to 500 articles a day (day cycle, quiet weekends, one in five in clumps, each day's volume off by
a fifth) are checked 24 times a day for 90 days; then each fault is put on, at any hour of the week. Faults are what
reads of such pages give (signals, not bytes): whether a page is recognised as a challenge or a soft 404 is measured
elsewhere. Slow death thins articles out over ten days.
"""

import argparse
import random
from dataclasses import replace
from statistics import median

from newscrawl.monitor import health, schedule, volume
from newscrawl.monitor.health import ChannelHealth, Reading
from newscrawl.monitor.schedule import HOUR_S, Profile, ScheduleState
from newscrawl.monitor.texts import Text, TextHealth, examine_text
from newscrawl.monitor.volume import VolumeState

SHAPE = [0.3 + 1.4 * (7 <= hour <= 20) for hour in range(24)]
FAULTED_DAYS = 21
# Fault → how it changes what a check reads (`reading`, hours since it began).
FAULTS = {
    "soft 404, unrecognised": lambda r, h: replace(r, outcome="empty_feed", entries=0, dated=0, headlined=0, new=0),
    "soft 404 with five links": lambda r, h: replace(r, outcome="ok", entries=5, dated=0, headlined=5, new=0),
    "consent wall": lambda r, h: Reading(outcome="consent", is_failed=True, is_blocked=True),
    "challenge, 200 or 202": lambda r, h: Reading(outcome="challenge", is_failed=True, is_blocked=True),
    "empty list": lambda r, h: replace(r, outcome="empty_feed", entries=0, dated=0, headlined=0, new=0),
    "encoding damage": lambda r, h: replace(
        r, outcome="ok", entries=r.entries or 25, headlined=25, dated=25, garbled=20
    ),
    "half-rendered list": lambda r, h: replace(r, outcome="ok", entries=8, dated=8, headlined=8, new=r.new // 3),
    "selector drift": lambda r, h: replace(r, outcome="ok", entries=r.entries or 25, dated=0, headlined=3),
    "frozen, changing times": lambda r, h: replace(
        r, outcome="ok", entries=25, dated=25, headlined=25, new=0, moved=1.0
    ),
    "frozen cache": lambda r, h: replace(r, outcome="unchanged", new=0),
    "slow death": lambda r, h: replace(r, new=thinned(r.new, h)),
}
DAY_DEVIATION = 0.2


def thinned(new, hour):
    """What is left of `new` articles when a tenth fewer are published each day."""
    draw = random.Random(hour)
    return sum(draw.random() > hour / 240 for _ in range(new))


class Source:
    """A seasonal source, its state, and the checks of it."""

    def __init__(self, draw):
        self.draw = draw
        self.per_day = 500 ** draw.random()
        self.shift, self.weekend = draw.randrange(24), draw.choice((0.3, 0.7, 1.0))
        self.size = 5.0 if draw.random() < 0.2 else 1.0
        self.listed = draw.randrange(15, 60)
        self.plan, self.counts, self.health = ScheduleState(), VolumeState(), ChannelHealth()
        self.state, self.since_s, self.hour, self.today = "ok", 0.0, 0, 1.0

    def published(self):
        """How many articles came in the next hour."""
        at = self.hour
        if at % 24 == 0:
            self.today = self.draw.gammavariate(DAY_DEVIATION**-2, DAY_DEVIATION**2)
        rate = self.today * self.per_day / 24 * SHAPE[(at + self.shift) % 24] / self.size
        rate *= self.weekend if at // 24 % 7 > 4 else 1.0
        clumps = sum(self.draw.random() < rate / 200 for _ in range(200))
        return clumps if self.size == 1 else sum(1 + self.draw.choice((2, 3, 4, 5, 6)) for _ in range(clumps))

    def check(self, change=None, since_h=0):
        """One check an hour; gives the state after it."""
        new = self.published()
        self.hour += 1
        now_s = self.hour * HOUR_S
        entries = max(5, round(self.draw.gauss(self.listed, 0.05 * self.listed)))
        reading = Reading(
            outcome="ok" if new else "unchanged", entries=entries, dated=entries, headlined=entries, new=new
        )
        if change:
            reading = change(reading, since_h)
        if not reading.is_failed:
            rates = schedule.hourly_rates(self.plan, Profile())
            due = schedule.pending(rates, now_s - HOUR_S, now_s)[0]
            self.counts = volume.count(self.counts, found=reading.new, expected=due, now_s=now_s)
            times = [now_s - self.draw.random() * HOUR_S for _ in range(reading.new)]
            self.plan = schedule.observe(
                self.plan,
                now_s=now_s,
                new=reading.new,
                is_all_new=False,
                published_s=times,
                entries=entries,
                rates=rates,
            )
            reading = replace(
                reading,
                surprise=volume.surprise(self.counts),
                threshold=volume.threshold(self.counts),
                clump=volume.clump_of(self.counts),
            )
        self.health = health.examine(self.health, reading, now_s=now_s)
        state, _ = health.decide(self.state, self.since_s, self.health.evidence, now_s=now_s)
        if state != self.state:
            self.state, self.since_s = state, now_s
        return self.state


def texts_bench(sources):
    """(articles until told of short texts, of vanished dates, false alarms in 1,000 articles)."""
    short, undated, alarms, articles = [], [], 0, 0
    for number in range(sources):
        draw = random.Random(number)
        spread = draw.uniform(0.3, 0.85)

        def text(n, chars=2_500, dated=0.98, draw=draw, spread=spread):
            length = int(chars * draw.lognormvariate(0, spread))
            mark = draw.getrandbits(50)
            return Text(chars=length, is_dated=draw.random() < dated, text_hash=mark, url_key=str(n))

        state = TextHealth()
        told = False
        for n in range(600):
            state = examine_text(state, text(n))
            alarms += bool(state.evidence) and not told
            told, articles = bool(state.evidence), articles + 1
        for found, fault in ((short, {"chars": 625}), (undated, {"dated": 0.0})):
            after = state
            for n in range(1, 100):
                after = examine_text(after, text(1_000 + n, **fault))
                if after.evidence:
                    break
            found.append(n)
    return median(short), median(undated), 1_000 * alarms / articles


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources", type=int, default=60)
    parser.add_argument("--days", type=int, default=90, help="healthy days of each source")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    alarms, days = 0, 0
    delays = {fault: [] for fault in FAULTS}
    for number in range(options.sources):
        draw = random.Random(f"{options.seed}/{number}")
        source = Source(draw)
        before = "ok"
        starts = {fault: 24 * options.days - draw.randrange(1, 24 * 7 + 1) for fault in FAULTS}
        kept = {}
        for hour in range(24 * options.days):
            kept |= {fault: dict(vars(source)) for fault, start in starts.items() if start == hour}
            state = source.check()
            if hour > 24 * 14:
                alarms += before in ("ok", "recovered") and state in ("suspect", "broken")
            before = state
        days += options.days - 14
        for fault, change in FAULTS.items():
            vars(source).update(kept[fault], state="ok", since_s=0.0)
            for hour in range(1, 24 * FAULTED_DAYS):
                if source.check(change, hour) in ("suspect", "broken"):
                    break
            delays[fault].append((source.per_day, hour))
    print(f"{options.sources} sources, {days / 365:.1f} source-years: {alarms / (days / 365):.2f} false alarms a year")
    print(f"{'hours until told, median':28s}  > 50/day  10-50/day  < 10/day")
    for fault, found in delays.items():
        bands = [[h for rate, h in found if low < rate <= high] for low, high in ((50, 999), (10, 50), (0, 10))]
        print(f"{fault:28s}" + "".join(f"{median(band) if band else float('nan'):10.0f}" for band in bands))
    short, undated, false = texts_bench(options.sources)
    print(f"articles until told: short texts {short:.0f}, vanished dates {undated:.0f}; {false:.2f} false in 1,000")


if __name__ == "__main__":
    main()
