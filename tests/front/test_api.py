"""The functions of import quotes, as a program of somebody else uses them."""

import getpass
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.commands import run

import quotes
from quotes import errors

GOOD = "“The bridge is safe,” said Ana Ruiz. She said the ferry would stop in May."


@pytest.fixture
def store(database: Path) -> Iterator[quotes.Store]:
    with quotes.open(database) as opened:
        yield opened


def id_of(store: quotes.Store, content: str) -> str:
    [row] = [row for row in store.search(limit=100) if content in row["content"]]
    return row["id"]


def speaker_of(store: quotes.Store, quote: str) -> str | None:
    row = store.quotation(quote)
    assert row is not None
    return row["speaker"]


def state(store: quotes.Store, correction: quotes.Correction) -> str | None:
    [found] = [state for one, state in store.corrections() if one.id == correction.id]
    return found


def test_assign_and_undo(store: quotes.Store) -> None:
    quote = id_of(store, "fault_line")
    done = quotes.assign(store, quote, "ann-okoro", by="ed")
    assert (done.kind, done.by, state(store, done)) == ("assign", "ed", "applied")
    assert speaker_of(store, quote) == "ann-okoro"
    undone = quotes.undo(store, done.id[:6], by="jo")
    assert (undone.id, undone.undone_by) == (done.id, "jo")
    assert speaker_of(store, quote) == "tom-lind"


def test_assign_to_nobody_and_to_somebody_new(store: quotes.Store) -> None:
    quote = id_of(store, "fault_line")
    quotes.assign(store, quote, None)
    assert speaker_of(store, quote) is None
    done = quotes.assign(store, quote, "Bo Lindqvist", new="person")
    assert speaker_of(store, quote) == "bo-lindqvist"
    assert done.by == getpass.getuser()


def test_merge_split_and_rename(store: quotes.Store) -> None:
    quote = id_of(store, "fault_line")
    quotes.merge(store, "ann-okoro", "tom-lind")
    assert speaker_of(store, quote) == "ann-okoro"
    part = quotes.split(store, "ann-okoro", quotes=[quote], name="Thomas Lind")
    assert speaker_of(store, quote) == part.speakers[1].id != "ann-okoro"
    quotes.rename(store, "ann-okoro", "Ann N. Okoro")
    row = store.speaker("ann-okoro")
    assert row is not None
    assert row["name"] == "Ann N. Okoro"


def test_statements_are_merged_and_split(store: quotes.Store) -> None:
    first, second = id_of(store, "We waited"), id_of(store, "although the council")

    def statement(quote: str) -> str | None:
        row = store.quotation(quote)
        assert row is not None
        return row["statement"]

    assert statement(first) == statement(second)  # linking takes them for one claim
    quotes.split_statement(store, statement(first) or "", [second])
    assert statement(first) != statement(second)
    quotes.merge_statements(store, first, second)
    assert statement(first) == statement(second)
    quotes.split_statement(store, statement(first) or "", [second])
    assert statement(first) != statement(second)


def test_what_cannot_be_corrected(store: quotes.Store) -> None:
    with pytest.raises(errors.NotFound) as no_quote:
        quotes.assign(store, "no-such-quote", "ann-okoro")
    assert no_quote.value.kind == "quotation"
    with pytest.raises(errors.InvalidCorrection, match="one speaker already"):
        quotes.merge(store, "ann-okoro", "ann-okoro")
    with pytest.raises(errors.NotFound) as no_correction:
        quotes.undo(store, "ffff")
    assert no_correction.value.kind == "correction"
    with pytest.raises(errors.InvalidCorrection) as strange:
        quotes.split_statement(store, id_of(store, "fault_line"), ["no-such-quote"])
    assert strange.value.about == id_of(store, "fault_line")
    assert store.corrections() == []


def test_what_functions_do_commands_list_and_undo(store: quotes.Store, database: Path) -> None:
    done = quotes.rename(store, "ann-okoro", "A. Okoro", by="ed")
    [row] = json.loads(run("corrections", "--json", "-d", database).stdout)
    assert (row["id"], row["by"], row["kind"]) == (done.id, "ed", "rename")
    run("undo", done.id, "-d", database)
    again = store.speaker("ann-okoro")
    assert again is not None
    assert again["name"] == "Ann Okoro"


@pytest.mark.model
def test_find_keeps_its_pipeline() -> None:
    first, second = quotes.find(GOOD)
    assert (first.text, first.speaker and first.speaker.name) == ("“The bridge is safe,”", "Ana Ruiz")
    assert second.speaker == first.speaker
    from quotes import api

    loaded = api._pipeline.cache_info().misses
    quotes.find("Nothing is quoted here.")
    assert api._pipeline.cache_info().misses == loaded == 1


@pytest.mark.model
def test_evaluate_gives_what_the_command_prints(tmp_path: Path) -> None:
    (tmp_path / "bridge.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bridge_a.ann").write_text(
        "T1\tContent 0 21\t“The bridge is safe,”\nT2\tCue 22 26\tsaid\nT3\tSource 27 35\tAna Ruiz\n"
        "E1\tAttribution:T2 Content:T1 Cue:T2 Source:T3\n",
        encoding="utf-8",
    )
    figures = quotes.evaluate(tmp_path)
    counts = figures.counts["all"]
    assert (counts.known, counts.joint) == (1, 1)
    printed = run("evaluate", tmp_path).stdout
    assert printed == run("evaluate", tmp_path, "--export", tmp_path / "found.jsonl").stdout
    assert f"{'all':9}{counts.known:6}{counts.found:6}" in printed


def test_evaluate_without_gold(tmp_path: Path) -> None:
    with pytest.raises(errors.Unreadable, match="has no known quotations"):
        quotes.evaluate(tmp_path)


LOGGING = """
import logging, sys
if sys.argv[2:] == ["loud"]:
    logging.basicConfig(format="%(name)s %(levelname)s %(message)s")
    logging.getLogger("quotes").setLevel(logging.INFO)
import quotes
texts = [quotes.Article("a", "“We waited,” Ann Okoro said.", "a.txt"), quotes.Failure("b.txt", "is empty")]
quotes.extract(texts, sys.argv[1])
"""


@pytest.mark.model
def test_the_library_is_silent_unless_asked(tmp_path: Path) -> None:
    def said(*how: str) -> str:
        command = [sys.executable, "-c", LOGGING, tmp_path / f"{len(how)}.db", *how]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stdout == ""
        return done.stderr

    assert said() == ""
    lines = said("loud").splitlines()
    assert "quotes.extraction INFO a.txt: 1 quotations" in lines
    assert "quotes.extraction WARNING b.txt: is empty" in lines


def test_loggers_are_those_of_the_package() -> None:
    from quotes.log import logger

    assert logger("quotes.extraction").parent is logging.getLogger("quotes")
    assert any(isinstance(one, logging.NullHandler) for one in logging.getLogger("quotes").handlers)
