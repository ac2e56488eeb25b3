"""reject, trim and add: what they do, that it lasts, is undone, goes to another database, and is told."""

import json
import os
import pty
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from support.by_hand import ARTICLES, FERRY, VERSION, contents, fill, quote
from support.commands import run

from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.store.database import Store
from quotes.types import Article, Mention, Quote

# the last two are made when linking comes upon them
PASSING = ("corrections", "settings", "embeddings", "statement_links")


def ids(database: Path) -> dict[str, str]:
    """Content -> id."""
    with Store(database) as store:
        return {row["content"]: row["id"] for row in store.db.execute("select content, id from quotes")}


def record(database: Path, ident: str) -> dict:
    with Store(database) as store:
        [found] = list(store.records.of([ident]))
    return found


def but_corrections(database: Path) -> dict:
    """Everything but what corrections are kept in, and numbers that count them."""
    return {name: rows for name, rows in contents(database).items() if name not in PASSING}


def read_again(database: Path, *changed: tuple[Article, list[Quote]]) -> None:
    with Store(database) as store:
        for article, quotes in changed or ARTICLES:
            save_article(store, article, quotes, version=VERSION)
        link(store)


def states(database: Path) -> list[str]:
    with Store(database) as store:
        return [state or "" for _, state in store.corrections()]


FARCE, TRAFFIC, WAITED = "A farce", "traffic has doubled since 2015", "We waited, … and nobody came."
DECIDE = {
    "reject": lambda found: ["reject", found[FARCE]],
    "trim": lambda found: ["trim", found[TRAFFIC], str(FERRY.index("traffic has")), str(FERRY.index(" since 2015"))],
    "add": lambda found: ["add", "ferry-000001", "on Monday", "--speaker", "ann-okoro"],
    "assign": lambda found: ["assign", found[FARCE], "tom-lind"],
    "merge": lambda found: ["merge", "tom-lind", "Ann Okoro", "--yes"],
    "split": lambda found: ["split", "ann-okoro", found[WAITED], "--name", "Ann Other"],
    "rename": lambda found: ["rename", "ann-okoro", "A. B. Okoro"],
    "split-statement": lambda found: [
        "split-statement", found[WAITED], found["nobody came although the council waited"],
    ],
    "new": lambda found: ["assign", found[FARCE], "Eve Stone", "--new"],
    "nobody": lambda found: ["assign", found[FARCE], "--nobody"],
}  # fmt: skip


@pytest.mark.parametrize("kind", DECIDE)
def test_what_is_decided_lasts_and_is_undone(database: Path, kind: str) -> None:
    before = but_corrections(database)
    run(*DECIDE[kind](ids(database)), "-d", database)
    after = but_corrections(database)
    assert after != before
    assert states(database) == ["applied"]
    read_again(database)
    assert but_corrections(database) == after
    with Store(database) as store, store.transaction():
        store.db.execute("delete from settings where key in ('linked', 'indexed')")
    read_again(database, *ARTICLES[:1])  # another version: everything is linked anew
    assert but_corrections(database) == after
    assert "Undone: " in run("undo", "--last", "-d", database).stderr
    assert but_corrections(database) == before


@pytest.mark.parametrize("kind", DECIDE)
def test_decided_in_one_database_it_is_the_same_in_another(database: Path, tmp_path: Path, kind: str) -> None:
    other = tmp_path / "other.db"
    with Store(other, create=True) as store:
        fill(store, reversed(ARTICLES))
    run(*DECIDE[kind](ids(database)), "-d", database, "--by", "the desk")
    lines = run("corrections", "--nl", "-d", database).stdout
    (tmp_path / "corrections.jsonl").write_text(lines, encoding="utf-8")
    run("corrections", "--import", tmp_path / "corrections.jsonl", "-d", other)
    assert contents(other) == contents(database)


def test_all_of_them_one_after_another_and_all_undone(database: Path) -> None:
    before, found = but_corrections(database), ids(database)
    kinds = [kind for kind in DECIDE if kind not in ("merge", "split-statement")]
    for kind in kinds:
        run(
            *DECIDE[kind](found), "-d", database, code=1 if kind in ("assign", "new", "nobody") else 0
        )  # rejected
    for _ in range(5):
        run("undo", "--last", "-d", database)
    assert but_corrections(database) == before
    assert "no correction to undo" in run("undo", "--last", "-d", database, code=1).stderr


def test_rejected_is_gone_everywhere_but_in_the_list(database: Path) -> None:
    ident = ids(database)[FARCE]
    run("reject", ident, "-d", database)
    assert FARCE not in ids(database)
    assert ident not in run("export", "-d", database).stdout
    assert run("show", ident, "-d", database, code=1).stdout == ""
    assert "“A farce” is no quotation" in run("corrections", "-d", database).stdout


def test_trimmed_has_the_words_of_its_article_and_its_id(database: Path) -> None:
    ident = ids(database)[TRAFFIC]
    start, end = FERRY.index("traffic"), FERRY.index(" since 2015")
    run("trim", ident, str(start), str(end), "--by", "the desk", "-d", database)
    row = record(database, ident)
    assert (row["content"], row["start"], row["end"]) == ("traffic has doubled", start, end)
    assert (row["corrected_by"], row["correction"], row["confidence"]) == ("the desk", "trim", 1.0)
    assert (row["attribution"], row["speaker"]["name"]) == ("name", "Harbour Office")  # that is not decided
    shown = run("show", ident, "-d", database).stdout
    assert re.search(r"^corrected +corrected by the desk, \d", shown, re.M)
    assert re.search(rf"^place +{start}-{end}$", shown, re.M)
    assert run("check", "-d", database).exit_code == 0
    run("trim", ident, str(start), str(start + 7), "-d", database)
    assert record(database, ident)["content"] == "traffic"
    assert states(database)[0].startswith("overruled by")
    run("undo", "--last", "-d", database)
    assert record(database, ident)["content"] == "traffic has doubled"


def test_added_is_as_if_it_had_been_found(database: Path) -> None:
    run("add", "ferry-000001", "a  farce” on\nMonday", "--speaker", "Tom Lind", "--by", "eve", "-d", database)
    [row] = [
        row for row in json.loads(run("export", "--json", "-d", database).stdout) if "Monday" in row["text"]
    ]
    assert (row["speaker"]["id"], row["attribution"], row["corrected_by"]) == (
        "tom-lind",
        "correction",
        "eve",
    )
    assert FERRY[row["start"] : row["end"]] == row["text"] == "a farce” on Monday"
    assert row["type"] == "mixed"
    assert run("search", "monday", "-d", database).stdout
    assert "It is a quotation already" not in run("show", row["id"], "-d", database).stdout


def test_words_in_quotation_marks_are_added_with_them(tmp_path: Path) -> None:
    text = "Ann Okoro was brief. “No comment,” she said, and left.\n"
    with Store(tmp_path / "quotes.db", create=True) as store:
        fill(store, [(Article("a", text, "a.txt"), [])])
    run("add", "a", "No comment,", "--speaker", "Ann Okoro", "--new", "-d", tmp_path / "quotes.db")
    [row] = json.loads(run("export", "--json", "-d", tmp_path / "quotes.db").stdout)
    assert (row["text"], row["content"], row["type"]) == ("“No comment,”", "No comment", "direct")
    found = quote(
        text, ["“No comment,”"], "she", "said", speaker=Mention("Ann Okoro", "person"), attribution="name"
    )
    read_again(tmp_path / "quotes.db", (Article("a", text, "a.txt"), [found]))  # found by now
    [row] = json.loads(run("export", "--json", "-d", tmp_path / "quotes.db").stdout)
    assert (row["attribution"], row["cue"]["text"]) == ("correction", "said")
    assert states(tmp_path / "quotes.db") == ["applied"]


def test_it_is_told_when_the_text_has_changed(database: Path) -> None:
    found = ids(database)
    for kind in ("reject", "trim", "add"):
        run(*DECIDE[kind](found), "-d", database)
    article, quotes = ARTICLES[0]
    shorter = FERRY[: FERRY.index("The drivers'")]
    read_again(database, (replace(article, text=shorter), quotes[:1]))
    assert all(state.startswith("does not apply: ") for state in states(database))
    assert "not in the article any more" in " ".join(states(database))
    moved = "An introduction that was written later.\n\n" + FERRY
    by = len(moved) - len(FERRY)

    def shift(one: Quote) -> Quote:
        spans = tuple(replace(span, start=span.start + by, end=span.end + by) for span in one.spans)
        return replace(one, spans=spans, source=None, cue=None)

    read_again(database, (replace(article, text=moved), [shift(one) for one in quotes]))
    assert states(database) == ["applied"] * 3
    contents_now = ids(database)
    assert "traffic has doubled" in contents_now
    assert FARCE not in contents_now
    assert run("check", "-d", database).exit_code == 0


def test_two_with_the_same_words_are_not_confused(tmp_path: Path) -> None:
    text = "“Never again,” said Ann Okoro. Hours later: “Never again,” said Tom Lind.\n"
    first = quote(text, ["“Never again,”"], "Ann Okoro", "said", speaker=Mention("Ann Okoro", "person"))
    at = text.rindex("“")
    second = replace(
        quote(text, ["“Never again,”"], "Tom Lind", "said", speaker=Mention("Tom Lind", "person")),
        spans=(replace(first.spans[0], start=at, end=at + len(first.spans[0].text)),),
    )
    database = tmp_path / "quotes.db"
    with Store(database, create=True) as store:
        fill(store, [(Article("a", text, "a.txt"), [first, second])])
        one, other = (row["id"] for row in store.export())
    run("assign", one, "tom-lind", "-d", database)
    run("reject", one, "-d", database)
    assert [row["id"] for row in json.loads(run("export", "--json", "-d", database).stdout)] == [other]
    assert record(database, other)["attribution"] != "correction"
    assert states(database) == ["does not apply: the quotation is gone", "applied"]


WRONG = {  # what is asked for, and a word of the answer
    "a prefix of a name": (["merge", "ann-okoro", "T"], "may be any of"),
    "a prefix of an id": (["merge", "ann-okoro", "tom-l"], "may be any of"),
    "a part of a name": (["merge", "ann-okoro", "Tom"], "may be any of"),
    "a surname that is no alias": (["rename", "Lind", "Somebody"], "may be any of"),
    "nobody": (["merge", "ann-okoro", "Zoe Quinn"], "No speaker"),
    "an empty name": (["merge", "ann-okoro", ""], "No speaker"),
    "oneself": (["merge", "ann-okoro", "Ann Okoro"], "one speaker already"),
    "two people at once": (["merge", "ann-okoro", "Tom Lind and Ann Okoro"], "No speaker"),
    "names without a word in common": (["merge", "ann-okoro", "Tom Lind"], "--yes"),
    "a person and an organisation": (["merge", "ann-okoro", "Harbour Office"], "--yes"),
    "an empty new name": (["rename", "ann-okoro", "  "], "empty"),
    "a quotation that is not there": (["reject", "ferry-000001-ffffff"], "no quotation"),
    "an article for a quotation": (["reject", "ferry-000001"], "no quotation"),
    "a beginning of an id": (["reject", "ferry"], "no quotation"),
    "a speaker for a quotation": (["assign", "ann-okoro", "tom-lind"], "no quotation"),
    "no speaker, but a quotation": (["assign", "QUOTE", "QUOTE"], "No speaker"),
    "a new speaker who is there": (["assign", "QUOTE", "Ann Okoro", "--new"], "already"),
    "a new speaker without letters": (["assign", "QUOTE", "123", "--new"], "no name"),
    "behind the end": (["trim", "QUOTE", "0", "999999"], "no part of the article"),
    "before the beginning": (["trim", "QUOTE", "--", "-5", "20"], "no part of the article"),
    "the wrong way round": (["trim", "QUOTE", "90", "40"], "no part of the article"),
    "nothing": (["trim", "QUOTE", "40", "40"], "no part of the article"),
    "only a space": (["trim", "QUOTE", "SPACE", "SPACE+1"], "no word"),
    "elsewhere": (["trim", "QUOTE", "0", "12"], "another place"),
    "as it is": (["trim", "QUOTE", "START", "END"], "already"),
    "words that are not there": (["add", "ferry-000001", "no such words", "--nobody"], "not in the article"),
    "no words": (["add", "ferry-000001", " … ", "--nobody"], "No words"),
    "words that occur twice": (["add", "ferry-000001", "said", "--nobody"], "may be any of"),
    "words at another place": (["add", "ferry-000001", "said", "--at", "3", "--nobody"], "not in the article"),
    "an article that is not there": (["add", "ferry", "said", "--nobody"], "no article"),
    "a quotation already": (["add", "ferry-000001", "A farce,", "--nobody"], "already"),
    "an addition by a part of a name": (["add", "ferry-000001", "on Monday", "--speaker", "Tom"], "may be any of"),
    "a correction that is not there": (["undo", "ffffffff"], "no correction"),
    "too little of an id": (["undo", "f"], "too little"),
    "all quotations of a speaker": (["split", "tom-lind", "--called", "Tom Lind"], "all quotations"),
    "another's quotation": (["split", "tom-lind", "QUOTE"], "has no quotation"),
    "one statement": (["merge-statements", "QUOTE", "QUOTE"], "one statement already"),
    "statements of two speakers": (["merge-statements", "QUOTE", "OTHER"], "different speakers"),
    "all of a statement": (["split-statement", "QUOTE", "QUOTE"], "nothing is left"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", WRONG)
def test_wrong_uses_are_refused_and_nothing_is_lost(database: Path, mistake: str) -> None:
    found, before = ids(database), contents(database)
    start, end = FERRY.index("traffic"), FERRY.index("traffic") + len(TRAFFIC)
    places = {
        "QUOTE": found[TRAFFIC],
        "OTHER": found[WAITED],
        "SPACE": str(start + 7),
        "SPACE+1": str(start + 8),
    }
    places |= {"START": str(start), "END": str(end)}
    args, said = WRONG[mistake]
    options = ["-d", str(database)]
    words = [places.get(word, word) for word in args]
    words = [words[0], *options, *words[1:]] if "--" in words else [*words, *options]
    result = run(*words, code=1)
    assert said in result.stderr
    assert "Traceback" not in result.stderr
    assert contents(database) == before


def test_a_letter_can_not_merge_two_people(database: Path) -> None:
    with Store(database) as store:
        letters = {row["name"][0].lower() for row in store.speakers()}
    before = contents(database)
    for letter in letters:
        run("merge", "ann-okoro", letter, "-d", database, code=1)
    assert contents(database) == before


def test_a_name_that_is_there_already_is_no_correction(database: Path) -> None:
    assert "called that already" in run("rename", "ann-okoro", "Ann  Okoro", "-d", database, code=1).stderr
    assert states(database) == []


def test_yes_merges_what_looks_like_two(database: Path) -> None:
    run("merge", "ann-okoro", "Harbour Office", "--yes", "-d", database)
    assert states(database) == ["applied"]


def on_a_terminal(database: Path, answer: str, *args: str) -> str:
    """What a command says on a terminal that gives this answer."""
    ours, theirs = pty.openpty()
    code = "from quotes.cli.main import app; app()"
    running = subprocess.Popen(
        [sys.executable, "-c", code, *args, "-d", str(database)], stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    seen, answered = b"", False
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:
            break
        if not part:
            break
        seen += part
        if b"Do it?" in seen and not answered:
            answered = True
            os.write(ours, f"{answer}\n".encode())
    os.close(ours)
    running.wait()
    return seen.decode().replace("\r\n", "\n")


def test_a_terminal_is_asked(database: Path) -> None:
    before = contents(database)
    said = on_a_terminal(database, "n", "merge", "ann-okoro", "Tom Lind")
    assert "Tom Lind (tom-lind) and Ann Okoro (ann-okoro) are one speaker." in said
    assert "Ann Okoro (ann-okoro), Mayor: 2 quotations in 2 articles" in said
    assert "Nothing was changed." in said
    assert contents(database) == before
    assert "Noted as" in on_a_terminal(database, "y", "merge", "ann-okoro", "Tom Lind")
    assert states(database) == ["applied"]
    assert "Do it?" not in on_a_terminal(database, "", "rename", "ann-okoro", "A. Okoro", "--yes")
    assert states(database) == ["applied", "applied"]
    on_a_terminal(database, "n", "undo", "--last")
    assert states(database) == ["applied", "applied"]
