"""JSON Lines about quotations, such as exports, by the article that they belong to."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any


def by_article(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The lines of a file by the name of their article, without ".txt"."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found[article_name(row["article"])].append(row)
    return found


def article_name(article: str | Path) -> str:
    """What the path or the id of an article is called in ``by_article``."""
    return Path(article).name.removesuffix(".txt")
