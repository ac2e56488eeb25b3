"""Statements that grew article by article are those that are made at once, and growing looks only at what is near."""

import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from support.by_hand import VERSION, contents
from support.generated import benchmark

from quotes.linking.index import save_article
from quotes.linking.link import link, meaning
from quotes.statements.affected import affected_quotations
from quotes.statements.blocking import candidate_pairs
from quotes.statements.exact import group_exact
from quotes.statements.meaning import compare_groups
from quotes.statements.records import StatementQuote
from quotes.store.database import Store
from quotes.types import Article, Mention, Quote, Span

NAMES = ["Ines Duarte", "Tomas Krol", "Yusuf Adeyemi", "Clara Benning"]


def generated(seed: int, *, most: int = 140) -> list[StatementQuote]:
    """Quotations of few people: a fifth without a date, some without a speaker, a few repeated much later."""
    chance = random.Random(seed)
    rows = list(benchmark().generate(most, len(NAMES), seed))
    short = ["We will win.", "That is the plan.", "Nobody was told about the leak in the old reservoir."]
    rows += [
        replace(rows[at], id=f"{rows[at].id}-x", text=chance.choice([rows[at].text, chance.choice(short)]))
        for at in chance.sample(range(len(rows)), most // 4)
    ]
    return [replace(row, published=None) if chance.random() < 0.2 else row for row in rows]


def articles(rows: list[StatementQuote], seed: int) -> list[tuple[Article, list[Quote]]]:
    """The quotations in articles of up to four; every twentieth has no speaker, every tenth a guessed one."""
    chance = random.Random(seed)
    rows, out = list(rows), []
    chance.shuffle(rows)
    while rows:
        part, rows = rows[: (size := chance.randint(1, 4))], rows[size:]
        text, quotes = "", []
        for row in part:
            span = Span(len(text), len(text) + len(row.text), row.text)
            text += row.text + "\n"
            name = NAMES[int(str(row.id).split("-")[0]) % len(NAMES)]
            kind = chance.random()
            quotes.append(
                Quote(
                    (span,), row.type, speaker=None if kind < 0.05 else Mention(name, "person"),
                    attribution="none" if kind < 0.05 else "coreference" if kind < 0.15 else "name",
                    confidence=0.3 if kind < 0.15 else 0.9, embedding=row.embedding,
                )
            )  # fmt: skip
        ident = f"article-{len(out):03}"
        out.append((Article(ident, text, f"{ident}.txt", published=part[0].published), quotes))
    return out


def statements(path: Path) -> list[list[tuple]]:
    found = contents(path)
    return [found["statements"], [(row[0], row) for row in found["quotes"]]]


@pytest.mark.parametrize("seed", range(3))
def test_articles_that_come_change_and_return_leave_what_is_made_at_once(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    todo = articles(generated(seed), seed)
    empty = [(replace(article, text="Nothing.", title="Nothing"), []) for article, _ in todo]
    with Store(tmp_path / "grown.db", create=True) as store:
        for at in chance.sample(range(len(todo)), len(todo)):
            save_article(store, *todo[at], version=VERSION)
            if chance.random() < 0.3:
                link(store)
        for at in chance.sample(range(len(todo)), 20):  # they go, and half of them come back
            save_article(store, *empty[at], version=VERSION)
            link(store)
            if chance.random() < 0.5:
                save_article(store, *todo[at], version=VERSION)
            else:
                todo[at] = empty[at]
        link(store)
    with Store(tmp_path / "whole.db", create=True) as store:
        for one in todo:
            save_article(store, *one, version=VERSION)
        link(store)
    assert statements(tmp_path / "grown.db") == statements(tmp_path / "whole.db")
    shared = [row for row in contents(tmp_path / "whole.db")["statements"] if row[3] > 1]
    assert len(shared) > 20


def test_what_could_be_one_utterance_is_always_looked_at() -> None:
    """``candidate_pairs`` leaves out no pair that is the same: so it does not matter what else there is."""
    for seed in range(3):
        rows = [replace(row, speaker="one") for row in generated(seed, most=160)]
        groups = group_exact(sorted(rows, key=lambda row: row.id))
        found = set(candidate_pairs(groups))
        same = {
            (a, b)
            for b in range(len(groups))
            for a in range(b)
            if compare_groups(groups[a], groups[b], meaning()).same
        }
        assert len(same) > 20
        assert same <= found
        among = set(range(0, len(groups), 7))
        assert {pair for pair in same if among & set(pair)} <= set(candidate_pairs(groups, among))


def test_one_article_more_reaches_few_of_a_speakers_quotations(tmp_path: Path) -> None:
    rows = [row for row in benchmark().generate(1500, 3, 5) if row.speaker == "speaker-0"]
    with Store(tmp_path / "quotes.db", create=True) as store:
        for one in articles(rows, 1):
            save_article(store, *one, version=VERSION)
        link(store)
        last = max(store.lookup.quote_ids_of_speaker(speaker_of(store)))

        def ids(found: Iterable[StatementQuote]) -> set[str]:
            return {row.id for row in found}

        near, _, _ = affected_quotations(store.linking.statements, [last], {}, meaning())
        statement = store.lookup.quote_ids_of_statement(store.lookup.statement_of(last) or "")
        assert set(statement) <= ids(near)
        assert len(near) < 0.1 * len(rows)


def speaker_of(store: Store) -> str:
    query = "select id from speakers order by quotes desc limit 1"
    return str(store.db.execute(query).fetchone()[0])
