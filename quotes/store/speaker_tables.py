"""What linking reads from the database and writes into it. The decisions are in ``linking.py``.

Linking happens in one transaction. What it finds is put into temporary tables first; then what is stored is
made equal to it, touching only rows that differ.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from quotes.speakers.blocking import group_mentions
from quotes.speakers.records import MentionGroup, RecordId, SpeakerMention
from quotes.text.identifiers import number
from quotes.types import Mention, Speaker

# What one linking found: speakers by a number of their own, and which units mean them; the units for which that
# is new; the quotations that this concerns, and their speakers; the bundles that were looked at.
TEMPORARY = {
    "now_speakers": "found integer primary key, id text, local integer, name, type, description, aliases, pronouns",
    "now_units": "bundle integer, unit integer, speaker text, local integer, look integer, found integer, "
    "primary key (bundle, unit)",
    "now_changed": "bundle integer, unit integer",
    "now_quotes": "quote text primary key, speaker text",
}

# How a quotation has its speaker: a person decided, its statement has one, or its article says so.
ATTRIBUTION = """
    case when quotes.id in (select quote from corrected) then 'correction'
        when quotes.id in (select quote from inferred) then 'statement'
        else coalesce((select attribution from mentions where mentions.quote = quotes.id), 'none') end
"""


def json_list(texts: Iterable[str]) -> str:
    """Names as the column ``aliases`` has them."""
    return json.dumps(list(texts), ensure_ascii=False)


class Linkage:
    """The part of a store that linking needs. ``db`` is an open connection whose rows are ``sqlite3.Row``."""

    db: sqlite3.Connection

    # bundles

    def add_bundles(self, mentions: Sequence[SpeakerMention]) -> None:
        """Tell which bundles the mentions of one article, which are stored, make up."""
        for bundle, units in group_mentions(mentions):
            new = "insert into bundles values (?, ?, 1, 1) on conflict (id) do nothing"
            if self.db.execute(new, (bundle.id, bundle.data)).rowcount:
                keys = [(key, bundle.id) for key in bundle.key_ids]
                self.db.executemany("insert into bundle_keys values (?, ?)", keys)
            else:
                count = "update bundles set articles = articles + 1, changed = 1 where id = ?"
                self.db.execute(count, (bundle.id,))
            rows = [(bundle.id, at, quote) for at, some in enumerate(units) for quote in some]
            self.db.executemany("update mentions set bundle = ?, unit = ? where quote = ?", rows)

    def drop_bundles(self, article: str) -> None:
        """Forget that an article has its bundles, and note whose statements that concerns."""
        mine = "select id from quotes where article = :article"
        self.db.execute(
            "update bundles set articles = articles - 1, changed = 1 where id in "
            f"(select bundle from mentions where quote in ({mine}))",
            {"article": article},
        )
        self.db.execute(
            "insert or ignore into changed select 'speaker', speaker from quotes "
            "where article = :article and speaker is not null union "
            "select 'statement', statement from quotes where article = :article and statement is not null",
            {"article": article},
        )

    def rebuild_bundles(self) -> None:
        """Make all bundles anew, as another version of this program would make others."""
        for table in ("bundles", "bundle_keys", "units"):
            self.db.execute(f"delete from {table}")
        query = """
            select mentions.*, quotes.article from quotes indexed by idx_quotes_article
            join mentions on mentions.quote = quotes.id order by quotes.article
        """
        for _, rows in groupby(self.db.execute(query), key=lambda row: row["article"]):
            self.add_bundles([speaker_mention(row) for row in rows])
        self.db.execute("insert or ignore into changed select 'article', id from articles")
        self.db.execute("insert or ignore into changed select 'speaker', id from speakers")

    def changed_bundles(self) -> list[int]:
        """Bundles that articles have or had, and whose number of articles has changed."""
        return [row[0] for row in self.db.execute("select id from bundles where changed order by id")]

    def all_neighbourhoods(self) -> Iterator[list[int]]:
        """All bundles, those that are connected by keys together."""
        parent: dict[int, int] = {row[0]: row[0] for row in self.db.execute("select id from bundles")}

        def find(item: int) -> int:
            while parent[item] != item:
                parent[item] = parent[parent[item]]
                item = parent[item]
            return item

        last: tuple[int, int] | None = None
        for key, bundle in self.db.execute("select key, bundle from bundle_keys order by key"):
            if last and last[0] == key:
                parent[find(bundle)] = find(last[1])
            last = (key, bundle)
        homes = sorted((find(bundle), bundle) for bundle in parent)
        for _, some in groupby(homes, key=lambda pair: pair[0]):
            yield [bundle for _, bundle in some]

    def bundle(self, ident: int) -> tuple[MentionGroup, int] | None:
        """A bundle and how many articles have it."""
        row = self.db.execute("select data, articles from bundles where id = ?", (ident,)).fetchone()
        return (MentionGroup.read(row[0]), row[1]) if row else None

    def neighbourhood(self, start: int) -> Iterator[tuple[MentionGroup, int]]:
        """A bundle and all that keys connect it with, each with how many articles have it."""
        seen, waiting, keys = {start}, [start], set[int]()
        while waiting:
            found = self.bundle(waiting.pop())
            if found is None:
                continue
            yield found
            for key in found[0].key_ids:
                if key not in keys:
                    keys.add(key)
                    for row in self.db.execute("select bundle from bundle_keys where key = ?", (key,)):
                        if row[0] not in seen:
                            seen.add(row[0])
                            waiting.append(row[0])

    # what linking found

    def start_linking(self) -> None:
        """Empty the temporary tables."""
        for name, columns in TEMPORARY.items():
            self.db.execute(f"create temp table if not exists {name} ({columns})")
            self.db.execute(f"delete from {name}")
        self.db.execute("create index if not exists temp.now_id on now_speakers (id)")

    def put_speaker(self, speaker: Speaker, members: Iterable[RecordId] = (), *, local: bool = False) -> None:
        """Note a speaker and which units mean it."""
        row = _look(speaker)
        query = "insert into now_speakers values (null, ?, ?, ?, ?, ?, ?, ?)"
        key = self.db.execute(query, (speaker.id, local, *row)).lastrowid
        self.put_units(speaker.id, members, local=local, look=number(repr(row)) if local else 0, found=key)

    def put_units(
        self,
        speaker: str,
        members: Iterable[RecordId],
        *,
        local: bool = False,
        look: int = 0,
        found: int | None = None,
    ) -> None:
        """Note which units mean a speaker."""
        rows = ((bundle, at, speaker, local, look, found) for bundle, at in members)
        self.db.executemany("insert into now_units values (?, ?, ?, ?, ?, ?)", rows)

    def put_corrected(
        self, quotes: Mapping[str, tuple[str | None, str]], *, anew: Iterable[str], active: Iterable[str]
    ) -> None:
        """Note whose the quotations are that corrections moved: quotation -> speaker, id of the correction.

        ``anew``: the corrections that this comes from; ``active``: all that are not undone.
        """
        old = {row["quote"]: row["correction"] for row in self.db.execute("select * from corrected")}
        again, stays = set(anew), set(active)
        gone = [(quote,) for quote, one in old.items() if one in again or one not in stays]
        self.db.executemany("delete from corrected where quote = ?", gone)
        rows = [(quote, who, one) for quote, (who, one) in quotes.items()]
        self.db.executemany("insert or replace into corrected values (?, ?, ?)", rows)
        concerned = [*(quote for (quote,) in gone), *quotes]
        self.put_concerned(concerned)
        self.db.executemany(  # who is corrected is no guess
            "insert or ignore into changed values ('quote', ?)", ((quote,) for quote in concerned)
        )

    def put_concerned(self, quotes: Iterable[str]) -> None:
        """Note quotations whose speakers may have become others, or look different."""
        self.db.executemany(
            "insert or ignore into now_quotes values (?, null)", ((quote,) for quote in quotes)
        )

    def save_speakers(self) -> None:
        """Make what is stored equal to what was noted, and note in ``changed`` whose quotations changed."""
        run = self.db.execute
        run(
            "insert into now_changed select now.bundle, now.unit from now_units as now left join units as old "
            "on old.bundle = now.bundle and old.unit = now.unit "
            "where (now.speaker, now.local, now.look) is not (old.speaker, old.local, old.look)"
        )
        run(
            "insert or replace into units select now.bundle, now.unit, now.speaker, now.local, now.look "
            "from now_changed join now_units as now on now.bundle = now_changed.bundle and now.unit = now_changed.unit"
        )
        gone = run("select data from bundles where changed and not articles").fetchall()
        unused = [(key, one.id) for one in (MentionGroup.read(row[0]) for row in gone) for key in one.key_ids]
        self.db.executemany("delete from bundle_keys where key = ? and bundle = ?", unused)
        run("delete from units where bundle in (select id from bundles where changed and not articles)")
        run("delete from bundles where changed and not articles")
        run("update bundles set changed = 0 where changed")
        run(
            "insert or ignore into now_quotes select mentions.quote, null from now_changed "
            "join mentions on mentions.bundle = now_changed.bundle and mentions.unit = now_changed.unit"
        )
        run(
            "insert or ignore into now_quotes select quotes.id, null from changed "
            "join quotes on quotes.article = changed.id where changed.kind = 'article'"
        )
        run(
            "update now_quotes set speaker = case when units.local then units.speaker || '_' || quotes.article "
            "else units.speaker end from mentions, units, quotes where mentions.quote = now_quotes.quote "
            "and units.bundle = mentions.bundle and units.unit = mentions.unit and quotes.id = now_quotes.quote"
        )
        run("delete from now_quotes where not exists (select 1 from quotes where id = quote)")
        run("delete from corrected where not exists (select 1 from quotes where id = quote)")
        run(
            "update now_quotes set speaker = corrected.speaker from corrected "
            "where corrected.quote = now_quotes.quote"
        )
        run("delete from inferred where quote in (select quote from corrected)")
        run(
            "update now_quotes set speaker = inferred.speaker from inferred "
            "where inferred.quote = now_quotes.quote and now_quotes.speaker is null"
        )
        self._save_quotes()
        self._save_rows()

    def _save_quotes(self) -> None:
        run = self.db.execute
        differ = (
            "from now_quotes as now cross join quotes on quotes.id = now.quote "  # cross: in this order
            "left join statements on statements.id = quotes.statement where quotes.speaker is not now.speaker"
        )
        for column in ("quotes.speaker", "now.speaker", "statements.speaker"):
            run(
                f"insert or ignore into changed select distinct 'speaker', {column} {differ} "
                f"and {column} is not null"
            )
        run(f"insert or ignore into changed select 'quote', now.quote {differ}")
        run(
            f"insert or ignore into changed select distinct 'statement', quotes.statement {differ} "
            "and quotes.statement is not null"
        )
        run(
            "update quotes set speaker = now.speaker from now_quotes as now "
            "where now.quote = quotes.id and quotes.speaker is not now.speaker"
        )
        run(
            f"update quotes set attribution = {ATTRIBUTION} "
            f"where id in (select quote from now_quotes) and attribution is not {ATTRIBUTION}"
        )

    def _save_rows(self) -> None:
        """Rows of speakers: those that were noted, and those of one article whose quotations are concerned."""
        names = ("name", "type", "description", "aliases", "pronouns", "quotes", "articles")
        columns = ", ".join(f"now_speakers.{name}" for name in names[:5])
        counts = (
            "(select count(*) from quotes where speaker = {0}) as quotes, "
            "(select count(distinct article) from quotes where speaker = {0}) as articles"
        )
        local = (
            f"select distinct now.speaker as id, {columns} from now_quotes as now "
            "join mentions on mentions.quote = now.quote join now_units "
            "on now_units.bundle = mentions.bundle and now_units.unit = mentions.unit "
            "join now_speakers on now_speakers.found = now_units.found join quotes on quotes.id = now.quote "
            "where now_speakers.local and now.speaker = now_speakers.id || '_' || quotes.article"
        )
        whole = f"select now_speakers.id, {columns} from now_speakers where not local"
        self.db.execute(  # words may overrule who is nobody in particular
            "insert or ignore into changed select 'quote', quotes.id from now_speakers "
            "cross join speakers on speakers.id = now_speakers.id cross join quotes on quotes.speaker = speakers.id "
            "where (speakers.type = 'unnamed') is not (now_speakers.type = 'unnamed')"
        )
        for rows in (local, whole):  # a correction of a speaker of one article is among the second
            if rows == local:
                rows += " and now.speaker not in (select id from now_speakers where not local)"
            self.db.execute(
                f"insert into speakers (id, {', '.join(names)}) "
                f"select found.*, {counts.format('found.id')} from ({rows}) as found where true "
                "and exists (select 1 from quotes where speaker = found.id) "
                f"on conflict (id) do update set {', '.join(f'{n} = excluded.{n}' for n in names)} "
                f"where ({', '.join(f'speakers.{n}' for n in names)}) is not "
                f"({', '.join(f'excluded.{n}' for n in names)})"
            )
        self.count_speakers()
        some = "(select id from changed where kind = 'speaker' union select id from now_speakers where not local)"
        self.db.execute(
            f"delete from speakers where id in {some} "
            "and not exists (select 1 from quotes where quotes.speaker = speakers.id)"
        )

    def count_speakers(self) -> None:
        """Count the quotations of the speakers in ``changed`` again."""
        self.db.execute(
            "update speakers set quotes = now.quotes, articles = now.articles from (select changed.id, "
            "count(quotes.id) as quotes, count(distinct article) as articles from changed "
            "left join quotes on quotes.speaker = changed.id where kind = 'speaker' group by changed.id) as now "
            "where now.id = speakers.id "
            "and (speakers.quotes, speakers.articles) is not (now.quotes, now.articles)"
        )


def _look(speaker: Speaker) -> tuple[str | None, ...]:
    """What a speaker looks like, as columns."""
    return speaker.name, speaker.type, speaker.description, json_list(speaker.aliases), speaker.pronouns


def speaker_mention(row: sqlite3.Row) -> SpeakerMention:
    """A row of ``mentions`` with the article of its quotation."""
    aliases = tuple(json.loads(row["aliases"]))
    mention = Mention(row["name"], row["type"], row["description"], aliases, row["pronouns"])
    return SpeakerMention(row["quote"], row["article"], mention)
