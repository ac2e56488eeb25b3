"""What people decide: it is applied, outlasts every run, can be undone, moved, and overruled but never lost."""

import json
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from support.by_hand import VERSION, contents, sound
from support.commands import run

from quotes.corrections.records import Correction, read_correction
from quotes.errors import QuotesError
from quotes.linking import decisions as correcting
from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.store.database import Store
from quotes.types import Article, Mention, Quote, Span

Told = tuple[str, str | None]  # the content, and whom the article names


def person(name: str, *aliases: str) -> Mention:
    return Mention(name, "person", None, aliases)


def written(name: str, *told: tuple[str, Mention | None]) -> tuple[Article, list[Quote]]:
    """An article with these contents, each by whom the article means."""
    text, quotes = "", []
    for said, speaker in told:
        quotes.append(Quote((Span(len(text), len(text) + len(said), said),), "direct", speaker=speaker))
        text += said + "\n"
    return Article(name, text, f"{name}.txt", published="2025-06-10"), quotes


ARTICLES = {
    name: written(name, *told)
    for name, told in {
        "a1": [("It takes a village to do this.", person("Hillary Marsh", "Marsh")), ("I agree.", person("Marsh"))],
        "a2": [("The economy decides it all.", person("Bill Marsh")), ("It depends on words.", person("Bill Marsh"))],
        "a3": [("Nobody asked me about it.", person("Marsh"))],
        "a4": [("The bridge will open in May.", Mention("an official", "unnamed")), ("So be it.", None)],
        "a5": [("We wait for the bridge.", person("Dana Holt")), ("They waited for a bridge.", person("Dana Holt"))],
        "a6": [("Bridges are built by people.", person("D. Ruth Holt-Ames"))],
    }.items()
}  # fmt: skip


def fill(path: Path, *names: str) -> Path:
    with Store(path, create=True) as store:
        for name in names or ARTICLES:
            save_article(store, *ARTICLES[name], version=VERSION)
        link(store)
    return path


@pytest.fixture
def marshes(tmp_path: Path) -> Path:
    return fill(tmp_path / "quotes.db")


def who_said(path: Path) -> dict[str, str | None]:
    with Store(path) as store:
        rows = store.db.execute(
            "select content, name from quotes left join speakers on speakers.id = speaker"
        )
        return {row[0]: row[1] for row in rows}


def quote_id(path: Path, content: str) -> str:
    with Store(path) as store:
        return store.db.execute("select id from quotes where content = ?", (content,)).fetchone()[0]


def states(path: Path) -> list[str]:
    rows = [json.loads(line) for line in run("corrections", "--nl", "-d", path).stdout.splitlines()]
    return [row["state"] for row in rows]


def correct(path: Path, *args: str) -> str:
    return run(*args, "-d", path).stderr


def relink(path: Path) -> None:
    """Make everything anew, as another version of the program does."""
    with Store(path, create=True) as store:
        store.db.execute("update settings set value = 'old'")
        store.db.commit()
        assert link(store)


def test_nothing_is_known_at_first(marshes: Path) -> None:
    said = who_said(marshes)
    assert said["I agree."] == "Hillary Marsh"
    assert said["Nobody asked me about it."] == "Marsh"
    assert said["So be it."] is None
    assert "Nothing was corrected" in run("corrections", "-d", marshes).stderr


def test_merge(marshes: Path) -> None:
    told = correct(marshes, "merge", "hillary-marsh", "Bill Marsh", "--by", "ann")
    assert re.match(r"Noted as [0-9a-f]{8}: Bill Marsh \(bill-marsh\) and Hillary Marsh", told)
    for _ in range(2):
        said = who_said(marshes)
        assert said["The economy decides it all."] == said["I agree."] == "Hillary Marsh"
        with Store(marshes) as store:
            (row,) = store.speakers("hillary")
            assert (row["quotes"], row["articles"]) == (4, 2)
            assert "Bill Marsh" in row["aliases"]
            assert store.lookup.speaker_row("bill-marsh") is None
        relink(marshes)
    assert sound(marshes)
    fill(marshes)  # every article again
    assert who_said(marshes)["The economy decides it all."] == "Hillary Marsh"
    late = written("a9", ("I feel your pain.", person("Bill Marsh")))
    with Store(marshes, create=True) as store:
        save_article(store, *late, version=VERSION)
        link(store)
    assert who_said(marshes)["I feel your pain."] == "Hillary Marsh"


def test_rename_keeps_the_id(marshes: Path) -> None:
    correct(marshes, "rename", "dana-holt", "Dana Ruth Holt")
    relink(marshes)
    with Store(marshes) as store:
        row = store.lookup.speaker_row("dana-holt")
        assert row is not None
        assert (row["name"], json.loads(row["aliases"])) == ("Dana Ruth Holt", ["Dana Holt"])
        assert next(found["id"] for found in store.speakers("ruth holt")) == "dana-holt"


def test_split_by_quotation_by_article_and_by_name(marshes: Path) -> None:
    correct(marshes, "split", "dana-holt", quote_id(marshes, "We wait for the bridge."), "--name", "Dan Holt")
    assert who_said(marshes)["We wait for the bridge."] == "Dan Holt"
    assert who_said(marshes)["They waited for a bridge."] == "Dana Holt"
    correct(marshes, "merge", "bill-marsh", "hillary-marsh")
    correct(marshes, "split", "bill-marsh", "--called", "marsh", "--name", "Chelsea Marsh")
    assert who_said(marshes)["I agree."] == "Chelsea Marsh"
    assert who_said(marshes)["It takes a village to do this."] == "Bill Marsh"
    correct(marshes, "split", "bill-marsh", "--article", "a1")
    assert who_said(marshes)["It takes a village to do this."] == "Hillary Marsh"
    before = contents(marshes)
    relink(marshes)
    assert {**contents(marshes), "settings": []} == {**before, "settings": []}
    assert [state[:10] for state in states(marshes)] == ["applied", "overruled ", "applied", "applied"]
    late = [
        ("It took years of work.", person("Marsh", "Hillary Marsh")),
        ("So it did.", person("Hillary Marsh")),
    ]
    with Store(marshes, create=True) as store:
        save_article(store, *written("late", *late), version=VERSION)
        link(store)
    assert who_said(marshes)["It took years of work."] == "Chelsea Marsh"
    assert who_said(marshes)["So it did."] == "Bill Marsh"
    assert sound(marshes)


def test_assign(marshes: Path) -> None:
    quote = quote_id(marshes, "Nobody asked me about it.")
    correct(marshes, "assign", quote, "hillary-marsh")
    correct(marshes, "assign", quote_id(marshes, "So be it."), "Ann Okoro", "--new")
    correct(marshes, "assign", quote_id(marshes, "I agree."), "--nobody")
    for _ in range(2):
        said = who_said(marshes)
        assert said["Nobody asked me about it."] == "Hillary Marsh"
        assert said["So be it."] == "Ann Okoro"
        assert said["I agree."] is None
        relink(marshes)
    with Store(marshes, create=True) as store:
        assert store.lookup.speaker_row("marsh") is None
        save_article(store, *written("b1", ("I am here now.", person("Ann Okoro"))), version=VERSION)
        link(store)
        row = store.lookup.speaker_row("ann-okoro")
        assert row is not None
        assert row["quotes"] == 2


def attributed(path: Path, content: str) -> tuple[str, str | None]:
    """How a quotation has its speaker, and who decided that."""
    with Store(path) as store:
        row = next(row for row in store.search(limit=99) if row["content"] == content)
        line = next(line for line in store.export() if line["id"] == row["id"])
        shown = store.show(row["id"])
        keys = ("attribution", "corrected_by", "corrected_at")
        assert shown is not None
        assert [row[key] for key in keys] == [line[key] for key in keys] == [shown[key] for key in keys]
        assert (row["corrected_at"] is None) == (row["corrected_by"] is None)
        return row["attribution"], row["corrected_by"]


def test_the_attribution_says_that_a_person_decided(tmp_path: Path) -> None:
    marshes = tmp_path / "quotes.db"
    article, quotes = ARTICLES["a1"]
    guessed = [replace(one, attribution="coreference", confidence=0.4) for one in quotes]
    with Store(marshes, create=True) as store:
        save_article(store, article, guessed, version=VERSION)
        save_article(store, *ARTICLES["a2"], version=VERSION)
        link(store)
    agree, village = "I agree.", "It takes a village to do this."
    assert attributed(marshes, agree) == ("coreference", None)
    correct(marshes, "assign", quote_id(marshes, agree), "hillary-marsh", "--by", "ann")  # as it was
    for _ in range(2):
        assert attributed(marshes, agree) == ("correction", "ann")
        assert attributed(marshes, village) == ("coreference", None)
        relink(marshes)
    correct(marshes, "assign", quote_id(marshes, agree), "bill-marsh", "--by", "ben")
    assert attributed(marshes, agree) == ("correction", "ben")
    with Store(marshes, create=True) as store:  # it is found again when the article is read anew
        save_article(store, article, guessed, version=VERSION)
        link(store)
    assert attributed(marshes, agree) == ("correction", "ben")
    correct(marshes, "assign", quote_id(marshes, agree), "--nobody", "--by", "eve")
    assert attributed(marshes, agree) == ("correction", "eve")
    correct(marshes, "rename", "hillary-marsh", "H. Marsh")
    correct(marshes, "merge", "hillary-marsh", "bill-marsh", "--by", "eve")  # who is who, not who said it
    assert attributed(marshes, village) == ("coreference", "eve")
    with Store(marshes) as store:
        idents = [one.id for one, _ in store.corrections()]
    for ident in idents:
        correct(marshes, "undo", ident)
    assert attributed(marshes, agree) == ("coreference", None)
    assert attributed(marshes, village) == ("coreference", None)
    assert sound(marshes)


def test_what_a_person_decided_about_an_inferred_speaker_can_be_undone(tmp_path: Path) -> None:
    said = "We have waited long enough and will not wait another year for this bridge."
    path = tmp_path / "quotes.db"
    with Store(path, create=True) as store:
        save_article(
            store,
            *written("a1", (said, person("Dana Holt")), ("So be it.", person("Ann Lee"))),
            version=VERSION,
        )
        open_article, quotes = written("a2", (said, None))
        save_article(store, open_article, quotes, version=VERSION)
        link(store)
        (ident,) = store.lookup.quote_ids_of_article("a2")

    def shown() -> tuple[str, str | None]:
        with Store(path) as store:
            row = store.show(ident)
            assert row is not None
            return row["attribution"], row["speaker"]

    assert shown() == ("statement", "dana-holt")
    before = contents(path)
    correct(path, "assign", ident, "--nobody")
    assert shown() == ("correction", None)
    correct(path, "assign", ident, "ann-lee")
    assert shown() == ("correction", "ann-lee")
    with Store(path) as store:
        idents = [one.id for one, _ in store.corrections()]
    for one in idents:
        correct(path, "undo", one)
    after = contents(path)
    for table in ("quotes", "speakers", "statements", "inferred", "corrected"):
        assert after[table] == before[table], table
    correct(
        path, "merge", "ann-lee", "dana-holt", "--yes"
    )  # the statement's speaker is another: so is the one inferred
    assert shown() == ("statement", "ann-lee")
    assert sound(path)


def test_a_speaker_of_one_article_can_be_merged_and_renamed(marshes: Path) -> None:
    correct(marshes, "rename", "official_a4", "A harbour official")
    assert who_said(marshes)["The bridge will open in May."] == "A harbour official"
    refused = run("merge", "dana-holt", "official_a4", "-d", marshes, code=1).stderr
    assert "different kinds of speakers: person, unnamed" in refused
    assert who_said(marshes)["The bridge will open in May."] == "A harbour official"
    correct(marshes, "merge", "dana-holt", "official_a4", "--yes")
    assert who_said(marshes)["The bridge will open in May."] == "Dana Holt"
    with Store(marshes, create=True) as store:  # an official of another article is another
        save_article(
            store, *written("a7", ("No comment at all.", Mention("an official", "unnamed"))), version=VERSION
        )
        link(store)
    assert who_said(marshes)["No comment at all."] == "an official"
    assert who_said(marshes)["The bridge will open in May."] == "Dana Holt"
    for state in reversed(states(marshes)):
        assert state.startswith(("applied", "overruled"))
    with Store(marshes) as store:
        idents = [one.id for one, _ in store.corrections()]
    for ident in reversed(idents):
        correct(marshes, "undo", ident)
    assert who_said(marshes)["The bridge will open in May."] == "an official"


@pytest.mark.parametrize("seed", range(4))
def test_undoing_everything_leaves_what_linking_found(marshes: Path, seed: int) -> None:
    before = contents(marshes)
    random_corrections(marshes, random.Random(seed))
    with Store(marshes) as store:
        idents = [one.id for one, _ in store.corrections()]
    assert len(idents) == 6
    random.Random(seed).shuffle(idents)
    for ident in idents:
        correct(marshes, "undo", ident[:6], "--by", "ben")
    after = contents(marshes)
    for table in ("quotes", "speakers", "statements", "name_records", "corrected", "inferred"):
        assert after[table] == before[table]
    assert sound(marshes)
    assert set(states(marshes)) == {"undone"}
    shown = run("corrections", "-d", marshes).stdout
    assert shown.count("undone by ben") == len(idents)


def random_correction(store: Store, chance: random.Random) -> Correction:
    """A correction of any kind, of whatever is there. Raises QuotesError for what cannot be asked for."""
    a, b = chance.sample([row["id"] for row in store.speakers()], 2)
    quote, other = chance.sample([row[0] for row in store.db.execute("select id from quotes order by id")], 2)
    match chance.randrange(8):
        case 0:
            return correcting.merge(store, [a, b], by="eve")
        case 1:
            return correcting.split(store, a, quotes=store.lookup.quote_ids_of_speaker(a)[:1], by="eve")
        case 2:
            return correcting.split(store, a, articles=[chance.choice(list(ARTICLES))], by="eve")
        case 3:
            return correcting.rename(store, a, f"Name {chance.random()}", by="eve")
        case 4:
            return correcting.assign(store, quote, a, by="eve")
        case 5:
            return correcting.assign(store, quote, None, by="eve")
        case 6:
            return correcting.assign(store, quote, "New One", new="person", by="eve")
        case _:
            return correcting.merge_statements(store, [quote, other], by="eve")


def random_corrections(path: Path, chance: random.Random, count: int = 6) -> None:
    made = 0
    with Store(path, create=True) as store:
        while made < count:
            try:
                correcting.decide(store, [random_correction(store, chance)])
            except QuotesError:
                continue
            made += 1


@pytest.mark.parametrize("seed", range(16))
def test_the_order_of_arrival_does_not_matter(marshes: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    random_corrections(marshes, chance)
    lines = run("corrections", "--nl", "-d", marshes).stdout
    relink(marshes)
    other = tmp_path / "other.db"
    names = chance.sample(list(ARTICLES), len(ARTICLES))
    with Store(other, create=True) as store:
        for at, name in enumerate(names):
            save_article(store, *ARTICLES[name], version=VERSION)
            if chance.random() < 0.5:
                link(store)
            if at == len(names) // 2:
                correcting.decide(store, correcting.read_lines(lines.splitlines()))
        link(store)
    one, two = contents(marshes), contents(other)
    for table in ("quotes", "speakers", "statements", "corrections", "corrected", "inferred", "name_records"):
        assert one[table] == two[table], table
    assert sound(other)


def test_export_and_import(marshes: Path, tmp_path: Path) -> None:
    correct(marshes, "merge", "hillary-marsh", "bill-marsh", "--by", "ann")
    correct(marshes, "rename", "dana-holt", "Dana Ruth Holt", "--by", "ben")
    lines = tmp_path / "corrections.jsonl"
    lines.write_text(run("corrections", "--nl", "-d", marshes).stdout, encoding="utf-8")
    other = fill(tmp_path / "other.db")
    assert "2 new corrections of 2." in correct(other, "corrections", "--import", str(lines))
    assert who_said(other) == who_said(marshes)
    assert contents(other)["corrections"] == contents(marshes)["corrections"]
    assert "0 new corrections of 2." in correct(other, "corrections", "--import", str(lines))
    with Store(marshes) as store:
        first = store.corrections()[0][0]
    correct(marshes, "undo", first.id)
    lines.write_text(run("corrections", "--nl", "-d", marshes).stdout, encoding="utf-8")
    correct(other, "corrections", "--import", str(lines))  # what is undone there is undone here
    assert who_said(other) == who_said(marshes)
    assert who_said(other)["The economy decides it all."] == "Bill Marsh"
    broken = tmp_path / "broken.jsonl"
    broken.write_text(lines.read_text() + '{"kind": "guess", "data": {}}\n', encoding="utf-8")
    assert "Line 3" in run("corrections", "--import", broken, "-d", other, code=1).stderr
    assert "cannot be read" in run("corrections", "--import", tmp_path / "no", "-d", other, code=1).stderr


def test_conflicting_corrections_are_told_and_kept(marshes: Path) -> None:
    quote = quote_id(marshes, "Nobody asked me about it.")
    correct(marshes, "assign", quote, "hillary-marsh", "--by", "ann")
    told = correct(marshes, "assign", quote, "bill-marsh", "--by", "ben")
    assert re.search(r"Correction \w+ by ann, .*: overruled by \w+", told)
    assert who_said(marshes)["Nobody asked me about it."] == "Bill Marsh"
    first, second = states(marshes)
    assert (first[:12], second) == ("overruled by", "applied")
    with Store(marshes) as store:
        last = store.corrections()[1][0].id
    told = correct(marshes, "undo", last)
    assert re.search(r"Undone: \w+: .*\nCorrection \w+ by ann, .*: applied", told)
    assert who_said(marshes)["Nobody asked me about it."] == "Hillary Marsh"
    correct(marshes, "merge", "hillary-marsh", "bill-marsh")
    told = correct(marshes, "split", "hillary-marsh", "--article", "a2")
    assert re.search(r"Bill Marsh \(bill-marsh\) and Hillary Marsh .* are one speaker: overruled by", told)


def test_a_correction_that_applies_to_nothing_is_told_and_kept(marshes: Path) -> None:
    correct(marshes, "assign", quote_id(marshes, "Nobody asked me about it."), "hillary-marsh")
    correct(marshes, "rename", "dana-holt", "Dana Ruth Holt")
    with Store(marshes, create=True) as store:
        for name in ("a3", "a5"):
            save_article(store, ARTICLES[name][0], [], version=VERSION)
        link(store)
    assert states(marshes) == [
        "does not apply: the quotation is gone",
        "does not apply: there is no speaker Dana Holt any more",
    ]
    fill(marshes, "a3", "a5")
    assert states(marshes) == ["applied", "applied"]
    assert who_said(marshes)["Nobody asked me about it."] == "Hillary Marsh"
    assert who_said(marshes)["We wait for the bridge."] == "Dana Ruth Holt"


def test_a_quotation_is_found_again_when_its_article_is_read_anew(marshes: Path) -> None:
    correct(marshes, "assign", quote_id(marshes, "Nobody asked me about it."), "hillary-marsh")
    moved = written(
        "a3", ("A new first line.", person("Marsh")), ("Nobody asked me about it, ever.", person("Marsh"))
    )
    with Store(marshes, create=True) as store:
        save_article(store, *moved, version=VERSION)
        link(store)
    said = who_said(marshes)
    assert said["Nobody asked me about it, ever."] == "Hillary Marsh"
    assert said["A new first line."] == "Marsh"


def test_a_merged_surname_that_turns_out_to_be_another_takes_only_its_quotations_along(marshes: Path) -> None:
    correct(marshes, "merge", "dana-holt", "d-ruth-holt-ames")
    correct(marshes, "merge", "hillary-marsh", "marsh_a3")
    with Store(marshes, create=True) as store:  # Hillary Marsh goes, so that "Marsh" can only be Bill
        save_article(store, ARTICLES["a1"][0], [], version=VERSION)
        link(store)
    said = who_said(marshes)
    assert said["Nobody asked me about it."] == "Hillary Marsh"
    assert said["The economy decides it all."] == "Bill Marsh"
    assert said["Bridges are built by people."] == "Dana Holt"


def test_statements_are_merged_and_split(marshes: Path) -> None:
    one, other = (
        quote_id(marshes, said) for said in ("We wait for the bridge.", "The bridge will open in May.")
    )
    two = quote_id(marshes, "They waited for a bridge.")

    def statement(quote: str) -> str:
        with Store(marshes) as store:
            return str(store.lookup.statement_of(quote))

    if statement(one) == statement(two):
        correct(marshes, "split-statement", statement(one), two)
    assert statement(one) != statement(two)
    correct(marshes, "merge-statements", one, two, "--by", "ann")
    for _ in range(2):
        assert statement(one) == statement(two)
        relink(marshes)
    with Store(marshes) as store:
        found = store.statement(statement(one))
        assert found is not None
        assert (found["variants"], found["articles"]) == (2, 1)
    assert "different speakers" in run("merge-statements", one, other, "-d", marshes, code=1).stderr
    told = correct(marshes, "split-statement", statement(one), two)
    assert re.search(r"by ann, .* are one statement: overruled by", told)
    assert statement(one) != statement(two)
    assert sound(marshes)


def test_names_that_several_have(marshes: Path) -> None:
    before = contents(marshes)
    error = run("merge", "marsh", "dana-holt", "-d", marshes, code=1).stderr  # one's name, another's alias
    assert "may be any of these. Give the id:" in error
    assert "hillary-marsh " in error
    assert "marsh_a3 " in error
    error = run("rename", "hillary", "Nobody", "-d", marshes, code=1).stderr
    assert "only a part of a name. Give the whole name or the id:" in error
    assert contents(marshes) == before
    told = run("merge", "marsh_a3", "dana-holt", "--yes", "-d", marshes)
    assert "Marsh (marsh_a3)" in told.stderr
    correct(marshes, "undo", json.loads(run("corrections", "--nl", "-d", marshes).stdout)["id"])
    error = run("rename", "mars", "Nobody", "-d", marshes, code=1).stderr
    assert "may be any of these. Give the id:" in error
    assert "bill-marsh" in error
    assert "hillary-marsh" in error
    assert "No speaker is called “zzz”" in run("rename", "zzz", "Nobody", "-d", marshes, code=1).stderr
    assert "no quotation 'zzz'" in run("assign", "zzz", "dana-holt", "-d", marshes, code=1).stderr
    assert "no statement 'zzz'" in run("split-statement", "zzz", "yyy", "-d", marshes, code=1).stderr
    assert "one speaker already" in run("merge", "dana-holt", "Dana Holt", "-d", marshes, code=1).stderr
    assert (
        "all quotations of Dana Holt"
        in run("split", "dana-holt", "--article", "a5", "-d", marshes, code=1).stderr
    )
    assert "no such quotation" in run("split", "dana-holt", "--article", "a1", "-d", marshes, code=1).stderr
    assert (
        "already"
        in run("assign", quote_id(marshes, "So be it."), "dana holt", "--new", "-d", marshes, code=1).stderr
    )
    for wrong in (
        ["split", "dana-holt"],
        ["assign", "x"],
        ["assign", "x", "y", "--nobody"],
        ["merge-statements", "x"],
    ):
        run(*wrong, "-d", marshes, code=2)
    assert "too little of an id" in run("undo", "zz", "-d", marshes, code=1).stderr
    assert "no correction" in run("undo", "zzzz", "-d", marshes, code=1).stderr
    with Store(marshes) as store:
        mine = store.corrections()[0][0]
    assert "undone already" in run("undo", mine.id, "-d", marshes, code=1).stderr


def test_the_list_of_speakers(marshes: Path) -> None:
    shown = run("speakers", "marsh", "-d", marshes).stdout
    assert shown.splitlines()[0] == "Bill Marsh                person · 2 quotations in 1 article"
    assert "also called Marsh" in shown
    rows = [
        json.loads(line)
        for line in run("speakers", "--type", "person", "--nl", "-d", marshes).stdout.splitlines()
    ]
    assert [row["quotes"] for row in rows] == [2, 2, 2, 1, 1]
    assert run("speakers", "-d", marshes, "--csv", "-n", "1").stdout.count("\n") == 2
    assert "No speaker is called “zzz”" in run("speakers", "zzz", "-d", marshes).stderr


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "guess"},
        {"data": {}},
        {"data": None},
        {"data": {"speakers": [{"id": "a", "name": "A", "type": "robot", "quotes": []}] * 2}},
        {"data": {"speakers": [{"id": "a"}]}},
        {"kind": "merge-statements", "data": {"statements": [[], []]}},
        {
            "kind": "assign",
            "data": {"quotes": [{"quote": "q", "article": "a", "start": "x", "end": 1, "text": ""}]},
        },
    ],
)
def test_what_is_no_correction_is_not_imported(marshes: Path, tmp_path: Path, change: dict) -> None:
    line = {"at": "2025-06-10T00:00:00Z", "by": "eve", "kind": "merge"} | change
    (tmp_path / "bad.jsonl").write_text(json.dumps(line), encoding="utf-8")
    result = run("corrections", "--import", tmp_path / "bad.jsonl", "-d", marshes, code=1)
    assert "Line 1: " in result.stderr
    assert states(marshes) == []


def test_names_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "quotes.db"
    with Store(path, create=True) as store:
        save_article(store, *written("a", ("I said so myself.", person("Eve\x1b[2J Marsh"))), version=VERSION)
        link(store)
    told = run("rename", "eve", "Eve \x1b]0;x\x07", "-d", path, code=1).stderr
    told += correct(path, "rename", "eve-2j-marsh", "Eve \x1b]0;x\x07")
    shown = run("corrections", "-d", path).stdout + run("speakers", "-d", path).stdout
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", told + shown)


def test_who_decided_and_when(marshes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "carla")
    correct(marshes, "rename", "dana-holt", "Dana Ruth Holt")
    (row,) = [json.loads(line) for line in run("corrections", "--nl", "-d", marshes).stdout.splitlines()]
    assert row["by"] == "carla"
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", row["at"])
    assert "carla, 20" in run("corrections", "-d", marshes).stdout


def test_a_correction_is_its_json(marshes: Path) -> None:
    with Store(marshes) as store:
        one = correcting.merge(store, ["hillary-marsh", "bill-marsh"], by="ann")
    assert read_correction(json.loads(json.dumps(one.to_json()))) == one
    assert replace(one, undone_at="2025-01-01").id == one.id
    assert replace(one, by="ben").id != one.id
