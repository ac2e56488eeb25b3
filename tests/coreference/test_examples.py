"""The examples in the docstrings of ``quotes.coreference`` do what they say."""

import doctest

from quotes.coreference import entity


def test_examples_in_docstrings() -> None:
    result = doctest.testmod(entity)
    assert (result.attempted, result.failed) == (1, 0)
