"""quotes find; OR, -word and phrases; --like; dates counted from today."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from support.by_hand import fill, quote
from support.commands import run
from typer.testing import CliRunner

import quotes
from quotes.cli.main import app
from quotes.found import Quotations
from quotes.store.database import Store
from quotes.types import Article, Mention

TEXT = "“We waited for <b>hours</b>,” said Mayor Ann Okoro. She added that nobody came.\n"


def contents(*args: str, database: Path) -> list[str]:
    return [row["content"] for row in json.loads(run("search", "-d", database, "--json", *args).stdout)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("farce OR traffic", 3),
        ("farce OR traffic -plan", 2),
        ("-farce", 4),
        ('-"nobody came"', 4),
        ('"nobody came"', 2),
        ("nobody waited -council", 1),
        ("nobody fault OR waited", 2),
        ("OR", 0),
        ("farce OR", 0),  # "or" is a word there
        ("-", 0),
        ("OR -", 0),
        ("farce OR -plan", 0),
    ],
)
def test_operators(database: Path, words: str, found: int) -> None:
    assert len(contents("--", words, database=database)) == found


def test_words_need_no_quotation_marks(database: Path) -> None:
    assert contents("farce", "OR", "traffic", database=database) == contents(
        "farce OR traffic", database=database
    )
    assert len(contents("farce", "OR", "traffic", "--type", "mixed", database=database)) == 1


def test_the_hint_is_quoted_for_the_shell(database: Path) -> None:
    assert "quotes search 'zebra*'" in run("search", "zebras'", "-d", database).stderr.replace(
        "zebr*", "zebra*"
    )


def test_dates_counted_from_today(tmp_path: Path) -> None:
    today = date.today()
    written = []
    for days in (0, 1, 5, 9):
        text = f"Ann Okoro said that day {days} was long."
        found = quote(
            text, [f"day {days} was long"], "Ann Okoro", "said", speaker=Mention("Ann Okoro", "person")
        )
        day = (today - timedelta(days)).isoformat()
        written.append((Article(f"a{days}", text, f"a{days}.txt", published=day), [found]))
    database = tmp_path / "quotes.db"
    with Store(database, create=True) as store:
        fill(store, written)
    for since, number in (("today", 1), ("yesterday", 2), ("7d", 3), ("1w", 3), ("10d", 4), ("1m", 4)):
        assert len(contents("--since", since, database=database)) == number
    assert len(contents("--until", "yesterday", database=database)) == 3
    run("search", "--since", "d7", "-d", database, code=2)


def test_find_takes_text_and_needs_no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    rows = json.loads(run("find", "a.txt", "--json").stdout)
    assert [row["speaker"]["name"] for row in rows] == ["Ann Okoro", "Ann Okoro"]
    assert all(TEXT[row["start"] : row["end"]] for row in rows)
    piped = CliRunner().invoke(app, ["find", "--json"], input=TEXT)
    assert json.loads(piped.stdout) == rows
    shown = run("find", "a.txt").stdout
    assert "nobody came" in shown
    assert run("find", "a.txt", "--csv").stdout.startswith("id,content,speaker,")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt"]


def test_find_refuses_what_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text(" \n")
    assert "is empty" in run("find", tmp_path / "empty.txt", code=1).stderr
    assert "cannot be read" in run("find", tmp_path / "none.txt", code=1).stderr
    assert "cannot be read" in run("find", tmp_path, code=1).stderr


def test_find_takes_a_saved_page_and_says_what_helps_with_a_document(tmp_path: Path) -> None:
    said = "“We waited for the ferry all day,” Mayor Ann Okoro said on Monday, and the islanders nodded at every word."
    page = tmp_path / "page.html"
    page.write_text(
        f"<html><body><h1>Ferry late again today</h1><p>{said}</p><script>var a;</script></body></html>"
    )
    [row] = json.loads(run("find", page, "--json").stdout)
    assert row["content"].startswith("We waited for the ferry all day")
    assert row["speaker"]["name"] == "Ann Okoro"
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    assert "pdftotext" in run("find", tmp_path / "a.pdf", code=1).stderr


def test_find_reads_what_extract_reads(tmp_path: Path) -> None:
    said = "“We waited for the ferry all day,” Mayor Ann Okoro said on Monday, and the islanders nodded at every word."
    table, feed, mail = tmp_path / "a.csv", tmp_path / "a.rss", tmp_path / "a.eml"
    table.write_text(f'id,headline,body\n1,Ferry late,"{said}"\n')
    feed.write_text(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Post</title>'
        f"<item><title>Ferry late</title><content:encoded>&lt;p>{said}&lt;/p></content:encoded></item></channel></rss>"
    )
    mail.write_text(
        f"From: press@port.example\nSubject: Ferry late\nDate: Mon, 2 Jun 2025 10:00:00 +0000\n\n{said}\n"
    )
    (tmp_path / "a.txt").write_text(said)
    wanted = json.loads(run("find", tmp_path / "a.txt", "--json").stdout)
    assert len(wanted) == 1
    for path in (table, feed, mail):
        assert json.loads(run("find", path, "--json").stdout) == wanted
    table.write_text(table.read_text() + f'2,Ferry later,"Later. {said}"\n')
    several = run("find", table, code=1)
    assert (several.stdout, "quotes extract" in several.stderr) == ("", True)


def test_a_notebook_shows_the_text_marked() -> None:
    found = quotes.find(TEXT)
    assert isinstance(found, tuple)
    assert isinstance(found, Quotations)
    html = found._repr_html_()
    assert html.count('class="entity"') >= 4
    assert "Ann Okoro" in html
    assert "<b>" not in html  # words of the text are no markup


def test_likeness(tmp_path: Path) -> None:
    said = {
        "a": "the trains will be late again this winter",
        "b": "rail services are going to be delayed in the cold months",
        "c": "my grandmother baked the best bread in town",
    }
    database = tmp_path / "quotes.db"
    with Store(database, create=True) as store:
        rows = []
        for ident, content in said.items():
            text = f"Ann Okoro said that {content}."
            found = quote(
                text, [content], "Ann Okoro", "said", speaker=Mention("Ann Okoro", "person"), type="indirect"
            )
            rows.append((Article(ident, text, f"{ident}.txt"), [found]))
        fill(store, rows)
        assert store.db.execute("select count(*) from embeddings").fetchone()[0] == 0
    assert contents("--like", "delays on the railway", database=database)[:2] in (
        [said["a"], said["b"]], [said["b"], said["a"]],
    )  # fmt: skip
    with Store(database) as store:
        assert store.db.execute("select count(*) from embeddings").fetchone()[0] == 3
        assert not store.needs_linking()
        first = next(row["id"] for row in store.export() if row["article"] == "a.txt")
    near = contents("--like", first, database=database)
    assert said["a"] not in near
    assert near[0] == said["b"]
    assert said["b"] in run("search", "--like", first, "-d", database).stdout
