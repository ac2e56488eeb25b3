"""The oldest migrations of ``schema``, up to the order of corrections: what is said there holds for them as well."""

import re
from typing import cast

from sqlite_utils import Database, Migrations
from sqlite_utils.db import Table

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
