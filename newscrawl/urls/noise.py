"""What a parameter means on one host, learned from pairs of URLs that differ only in it."""

from dataclasses import dataclass

from newscrawl.urls.forms import take_apart
from newscrawl.urls.identity import key
from newscrawl.urls.parameters import read_parameters

_SAME_MIN = 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many texts stood under URLs that differ only in one parameter of a host, and how many times another did."""

    same: int = 0
    different: int = 0


def only_difference(url: str, other: str) -> str | None:
    """The one parameter (in lower case) in which two URLs of one page address differ, or None.

    Raises PageError (`bad_url`).
    """
    a, b = (_values(one) for one in (url, other))
    differing = {name for name in a.keys() | b.keys() if a.get(name) != b.get(name)}
    if len(differing) != 1:
        return None
    (name,) = differing
    return name if key(url, noise=differing) == key(other, noise=differing) else None


def is_noise(evidence: Evidence) -> bool:
    """Whether a parameter says nothing on its host: five texts or more, and never a different one.

    Five, because one article posted under two ids is an accident, and a few may be; one different text ends it.
    """
    return evidence.same >= _SAME_MIN and evidence.different == 0


def _values(url: str) -> dict[str, tuple[str | None, ...]]:
    values: dict[str, tuple[str | None, ...]] = {}
    for name, value in read_parameters(take_apart(url).query):
        values[name.lower()] = (*values.get(name.lower(), ()), value)
    return values
