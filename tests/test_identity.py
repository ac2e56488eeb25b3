"""Which stored article an article is: new, unchanged, moved, corrected; versions of it, and taking it out."""

import json
import sqlite3
from pathlib import Path

import pytest
from support.by_hand import ARTICLES, FERRY, OKORO, VERSION, contents, fill, quote, sound

from quotes.articles.ids import another_id, article_id
from quotes.articles.read import read_articles
from quotes.errors import InvalidCorrection
from quotes.identity import Arrivals, Arrived, source_path
from quotes.linking.decisions import decide, undo
from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.linking.removal import articles_meant, remove_articles, withdraw
from quotes.store.database import Store
from quotes.types import Article, Quote

TEXT = "“We waited,” Ann Okoro said. She left, and nobody knows what came of the plan that she had made."


def run(database: Path, *paths: Path) -> list[tuple[str, str]]:
    """What each article is, id and state; all that is new or changed is stored, without its quotations."""
    found = []
    with Store(database, create=True) as store:
        arrivals = Arrivals(store, VERSION)
        for article in read_articles([str(path) for path in paths]):
            assert isinstance(article, Article), article
            arrived = arrivals.arrive(article)
            assert isinstance(arrived, Arrived), arrived
            found.append((arrived.article.id, arrived.state))
            if arrived.state in ("new", "changed"):
                with store.transaction():
                    known = arrivals.before_saving(arrived.article)
                    assert isinstance(known, tuple)
                    quotes: list[Quote] = []
                    if "“We waited,”" in article.text:
                        quotes = [quote(article.text, ["“We waited,”"], "Ann Okoro", "said", speaker=OKORO)]
                    save_article(store, known[0], quotes, version=VERSION, keep_earlier=known[1])
        link(store)
    return found


def test_a_file_that_is_moved_and_then_corrected_keeps_its_address(tmp_path: Path) -> None:
    database, old, new = tmp_path / "quotes.db", tmp_path / "old.txt", tmp_path / "archive" / "new.txt"
    old.write_text(TEXT, encoding="utf-8")
    [(ident, state)] = run(database, old)
    assert (ident, state) == (article_id(TEXT), "new")
    new.parent.mkdir()
    old.rename(new)
    assert run(database, new) == [(ident, "moved")]
    assert run(database, new) == [(ident, "unchanged")]
    new.write_text(TEXT.replace("She left", "She stayed"), encoding="utf-8")
    assert run(database, new) == [(ident, "changed")]
    new.rename(old)
    assert run(database, old) == [(ident, "moved")]
    with Store(database) as store:
        assert [row[0] for row in store.db.execute("select path from articles")] == [str(old)]
        assert store.articles.sources_of(ident) == [source_path(str(old))]


def test_a_copy_beside_it_is_no_second_article(tmp_path: Path) -> None:
    database = tmp_path / "quotes.db"
    for name in ("2025-06-10-a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    [first] = run(database, tmp_path / "2025-06-10-a.txt")
    assert run(database, tmp_path / "b.txt") == [(first[0], "unchanged")]
    assert run(database, tmp_path / "2025-06-10-a.txt") == [(first[0], "unchanged")]


def test_two_tables_of_one_name_with_the_same_ids(tmp_path: Path) -> None:
    database = tmp_path / "quotes.db"
    other = "The harbour master counted the boats again. “All are here,” she said, and closed the book for the night."
    for folder, text in (("a", TEXT), ("b", other)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "stories.jsonl").write_text(
            json.dumps({"id": 1, "text": text}) + "\n", encoding="utf-8"
        )
    [(first, _)] = run(database, tmp_path / "a" / "stories.jsonl")
    [(second, state)] = run(database, tmp_path / "b" / "stories.jsonl")
    assert (first, second, state) == (
        article_id("", table="stories", key="1"),
        another_id(first, other),
        "new",
    )
    assert run(database, tmp_path / "b" / "stories.jsonl") == [(second, "unchanged")]
    assert run(database, tmp_path / "a" / "stories.jsonl") == [(first, "unchanged")]


def test_what_an_earlier_version_said_is_kept_and_not_counted(tmp_path: Path) -> None:
    database, file = tmp_path / "quotes.db", tmp_path / "2025-05-04-a.txt"
    file.write_text(TEXT, encoding="utf-8")
    [(ident, _)] = run(database, file)
    file.write_text(TEXT.replace("“We waited,” Ann Okoro said. She left", "Ann Okoro left"), encoding="utf-8")
    assert run(database, file) == [(ident, "changed")]
    with Store(database) as store:
        article = store.article(ident)
        assert article is not None
        assert (article["quotations"], store.counts()["quotes"], store.search("waited")) == ([], 0, [])
        [former] = article["former"]
        assert (former["content"], former["speaker_name"], former["published"]) == (
            "We waited",
            "Ann Okoro",
            "2025-05-04",
        )
        shown = store.show(former["id"])
        assert shown is not None
        assert shown["kind"] == "former quotation"
    from typer.testing import CliRunner

    from quotes.cli.main import app

    said = CliRunner().invoke(app, ["show", ident, "-d", str(database)], env={"COLUMNS": "100"}).stdout
    assert "no longer in the article of 4 May 2025" in said
    file.write_text(TEXT, encoding="utf-8")  # it stands there again
    run(database, file)
    with Store(database) as store:
        article = store.article(ident)
        assert article is not None
        assert (len(article["quotations"]), article["former"]) == (1, [])
    assert sound(database)


def test_two_captures_of_one_page_in_one_archive_are_read_once(tmp_path: Path) -> None:
    database, file = tmp_path / "quotes.db", tmp_path / "captures.jsonl"
    texts = [TEXT, TEXT.replace("She left", "She stayed")]
    lines = [json.dumps({"url": "https://a.example/1", "text": text}) for text in texts]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert [state for _, state in run(database, file)] == ["new", "changed"]
    assert [state for _, state in run(database, file)] == ["unchanged", "unchanged"]


@pytest.mark.parametrize("gone", [0, 1])
def test_taking_out_leaves_what_was_never_there(tmp_path: Path, gone: int) -> None:
    whole, without = tmp_path / "whole.db", tmp_path / "without.db"
    with Store(whole, create=True) as store:
        fill(store, ARTICLES)
        assert remove_articles(store, [ARTICLES[gone][0].id]) == 1
    with Store(without, create=True) as store:
        fill(store, [pair for number, pair in enumerate(ARTICLES) if number != gone])
    left, never = contents(whole), contents(without)
    assert left | {"embeddings": ()} == never | {
        "embeddings": ()
    }  # those are made when linking asks for them
    assert sound(whole)


def test_articles_are_meant_by_id_address_file_and_folder(tmp_path: Path) -> None:
    database, folder = tmp_path / "quotes.db", tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.jsonl").write_text(
        json.dumps({"url": "https://a.example/1", "text": FERRY, "id": "own"}), encoding="utf-8"
    )
    (first, _), (second, _) = run(database, folder)
    with Store(database, create=True) as store:
        for words in (first, str(folder / "a.txt")):
            assert articles_meant(store, words) == [first]
        for words in (second, "own", "https://a.example/1", str(folder / "b.jsonl")):
            assert articles_meant(store, words) == [second]
        assert articles_meant(store, str(folder)) == [first, second]
        assert articles_meant(store, "nowhere") == []


WIRE = """<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="tag:wire.example,2025:7">
<itemMeta><pubStatus qcode="stat:{}"/></itemMeta><contentMeta><headline>Ferry to stop</headline></contentMeta>
<contentSet><inlineData>{}</inlineData></contentSet></newsItem>"""


@pytest.mark.parametrize("first", ["sent", "cancelled"])
def test_what_is_cancelled_is_withdrawn_in_any_order(tmp_path: Path, first: str) -> None:
    """A cancellation holds for good, whether it is read before the article, after it, or again."""
    database, sent, cancelled = tmp_path / "quotes.db", tmp_path / "b.xml", tmp_path / "a.xml"
    sent.write_text(WIRE.format("usable", TEXT), encoding="utf-8")
    cancelled.write_text(WIRE.format("canceled", ""), encoding="utf-8")
    second = cancelled if first == "sent" else sent
    [(ident, _)] = run(database, sent if first == "sent" else cancelled)
    assert run(database, second)[0][0] == ident
    assert [state for _, state in run(database, tmp_path / "a.xml", sent)] == ["unchanged", "unchanged"]
    with Store(database) as store:
        [quotation] = store.article(ident)["quotations"]  # type: ignore[index]
        assert (quotation["withdrawn"], quotation["statement"]) == (1, None)
        assert (
            store.counts() | {"articles": 0, "withdrawn": 1, "quotes": 0, "statements": 0} == store.counts()
        )
        assert store.speaker("ann-okoro")["quotes"] == 0  # type: ignore[index]


def test_what_a_person_withdraws_is_shown_and_counted_nowhere_until_it_is_undone(tmp_path: Path) -> None:
    later, at_once = tmp_path / "later.db", tmp_path / "at-once.db"
    with Store(later, create=True) as store:
        fill(store, ARTICLES)
    before = contents(later)
    with Store(later, create=True) as store:
        correction = withdraw(store, ["ferry-000001"], by="ann")
        assert decide(store, [correction]) == [(correction, "applied")]
        assert {row["withdrawn"] for row in store.article("ferry-000001")["quotations"]} == {2}  # type: ignore[index]
        assert store.search("farce")[0]["withdrawn"] == 2
        assert store.search("farce", withdrawn=False) == []
        assert store.counts()["quotes"] == 2
        assert store.speaker("ann-okoro")["quotes"] == 1  # type: ignore[index]
        assert {row["quotes"] for row in store.speakers("union")} == {0}
        assert next(store.export(withdrawn=True))["withdrawn"] is True
        with pytest.raises(InvalidCorrection):
            withdraw(store, ["ferry-000001"], by="ann")
        fill(store, ARTICLES[:1])  # read anew, it is withdrawn still
        assert store.counts()["quotes"] == 2
    assert sound(later)
    with Store(at_once, create=True) as store:
        with store.transaction():
            store.correction_tables.save(correction)
        fill(store, ARTICLES)
    made = {"embeddings": ()}  # where linking asks for them
    assert contents(later) | made == contents(at_once) | made
    with Store(later, create=True) as store:
        undo(store, correction.id, by="ann")
    made["corrections"] = ()
    assert contents(later) | made == before | made


def test_a_former_address_leads_to_the_page_of_now(database: Path) -> None:
    import asyncio

    from datasette.app import Datasette

    with sqlite3.connect(database) as db:
        db.execute("insert into former_ids values ('former-0123ab', 'ferry-000001')")
        [quoted] = db.execute("select id from quotes where article = 'ferry-000001' limit 1").fetchone()
    db.close()

    async def get(path: str):  # type: ignore[no-untyped-def]
        return await Datasette([str(database)]).client.get(path)

    name = database.stem
    for path, there in (
        (f"/{name}/articles/former-0123ab", f"/{name}/articles/ferry-000001"),
        (f"/{name}/quotes/former-0123ab-{quoted[-6:]}", f"/{name}/quotes/{quoted}"),
    ):
        answer = asyncio.run(get(path))
        assert (answer.status_code, answer.headers["location"]) == (301, there)
    assert asyncio.run(get(f"/{name}/articles/never-there")).status_code == 404
