"""Edits caught per 1,000 re-visits on a replayed edit stream, against fixed tiers of 15 min, 1 h, 3 h and 3 d.

    python benchmarks/revisits.py [--articles 1500] [--days 13] [--seed 1]

The stream: a third of the articles is ever edited; edits follow publication by log-normal delays (median 50 minutes,
a tenth beyond a day), an edited article goes on being edited, one in fifty is a live blog, top stories are edited
more. newscrawl may spend as many requests as the tiers, or a part of them, counted after the first three days, when
both are under way; it leaves those that would hardly find anything. A visit catches an edit when the page differs from
the last visit.
"""

import argparse
import heapq
import random

from newscrawl.monitor import revisits
from newscrawl.monitor.revisits import DAY_S, HOUR_S, Candidate

WARM_S = 3 * DAY_S
CREDIT_STEPS = 72
"""What was not spent for so many steps of five minutes is lost: six hours, as in the monitor."""
TIERS_S = (15 * 60.0, HOUR_S, 3 * HOUR_S, 3 * DAY_S)


def stream(draw, count, days):
    """(published_s, edit instants, is_top, is_live) of each article."""
    articles = []
    for _ in range(count):
        published_s = draw.uniform(0, days * DAY_S)
        is_live, is_top = draw.random() < 0.02, draw.random() < 0.15
        edits = []
        if is_live:
            edits = [published_s + draw.uniform(0, 8 * HOUR_S) for _ in range(draw.randrange(6, 30))]
        elif draw.random() < (0.5 if is_top else 0.3):
            at_s = published_s + HOUR_S * draw.lognormvariate(-0.18, 1.6)
            edits = [at_s]
            while draw.random() < 0.45:
                at_s += HOUR_S * draw.lognormvariate(-0.2, 1.3)
                edits.append(at_s)
        articles.append((published_s, sorted(edits), is_top, is_live))
    return articles


def differs(edits, from_s, to_s):
    return any(from_s < at_s <= to_s for at_s in edits)


def fixed(articles, end_s):
    """(requests, edits caught) of the fixed tiers."""
    requests = caught = 0
    for published_s, edits, _, _ in articles:
        last_s = published_s
        for tier_s in TIERS_S:
            if published_s + tier_s > end_s:
                break
            if published_s + tier_s > WARM_S:
                requests += 1
                caught += differs(edits, last_s, published_s + tier_s)
            last_s = published_s + tier_s
    return requests, caught


def planned(articles, end_s, budget):
    """(requests, edits caught) of newscrawl's plan, in steps of five minutes."""
    coming = [(article[0], number) for number, article in enumerate(articles)]
    heapq.heapify(coming)
    known, requests, caught, least = {}, 0, 0, 0.2
    step_s, now_s, credit = 300.0, 0.0, 0.0
    while now_s < end_s:
        now_s += step_s
        allowed = budget * step_s / (end_s - WARM_S)
        credit = min(credit + allowed, CREDIT_STEPS * allowed + 1)
        while coming and coming[0][0] <= now_s:
            published_s, number = heapq.heappop(coming)
            _, _, is_top, is_live = articles[number]
            known[number] = Candidate(
                url_key=str(number), published_s=published_s, visited_s=published_s, is_top=is_top, is_live=is_live
            )
        chosen = revisits.plan(list(known.values()), now_s=now_s, budget=int(credit), chance_min=least)
        for one in chosen:
            number = int(one.url_key)
            found = differs(articles[number][1], one.visited_s, now_s)
            requests += now_s > WARM_S
            caught += found and now_s > WARM_S
            known[number] = Candidate(
                url_key=one.url_key,
                published_s=one.published_s,
                visited_s=now_s,
                edited_s=now_s if found else one.edited_s,
                is_top=one.is_top,
                is_live=one.is_live,
            )
        credit -= len(chosen)
        least = revisits.next_chance_min(least, spent=len(chosen), allowed=allowed)
        known = {number: one for number, one in known.items() if now_s - one.published_s < 4 * DAY_S}
    return requests, caught


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1_500)
    parser.add_argument("--days", type=int, default=13)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    articles = stream(random.Random(options.seed), options.articles, options.days)
    end_s = options.days * DAY_S
    edits = sum(len(article[1]) for article in articles)
    requests, caught = fixed(articles, end_s)
    base = 1_000 * caught / requests
    print(f"{len(articles)} articles, {edits} edits")
    print(f"fixed tiers  {requests} requests, {base:.0f} edits caught per 1,000")
    for share in (1.0, 0.5, 0.25):
        spent, found = planned(articles, end_s, share * requests)
        rate = 1_000 * found / max(1, spent)
        times = rate / base
        print(
            f"newscrawl, at most {share:.0%} of that  {spent} requests, {rate:.0f} per 1,000, {times:.2f} x the tiers,"
            f" {found / caught:.2f} x their edits"
        )


if __name__ == "__main__":
    main()
