"""The speakers that linking finds: noted one by one, then stored all at once.

Linking happens in one transaction. What it finds is staged in temporary tables first (``stage_*``); then ``save``
makes what is stored equal to it, touching only rows that differ.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping

from quotes.lexicon.called import is_nameless
from quotes.speakers.records import MentionGroup, RecordId
from quotes.store.changes import Change, Changes
from quotes.store.stories import counted_once
from quotes.text.identifiers import number
from quotes.types import Speaker

# What one linking found: speakers by a number of their own, and the names that mean them; the names for which that
# is new; the quotations that this concerns, and their speakers.
STAGED_TABLES = {
    "now_speakers": "number integer primary key, id text, local integer, name, type, description, aliases, pronouns",
    "now_names": "mention_group integer, place integer, speaker text, local integer, display_hash integer, "
    "number integer, primary key (mention_group, place)",
    "now_changed": "mention_group integer, place integer",
    "now_quotes": "quote text primary key, speaker text",
    "now_rows": "id text, name, type, description, aliases, pronouns",  # of the table speakers
}
SHOWN_COLUMNS = ("name", "type", "description", "aliases", "pronouns")  # of a speaker
SPEAKER_COLUMNS = (*SHOWN_COLUMNS, "quotes", "articles", "nameless")

# How a quotation has its speaker: a person decided, its statement has one, or its article says so.
ATTRIBUTION_SQL = """
    case when quotes.id in (select quote from corrected) then 'correction'
        when quotes.id in (select quote from inferred) then 'statement'
        else coalesce((select attribution from mentions where mentions.quote = quotes.id), 'none') end
"""


def json_list(texts: Iterable[str]) -> str:
    """Names as the column ``aliases`` has them."""
    return json.dumps(list(texts), ensure_ascii=False)


class SpeakerTables:
    """Tables ``speakers``, ``name_records`` and ``corrected``. ``db``: its rows are ``sqlite3.Row``."""

    def __init__(self, db: sqlite3.Connection, changes: Changes) -> None:
        self.db, self.changes = db, changes
        db.create_function("quotes_is_nameless", 2, is_nameless, deterministic=True)

    # what linking found

    def start(self) -> None:
        """Empty the temporary tables."""
        for name, columns in STAGED_TABLES.items():
            self.db.execute(f"create temp table if not exists {name} ({columns})")
            self.db.execute(f"delete from {name}")
        self.db.execute("create index if not exists temp.now_id on now_speakers (id)")
        self.db.execute("create index if not exists temp.now_row on now_rows (id)")

    def stage_speaker(
        self, speaker: Speaker, members: Iterable[RecordId] = (), *, local: bool = False
    ) -> None:
        """Note a speaker and which names mean it; with ``local``, in each article a speaker of its own."""
        row = speaker.name, speaker.type, speaker.description, json_list(speaker.aliases), speaker.pronouns
        query = "insert into now_speakers values (null, ?, ?, ?, ?, ?, ?, ?)"
        key = self.db.execute(query, (speaker.id, local, *row)).lastrowid
        display_hash = number(repr(row)) if local else 0
        self._stage(members, (speaker.id, local, display_hash, key))

    def stage_members(self, speaker: str, members: Iterable[RecordId]) -> None:
        """Note which names mean a speaker who is staged with others."""
        self._stage(members, (speaker, False, 0, None))

    def _stage(self, members: Iterable[RecordId], row: tuple[str, bool, int, int | None]) -> None:
        rows = ((group, place, *row) for group, place in members)
        self.db.executemany("insert into now_names values (?, ?, ?, ?, ?, ?)", rows)

    def stage_corrected(
        self, quotes: Mapping[str, tuple[str | None, str]], *, anew: Iterable[str], active: Iterable[str]
    ) -> None:
        """Note whose the quotations are that corrections moved: quotation -> speaker, id of the correction.

        ``anew``: the corrections that this comes from; ``active``: all that are not undone.
        """
        old = {row["quote"]: row["correction"] for row in self.db.execute("select * from corrected")}
        again, stays = set(anew), set(active)
        gone = [quote for quote, correction in old.items() if correction in again or correction not in stays]
        self.db.executemany("delete from corrected where quote = ?", ((quote,) for quote in gone))
        rows = [(quote, speaker, correction) for quote, (speaker, correction) in quotes.items()]
        self.db.executemany("insert or replace into corrected values (?, ?, ?)", rows)
        concerned = [*gone, *quotes]
        self.stage_quotations(concerned)
        self.changes.note(Change.QUOTATION, concerned)  # who is corrected is no guess

    def stage_quotations(self, quotes: Iterable[str]) -> None:
        """Note quotations whose speakers may have become others, or look different."""
        self.db.executemany(
            "insert or ignore into now_quotes values (?, null)", ((quote,) for quote in quotes)
        )

    # making it what is stored

    def save(self) -> None:
        """Make what is stored equal to what was staged, and note whose quotations changed."""
        self._save_names()
        self._find_speakers_of_quotations()
        self._save_quotations()
        self._save_speakers()
        self.count()
        self._delete_unquoted()

    def _save_names(self) -> None:
        run = self.db.execute
        run(
            "insert into now_changed select now.mention_group, now.place from now_names as now "
            "left join name_records as old on old.mention_group = now.mention_group and old.place = now.place "
            "where (now.speaker, now.local, now.display_hash) is not (old.speaker, old.local, old.display_hash)"
        )
        run(
            "insert or replace into name_records "
            "select now.mention_group, now.place, now.speaker, now.local, now.display_hash "
            "from now_changed join now_names as now "
            "on now.mention_group = now_changed.mention_group and now.place = now_changed.place"
        )
        gone = run("select data from mention_groups where changed and not articles").fetchall()
        keys = [
            (key, group.id) for group in (MentionGroup.read(row[0]) for row in gone) for key in group.key_ids
        ]
        self.db.executemany("delete from blocking_keys where key = ? and mention_group = ?", keys)
        unused = "select id from mention_groups where changed and not articles"
        run(f"delete from name_records where mention_group in ({unused})")
        run("delete from mention_groups where changed and not articles")
        run("update mention_groups set changed = 0 where changed")

    def _find_speakers_of_quotations(self) -> None:
        """Whose the quotations are that have new names or articles: by a correction, by name, or inferred."""
        run = self.db.execute
        run(
            "insert or ignore into now_quotes select mentions.quote, null from now_changed join mentions "
            "on mentions.mention_group = now_changed.mention_group and mentions.place = now_changed.place"
        )
        run(
            "insert or ignore into now_quotes select quotes.id, null "
            f"from ({Changes.query(Change.ARTICLE)}) as changed join quotes on quotes.article = changed.id"
        )
        run(
            "update now_quotes set speaker = case when names.local then names.speaker || '_' || quotes.article "
            "else names.speaker end from mentions, name_records as names, quotes "
            "where mentions.quote = now_quotes.quote and names.mention_group = mentions.mention_group "
            "and names.place = mentions.place and quotes.id = now_quotes.quote"
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

    def _save_quotations(self) -> None:
        differ = (
            "from now_quotes as now cross join quotes on quotes.id = now.quote "  # cross: in this order
            "left join statements on statements.id = quotes.statement where quotes.speaker is not now.speaker"
        )
        for column in ("quotes.speaker", "now.speaker", "statements.speaker"):
            self.changes.note_selected(Change.SPEAKER, f"select {column} {differ}")
        self.changes.note_selected(Change.QUOTATION, f"select now.quote {differ}")
        self.changes.note_selected(Change.STATEMENT, f"select quotes.statement {differ}")
        self.db.execute(
            "update quotes set speaker = now.speaker from now_quotes as now "
            "where now.quote = quotes.id and quotes.speaker is not now.speaker"
        )
        self.db.execute(
            f"update quotes set attribution = {ATTRIBUTION_SQL} "
            f"where id in (select quote from now_quotes) and attribution is not {ATTRIBUTION_SQL}"
        )

    def _save_speakers(self) -> None:
        """Rows of speakers: those that were staged, and those of one article whose quotations are concerned."""
        shown = ", ".join(f"now_speakers.{name}" for name in SHOWN_COLUMNS)
        local = (
            f"select distinct now.speaker as id, {shown} from now_quotes as now "
            "join mentions on mentions.quote = now.quote join now_names "
            "on now_names.mention_group = mentions.mention_group and now_names.place = mentions.place "
            "join now_speakers on now_speakers.number = now_names.number join quotes on quotes.id = now.quote "
            "where now_speakers.local and now.speaker = now_speakers.id || '_' || quotes.article "
            # a correction of a speaker of one article is among the others
            "and now.speaker not in (select id from now_speakers where not local)"
        )
        self.changes.note_selected(  # words may overrule a speaker of type "unnamed"
            Change.QUOTATION,
            "select quotes.id from now_speakers cross join speakers on speakers.id = now_speakers.id "
            "cross join quotes on quotes.speaker = speakers.id "
            "where (speakers.type = 'unnamed') is not (now_speakers.type = 'unnamed')",
        )
        columns = ", ".join(SPEAKER_COLUMNS)
        for rows in (local, f"select now_speakers.id, {shown} from now_speakers where not local"):
            self.db.execute("delete from now_rows")
            self.db.execute(f"insert into now_rows {rows}")
            self.db.execute(
                f"insert into speakers (id, {columns}) select now_rows.*, counted.quotes, counted.articles, "
                "quotes_is_nameless(now_rows.type, now_rows.name) "
                f"from ({counted_once('select id from now_rows')}) as counted "
                "cross join now_rows on now_rows.id = counted.id "  # cross: in this order
                "where exists (select 1 from quotes where speaker = now_rows.id) "
                f"on conflict (id) do update set {', '.join(f'{n} = excluded.{n}' for n in SPEAKER_COLUMNS)} "
                f"where ({', '.join(f'speakers.{n}' for n in SPEAKER_COLUMNS)}) is not "
                f"({', '.join(f'excluded.{n}' for n in SPEAKER_COLUMNS)})"
            )

    def _delete_unquoted(self) -> None:
        changed = f"{Changes.query(Change.SPEAKER)} union select id from now_speakers where not local"
        self.db.execute(
            f"delete from speakers where id in ({changed}) "
            "and not exists (select 1 from quotes where quotes.speaker = speakers.id)"
        )

    def count(self) -> None:
        """Count the quotations of the speakers that have changed again, copies of one story once."""
        self.db.execute(
            "update speakers set quotes = now.quotes, articles = now.articles from "
            f"({counted_once(Changes.query(Change.SPEAKER))}) as now where now.id = speakers.id "
            "and (speakers.quotes, speakers.articles) is not (now.quotes, now.articles)"
        )
