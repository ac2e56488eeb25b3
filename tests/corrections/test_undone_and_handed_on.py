"""Every command that decides is undone by ``undo``, links between statements included; handed on, pages are equal."""

import json
import re
import shutil
import sqlite3
from pathlib import Path

import pytest
from datasette.utils import tilde_encode
from support.by_hand import contents, fill, sound
from support.commands import run
from support.datasette_data import Get, client
from support.paths import DATA

from quotes.linking.decisions import decide
from quotes.linking.doubts import keep_apart
from quotes.linking.link import link
from quotes.store.database import Store
from quotes.types import Article, Mention, Quote, Span

PAIRS = [json.loads(line) for line in (DATA / "statement_pairs.jsonl").open(encoding="utf-8")]
LINKED = [pair for pair in PAIRS if pair["a"].get("speaker") and pair["a"].get("published")][:60]
KINDS = (
    "merge", "split", "rename", "assign", "merge-statements", "split-statement", "reject", "trim", "add", "withdraw"
)  # fmt: skip
MADE = {
    "corrections",
    "embeddings",
}  # a correction stays in the list; embeddings are made where linking asks for them


def articles() -> list[tuple[Article, list[Quote]]]:
    """Two articles a pair, with a quotation each."""
    written = []
    for number, pair in enumerate(LINKED):
        for side in "ab":
            said = pair[side]
            text = f"{said['text']}\n\nNobody else spoke on day {number} to paper {side}.\n"
            name = said["speaker"].replace("-", " ").title() if said.get("speaker") else None
            found = Quote(
                (Span(0, len(said["text"]), said["text"]),),
                said["type"],
                speaker=Mention(name, "person") if name else None,
                attribution="name" if name else "none",
                confidence=0.9,
            )
            article = Article(
                f"a{number:02}{side}", text, f"a{number}{side}.txt", f"Day {number}", f"Paper {side}",
                published=said.get("published"),
            )  # fmt: skip
            written.append((article, [found]))
    return written


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose statements have links of every kind."""
    path = tmp_path_factory.mktemp("made") / "quotes.db"
    with Store(path, create=True) as store:
        fill(store, articles())
        kinds = {row[0] for row in store.db.execute("select kind from statement_links")}
    assert kinds == {"perhaps", "again", "contradicts"}
    return path


@pytest.fixture
def database(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "quotes.db"))


def command(path: Path, kind: str, number: int = 0) -> list[str]:
    """A command of this kind that concerns statements with links, the ``number``-th such."""
    with sqlite3.connect(path) as db:

        def ask(sql: str, at: int = number) -> list[str]:
            rows = db.execute(sql).fetchall()
            return [str(cell) for cell in rows[at % len(rows)]]

        linked = ask("select statement, other from statement_links order by kind, statement, other")
        [quote, article, speaker] = ask(
            "select quotes.id, article, speaker from statement_links join quotes on quotes.statement in "
            "(statement_links.statement, other) order by kind, statement_links.statement, quotes.id"
        )
        [several] = ask("select id from statements where variants > 1 order by id")
        [member] = ask(f"select id from quotes where statement = '{several}' order by id", 0)
        [start, end] = ask(f"select start, end from spans where quote = '{quote}' and role = 'content'", 0)
        speakers = [row[0] for row in db.execute("select id from speakers order by id")]
    db.close()
    other = next(one for one in speakers if one != speaker)
    return {
        "merge": ["merge", speaker, other],
        "split": ["split", speaker, quote, "--name", "Fay Moss"],
        "rename": ["rename", speaker, "Gus Pell"],
        "assign": ["assign", quote, other],
        "merge-statements": ["merge-statements", *linked],
        "split-statement": ["split-statement", several, member],
        "reject": ["reject", quote],
        "trim": ["trim", quote, start, str(int(start) + max(8, (int(end) - int(start)) // 2))],
        "add": ["add", article, "Nobody else spoke on day", "--speaker", speaker],
        "withdraw": ["remove", article, "--withdrawn"],
    }[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_decided_about_linked_statements_is_undone(database: Path, kind: str) -> None:
    before = contents(database)
    for number in (0, 7):
        run(*command(database, kind, number), "--yes", "-d", database)
        assert any(
            contents(database)[table] != before[table] for table in ("quotes", "speakers", "statements")
        )
        run("undo", "--last", "-d", database)
        after = contents(database)
        assert [table for table in before if after[table] != before[table] and table not in MADE] == []
    assert sound(database)


def test_all_of_them_together_are_undone(database: Path) -> None:
    before = contents(database)
    for number, kind in enumerate(reversed(KINDS)):  # merged last: there are two speakers
        run(*command(database, kind, number), "--yes", "-d", database)
    for _ in KINDS:
        run("undo", "--last", "-d", database)
    after = contents(database)
    assert [table for table in before if after[table] != before[table] and table not in MADE] == []


def test_statements_that_a_person_split_are_not_perhaps_one(database: Path) -> None:
    with Store(database, create=True) as store:
        query = "select statement, other from statement_links where kind = 'perhaps' order by 1, 2 limit 1"
        one, other = store.db.execute(query).fetchone()
        correction = keep_apart(store, one, other, by="the desk")
        decide(store, [correction])
        links = "select count(*) from statement_links where statement = ? and other = ?"
        assert store.db.execute(links, (one, other)).fetchone()[0] == 0
    split = contents(database)
    with Store(database, create=True) as store:
        store.db.execute("delete from settings where key in ('linked', 'indexed')")
        store.db.commit()
        link(store)
    after = contents(database)  # everything linked anew
    assert [table for table in split if after[table] != split[table] and table != "embeddings"] == []


def pages(path: Path) -> dict[str, str]:
    """Address -> HTML of every page of a database."""
    get: Get = client(path)
    with sqlite3.connect(path) as db:
        rows = [
            f"/quotes/{table}/{tilde_encode(ident)}"
            for table in ("articles", "quotes", "speakers", "statements")
            for (ident,) in db.execute(f"select id from {table} order by id")
        ]
        publications = [row[0] for row in db.execute("select distinct publication from articles")]
    db.close()
    lists = ["/", "/quotes", "/quotes/-/publications", "/quotes/-/corrections"]
    lists += [f"/quotes/{table}" for table in ("articles", "quotes", "speakers", "statements")]
    lists += [f"/quotes/-/publications/{tilde_encode(name)}" for name in publications]
    found = {}
    for address in [*lists, *rows]:
        answer = get(address)
        assert answer.status_code in (200, 302), (address, answer.status_code)
        # what a page says of the time that it took, and when the server was started, is no content
        found[address] = re.sub(r"Queries took [\d.]+ms", "", answer.text)
    return found


def test_handed_on_corrections_give_the_same_pages(database: Path, made: Path, tmp_path: Path) -> None:
    for number, kind in enumerate(reversed(KINDS)):  # merged last: there are two speakers
        run(*command(database, kind, number), "--yes", "--by", "the desk", "-d", database)
    lines = tmp_path / "corrections.jsonl"
    run("corrections", "--nl", "-o", lines, "-d", database)
    (tmp_path / "theirs").mkdir()
    theirs = Path(shutil.copy(made, tmp_path / "theirs" / "quotes.db"))
    before = pages(theirs)
    run("corrections", "--import", lines, "--yes", "-d", theirs)
    ours, imported = pages(database), pages(theirs)
    assert ours.keys() == imported.keys()
    assert [address for address in ours if ours[address] != imported[address]] == []
    assert sum(ours.get(address) != page for address, page in before.items()) > len(KINDS)
    assert f"{len(KINDS)} corrections" in re.sub(r"<[^>]+>|\s+", " ", ours["/quotes"]).replace("  ", " ")
