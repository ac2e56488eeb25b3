"""What linking reads from the database to tell who denied what others said, and writes into ``statement_links``."""

import json
import sqlite3
from collections.abc import Iterable, Iterator

from quotes.statements.records import ClaimQuote, QuotationLink
from quotes.store.certainty import COUNTED_SQL, SURE_SQL

PARAGRAPH_READ = 400  # characters before a content
# Copies say nothing that their original does not; of whom a denial is has to be sure.
CLAIMS = f"""
    select quotes.id, quotes.article, quotes.speaker, quotes.content, quotes.type, cue, quotes.published, act, position,
        source, mentions.name, mentions.aliases, mentions.description,
        substr(articles.text, max(position - {PARAGRAPH_READ}, 0) + 1, min(position, {PARAGRAPH_READ})) as before,
        (select max("end") from spans where spans.quote = quotes.id and role = 'content') as behind
    from {{source}} join articles on articles.id = quotes.article and articles.copy_of is null
    left join mentions on mentions.quote = quotes.id
    where {{where}} and quotes.speaker is not null and {COUNTED_SQL} and {SURE_SQL} order by quotes.id
"""
WITHIN = "quotes.published between :first and :last || '~'"  # "2031-05-04T10:00" is within its day
FOUND = "quotes_fts cross join quotes on quotes.rowid = quotes_fts.rowid"
RELINKED = "quotes.id in (select quote from now_statements)"  # of ``StatementTables.save``


class DenialTables:
    """Claims and denials among ``quotes``. ``db``: its rows are ``sqlite3.Row``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def relinked(self) -> list[ClaimQuote]:
        """Claims and denials whose statements have just been saved."""
        return list(self._claims(f"{RELINKED} and act in ('asserts', 'denies')"))

    def denials(self) -> Iterator[ClaimQuote]:
        """Every denial."""
        return self._claims("act = 'denies'")

    def denials_within(self, first: str, last: str) -> Iterator[ClaimQuote]:
        """The denials that were published from one day to another (ISO dates)."""
        return self._claims(f"act = 'denies' and {WITHIN}", first=first, last=last)

    def of_articles(self, articles: Iterable[str]) -> Iterator[ClaimQuote]:
        """The claims and denials in these articles."""
        # "+": by article, not by act, which half of all quotations have
        where = "quotes.article in (select value from json_each(:articles)) and +act in ('asserts', 'denies')"
        return self._claims(where, articles=json.dumps(sorted(set(articles))))

    def claims_with(self, words: Iterable[str], first: str, last: str) -> Iterator[ClaimQuote]:
        """The claims that have one of these words and were published from one day to another."""
        any_of = " OR ".join(f'"{word}"' for word in words)
        where = f"quotes_fts match :words and act = 'asserts' and {WITHIN}"
        return self._claims(where, FOUND, words=any_of, first=first, last=last)

    def save_links(self, links: Iterable[QuotationLink]) -> None:
        """Store that statements of two speakers contradict each other, beside what is stored of one speaker's."""
        likeliest: dict[tuple[str, str], float] = {}
        of = "select distinct statement from quotes where id in (?, ?) and statement is not null order by 1"
        for link in links:
            pair = tuple(row[0] for row in self.db.execute(of, (link.quote, link.other)))
            if len(pair) == 2:
                likeliest[pair] = max(link.probability, likeliest.get(pair, 0.0))
        self.db.executemany(
            "insert into statement_links values (?, ?, 'contradicts', ?) on conflict (statement, other) "
            "do update set kind = excluded.kind, probability = max(probability, excluded.probability)",
            ((*pair, probability) for pair, probability in sorted(likeliest.items())),
        )

    def _claims(self, where: str, source: str = "quotes", **values: str) -> Iterator[ClaimQuote]:
        for row in self.db.execute(CLAIMS.format(source=source, where=where), values).fetchall():
            aliases = " ".join(json.loads(row["aliases"] or "[]"))
            names = (row["name"], aliases, row["description"], row["source"])
            yield ClaimQuote(
                id=row["id"],
                article=row["article"],
                speaker=row["speaker"],
                names=" ".join(filter(None, names)),
                text=row["content"],
                type=row["type"],
                cue=row["cue"] or "",
                published=row["published"],
                denies=row["act"] == "denies",
                before=row["before"],
                start=row["position"],
                end=row["behind"] or row["position"],
            )
