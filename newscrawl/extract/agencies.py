"""The agency a byline or credit names."""

from newscrawl.agencies import AGENCIES
from newscrawl.text import normal_form

# In normal form → the name kept as credit.
_NAMES = {normal_form(name): agency.names[0] for agency in AGENCIES for name in agency.names}


def agency_of(text: str) -> str | None:
    """The agency `text` names; None if it names none."""
    return _NAMES.get(normal_form(text))
