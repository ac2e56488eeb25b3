"""The tables of the database, as migrations: a database made by an older version is brought up to date.

A migration that was released is never edited: a change of the tables is a new function at the end, and
its name goes into ``migration_names``. The oldest are in ``first_migrations``. A migration never calls code of this
package, which changes: what an algorithm computes is dropped, and all is linked anew. Foreign keys are named after the
thing they point to, ids are text and serve as permalinks, and every foreign key and every column worth a facet has an
index.
"""

import sqlite3
from typing import cast

from sqlite_utils import Database
from sqlite_utils.db import Table

from quotes.store.article_id_migration import rename_articles
from quotes.store.first_migrations import migrations


def migrate(connection: sqlite3.Connection) -> None:
    """Create the tables that are missing, all or nothing.

    Raises sqlite3.Error when the database cannot be written.
    """
    db = Database(connection, execute_plugins=False)
    with db.atomic():
        migrations.apply(db)


def _table(db: Database, name: str) -> Table:
    return cast(Table, db[name])


@migrations()
def m013_speaker_confidence(db: Database) -> None:
    """How sure the speaker of a quotation is, apart from its content, and who else it could be.

    ``candidates``: the next ones, the likeliest first (``rank`` 1), as their article names them.
    """
    for statement in (
        "alter table quotes add column speaker_confidence real",
        "create table candidates (quote text references quotes(id), rank integer, name text not null, "
        "type text not null, probability real not null, primary key (quote, rank)) without rowid",
    ):
        db.execute(statement)


@migrations()
def m014_occasions(db: Database) -> None:
    """When and where words were said, how sure a statement is of each member, and what is likely between statements.

    ``quotes.said_on``: ISO 8601, as far as the text tells; ``quotes.occasion``: the words of the text for where.
    ``quotes.statement_confidence``: probability that the quotation belongs to its statement. ``statement_links``:
    pairs of statements that are ``perhaps`` one, the same claim ``again`` on another occasion, or of which one
    ``contradicts`` the other; the smaller id first.
    """
    for statement in (
        "alter table quotes add column said_on text",
        "alter table quotes add column occasion text",
        "alter table quotes add column statement_confidence real",
        "create index idx_quotes_said_on on quotes (said_on) where said_on is not null",
        "create table statement_links (statement text not null, other text not null, kind text not null, "
        "probability real not null, primary key (statement, other)) without rowid",
        "create index idx_statement_links_other on statement_links (other)",
    ):
        db.execute(statement)


@migrations()
def m015_corrected_quotations(db: Database) -> None:
    """What people decided about which quotations there are, and which words they are.

    ``set_aside``: quotations as they were read, which are rejected or have other words now; ``rows`` are those of all
    their tables. ``decided``: which correction made a quotation, a speaker or a statement (``kind``) what it is; whose
    a quotation is, is in ``corrected``.
    """
    for statement in (
        "create table set_aside (quote text primary key, article text not null, rows text not null) without rowid",
        "create index idx_set_aside_article on set_aside (article)",
        "create table decided (kind text, id text, correction text not null, primary key (kind, id)) without rowid",
    ):
        db.execute(statement)


@migrations()
def m016_embeddings(db: Database) -> None:
    """Embeddings are made of contents as they are shown, where linking asks for them: those of before go."""
    db.execute("delete from embeddings")
    db.execute("delete from settings where key = 'indexed'")  # so that everything is linked anew


@migrations()
def m017_article_ids(db: Database) -> None:
    """Ids of articles that every machine computes alike, and what articles were and said before."""
    rename_articles(db.conn)


@migrations()
def m018_acts(db: Database) -> None:
    """What a speaker did with the words, whether the text says that they were said, and to whom.

    Of quotations that were read before, only thoughts are known; the next ``extract`` reads their articles again.
    """
    for statement in (
        "alter table quotes add column act text not null default 'asserts'",
        "alter table quotes add column asserted integer not null default 1",
        "alter table quotes add column addressee text",
        "update quotes set act = 'thinks' where thought",
        "create index idx_quotes_act on quotes (act, asserted)",
    ):
        db.execute(statement)


@migrations()
def m019_lists(db: Database) -> None:
    """Lists are read page by page in the order of an index: what is newest, most quoted, or next by name."""
    under = (
        "lower(case when type = 'person' then replace(replace(replace(name, ' Jr.', ''), ' Sr.', ''), "
        "rtrim(replace(replace(name, ' Jr.', ''), ' Sr.', ''), "
        "replace(replace(replace(name, ' Jr.', ''), ' Sr.', ''), ' ', '')), '') "
        "when name like 'the %' then substr(name, 5) when name like 'a %' then substr(name, 3) "
        "when name like 'an %' then substr(name, 4) else name end)"
    )
    for statement in (
        f"create index idx_speakers_filed_under on speakers ({under}, name, id)",
        "create index idx_speakers_most_quoted on speakers (quotes desc, id)",
        "create index idx_statements_latest on statements (last_published desc, articles desc, "
        "((speaker is null) + 2 * (length(text) < 40)), id)",
        "create index idx_statements_most_reported on statements (articles desc, last_published desc, id)",
        "create index idx_articles_latest on articles (published desc, id)",
        "create index idx_quotes_latest on quotes (published desc, article, position, id)",
        "drop index idx_speakers_quotes",  # which begin like those
        "drop index idx_statements_last_published",
        "drop index idx_articles_published",
        "drop index idx_quotes_published",
    ):
        db.execute(statement)


@migrations()
def m020_withdrawn(db: Database) -> None:
    """Quotations of articles that were taken back, which are shown and counted nowhere.

    ``articles.withdrawn``: 1 when a file of its publisher says so, 2 when a person decided it. ``quotes.withdrawn`` is
    that of the article, as ``publication`` is.
    """
    for statement in (
        "alter table quotes add column withdrawn integer",
        "create index idx_articles_withdrawn on articles (id) where withdrawn",
        "create index idx_quotes_withdrawn on quotes (article) where withdrawn",
        "drop index idx_quotes_act",
        "create index idx_quotes_act on quotes (act, asserted, withdrawn)",
        "insert or ignore into changed select 'article', id from articles where withdrawn",
    ):
        db.execute(statement)
    if db.execute("select 1 from articles where withdrawn").fetchone():
        db.execute("insert or replace into settings (key, value) values ('linked', '0')")


@migrations()
def m021_cast(db: Database) -> None:
    """The people whom the user knows, and their ids outside of this database."""
    for statement in (
        "create table cast (name text primary key, aliases text not null, pronouns text, role text, outside_id text)",
        "alter table speakers add column outside_id text",
        "create index idx_speakers_outside_id on speakers (outside_id) where outside_id is not null",
    ):
        db.execute(statement)


@migrations()
def m022_topics(db: Database) -> None:
    """What statements are about: ``quotes topics`` makes it of all of them, and it stays until that is run again."""
    for statement in (
        "create table topics (id text primary key, label text not null, words text not null, "
        "statements integer not null, speakers integer not null, articles integer, first_published text, "
        "last_published text)",
        "create index idx_topics_articles on topics (articles desc, id)",
        "create table statement_topics (statement text primary key, topic text not null references topics(id)) "
        "without rowid",
        "create index idx_statement_topics_topic on statement_topics (topic)",
    ):
        db.execute(statement)


@migrations()
def m023_pages_of_topics(db: Database) -> None:
    """What pages would count each time: who speaks most of a topic, and how many quotations are of a day.

    ``topics.quoted``: ids of the speakers with most quotations, as JSON.
    """
    db.execute("alter table topics add column quoted text")
    db.execute("create index idx_quotes_days on quotes (published, asserted, withdrawn)")


@migrations()
def m024_named_first(db: Database) -> None:
    """The list of speakers begins with those who go by a name, the most quoted first."""
    bare = (
        "case when speakers.name like 'the %' then substr(speakers.name, 5) "
        "when speakers.name like 'an %' then substr(speakers.name, 4) "
        "when speakers.name like 'a %' then substr(speakers.name, 3) else speakers.name end"
    )
    nameless = (
        f"(speakers.type = 'unnamed' or (speakers.type = 'organisation' and {bare} glob '[a-z]*') "
        f"or (speakers.type = 'group' and ({bare} glob '[a-z0-9]*' or {bare} not like '% %')))"
    )
    db.execute(
        f"create index idx_speakers_named_first on speakers ({nameless.replace('speakers.', '')}, quotes desc, id)"
    )


@migrations()
def m025_nameless(db: Database) -> None:
    """Who goes by no name is told when speakers are linked; until then as it was told by the index before."""
    bare = (
        "case when name like 'the %' then substr(name, 5) when name like 'an %' then substr(name, 4) "
        "when name like 'a %' then substr(name, 3) else name end"
    )
    nameless = (
        f"(type = 'unnamed' or (type = 'organisation' and {bare} glob '[a-z]*') "
        f"or (type = 'group' and ({bare} glob '[a-z0-9]*' or {bare} not like '% %')))"
    )
    for statement in (
        "drop index idx_speakers_named_first",
        "alter table speakers add column nameless integer not null default 0",
        f"update speakers set nameless = {nameless}",
        "create index idx_speakers_named_first on speakers (nameless, quotes desc, id)",
    ):
        db.execute(statement)
