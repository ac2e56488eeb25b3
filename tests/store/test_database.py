import itertools
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from support.by_hand import ARTICLES, FERRY, PORT, VERSION, contents, fill, ordinary_user, quote, sound
from support.paths import ROOT

from quotes.errors import QuotesError
from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.store.database import Store
from quotes.store.fts import fts_query
from quotes.store.migration_names import MIGRATIONS
from quotes.store.rows import text_sha
from quotes.store.schema import migrations
from quotes.types import Article, Quote


def rows(path: Path, query: str) -> list[tuple]:
    db = sqlite3.connect(path)
    found = db.execute(query).fetchall()
    db.close()
    return found


def write(path: Path, statement: str) -> None:
    db = sqlite3.connect(path)
    db.execute(statement)
    db.commit()
    db.close()


def test_the_list_of_migrations_is_complete() -> None:
    assert [migration.name for migration in migrations._migrations] == list(MIGRATIONS)


def test_what_is_stored(database: Path) -> None:
    assert sound(database)
    (ferry, port) = rows(database, "select id, title, path, words, published, url from articles order by id")
    assert ferry == (
        "ferry-000001", "Harbour ferry to stop in autumn", "news/ferry.txt", len(FERRY.split()), "2025-06-30",
        "https://example.org/ferry",
    )  # fmt: skip
    assert port[3] == len(PORT.split())
    found = rows(
        database, "select content, type, source, cue, via, confidence, position from quotes order by 1"
    )
    assert found[0] == ("A farce", "direct", "it", "said", None, 0.5, FERRY.index("“A farce"))
    assert ("We waited, … and nobody came.", "direct", "Mayor Ann Okoro", "said", None, 0.9) in [
        row[:6] for row in found
    ]
    spans = rows(
        database, "select role, start, end from spans join quotes on id = quote where content like 'We %'"
    )
    assert sorted((role, FERRY[start:end]) for role, start, end in spans) == [
        ("content", "“We waited,”"),
        ("content", "“and nobody came.”"),
        ("cue", "said"),
        ("source", "Mayor Ann Okoro"),
    ]
    assert (b"\x00\x3c" * 4,) in rows(database, "select vector from embeddings")


def test_linking_counts_quotations_and_articles(database: Path) -> None:
    (okoro,) = rows(database, "select quotes, articles, aliases from speakers where name = 'Ann Okoro'")
    assert okoro[:2] == (2, 2)
    assert "Okoro" in json.loads(okoro[2])
    assert rows(database, "select count(*) from quotes where speaker is null or statement is null") == [(0,)]
    statements = rows(
        database, "select sum(variants), min(first_published), max(last_published) from statements"
    )
    assert statements == [(6, "2025-06-30", "2025-07-01")]


def test_saving_again_changes_nothing(database: Path) -> None:
    before = contents(database)
    with Store(database, create=True) as store:
        fill(store, reversed(ARTICLES))
    assert contents(database) == before
    assert sound(database)


def test_the_order_of_arrival_does_not_matter(database: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with Store(other, create=True) as store:
        save_article(store, *ARTICLES[1], version=VERSION)
        link(store)
        save_article(store, *ARTICLES[0], version=VERSION)
        link(store)
    assert contents(other) == contents(database)


def test_a_changed_article_replaces_its_own_rows_only(database: Path) -> None:
    article, quotes = ARTICLES[0]
    before = contents(database)
    with Store(database, create=True) as store:
        assert store.unchanged(article.id, text_sha(article), VERSION)
        assert not store.unchanged(article.id, text_sha(article), "other version")
        save_article(store, article, quotes[2:3], version=VERSION)
        assert store.needs_linking()
        link(store)
        assert not store.needs_linking()
        after = contents(database)
        assert [row for row in after["quotes"] if "ferry" in row[0]] == [
            row for row in before["quotes"] if row[1] == "A farce"
        ]
        assert next(row for row in after["quotes"] if "port" in row[0])[0].startswith("port-000002")
        assert len(after["quotes"]) == 3
        assert len(after["mentions"]) == 3
        assert not {row[0] for row in after["embeddings"]} - {row[0] for row in after["quotes"]}
        assert rows(database, "select name from speakers where name = 'Harbour Office'") == []
        fill(store, ARTICLES[:1])
    assert contents(database) == before
    assert sound(database)


def test_linking_is_done_once_and_again_for_another_version(database: Path) -> None:
    with Store(database, create=True) as store:
        assert not link(store)
        save_article(store, *ARTICLES[0], version=VERSION)
        assert link(store)
        assert not link(store)
    write(database, "update settings set value = '0.0.1' where key = 'linked'")
    with Store(database, create=True) as store:
        assert link(store)


def test_nothing_is_written_when_linking_changes_nothing(database: Path) -> None:
    write(database, "update settings set value = '0.0.1'")
    with Store(database, create=True) as store:
        store.db.execute("create temp table written (what text)")
        for table, event in itertools.product(
            ("quotes", "speakers", "statements"), ("insert", "update", "delete")
        ):
            store.db.execute(
                f"create temp trigger {table}_{event} after {event} on {table} "
                f"begin insert into written values ('{event} {table}'); end"
            )
        assert link(store)
        assert store.db.execute("select * from written").fetchall() == []
        store.db.execute("update speakers set name = 'Nobody' where name = 'Tom Lind'")
        assert store.db.execute("select count(*) from written").fetchone()[0] == 1
        store.db.execute("update settings set value = '0.0.1'")
        store.db.commit()
        assert link(store)
        assert store.db.execute("select count(*) from written").fetchone()[0] == 2


def test_a_failure_in_the_middle_leaves_the_old_rows(database: Path) -> None:
    article, quotes = ARTICLES[0]
    before = contents(database)
    broken = Quote(quotes[0].spans, type=None)  # type: ignore[arg-type]
    with Store(database, create=True) as store:
        with pytest.raises(sqlite3.IntegrityError):
            save_article(store, article, [quotes[1], broken], version=VERSION)
        assert not store.needs_linking()
    assert contents(database) == before


def test_compacting_the_file_keeps_search_right(database: Path) -> None:
    with Store(database, create=True) as store:
        save_article(store, *ARTICLES[0], version=VERSION)  # leaves gaps where its old rows were
        link(store)
    write(database, "vacuum")
    assert sound(database)
    assert found(database, "farce", type="direct") == ["A farce"]


# importing

READS = {
    "about",
    "errors",
    "types",
    "deprecated",
}  # modules of the package that reading a database may import
ROOMS = ("quotes.store", "quotes.text")


def test_reading_a_database_imports_no_algorithm() -> None:
    code = "import sys, quotes.store.database; print(*sys.modules)"
    modules = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.split())
    assert not {"numpy", "spacy", "sqlite_utils"} & modules
    ours = {name for name in modules if name.startswith("quotes.") and not name.startswith(ROOMS)}
    assert ours <= {f"quotes.{name}" for name in READS}


# opening


def test_a_database_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    write(path, "create table recipes (id integer)")
    before = path.read_bytes()
    for create in (True, False):
        with pytest.raises(QuotesError, match="database of something else"):
            Store(path, create=create)
    assert path.read_bytes() == before


def test_a_newer_schema(database: Path) -> None:
    write(database, "insert into _sqlite_migrations (migration_set, name) values ('quotes', 'm900_future')")
    for create in (True, False):
        with pytest.raises(QuotesError, match=r"newer version of quotes .m900_future"):
            Store(database, create=create)


def test_an_older_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    from sqlite_utils import Database

    path = tmp_path / "old.db"
    db = Database(path)
    migrations.apply(db, stop_before="m002_search")
    db.close()
    with Store(path) as store:
        assert store.search("anything") == []


@pytest.mark.parametrize("data", [b"Only a text, he said. " * 100, b"SQLite format 3\x00" + b"x" * 5000])
def test_not_a_database(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "text.db"
    path.write_bytes(data)
    with pytest.raises(QuotesError, match="not a database that SQLite can read"):
        Store(path, create=True)
    assert path.read_bytes() == data


def test_missing_databases_and_folders(tmp_path: Path) -> None:
    with pytest.raises(QuotesError, match="There is no database"):
        Store(tmp_path / "quotes.db")
    assert not (tmp_path / "quotes.db").exists()
    with pytest.raises(QuotesError, match="is a folder"):
        Store(tmp_path, create=True)
    with pytest.raises(QuotesError, match="there is no folder"):
        Store(tmp_path / "no" / "quotes.db", create=True)


def test_a_read_only_folder_can_be_read_and_not_written(public_folder: Path) -> None:
    with Store(public_folder / "quotes.db", create=True) as store:
        fill(store, ARTICLES)
    public_folder.chmod(0o555)
    with ordinary_user():
        with pytest.raises(QuotesError, match="no permission"):
            Store(public_folder / "new.db", create=True)
        with pytest.raises(QuotesError, match="no permission"):
            Store(public_folder / "quotes.db", create=True)
        with Store(public_folder / "quotes.db") as store:
            assert store.search("farce")
    assert not (public_folder / "new.db").exists()


def test_a_read_only_file_cannot_be_written(public_folder: Path) -> None:
    with Store(public_folder / "quotes.db", create=True) as store:
        fill(store, ARTICLES)
    public_folder.chmod(0o777)
    with ordinary_user(), pytest.raises(QuotesError, match="no permission"):
        Store(public_folder / "quotes.db", create=True)


def test_opening_changes_nothing(database: Path) -> None:
    before, folder = database.stat().st_mtime_ns, sorted(database.parent.iterdir())
    for create in (True, False):
        Store(database, create=create).close()
    assert database.stat().st_mtime_ns == before
    assert sorted(database.parent.iterdir()) == folder


def test_an_odd_file_name(tmp_path: Path) -> None:
    path = tmp_path / "what? 100%#.db"
    with Store(path, create=True) as store:
        fill(store, ARTICLES)
    assert path.exists()


def test_another_program_is_writing(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes.store.database.WRITE_WAIT", 0.05)
    other = sqlite3.connect(database)
    other.execute("begin exclusive")
    with pytest.raises(QuotesError, match="another program"):
        Store(database, create=True)
    other.close()


# searching


def found(database: Path, words: str = "", **filters) -> list[str]:
    with Store(database) as store:
        return [row["content"] for row in store.search(words, **filters)]


def test_search_finds_other_forms_and_marks_them(database: Path) -> None:
    with Store(database) as store:
        first, second = sorted(store.search("waits"), key=lambda row: row["type"])
    assert [first["content"][a:b] for a, b in first["matches"]] == ["waited"]
    assert [second["content"][a:b] for a, b in second["matches"]] == ["waited"]
    assert (first["speaker_name"], first["article_title"]) == ("Ann Okoro", "Harbour ferry to stop in autumn")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"speaker": "okoro"}, 2),
        ({"speaker": "OKORO ann"}, 2),
        ({"speaker": "oko"}, 2),
        ({"speaker": "ann-okoro"}, 2),
        ({"speaker": "mayor"}, 0),
        ({"speaker": '"'}, 0),
        ({"speaker": ""}, 0),
        ({"type": "direct"}, 3),
        ({"publication": "courier"}, 4),
        ({"publication": "%"}, 0),
        ({"since": "2025-07-01"}, 2),
        ({"until": "2025-06"}, 4),
        ({"since": "2025", "until": "2025"}, 6),
        ({"since": "2026"}, 0),
        ({"min_confidence": 0.6}, 5),
        ({"limit": 1}, 1),
        ({"type": "mixed", "speaker": "union", "publication": "port", "since": "2025-06"}, 1),
    ],
)
def test_search_filters(database: Path, filters: dict, expected: int) -> None:
    assert len(found(database, **filters)) == expected


def test_search_with_words_and_filters(database: Path) -> None:
    assert found(database, "farce", type="direct") == ["A farce"]
    assert found(database, "waited nobody", since="2025-07") == ["nobody came although the council waited"]
    assert found(database, '"waited nobody"') == []
    assert found(database, "“nobody came”", until="2025-06") == ["We waited, … and nobody came."]
    assert found(database, "traf* doub*") == ["traffic has doubled since 2015"]
    assert found(database, "it's") == ["It’s the council's 100% fault_line"]


HOSTILE = [
    "", " ", '"', '""', "'", "*", "^", "-", "(", ")", "NEAR(", "NEAR(a b, 2)", "AND", "OR",
    "NOT", "a AND", "OR b", "content:", "{content}: a", "content : x", "a + b", "a*b", "**", "(a", "a)",
    '"a', 'a"', '"a" "', "“", "”a", "\\", "%", "_", ";", "--", "a\x00b", "\x00", "\x01\x02", "日本",
    "😀", "é", "a" * 5000, "x " * 500,
    "?1", ":words",
    "' or 1=1 --", "[a]", "a/b", "1.5", "$", "@", "|", "&&", "<b>",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=lambda words: repr(words[:12]))
def test_search_never_raises(database: Path, words: str) -> None:
    with Store(database) as store:
        for filters in ({}, {"speaker": words}, {"publication": words}, {"speaker": words, "type": "direct"}):
            for row in store.search(words, **filters):
                assert row["content"]


def test_random_queries_never_raise(database: Path) -> None:
    chance = random.Random(5)
    with Store(database) as store:
        for _ in range(300):
            words = "".join(
                chance.choice("ab \"'*()^:+-{},.“”\\NEAR OT") for _ in range(chance.randint(1, 20))
            )
            store.search(words)
            store.search("", speaker=words)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("rare earths", '"rare" AND "earths"'),
        ('"rare earths" tariff*', '"rare earths" AND "tariff*" *'),
        ("NOT a", '"NOT" AND "a"'),
        ("- * _", None),
    ],
)
def test_fts_query(words: str, expected: str | None) -> None:
    assert fts_query(words) == expected


def test_control_characters_in_a_content_do_not_confuse_the_matches(tmp_path: Path) -> None:
    text = "He said \x01the\x02 bridge is safe."
    with Store(tmp_path / "quotes.db", create=True) as store:
        article = Article("a", text, "a.txt")
        save_article(
            store, article, [quote(text, ["\x01the\x02 bridge is safe"], "He", "said")], version=VERSION
        )
        (row,) = store.search("bridge")
    assert all(row["content"][a:b] == "bridge" for a, b in row["matches"])


# showing and exporting


def test_show_a_quotation(database: Path) -> None:
    with Store(database) as store:
        (row,) = store.search("farce", type="mixed")
        shown = store.show(row["id"])
    assert shown is not None
    assert shown["kind"] == "quotation"
    left, text = shown["context"]["start"], shown["context"]["text"]
    assert FERRY[left : left + len(text)] == text
    assert "We waited" in text
    spans = {span["role"]: FERRY[span["start"] : span["end"]] for span in shown["spans"]}
    assert spans == {"content": "the plan “a farce”", "source": "The drivers' union", "cue": "called"}


def test_show_speaker_article_statement_or_nothing(database: Path) -> None:
    with Store(database) as store:
        speaker, article = store.show("ann-okoro"), store.show("port-000002")
        statement = store.statement(store.search("traffic")[0]["statement"])
        assert store.show("nobody") is None
    assert speaker is not None
    assert article is not None
    assert statement is not None
    assert (speaker["kind"], [q["published"] for q in speaker["quotations"]]) == (
        "speaker",
        ["2025-06-30", "2025-07-01"],
    )
    assert [q["speaker_name"] for q in article["quotations"]] == ["Ann Okoro", "Tom Lind"]
    assert statement["text"] == "traffic has doubled since 2015"


def test_wordings_of_one_statement_are_shown_together(tmp_path: Path) -> None:
    with Store(tmp_path / "quotes.db", create=True) as store:
        article, quotes = ARTICLES[0]
        text = (
            FERRY[: FERRY.index("The drivers'")] + "What else was said that day is not known to this paper.\n"
        )
        twin = Article("twin-1", text, "twin.txt", published="2025-07-01")
        fill(store, [(article, quotes[:1]), (twin, quotes[:1])])
        row = store.search("waited", until="2025-06-30")[0]
        shown = store.show(row["id"])
        assert shown is not None
        assert [w["article"] for w in shown["wordings"]] == ["twin-1"]
        statement = store.statement(row["statement"])
        assert statement is not None
        assert (statement["variants"], statement["articles"]) == (2, 2)


def test_export_is_what_was_promised(database: Path) -> None:
    with Store(database) as store:
        lines = list(store.export())
    assert [line["article"] for line in lines] == ["news/ferry.txt"] * 4 + ["news/port.txt"] * 2
    for _, group in itertools.groupby(lines, key=lambda line: line["article"]):
        starts = [line["spans"][0] for line in group]
        assert starts == sorted(starts)
    first = lines[0]
    assert {
        "id", "article", "spans", "text", "type", "cue", "source", "speaker", "via", "statement",
        "statement_confidence", "said_on", "occasion", "attribution", "confidence", "speaker_confidence", "candidates",
        "corrected_by", "corrected_at", "correction", "content", "description", "headline", "publication", "published",
        "author", "url", "article_id", "start", "end",
    } <= first.keys()  # fmt: skip
    assert [FERRY[start:end] for start, end in first["spans"]] == ["“We waited,”", "“and nobody came.”"]
    assert first["cue"] == {"text": "said", "start": FERRY.index("said"), "end": FERRY.index("said") + 4}
    assert first["speaker"] == {"id": "ann-okoro", "name": "Ann Okoro", "type": "person"}
    assert lines[-1]["via"] == "Reuters"
    assert json.loads(json.dumps(lines)) == lines


def test_counts(database: Path) -> None:
    with Store(database) as store:
        counts = store.counts()
        assert store.queries.most_quoted() == "Ann Okoro"
    words = len(FERRY.split()) + len(PORT.split())
    assert counts == {
        "articles": 2, "quotes": 6, "speakers": 4, "statements": counts["statements"], "words": words,
        "direct": 3, "mixed": 1, "indirect": 2, "not_said": 0, "in_copies": 0, "withdrawn": 0,
    }  # fmt: skip


# a process that is killed

SAVER = """
    import sys
    from support.by_hand import FERRY, VERSION, quote
    from quotes.types import Article
    from quotes.linking.link import link
    from quotes.linking.index import save_article
    from quotes.store.rows import text_sha
    from quotes.store.database import Store

    words = FERRY.split()
    quotes = [quote(FERRY, [word], None, None) for word in words]
    with Store(sys.argv[1], create=True) as store:
        for n in range(20):
            article = Article(f"a-{n:02}", FERRY, f"{n}.txt")
            if not store.unchanged(article.id, text_sha(article), VERSION):
                save_article(store, article, quotes[n % 5:], version=VERSION)
                print("saved", flush=True)
        link(store)
        store.analyze()
"""


def save(path: Path) -> subprocess.Popen:
    here = str(ROOT / "tests")
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(SAVER), str(path)],
        stdout=subprocess.PIPE,
        env=os.environ
        | {"PYTHONPATH": os.pathsep.join([here, *filter(None, [os.environ.get("PYTHONPATH")])])},
    )


def test_a_killed_run_is_completed_by_the_next(tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole.db", tmp_path / "broken.db"
    process = save(whole)
    process.communicate()
    assert process.returncode == 0

    chance, kills = random.Random(1), 0
    while True:
        process = save(broken)
        assert process.stdout is not None
        for lines, _ in enumerate(process.stdout, 1):
            if kills < 4 and lines == 3:
                time.sleep(chance.random() * 0.005)
                process.send_signal(signal.SIGKILL)
                break
        process.stdout.close()
        if process.wait() == 0:
            break
        assert process.returncode == -signal.SIGKILL
        kills += 1
        with Store(broken) as store:  # usable, and it tells that it is not complete
            assert store.needs_linking()
            store.search("ferry")
    assert kills >= 2  # a process may be done before its signal arrives
    assert contents(broken) == contents(whole)
    assert sound(broken)


def test_who_else_it_could_be_is_kept_and_replaced(database: Path) -> None:
    article, quotes = ARTICLES[0]
    with Store(database, create=True) as store:
        found = {
            row["text"]: [(c["name"], c["probability"]) for c in row["candidates"]] for row in store.export()
        }
        assert found["“A farce,”"] == [("Ann Okoro", 0.3), ("Tom Lind", 0.1)]
        save_article(store, article, quotes, version="another")
        assert store.db.execute("select count(*) from candidates").fetchone()[0] == 2
