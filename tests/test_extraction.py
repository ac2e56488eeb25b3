"""Articles through the pipeline into a database."""

from pathlib import Path

from quotes.extraction import extract
from quotes.types import Failure


def test_no_article_makes_no_database(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    result = extract([Failure("gone.txt", "there is no such file")], path)
    assert (result.read, len(result.failures), path.exists()) == (0, 1, False)
