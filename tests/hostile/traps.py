"""Faults of endless URL spaces (131–133): they need a spider that follows links, so the gate and the counter are
tested by their own tables (tests/middlewares/test_traps.py); here, what one request shows."""

from tests.hostile.answers import page
from tests.hostile.case import Case

CASES = (
    Case(id="trap-path", below="/a/b/a/b/a/b/a/b", fault=131, answer=page(), expected=("trap_path",)),
    Case(id="trap-depth", below="/x/y" * 14, fault=131, answer=page(), expected=("trap_path",)),
)
