"""A corpus that is linked by partition and built into a database is what one run into a database gives."""

import gc
import json
import shutil
import sqlite3
from contextlib import nullcontext
from pathlib import Path

import pytest
from support import shard_texts
from support.commands import run
from support.databases import differences, rows
from support.paths import SEEDS

import quotes
from quotes import distributed
from quotes.distributed.components import components, pack
from quotes.distributed.corpus import Corpus
from quotes.distributed.steps import Task, a_step
from quotes.errors import CorpusError

COPY = " ".join(shard_texts.article(n)["text"] for n in range(3))

NOTICE = "Nobody may light a fire within a hundred yards of the lamp room while the oil is being carried up"


def make_input(folder: Path) -> list[str]:
    """Articles with copies, strays, local speakers, and names that are one person's in several articles."""
    shard_texts.write(folder, 24)
    for number, day in enumerate(("2024-06-01", "2024-06-02")):
        row = {
            "id": f"copy-{number}",
            "title": "Wire",
            "text": COPY,
            "published": day,
            "publication": "Vik Daily",
        }
        (folder / f"copy-{number}.json").write_text(json.dumps(row))
    for number, whose in enumerate(("said Anna Holm, the warden.", "it was said on Monday.")):
        text = f"The lighthouse was open again.\n\n“{NOTICE},” {whose}"
        (folder / f"notice-{number}.json").write_text(json.dumps({"id": f"notice-{number}", "text": text}))
    return [str(folder), str(SEEDS)]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of five shards, and beside it the database of one run."""
    folder = tmp_path_factory.mktemp("linked")
    targets = make_input(folder / "in")
    quotes.extract(quotes.read_articles(targets), folder / "whole.db")
    distributed.extract(targets, folder / "corpus", shards=5)
    return folder / "corpus"


@pytest.fixture(scope="module")
def linked(corpus: Path) -> Path:
    distributed.link(corpus, partitions=3)
    return corpus


def fresh(corpus: Path, folder: Path) -> Path:
    """A copy of the corpus that is not linked."""
    shutil.copytree(corpus, folder / "corpus", ignore=shutil.ignore_patterns("linked"))
    return folder / "corpus"


def test_it_is_what_one_run_gives_row_by_row(linked: Path, tmp_path: Path) -> None:
    whole = linked.parent / "whole.db"
    distributed.build(linked, tmp_path / "built.db")
    found = rows(whole)
    assert len(found["articles"]) == 33
    assert min(len(found[name]) for name in ("inferred", "speakers", "statements", "name_records")) > 0
    assert sum("copy_of=" in row or "'copy-0'" in row for row in found["articles"]) > 0
    assert differences(whole, tmp_path / "built.db") == {}


def test_a_built_database_has_every_index_and_trigger(linked: Path, tmp_path: Path) -> None:
    distributed.build(linked, tmp_path / "built.db")
    made = [
        set(sqlite3.connect(path).execute("select type, name, tbl_name, sql from sqlite_master"))
        for path in (linked.parent / "whole.db", tmp_path / "built.db")
    ]
    assert made[0] == made[1]
    query = "select count(*) from quotes_fts where quotes_fts match 'lamp'"
    found = [
        sqlite3.connect(path).execute(query).fetchone()
        for path in (linked.parent / "whole.db", tmp_path / "built.db")
    ]
    assert found[0] == found[1] > (0,)


@pytest.mark.parametrize(("partitions", "processes"), [(1, 1), (7, 2)])
def test_into_however_many_partitions(corpus: Path, tmp_path: Path, partitions: int, processes: int) -> None:
    steps: list[str] = []
    distributed.link(
        fresh(corpus, tmp_path),
        partitions=partitions,
        processes=processes,
        report=lambda step, done, of: steps.append(step),
    )
    assert steps.count("compare slices") >= (4 if partitions > 1 else 0)  # a speaker has many of so few
    distributed.build(tmp_path / "corpus", tmp_path / "built.db")
    assert differences(corpus.parent / "whole.db", tmp_path / "built.db") == {}


def test_the_order_of_shards_does_not_matter(corpus: Path, tmp_path: Path) -> None:
    folder = fresh(corpus, tmp_path)
    said = json.loads((folder / "corpus.json").read_text())
    said["runs"][0]["shards"].reverse()
    (folder / "corpus.json").write_text(json.dumps(said))
    distributed.link(folder, partitions=2)
    distributed.build(folder, tmp_path / "built.db")
    assert differences(corpus.parent / "whole.db", tmp_path / "built.db") == {}


def test_an_article_that_came_again_counts_once_and_as_it_was_last(tmp_path: Path) -> None:
    for name, text in (("a", "“We sail at noon today,” said Ida Moen."), ("b", "“We stay,” said Per Lund.")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "piers.jsonl").write_text(
            json.dumps({"id": "pier-1", "title": "Pier", "text": text})
        )
        distributed.extract([str(tmp_path / name / "piers.jsonl")], tmp_path / "corpus")
    distributed.link(tmp_path / "corpus")
    distributed.build(tmp_path / "corpus", tmp_path / "built.db")
    with quotes.open(tmp_path / "built.db") as store:
        assert [row["content"] for row in store.search()] == ["We stay"]


def test_one_article_more_is_linked_in_the_built_database(linked: Path, tmp_path: Path) -> None:
    shutil.copy(linked.parent / "whole.db", tmp_path / "whole.db")
    distributed.build(linked, tmp_path / "built.db")
    (tmp_path / "new.txt").write_text(
        f"“{shard_texts.PLEDGE},” said Ms. Moen, the harbour master, on Friday."
    )
    for name in ("whole.db", "built.db"):
        outcome = quotes.extract(quotes.read_articles([str(tmp_path / "new.txt")]), tmp_path / name)
        assert outcome.read == 1
    assert differences(tmp_path / "whole.db", tmp_path / "built.db") == {}


def test_corrections_are_applied(linked: Path, tmp_path: Path) -> None:
    whole = Path(shutil.copy(linked.parent / "whole.db", tmp_path / "whole.db"))
    with quotes.open(whole) as store:
        done = quotes.merge(store, "ida-moen", "tom-beck", by="ed")
        lines = [json.dumps(one.to_json(), ensure_ascii=False) for one, _ in store.corrections()]
    (tmp_path / "corrections.jsonl").write_text("\n".join(lines))
    run("link", linked, "--corrections", tmp_path / "corrections.jsonl")
    distributed.build(linked, tmp_path / "built.db")
    for path in linked.glob("linked/*/corrections.jsonl"):
        path.unlink()
    with quotes.open(tmp_path / "built.db") as store:
        assert [(one.id, state) for one, state in store.corrections()] == [(done.id, "applied")]
        assert store.speaker("tom-beck") is None
    assert differences(whole, tmp_path / "built.db") == {}


@pytest.mark.parametrize(
    ("words", "where"),
    [
        (["--since", "2024-05-10", "--until", "2024-05"], "published between '2024-05-10' and '2024-05-31'"),
        (["--publication", "vik"], "publication = 'Vik Daily'"),
    ],
)
def test_a_slice_has_what_was_asked_for(linked: Path, tmp_path: Path, words: list[str], where: str) -> None:
    run("build", linked, tmp_path / "slice.db", *words)
    whole, part = (sqlite3.connect(path) for path in (linked.parent / "whole.db", tmp_path / "slice.db"))
    query = "select id, speaker, statement from quotes {} order by id"
    expected = whole.execute(query.format(f"where {where}")).fetchall()
    assert expected
    assert part.execute(query.format("")).fetchall() == expected
    counted = part.execute("select sum(quotes) from speakers").fetchone()[0]
    copies = "article in (select id from articles where copy_of is not null)"  # which count once
    once = whole.execute(query.format(f"where {where} and not {copies}")).fetchall()
    assert counted == sum(speaker is not None for _, speaker, _ in once)
    assert run("check", "-d", tmp_path / "slice.db").exit_code == 0


def test_one_speaker(linked: Path, tmp_path: Path) -> None:
    run("build", linked, tmp_path / "slice.db", "--speaker", "Ana Ruiz", "--no-embeddings")
    db = sqlite3.connect(tmp_path / "slice.db")
    assert db.execute("select distinct speaker from quotes").fetchall() == [("ana-ruiz",)]
    assert db.execute("select count(*) from embeddings").fetchone() == (0,)
    with pytest.raises(CorpusError, match="Nobody"):
        distributed.build(linked, tmp_path / "none.db", speaker="Nobody Atall")
    assert not (tmp_path / "none.db").exists()


def test_nothing_is_linked_or_built_twice(linked: Path, tmp_path: Path) -> None:
    steps = []
    distributed.link(linked, report=lambda *step: steps.append(step))
    assert steps == []
    distributed.build(linked, tmp_path / "built.db")
    with pytest.raises(CorpusError, match="exists already"):
        distributed.build(linked, tmp_path / "built.db")


def test_what_is_missing_is_told(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="is no corpus"):
        distributed.link(tmp_path)
    folder = fresh(corpus, tmp_path)
    with pytest.raises(CorpusError, match="is not linked"):
        distributed.build(folder, tmp_path / "built.db")
    Corpus.open(folder).shards()[0].unlink()
    with pytest.raises(CorpusError, match="1 of 5 shards"):
        distributed.link(folder)


def test_components_and_their_packing() -> None:
    import numpy as np

    chain = np.arange(999)
    assert set(components(chain, chain + 1, 1001).tolist()) == {0, 1000}
    labels = np.array([0, 0, 0, 3, 4, 4, 6])
    parts = pack(labels, np.ones(7, dtype=np.int64), 2)
    assert [len(set(parts[labels == label])) for label in set(labels)] == [1] * 4
    assert sorted(np.bincount(parts)) == [3, 4]


@pytest.mark.parametrize("fails", [False, True])
def test_a_step_leaves_the_search_for_cycles_as_it_was(fails: bool, tmp_path: Path) -> None:
    during = []

    @a_step
    def step(task: Task) -> int:
        during.append(gc.get_threshold())
        return 1 // (not fails)

    before = gc.get_threshold()
    with pytest.raises(ZeroDivisionError) if fails else nullcontext():
        assert step(Task(tmp_path, (), 0, 1)) == 1
    assert during[0][0] > before[0]
    assert gc.get_threshold() == before
