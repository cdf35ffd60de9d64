"""The examples of docs/library.md are true."""

import doctest
from pathlib import Path

import pytest

import newscrawl

PAGE = Path(newscrawl.__file__).parents[1] / "docs" / "library.md"


def test_examples_give_what_the_page_says():
    text = PAGE.read_text().replace("```python\n", "").replace("```\n", "")
    test = doctest.DocTestParser().get_doctest(text, {}, "library.md", str(PAGE), 0)
    assert len(test.examples) >= 10
    told: list[str] = []
    result = doctest.DocTestRunner().run(test, out=told.append)
    assert result.failed == 0, "".join(told)


@pytest.mark.parametrize("name", newscrawl.__all__)
def test_every_public_name_is_there(name):
    assert getattr(newscrawl, name).__name__ == name


def test_other_names_are_not():
    with pytest.raises(AttributeError, match="no attribute 'read_minds'"):
        newscrawl.read_minds  # noqa: B018 - the access is what is tested
