"""Mean discovery delay of newscrawl's schedule, as a ratio to an oracle that knows every source's true rate.

    python benchmarks/schedule.py SIMULATOR.py [--budgets 4,12,48] [--seed 2] [--days 42] [--sources 1000]

SIMULATOR.py offers synth(n, days, seed), simulate(sources, policy, days, budget) and the peer policies Oracle, Fixed,
Miniflux, MediaCloud and AIMD. Needs numpy.
"""

import argparse
import importlib.util

import numpy as np

from newscrawl.monitor import schedule, volume


class Newscrawl:
    """newscrawl's states and rates behind the simulator's interface; urgencies of all sources are summed up stepwise.

    Rates, pace, clumps and losses come from `newscrawl.monitor`; a step adds what `schedule.pending` would, which
    `tests/monitor/test_schedule.py` holds it to.
    """

    def __init__(self, n, listing_entries, start_s, checks_per_day, truth=None):
        self.states = [
            schedule.ScheduleState(listing_entries=float(size), checked_at_s=start_s) for size in listing_entries
        ]
        self.counts = [volume.VolumeState() for _ in range(n)]
        self.sizes, self.clumps = np.array(listing_entries, float), np.full(n, volume.clump_of(self.counts[0]))
        self.pooled = schedule.pooled_profile(self.states)
        self.rates = np.array([schedule.hourly_rates(state, self.pooled) for state in self.states])
        self.paces, self.checked_s = np.ones(n), np.full(n, start_s)
        self.usual, self.expected, self.waited = np.zeros(n), np.zeros(n), np.zeros(n)
        self.at_s, self.renewed_at_s = start_s, start_s - schedule.DAY_S
        self.checks_per_day, self.missed_s = checks_per_day, 0.0
        self.longest_s = 0.0

    def urgency(self, now_s):
        """Article-seconds waited by each source, lost articles included; no source waits longer than the ceiling."""
        step_s, self.at_s = now_s - self.at_s, now_s
        usual = self.rates[:, int(now_s // 3600) % 168]
        rate = usual * self.paces
        self.waited += self.expected * step_s + rate * step_s**2 / 2
        self.expected += rate * step_s
        self.usual += usual * step_s
        if now_s - self.renewed_at_s > schedule.DAY_S:
            self.pooled, self.renewed_at_s = schedule.pooled_profile(self.states), now_s
            price = schedule.price_of(self.states, self.checks_per_day)
            self.missed_s = schedule.missed_s_of(self.states, price)
        urgencies = self.waited.copy()
        for i in np.flatnonzero(self.expected - self.sizes > -5 * np.sqrt(self.clumps * self.expected)):
            urgencies[i] = schedule.urgency(
                float(self.waited[i]),
                float(self.expected[i]),
                float(self.sizes[i]),
                float(self.clumps[i]),
                missed_s=self.missed_s,
            )
            if urgencies[i] == np.inf:
                urgencies[i] = 1e9 * self.expected[i] / self.sizes[i]
        unseen_s = now_s - self.checked_s
        self.longest_s = max(self.longest_s, float(unseen_s.max()))
        return np.where(unseen_s > schedule.CEILING_S, 1e12 * unseen_s, urgencies)

    def observe(self, i, now_s, new, full, published_s):
        """Learn from a check of source `i`."""
        whole_s = now_s - (float(published_s[0]) if full else self.checked_s[i])  # of what the list told for sure
        due = float(self.usual[i]) * whole_s / max(1.0, now_s - self.checked_s[i])
        self.counts[i] = volume.count(self.counts[i], found=new - bool(full), expected=due, now_s=now_s)
        self.clumps[i] = volume.clump_of(self.counts[i])
        self.states[i] = schedule.observe(
            self.states[i],
            now_s=now_s,
            new=new,
            is_all_new=bool(full),
            published_s=list(published_s),
            entries=int(self.states[i].listing_entries),
            rates=self.rates[i].tolist(),
        )
        self.rates[i] = schedule.hourly_rates(self.states[i], self.pooled)
        self.paces[i] = schedule.pace(self.states[i], float(self.clumps[i]))
        self.checked_s[i], self.usual[i], self.expected[i], self.waited[i] = now_s, 0.0, 0.0, 0.0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("simulator")
    parser.add_argument("--budgets", default="4,12,48", help="checks per source and day")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--days", type=int, default=42)
    parser.add_argument("--sources", type=int, default=1000)
    parser.add_argument("--peers", default="Fixed,Miniflux,MediaCloud,AIMD")
    options = parser.parse_args()
    spec = importlib.util.spec_from_file_location("simulator", options.simulator)
    simulator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(simulator)
    sources, truth, days = simulator.synth(options.sources, options.days, seed=options.seed)
    sizes = np.array([source.N for source in sources])
    peers = {name: getattr(simulator, name) for name in ("Oracle", *filter(None, options.peers.split(",")))}
    for per_source in map(int, options.budgets.split(",")):
        budget = per_source * options.sources
        oracle = None
        for name, policy in {**peers, "newscrawl": Newscrawl}.items():
            made = policy(options.sources, sizes, 0.0, budget, truth)
            result = simulator.simulate(sources, made, days, budget)
            oracle = oracle or result
            print(
                f"{per_source:3d} checks/source/day  {name:10s} mean delay {result['mean_min']:7.1f} min,"
                f" {result['mean_min'] / oracle['mean_min']:.3f} x oracle; missed {result['miss_pct']:.2f} %,"
                f" {result['miss_pct'] / max(oracle['miss_pct'], 1e-9):.2f} x oracle",
                flush=True,
            )
        print(f"{per_source:3d} checks/source/day  longest unvisited {made.longest_s / 86_400:.1f} days", flush=True)


if __name__ == "__main__":
    main()
