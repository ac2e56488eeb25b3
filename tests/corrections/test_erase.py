"""quotes erase: nothing of a person is found in the file's bytes, the others stay, and later runs hold."""

import json
import sqlite3
from pathlib import Path
from unicodedata import combining, normalize

import pytest
from support.by_hand import fill, quote, sound
from support.commands import run

from quotes.store.database import Store
from quotes.types import Article, Mention, Quote

STONE = Mention("Edna Stone", "person", "harbour master", ("Stone",), "she")
LIND = Mention("Tom Lind", "person", "mayor", ("Lind",), "he")


def said(ident: str, text: str, *quotes: Quote, **more: str) -> tuple[Article, list[Quote]]:
    return Article(ident, text, f"{ident}.txt", f"Report {ident}", "Gazette", **more), list(quotes)


def written() -> list[tuple[Article, list[Quote]]]:
    a = "Edna Stone said that the quay was sinking. Tom Lind said that it was not."
    b = "Tom Lind said that he had never met EDNA\nSTONE at the quay."
    c = "Tom Lind said that the budget was ready."
    d = "The report was ready, the mayor said. Stone was not there."
    return [
        said("a1", a, quote(a, ["the quay was sinking"], "Edna Stone", "said", speaker=STONE, type="indirect"),
             quote(a, ["it was not"], "Tom Lind", "said", speaker=LIND, type="indirect")),
        said("b2", b, quote(b, ["he had never met EDNA\nSTONE at the quay"], "Tom Lind", "said", speaker=LIND,
                            type="indirect")),
        said("c3", c, quote(c, ["the budget was ready"], "Tom Lind", "said", speaker=LIND, type="indirect")),
        said("d4", d, quote(d, ["The report was ready"], "the mayor", "said", speaker=LIND, type="indirect")),
    ]  # fmt: skip


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    path = tmp_path / "quotes.db"
    with Store(path, create=True) as store:
        fill(store, written())
        store.analyze()
    return path


def found(path: Path, *words: str) -> list[str]:
    """The words that are in the bytes of a file, in any case, in UTF-8 or UTF-16."""
    data = path.read_bytes().lower()
    return [
        word for word in words if word.lower().encode() in data or word.lower().encode("utf-16-le") in data
    ]


def contents(path: Path) -> list[str]:
    return [row["content"] for row in json.loads(run("export", "--json", "-d", path).stdout)]


def test_nothing_of_the_person_is_left_in_the_bytes(harbour: Path) -> None:
    words = ("Edna", "Stone", "edna-stone", "harbour master", "the quay was sinking", "sinking")
    assert found(harbour, *words) == list(words)
    run("rename", "edna-stone", "Edna R. Stone", "-d", harbour)
    result = run("erase", "edna-stone", "--yes", "-d", harbour)
    assert "Erased." in result.stderr
    assert "still has" not in result.stderr
    assert found(harbour, *words) == []
    assert not list(harbour.parent.glob("quotes.db-*"))
    assert contents(harbour) == ["the budget was ready"]
    assert sound(harbour)
    assert run("check", "-d", harbour).exit_code == 0
    assert "Tom Lind" in run("speakers", "-d", harbour).stdout
    with sqlite3.connect(harbour) as db:
        assert db.execute("select value from settings where key = 'erased'").fetchone() == ("1",)


def test_articles_can_be_kept(harbour: Path) -> None:
    result = run("erase", "edna-stone", "--keep-articles", "--yes", "-d", harbour)
    assert "still has “Edna Stone”, in the articles that were kept" in result.stderr
    assert "the quay was sinking" not in contents(harbour)
    assert len(contents(harbour)) == 4
    with Store(harbour) as store:
        assert store.speaker("edna-stone") is None
        assert store.db.execute("select count(*) from articles").fetchone()[0] == 4
        for table in ("speakers", "mentions", "mention_groups", "statements", "name_records"):
            rows = store.db.execute(f"select * from {table}").fetchall()
            assert "edna stone" not in repr([tuple(row) for row in rows]).lower()
    assert sound(harbour)


def test_it_asks_and_cannot_be_undone(harbour: Path) -> None:
    before = harbour.read_bytes()
    said = run("erase", "edna-stone", "-d", harbour, code=1).stderr
    assert "goes for good, with 1 quotation" in said
    assert "3 articles quote or name the person" in said
    assert "add --yes" in said
    assert harbour.read_bytes() == before
    assert "may be any of" in run("erase", "Edna", "--yes", "-d", harbour, code=1).stderr
    assert "No speaker" in run("erase", "Zoe Quinn", "--yes", "-d", harbour, code=1).stderr
    assert harbour.read_bytes() == before
    run("erase", "edna-stone", "--yes", "-d", harbour)
    run("undo", "--last", "-d", harbour, code=1)


def test_a_surname_that_others_have_is_told_and_not_looked_for(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    text = "Mark Stone said that the harbour was calm."
    other = quote(text, ["the harbour was calm"], "Mark Stone", "said",
                  speaker=Mention("Mark Stone", "person", None, ("Stone",)), type="indirect")  # fmt: skip
    with Store(path, create=True) as store:
        fill(store, [*written(), said("e5", text, other)])
    result = run("erase", "edna-stone", "--yes", "-d", path)
    assert "“Stone” is others' name as well" in result.stderr
    assert "the harbour was calm" in contents(path)
    assert found(path, "Edna", "sinking") == []


def test_corrections_about_the_person_go_and_others_stay(harbour: Path) -> None:
    with Store(harbour) as store:
        ids = {row["content"]: row["id"] for row in store.export()}
    run("assign", ids["the budget was ready"], "edna-stone", "-d", harbour)
    run("rename", "tom-lind", "Thomas Lind", "-d", harbour)
    run("reject", ids["The report was ready"], "-d", harbour)
    run("erase", "edna-stone", "--yes", "-d", harbour)
    kinds = [row["kind"] for row in json.loads(run("corrections", "--json", "-d", harbour).stdout)]
    assert "assign" not in kinds
    assert "rename" in kinds
    assert found(harbour, "Edna", "edna-stone", "sinking") == []


def test_later_runs_hold(harbour: Path, tmp_path: Path) -> None:
    names = tmp_path / "forget.txt"
    run("erase", "edna-stone", "--forget", names, "--yes", "-d", harbour)
    assert "Edna Stone" in names.read_text(encoding="utf-8").splitlines()
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text("Edna Stone said that the quay was sinking.\n")
    (folder / "two.txt").write_text("“The budget is ready,” Tom Lind said.\n")
    result = run("extract", folder, "--forget", names, "-d", harbour)
    assert "1 article left out" in result.stderr
    assert found(harbour, "Edna", "sinking") == []
    assert "The budget is ready" in contents(harbour)
    names.write_text("# nobody\n")
    assert "has no name" in run("extract", folder, "--forget", names, "-d", harbour, code=1).stderr


WAYS_TO_NAME = {  # of an article that only names the person
    "without accents": "Tom Lind told Zoe Stone-Ibanez that it was late.",
    "decomposed": normalize("NFD", "Tom Lind told Zoë Stone-Ibáñez that it was late."),
    "in capitals with another hyphen": "Tom Lind told ZOË STONE‑IBÁÑEZ that it was late.",
    "with an entity": "Tom Lind told Zo&euml; Stone-Ib&aacute;&ntilde;ez that it was late.",
    "over a line break": "Tom Lind told Zoë\n  Stone-Ibáñez that it was late.",
    "by the surname": "Tom Lind told Ms. Stone-Ibáñez’s office that it was late.",
    "with a soft hyphen": "Tom Lind told Zoë Stone-Ibá\u00adñez that it was late.",
}


@pytest.mark.parametrize("way", WAYS_TO_NAME)
def test_a_name_in_other_letters_is_the_name(tmp_path: Path, way: str) -> None:
    zoe = Mention("Zoë Stone-Ibáñez", "person", None, ("Stone-Ibáñez",))
    a, b = "Zoë Stone-Ibáñez said that the quay was sinking.", WAYS_TO_NAME[way]
    c = "Tom Lind said that zoetropes were late."
    path = tmp_path / "quotes.db"
    with Store(path, create=True) as store:
        fill(store, [
            said("a1", a, quote(a, ["the quay was sinking"], "Zoë Stone-Ibáñez", "said", speaker=zoe, type="indirect")),
            said("b2", b, quote(b, ["it was late"], None, None, speaker=LIND, type="indirect")),
            said("c3", c, quote(c, ["zoetropes were late"], "Tom Lind", "said", speaker=LIND, type="indirect")),
            said("d4", c + " Again.", url="https://g.example/news/zoe-stone-ibanez_resigns"),
        ])  # fmt: skip
    run("erase", "zoe-stone-ibanez", "--yes", "-d", path)
    data = path.read_bytes().decode("utf-8", "ignore").casefold()
    plain = "".join(char for char in normalize("NFKD", data) if not combining(char))
    assert "ibanez" not in plain.replace("\u00ad", "")
    assert "aacute" not in plain
    assert contents(path) == ["zoetropes were late"]
