"""The tables of the database, as migrations: a database made by an older version is brought up to date.

A migration that was released is never edited: a change of the tables is a new function at the end, and
its name goes into ``database.MIGRATIONS``. It never calls code of this package, which changes: what an algorithm
computes is dropped, and all is linked anew. Foreign keys are named after the thing they point to, ids are text
and serve as permalinks, and every foreign key and every column worth a facet has an index.
"""

import re
import sqlite3
from typing import cast

from sqlite_utils import Database, Migrations
from sqlite_utils.db import Table

from quotes.store.article_id_migration import rename_articles
from quotes.store.first_tables import (
    FIRST_KEYS,
    FIRST_REQUIRED,
    FIRST_TABLES,
    INDEXED_COLUMNS,
    POINTS_TO,
    SEARCHED_COLUMNS,
    TOKENIZE,
)

migrations = Migrations("quotes")


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
def m001_tables(db: Database) -> None:
    """Articles, quotations and what ties them together."""
    for name, columns in FIRST_TABLES.items():
        _table(db, name).create(
            columns,
            pk=FIRST_KEYS.get(name, "id"),
            not_null=FIRST_REQUIRED.get(name),
            foreign_keys=[(column, POINTS_TO[column], "id") for column in columns if column in POINTS_TO],
        )
    for name, indexed in INDEXED_COLUMNS.items():
        for column in indexed:
            _table(db, name).create_index([column])


@migrations()
def m002_search(db: Database) -> None:
    """Full-text search: external content, kept right by triggers."""
    for name, columns in SEARCHED_COLUMNS.items():
        _table(db, name).enable_fts(columns, create_triggers=True, tokenize=TOKENIZE)


@migrations()
def m003_linking(db: Database) -> None:
    """What linking an article needs to know of the others, and what people corrected.

    ``bundles``: groups of names (``speakers.blocking``); ``articles`` is how many have it, ``changed`` that it has to
    be linked again. ``units``: the speaker of each name in a bundle; with ``local`` every article has one of its own,
    and ``look`` is a number for what it looks like.
    ``changed``: articles whose quotations have no speaker yet, speakers whose statements are out of date.
    ``corrected``: quotations whose speaker is not that of their unit.
    """
    for name in SEARCHED_COLUMNS:  # an update that leaves the text alone leaves the index alone
        columns = ", ".join(SEARCHED_COLUMNS[name])
        body = db.execute(
            "select sql from sqlite_master where type = 'trigger' and name = ?", [f"{name}_au"]
        ).fetchone()[0]
        db.execute(f"drop trigger {name}_au")
        db.execute(re.sub(r"(?i)after update on", f"AFTER UPDATE OF {columns} ON", body, count=1))
    for statement in (
        "create table bundles (id integer primary key, data text not null, articles integer not null, "
        "changed integer not null)",
        "create index idx_bundles_changed on bundles (id) where changed",
        "create table bundle_keys (key integer, bundle integer, primary key (key, bundle)) without rowid",
        "create table units (bundle integer, unit integer, speaker text not null, local integer not null, "
        "look integer not null, primary key (bundle, unit)) without rowid",
        "create index idx_units_speaker on units (speaker)",
        "alter table mentions add column bundle integer",
        "alter table mentions add column unit integer",
        "create index idx_mentions_bundle on mentions (bundle, unit)",
        "create table changed (kind text, id text, primary key (kind, id)) without rowid",
        "create table corrected (quote text primary key, speaker text, correction text not null)",
        "drop index idx_quotes_speaker",
        "create index idx_quotes_speaker on quotes (speaker, article)",
    ):
        db.execute(statement)
    _table(db, "corrections").create(
        {
            "id": str,
            "at": str,
            "by": str,
            "kind": str,
            "summary": str,
            "state": str,
            "undone_at": str,
            "undone_by": str,
            "data": str,
        },
        pk="id",
        not_null={"at", "by", "kind", "data"},
    )


@migrations()
def m004_copies(db: Database) -> None:
    """Articles that are copies of one story, and what they are looked up by, which linking computes."""
    for statement in (
        "alter table articles add column copy_of text references articles(id)",
        "create index idx_articles_copy_of on articles (copy_of)",
        "alter table statements add column publications integer",
        "create table sketches (key integer, article text, primary key (key, article)) without rowid",
        "create index idx_sketches_article on sketches (article)",
        "delete from settings where key in ('linked', 'bundles')",  # so that everything is linked anew
    ):
        db.execute(statement)


@migrations()
def m005_marks(db: Database) -> None:
    """Runs of words by which a quotation whose speaker is open finds others with the same words."""
    db.execute("create table marks (mark integer, quote text, primary key (mark, quote)) without rowid")
    db.execute("delete from settings where key in ('linked', 'bundles')")  # so that everything is linked anew


@migrations()
def m006_descriptions(db: Database) -> None:
    """How each article describes the speakers whom it quotes, as a view on its mentions."""
    db.execute(
        "create view descriptions as select quotes.speaker, mentions.description, quotes.article, "
        "quotes.published, count(*) as quotes from mentions join quotes on quotes.id = mentions.quote "
        "where mentions.description is not null and quotes.speaker is not null "
        "group by quotes.speaker, mentions.description, quotes.article"
    )


@migrations()
def m007_pages(db: Database) -> None:
    """What the pages would take seconds to count in a large database.

    ``quotes.publication``: that of the article, as ``published`` is, so that one index answers whom a publication
    quotes, when and how. ``statements.wordings``: how many different wordings there are, ends and case aside.
    """
    for statement in (
        "alter table quotes add column publication text",
        "update quotes set publication = (select publication from articles where articles.id = quotes.article)",
        "create index idx_quotes_publication on quotes (publication, published, speaker, type, via)",
        "alter table statements add column wordings integer",
        "update statements set wordings = (select count(distinct lower(trim(content, ' .,;:'))) from quotes "
        "where quotes.statement = statements.id)",
        "create index idx_statements_wordings on statements (publications desc, articles desc, id) "
        "where wordings > 1",
    ):
        db.execute(statement)


@migrations()
def m008_unknown_publications(db: Database) -> None:
    """In how many publications a statement was reported is unknown where that of an article is."""
    db.execute(
        "update statements set publications = null where id in (select quotes.statement from quotes "
        "join articles on articles.id = quotes.article "
        "join articles as stories on stories.id = coalesce(articles.copy_of, articles.id) "
        "where coalesce(trim(stories.publication), '') = '')"
    )


@migrations()
def m009_facets(db: Database) -> None:
    """Counting the speakers of one type, or the types of one attribution, needs the index alone."""
    for statement in (
        "drop index idx_quotes_type",
        "create index idx_quotes_type on quotes (type, speaker, attribution)",
        "drop index idx_quotes_attribution",
        "create index idx_quotes_attribution on quotes (attribution, type, speaker)",
    ):
        db.execute(statement)


@migrations()
def m010_inferred_speakers(db: Database) -> None:
    """What was inferred, or decided by a person, is stored apart from what was found in the article.

    ``mentions.attribution``: how the article itself gives the speaker. ``inferred``: quotations that have the
    speaker of their statement, because their article gives none. ``quotes.speaker`` and ``quotes.attribution``
    are what follows from these and from ``corrected``.
    """
    for statement in (
        "alter table mentions add column attribution text",
        "update mentions set attribution = (select nullif(attribution, 'statement') from quotes where id = quote)",
        "create table inferred (quote text primary key, speaker text not null) without rowid",
        "insert into inferred select id, speaker from quotes where attribution = 'statement' "
        "and speaker is not null and id not in (select quote from corrected)",
        "update quotes set attribution = 'correction' where id in (select quote from corrected)",
    ):
        db.execute(statement)


@migrations()
def m011_indexes_of_linking(db: Database) -> None:
    """What linking looks things up by, under names of the field; all of it is computed anew by the next linking.

    ``mention_groups``: names of one article that may decide on each other; ``articles`` is how many have it,
    ``changed`` that it has to be linked again. ``name_records``: the speaker whom each name of a group means; with
    ``local`` every article has one of its own, and ``display_hash`` is a number for what it looks like.
    ``shingle_hashes``: runs of words by which copies of an article are looked up. ``fingerprints``: runs of words by
    which a quotation finds others with the same words.
    """
    for table in ("bundles", "bundle_keys", "units", "sketches", "marks"):
        db.execute(f"drop table {table}")
    for statement in (
        "create table mention_groups (id integer primary key, data text not null, articles integer not null, "
        "changed integer not null)",
        "create index idx_mention_groups_changed on mention_groups (id) where changed",
        "create table blocking_keys (key integer, mention_group integer, primary key (key, mention_group)) "
        "without rowid",
        "create table name_records (mention_group integer, place integer, speaker text not null, "
        "local integer not null, display_hash integer not null, primary key (mention_group, place)) without rowid",
        "create index idx_name_records_speaker on name_records (speaker)",
        "create table shingle_hashes (hash integer, article text, primary key (hash, article)) without rowid",
        "create index idx_shingle_hashes_article on shingle_hashes (article)",
        "create table fingerprints (fingerprint integer, quote text, primary key (fingerprint, quote)) without rowid",
        "create index idx_fingerprints_quote on fingerprints (quote)",
        "drop index idx_mentions_bundle",
        "alter table mentions rename column bundle to mention_group",
        "alter table mentions rename column unit to place",
        "create index idx_mentions_mention_group on mentions (mention_group, place)",
        "delete from settings where key in ('linked', 'bundles')",  # so that everything is linked anew
    ):
        db.execute(statement)


@migrations()
def m012_order_of_corrections(db: Database) -> None:
    """Which correction came after which: a clock may be set back, so the time does not tell."""
    db.execute("alter table corrections add column number integer")
    db.execute(
        "update corrections set number = sorted.number from "
        "(select id, row_number() over (order by at, id) as number from corrections) as sorted "
        "where sorted.id = corrections.id"
    )


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
