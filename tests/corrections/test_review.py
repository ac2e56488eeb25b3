"""quotes review on a terminal that a script drives, and which doubts it asks about."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from support.by_hand import fill, quote
from support.commands import run

from quotes.linking.decisions import keep
from quotes.linking.doubts import doubts, keep_apart
from quotes.linking.link import link
from quotes.store.database import Store
from quotes.types import Article, Candidate, Mention, Quote

NUMBER = 100
LIND, OKORO = Mention("Tom Lind", "person"), Mention("Ann Okoro", "person")


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """A hundred doubtful quotations, half about the speaker and half about the words, and a sure one."""
    path = tmp_path / "quotes.db"
    written: list[tuple[Article, list[Quote]]] = []
    for number in range(NUMBER):
        text = f"Tom Lind said that plan number {number} of the town was late. Ann Okoro heard it."
        sure = {"confidence": 0.95, "speaker_confidence": 0.3 + number / 1000}
        if number % 2:
            sure = {"confidence": 0.3 + number / 1000, "speaker_confidence": 0.95}
        found = quote(text, [f"plan number {number} of the town was late"], "Tom Lind", "said", speaker=LIND,
                      type="indirect", attribution="coreference", candidates=(Candidate("Ann Okoro", "person", 0.3),),
                      **sure)  # fmt: skip
        written.append((Article(f"a{number:03}", text, f"a{number}.txt"), [found]))
    text = "Ann Okoro said that the harbour was open."
    written.append((Article("sure", text, "sure.txt"), [quote(text, ["the harbour was open"], "Ann Okoro", "said",
                    speaker=OKORO, type="indirect", attribution="name", confidence=0.99)]))  # fmt: skip
    with Store(path, create=True) as store:
        fill(store, written)
    return path


def typed(database: Path, keys: str, *args: str) -> str:
    """What review says on a terminal where these keys are pressed, each when it is waited for."""
    ours, theirs = pty.openpty()
    code = "from quotes.cli.main import app; app()"
    command = [sys.executable, "-c", code, "review", "-d", str(database), "--by", "the desk", *args]
    running = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    seen, asked = b"", 0
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
        while asked < len(keys) and seen.count(b"q quit") > asked:
            os.write(ours, keys[asked].encode())
            asked += 1
    os.close(ours)
    assert running.wait(60) == 0, seen.decode()
    return seen.decode().replace("\r\n", "\n")


def test_a_hundred_doubts_are_decided(doubtful: Path) -> None:
    with Store(doubtful) as store:
        waiting = doubts(store)
    assert len(waiting) == NUMBER
    assert {one.kind for one in waiting} == {"speech", "speaker"}
    assert [one.certainty for one in waiting] == sorted(one.certainty for one in waiting)
    said = typed(doubtful, "yn1o" * 25)
    assert "100 things in doubt." in said
    assert "100 decisions kept" in said
    with Store(doubtful) as store:
        assert doubts(store) == []
        assert not store.needs_linking()
        made = [(one.kind, one.by, state) for one, state in store.corrections()]
        speakers = {row["id"]: row["speaker"] for row in store.db.execute("select id, speaker from quotes")}
    assert made.count(("assign", "the desk", "applied")) == 75
    assert made.count(("reject", "the desk", "applied")) == 25
    for number, one in enumerate(waiting):
        expected = ["tom-lind", "gone", "ann-okoro", None][number % 4]
        assert speakers.get(one.quote, "gone") == expected


def test_skipping_undoing_and_quitting(doubtful: Path) -> None:
    said = typed(doubtful, "snuuq")
    assert "Undone: " in said
    assert "Nothing was decided here yet." in said
    with Store(doubtful) as store:
        assert len(doubts(store)) == NUMBER
        [(correction, _)] = store.corrections()
        assert correction.undone_at
    assert "2 decisions kept" in typed(doubtful, "yy", "--limit", "2")
    run("undo", "--last", "--yes", "-d", doubtful)
    with Store(doubtful) as store:
        assert len(doubts(store)) == NUMBER - 1


def test_likely_links_are_asked_about_until_they_are_decided(doubtful: Path) -> None:
    with Store(doubtful) as store:
        with store.transaction():
            store.db.execute("update quotes set confidence = 1, speaker_confidence = 1")
            one, other = sorted(row[0] for row in store.db.execute("select id from statements limit 2"))
            store.db.execute(
                "insert or replace into statement_links values (?, ?, 'perhaps', 0.5)", (one, other)
            )
        assert [(doubt.kind, doubt.quote, doubt.other) for doubt in doubts(store)] == [
            ("statements", one, other)
        ]
        keep(store, keep_apart(store, one, other, by="the desk"))
        assert doubts(store) == []
        link(store)
        [(_, state)] = store.corrections()
        assert state == "applied"


def test_nothing_in_doubt(tmp_path: Path) -> None:
    with Store(tmp_path / "quotes.db", create=True):
        pass
    assert "0 things in doubt" in run("review", "-d", tmp_path / "quotes.db").stderr
