"""What Datasette shows of the tables of a database of ours, whatever its file is called: titles, queries.

A metadata file says only what is to be otherwise.
"""

from typing import Any

from quotes.datasette.fetch import TITLE_SQL

TABLES: dict[str, dict[str, Any]] = {
    "quotes": {
        "title": "Quotations",
        "description": "One row per act of quoting in one article.",
        "sort_desc": "published",
        "size": 50,
        "label_column": "content",
        "facets": ["speaker"],
        "facet_size": 10,
        "columns": {
            "content": "The words quoted or reported",
            "speaker": "The person, organisation or group that the source refers to",
            "type": "direct (all in quotation marks), mixed (part of it) or indirect (none)",
            "act": "asserts, denies, asks, requests, promises, thinks or declines",
            "asserted": "0 where the text says that the words were not said, or only might be",
            "published": "When the article was published",
            "source": "What the text attributes the words to, exactly as written",
            "cue": 'What introduces the words, such as "said" or "according to"',
            "via": "Who passed the words on",
            "statement": "What was said, across articles",
            "attribution": "How the speaker was found - name, coreference, discourse (carried over), statement (the "
            "same words elsewhere), correction (decided by a person) or none",
            "confidence": "The model's probability that content and source are right, 0 to 1",
            "speaker_confidence": "The model's probability that the name is right, 0 to 1",
            "thought": "1 for a belief or an intention rather than speech",
            "position": "Where the content starts in the article's text, in characters",
            "publication": "Where the article was published",
        },
    },
    "statements": {
        "title": "Statements",
        "description": "What was said, across articles. One or more quotations that report the same utterance.",
        "sort_desc": "articles",
        "size": 50,
        "facets": ["speaker"],
        "columns": {
            "text": "The fullest wording, direct where there is one",
            "variants": "How many quotations report it, copies of one story counted once",
            "articles": "How many articles report it, copies of one story counted once",
            "wordings": "How many different wordings there are",
            "publications": "In how many publications",
        },
    },
    "speakers": {
        "title": "Speakers",
        "description": "People, organisations and groups, one row each across all articles.",
        "sort_desc": "quotes",
        "size": 50,
        "label_column": "name",
        "facets": ["type"],
        "columns": {
            "description": "As the press gives it",
            "aliases": "Other names that articles use",
            "quotes": "How many quotations",
            "articles": "In how many articles",
        },
    },
    "articles": {
        "title": "Articles",
        "sort_desc": "published",
        "size": 50,
        "label_column": "title",
        "facets": ["publication"],
        "columns": {
            "text": "As read, unchanged",
            "copy_of": "The earliest article with nearly the same text",
            "path": "Where it was read from",
            "version": "Of the pipeline that read it",
        },
    },
}
CHANGED_WORDING = {
    "title": "Same statement, different words",
    "description": "Statements that were reported in more than one wording.",
    "hide_sql": True,
    "sql": f"""select
  statements.id as statement,
  statements.text,
  coalesce((
    select type from quotes as q where q.statement = statements.id and q.content = statements.text
    order by type = 'direct' desc, type = 'mixed' desc limit 1), 'indirect') as statement_type,
  (
    select act from quotes as q where q.statement = statements.id and q.content = statements.text
    order by type = 'direct' desc, type = 'mixed' desc limit 1) as statement_act,
  speakers.name as speaker,
  statements.speaker as speaker_id,
  quotes.content,
  quotes.type,
  quotes.act,
  {TITLE_SQL} as article,
  quotes.article as article_id,
  articles.publication,
  quotes.published,
  quotes.id as quote
from (
    select * from statements where wordings > 1
    order by publications desc, articles desc, id limit 60
  ) as statements
  join quotes on quotes.statement = statements.id
  join articles on articles.id = quotes.article
  left join speakers on speakers.id = statements.speaker
order by statements.publications desc, statements.articles desc, statements.id,
  quotes.content = statements.text desc, quotes.published, quotes.article, quotes.position
limit 300""",
}


HIDDEN = """
    spans mentions topics statement_topics cast candidates embeddings settings changed inferred
    corrections corrected decided set_aside mention_groups blocking_keys name_records shingle_hashes
    fingerprints statement_links article_sources article_versions former_ids former_quotes
    _sqlite_migrations
""".split()  # tables that are of use to programs


def metadata() -> dict[str, Any]:
    """The metadata of a database of ours. Tables that somebody else put there are shown as Datasette shows them."""
    return {
        "title": "Quotations",
        "description": "Quotations found in news articles, with their speakers and what was said across articles.",
        "tables": TABLES | {name: {"hidden": True} for name in HIDDEN},
        "queries": {"changed_wording": CHANGED_WORDING},
    }
