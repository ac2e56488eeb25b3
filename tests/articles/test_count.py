"""How many articles a progress bar expects."""

import json
from pathlib import Path

from quotes.articles.count import count_articles
from quotes.articles.read import read_articles
from quotes.types import Failure

GOOD = "“The bridge is safe,” said Ana Ruiz, who inspected it on Monday.\n"


def test_the_number_of_articles_is_right(tmp_path: Path) -> None:
    (tmp_path / "deep" / ".hidden").mkdir(parents=True)
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "deep" / "b.TXT").write_text(GOOD.replace("bridge", "tunnel"))
    (tmp_path / "deep" / ".hidden" / "c.txt").write_text(GOOD)
    (tmp_path / "notes.md").write_text(GOOD.replace("bridge", "ferry"))
    objects = [{"text": GOOD, "id": str(n)} for n in range(3)]
    lines = "\n".join(map(json.dumps, objects))
    (tmp_path / "d.jsonl").write_text(lines)
    (tmp_path / "e.ndjson").write_text(lines.replace('"id": "', '"id": "e') + "\n")
    (tmp_path / "f.json").write_text(json.dumps([{"id": f"f{n}", "text": GOOD} for n in range(4)], indent=1))
    (tmp_path / "g.json").write_text('{"title": "No text"}')
    (tmp_path / "empty").mkdir()
    paths = [str(tmp_path), str(tmp_path / "notes.md"), str(tmp_path / "missing"), str(tmp_path / "empty")]
    found = list(read_articles(paths))
    assert sum(isinstance(one, Failure) for one in found) == 3
    assert count_articles(paths) == len(found) == 2 + 3 + 3 + 4 + 1 + 3
    assert count_articles([*paths, "-"]) is None


def test_many_large_articles_are_counted(tmp_path: Path) -> None:
    line = json.dumps({"text": "word " * 4000}) + "\n"
    (tmp_path / "many.jsonl").write_text(line * 2500)  # 50 MB
    assert count_articles([str(tmp_path)]) == 2500


def test_an_article_across_two_chunks_is_counted_once(tmp_path: Path) -> None:
    for shift in range(20):
        file = tmp_path / f"{shift}.json"
        first = '{"text": "One", "title": "' + "x" * ((1 << 20) - 50 + shift)
        file.write_text(f'[{first}"}}, {{"text": "Two"}}]')
        assert count_articles([str(file)]) == 2
