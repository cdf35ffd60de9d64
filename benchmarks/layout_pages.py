"""Generated listing pages, and the ways publishers change a layout from one day to the next."""

import random
from dataclasses import dataclass, replace

_SUBJECTS = (
    "Harbour council", "Night ferry", "School choir", "Orchard growers", "Tram drivers", "Old library", "River mill",
)  # fmt: skip
_VERBS = ("agrees to share", "opens after", "asks the town for", "waits another year for", "finds room for")
_OBJECTS = ("a longer winter break", "the second bridge", "its missing records", "new boats", "the old tower")
_SECTIONS = ("Town", "Region", "Sport", "Culture", "Letters", "Weather", "About us", "Contact", "Subscribe", "Sign in")
_NOISE = ("mod-{}", "c-{}", "x{}-wrap", "grid-{}", "u{}")


@dataclass(frozen=True, slots=True)
class Story:
    """One article as a listing announces it."""

    slug: str
    headline: str
    age: str
    summary: str


@dataclass(frozen=True, slots=True)
class Layout:
    """How the page is marked up."""

    card_class: str = "teaser"
    title_class: str = "teaser-title"
    heading: str = "h3"
    wrappers: int = 0
    moved: bool = False
    """The list stands after the side column instead of before it."""
    timed: bool = True
    shuffled: bool = False


def write_stories(seed: int, count: int) -> list[Story]:
    """`count` stories in our own words, no two with one address."""
    dice = random.Random(seed)
    stories = []
    for number in range(count):
        headline = f"{dice.choice(_SUBJECTS)} {dice.choice(_VERBS)} {dice.choice(_OBJECTS)}"
        slug = f"{headline.lower().replace(' ', '-')}-{seed}{number:03d}"
        summary = f"{headline}, and what it means for the people who live between the hill and the quay."
        stories.append(Story(slug, headline, f"{number + 1} hours ago", summary))
    return stories


def change(layout: Layout, name: str, seed: int) -> Layout:
    """`layout` after the change called `name`."""
    dice = random.Random(f"{name}{seed}")
    noise = dice.choice(_NOISE).format(dice.randrange(10, 99))
    return {
        "classes_renamed": replace(layout, card_class=noise, title_class=f"{noise}-t"),
        "wrappers_added": replace(layout, wrappers=dice.randrange(1, 4)),
        "cards_reordered": replace(layout, shuffled=True),
        "list_moved": replace(layout, moved=True),
        "time_dropped": replace(layout, timed=False),
        "heading_changed": replace(layout, heading=dice.choice(("h2", "div", "p"))),
        "all_at_once": Layout(noise, f"{noise}-h", "h2", dice.randrange(1, 4), True, False, True),
    }[name]


CHANGES = (
    "classes_renamed", "wrappers_added", "cards_reordered", "list_moved", "time_dropped",
    "heading_changed", "all_at_once",
)  # fmt: skip


def render(stories: list[Story], layout: Layout, seed: int) -> str:
    """The page: menu, list, a side column with services that are no articles, footer."""
    ordered = list(stories)
    if layout.shuffled:
        random.Random(seed).shuffle(ordered)
    cards = "".join(_card(story, layout) for story in ordered)
    listed = f'<section class="list">{cards}</section>'
    menu = "".join(f'<li><a href="/{name.lower().replace(" ", "-")}">{name}</a></li>' for name in _SECTIONS)
    side = (
        '<aside class="sidebar"><h4>Services</h4><a href="/newsletter">Get our letter every day</a>'
        '<a href="/weather/week">The weather for the coming week</a>'
        '<a href="/jobs">Work with us at the paper</a></aside>'
    )
    body = side + listed if layout.moved else listed + side
    return (
        f'<!doctype html><html lang="en"><head><title>The Quay Post</title></head><body>'
        f"<nav><ul>{menu}</ul></nav>"
        f'<main>{body}</main><footer><a href="/terms">Terms and conditions of use</a></footer></body></html>'
    )


def _card(story: Story, layout: Layout) -> str:
    age = f"<time>{story.age}</time>" if layout.timed else ""
    link = f'<a href="/news/{story.slug}">{story.headline}</a>'
    inner = f'<{layout.heading} class="{layout.title_class}">{link}</{layout.heading}>{age}<p>{story.summary}</p>'
    for level in range(layout.wrappers):
        inner = f'<div class="{layout.card_class}-w{level}">{inner}</div>'
    return f'<div class="{layout.card_class}">{inner}</div>'
