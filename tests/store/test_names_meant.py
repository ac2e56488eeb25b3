"""Whom a typed name means: those who have its words, and only where nobody has, those whose words begin so."""

from pathlib import Path

import pytest

from quotes.store.database import Store
from quotes.store.search_sql import SPEAKERS_MEANT, speaker_parameters

NAMES = ("Ada Lee", "Kim Leeson", "Leeds Council", "Joss Abara", "the Skerrow council")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lee", {"Ada Lee"}),
        ("leed", {"Leeds Council"}),
        ("leeso", {"Kim Leeson"}),
        ("le", {"Ada Lee", "Kim Leeson", "Leeds Council"}),
        ("council", {"Leeds Council", "the Skerrow council"}),
        ("ada l", {"Ada Lee"}),
        ("s1", {"Kim Leeson"}),
        ("nobody", set()),
        ('"', set()),
    ],
)
def test_whole_words_go_before_beginnings(tmp_path: Path, typed: str, expected: set[str]) -> None:
    with Store(tmp_path / "quotes.db", create=True) as store:
        with store.transaction():
            for number, name in enumerate(NAMES):
                store.db.execute(
                    "insert into speakers (id, name, type) values (?, ?, 'person')", (f"s{number}", name)
                )
        rows = store.db.execute(
            f"select name from speakers where id in ({SPEAKERS_MEANT})", speaker_parameters(typed)
        )
        assert {row[0] for row in rows} == expected
