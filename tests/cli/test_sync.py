"""extract --sync: what is gone from a folder goes from the database, and nothing that is there or was not looked at."""

import json
import sqlite3
from pathlib import Path

import pytest
from support.by_hand import sound
from support.commands import run

STORY = "“We waited for the {0},” Ann Okoro said on Monday. She told the council of {0} that nobody had come to it.\n"


def titles(database: Path) -> list[str]:
    """What is stored, by the places that the articles speak of."""
    with sqlite3.connect(database) as db:
        rows = db.execute("select text from articles").fetchall()
    return sorted(text.split("council of ")[1].split()[0] for (text,) in rows)


def lines(path: Path, *places: str) -> None:
    rows = (json.dumps({"id": place, "text": STORY.format(place)}) for place in places)
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A folder that was read, with files, a folder in it, and a file of many articles; and another folder."""
    folder = tmp_path / "news"
    (folder / "old").mkdir(parents=True)
    for place, name in (("ferry", "a.txt"), ("bridge", "b.txt"), ("tunnel", "old/c.txt")):
        (folder / name).write_text(STORY.format(place), encoding="utf-8")
    lines(folder / "rows.jsonl", "quay", "school")
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "d.txt").write_text(STORY.format("island"), encoding="utf-8")
    run("extract", folder, tmp_path / "others", "--sync", "-d", tmp_path / "quotes.db")
    assert len(titles(tmp_path / "quotes.db")) == 6
    return folder


def test_what_is_gone_goes_and_what_moved_stays(news: Path, tmp_path: Path) -> None:
    database = tmp_path / "quotes.db"
    (news / "a.txt").unlink()
    (news / "b.txt").rename(news / "old" / "bridge.txt")
    lines(news / "rows.jsonl", "school")
    told = run("extract", news, "-d", database).stderr  # without --sync nothing is taken out
    assert "taken out" not in told
    assert len(titles(database)) == 6
    told = run("extract", news, "--sync", "-d", database).stderr
    assert "0 articles read, 3 unchanged, 2 taken out" in told
    assert titles(database) == ["bridge", "island", "school", "tunnel"]
    with sqlite3.connect(database) as db:
        assert db.execute("select quotes from speakers where id = 'ann-okoro'").fetchone()[0] == len(
            db.execute("select 1 from quotes where speaker = 'ann-okoro'").fetchall()
        )
    assert sound(database)
    (news / "a.txt").write_text(STORY.format("ferry"), encoding="utf-8")
    run("extract", news, "--sync", "-d", database)
    assert titles(database) == ["bridge", "ferry", "island", "school", "tunnel"]


def test_a_folder_inside_is_kept_in_step_alone(news: Path, tmp_path: Path) -> None:
    database = tmp_path / "quotes.db"
    (news / "a.txt").unlink()
    (news / "old" / "c.txt").unlink()
    (news / "old" / "e.txt").write_text(STORY.format("river"), encoding="utf-8")
    run("extract", news / "old", "--sync", "-d", database)
    assert titles(database) == ["bridge", "ferry", "island", "quay", "river", "school"]


@pytest.mark.parametrize("how", ["misspelled", "empty", "gone", "unreadable"])
def test_what_cannot_be_looked_at_stays(news: Path, tmp_path: Path, how: str) -> None:
    """A share that is not mounted, or a typing mistake, empties no database."""
    database, path = tmp_path / "quotes.db", news
    before = titles(database)
    match how:
        case "misspelled":
            path = tmp_path / "newz"
        case "gone":
            news.rename(tmp_path / "elsewhere")
        case "empty":
            news.rename(tmp_path / "elsewhere")
            news.mkdir()
        case "unreadable":
            (news / "a.txt").write_bytes(b"\x00\x01\x02 nothing to read")
    told = run("extract", path, "--sync", "-d", database, code=1).stderr
    assert "quotes remove" in told
    assert titles(database) == before
