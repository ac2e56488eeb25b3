"""--cast with the real pipeline: who is recognised, what decides for them, and where their ids are shown."""

import json
import sqlite3
from pathlib import Path

import pytest
from support.commands import run

import quotes
from quotes.names.cast import Cast
from quotes.store.database import Store

PEOPLE = (
    "name,aliases,pronouns,role,id\n"
    "Senka Yardley,SY;Senny,she,harbour minister,Q1234567\n"
    "Robin Tarn,RT,they,,https://example.org/tarn\n"
)
INTERVIEW = (
    "Notes of a talk in the harbour office on a wet Monday.\n\n"
    "SY: The quay will be closed until the winter is over.\n\nRT: Who is going to pay for all of that work?\n\n"
    "SY: The owners of the ferries have promised to pay for it.\n\nRT: And what happens if they do not pay at all?\n\n"
    "SY: Then there will be no ferries next summer, I am afraid.\n"
)
NEWS = (
    "Senny Yardley met Bo Lind on Monday. The harbour minister said the quay was unsafe.\n\n"
    "“It may fall,” Senny said.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "talk.txt").write_text(INTERVIEW, encoding="utf-8")
    (tmp_path / "news" / "quay.txt").write_text(
        NEWS.replace("Senny Yardley", "Senka Yardley"), encoding="utf-8"
    )
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    return tmp_path


def speakers(database: Path) -> dict[str, tuple[str | None, str | None]]:
    with sqlite3.connect(database) as db:
        return {name: (pronouns, ident) for name, pronouns, ident in db.execute(
            "select name, pronouns, outside_id from speakers where type = 'person'")}  # fmt: skip


def test_a_cast_is_recognised_shown_and_remembered(folder: Path) -> None:
    database = folder / "quotes.db"
    done = run("extract", folder / "news", "--cast", folder / "people.csv", "--database", database)
    assert f"2 persons known by {folder / 'people.csv'}." in " ".join(done.output.split())
    assert speakers(database) == {
        "Senka Yardley": ("she", "Q1234567"),
        "Robin Tarn": ("they", "https://example.org/tarn"),
    }
    rows = [json.loads(line) for line in run("export", "--database", database).stdout.splitlines()]
    said = [row for row in rows if (row["speaker"] or {}).get("name") == "Senka Yardley"]
    assert {row["speaker"]["outside_id"] for row in said} == {"Q1234567"}
    assert any(row["text"] == "“It may fall,”" for row in said)
    assert any(row["source"]["text"] == "The harbour minister" for row in said)
    assert "Q1234567" in run("show", "senka-yardley", "--database", database).stdout
    # the next run knows them still, and reads nothing again
    again = run("extract", folder / "news", "--database", database)
    assert "0 articles read, 2 unchanged" in " ".join(again.output.split())
    # other people: what was read with those before is read again
    none = run("extract", folder / "news", "--no-cast", "--database", database)
    assert "2 articles read, 0 unchanged" in " ".join(none.output.split())
    assert {ident for _, ident in speakers(database).values()} <= {None}


def test_an_outside_id_alone_reads_nothing_again(folder: Path) -> None:
    database, people = folder / "quotes.db", folder / "people.csv"
    run("extract", folder / "news", "--cast", people, "--database", database)
    people.write_text(PEOPLE.replace("Q1234567", "Q7654321"), encoding="utf-8")
    again = run("extract", folder / "news", "--cast", people, "--database", database)
    assert "0 articles read, 2 unchanged" in " ".join(again.output.split())
    assert speakers(database)["Senka Yardley"] == ("she", "Q7654321")


def test_an_erased_person_leaves_the_cast(folder: Path) -> None:
    database = folder / "quotes.db"
    run("extract", folder / "news", "--cast", folder / "people.csv", "--database", database)
    run("erase", "robin-tarn", "--yes", "--database", database)
    with Store(database) as store:
        assert [member.name for member in store.linking.cast.read().members] == ["Senka Yardley"]


def test_wrong_uses_are_told(folder: Path) -> None:
    people, news = folder / "people.csv", folder / "news"
    both = run("extract", news, "--cast", people, "--no-cast", "--database", folder / "q.db", code=2)
    assert "say one of them" in both.output
    corpus = run("extract", news, "--cast", people, "--to", folder / "corpus", code=2)
    assert "into a database" in " ".join(corpus.output.split())
    people.write_text("who\nAnn\n", encoding="utf-8")
    bad = run("extract", news, "--cast", people, "--database", folder / "q.db", code=1)
    assert not (folder / "q.db").exists()
    assert "has no column 'name'" in " ".join((bad.output + str(bad.exception or "")).split())


def test_the_pipeline_takes_a_cast(folder: Path) -> None:
    nlp = quotes.load(cast=folder / "people.csv", coreference="none")
    found = nlp("“It may fall,” Senny said. Ed May Senny Junior waved.")._.quotes
    assert [(quote.speaker.name, quote.speaker.pronouns) for quote in found] == [("Senka Yardley", "she")]
    assert found[0].speaker.description == "harbour minister"
    assert quotes.load(coreference="none")("“It may fall,” Senny said.")._.quotes[0].speaker.name == "Senny"


def test_another_person_whose_name_has_an_alias_in_it_is_no_member(folder: Path) -> None:
    cast = Cast.of_rows(
        [{"name": "Theodora May", "aliases": ["May"], "pronouns": "she", "role": None, "id": None}]
    )
    nlp = quotes.load(cast=cast, coreference="none")
    found = nlp("“We won,” said Elaine May. “In May we lost,” May said later.")._.quotes
    assert found[0].speaker.name == "Elaine May"
