"""What is searched for -> SQL and its parameters: the one search of the command line and the pages.

Nothing here opens a database, so that a ``Store`` and a Datasette, which runs SQL in threads of its own, ask the
same questions and get the same answers. Words are looked for with FTS5, which ranks by BM25 (Robertson and
Zaragoza, "The Probabilistic Relevance Framework", 2009).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypedDict, Unpack

from quotes.store.certainty import CONFIDENCE_SQL
from quotes.store.fts import left_out, name_query, title_query, words_query
from quotes.text.sanitise import clean

Order = Literal["best", "newest"]
ResultOrder = Literal["best", "newest", "article"]  # "article": by article and in text order
MAX_RANKED = 20_000  # quotations that are ranked, the last stored: more take a page longer than a second
# Cosine of two embeddings from which quotations are near in meaning, wherever they are searched by it: the least that
# nine of a thousand strangers reach, and 92 of 100 pairs that are one claim (training/like_threshold.py on pairs-train)
NEAR_COSINE = 0.5
AFTER_ANY_TEXT = "\U0010ffff"  # sorts after everything that a date may go on with
IN_TEXT_ORDER = "quotes.article, quotes.position, quotes.id"
NEWEST_FIRST = "quotes.published desc, quotes.article, quotes.position, quotes.id"
# The words first, then the other conditions: looking up every quotation of a speaker among the words is slower.
MATCHES_SQL = "quotes_fts cross join quotes on quotes.rowid = quotes_fts.rowid"

# Beside each quotation its article, its speaker, and the correction that decided whose it is, which words it is, or
# who its speaker is.
QUOTATION_JOINS = """
    join articles on articles.id = quotes.article
    left join speakers on speakers.id = quotes.speaker
    left join corrected on corrected.quote = quotes.id
    left join decided as edited on edited.kind = 'quote' and edited.id = quotes.id
    left join decided as told on told.kind = 'speaker' and told.id = quotes.speaker
    left join corrections
        on corrections.id = coalesce(corrected.correction, edited.correction, told.correction)
"""
# Copies are one story. Of the quotations of one statement in each of them, the first are one, the second, ...
HAS_COPIES_SQL = (
    "exists (select 1 from articles where copy_of > '')"  # asked once, before anything is looked at
)
IN_STORIES_SQL = (
    "quotes.article in (select id from articles where copy_of > '' "
    "union select copy_of from articles where copy_of > '')"
)
STORY_SQL = "(select coalesce(copy_of, id) from articles where articles.id = quotes.article)"
NTH_SQL = (
    "coalesce(quotes.statement, quotes.id) as statement, row_number() over (partition by quotes.article, "
    "coalesce(quotes.statement, quotes.id) order by quotes.position, quotes.id) as nth"
)
PUBLICATIONS = "select distinct publication from articles where publication != '' order by publication"

# The speaker with this id; else everybody whose name or aliases have these words: "Lee" is not Leeson. Where nobody's
# have, those whose begin like them.
SPEAKERS_MEANT = """
    select id from speakers where id = :speaker
    union all
    select speakers.id from speakers_fts join speakers on speakers.rowid = speakers_fts.rowid
    where speakers_fts match :speaker_name and not exists (select 1 from speakers where id = :speaker)
    union all
    select speakers.id from speakers_fts join speakers on speakers.rowid = speakers_fts.rowid
    where speakers_fts match :speaker_beginning and not exists (select 1 from speakers where id = :speaker)
        and not exists (select 1 from speakers_fts where speakers_fts match :speaker_name)
"""
# What articles call a speaker, each with the first article that does, the most frequent first.
DESCRIPTIONS = """
    select description, min(coalesce(descriptions.published, '9') || ' ' || article) as first, article,
        descriptions.published, title, publication, count(distinct coalesce(copy_of, articles.id)) as articles
    from descriptions join articles on articles.id = article where speaker = :speaker
    group by description order by articles desc, first limit :limit
"""


# What a statement has to do with others: those that contradict it first.
STATEMENT_LINKS = """
    select kind, probability, statements.id, text, first_published, last_published, variants,
        statements.speaker, speakers.name as speaker_name
    from (
        select kind, probability, other as linked from statement_links where statement = :key
        union all select kind, probability, statement from statement_links where other = :key
    ) join statements on statements.id = linked left join speakers on speakers.id = statements.speaker
    order by kind = 'contradicts' desc, kind = 'again' desc, probability desc, statements.id
"""
SUGGESTIONS = """
    select links.kind, links.probability, speakers.id as speaker, speakers.name as speaker_name,
        one.id as statement, one.text as text, one.first_published as published,
        two.id as other, two.text as other_text, two.first_published as other_published
    from statement_links as links join statements as one on one.id = links.statement
    join statements as two on two.id = links.other and two.speaker = one.speaker
    join speakers on speakers.id = one.speaker
    where :kind is null or links.kind = :kind
    order by links.probability desc, links.statement, links.other
"""


class Filters(TypedDict, total=False):
    """Conditions on a quotation; None lets everything through.

    ``speaker``: an id, or words of a name or an alias; ``by``: an id only. ``publication``: a name, or a part of
    one. ``since`` and ``until``: year, month or day, both included; ``said_since``: the same of the day on which it was
    said, where the text tells that. ``quote_type``: ``type``, where that is a speaker's. ``act``: what was done with
    the words; ``asserted``: whether the text says that they were said. ``about``: words of the quotation or of its
    article's headline. ``corrected``: whether a person decided anything about it. ``withdrawn``: whether its
    article was taken back.
    """

    speaker: str | None
    by: str | None
    type: str | None
    publication: str | None
    since: str | None
    said_since: str | None
    until: str | None
    min_confidence: float | None
    speaker_type: str | None
    quote_type: str | None
    act: str | None
    asserted: bool | None
    about: str | None
    corrected: bool | None
    withdrawn: bool | None


def speaker_parameters(typed: str) -> dict[str, str]:
    """The parameters of ``SPEAKERS_MEANT`` for what somebody typed."""
    return {
        "speaker": typed,
        "speaker_name": name_query(typed, whole=True),
        "speaker_beginning": name_query(typed),
    }


def publications_meant(typed: str, names: Iterable[str]) -> list[str]:
    """The publication of that name, or else all with what was typed in their name, in any case.

    Names are compared as they are and as a page shows them, where steering characters are replaced.

    >>> publications_meant("times", ["The Times", "The Irish Times", "Le Monde"])
    ['The Times', 'The Irish Times']
    """
    shown = {name: clean(name) for name in names}
    exact = [name for name, text in shown.items() if typed in (name, text)]
    return exact or [name for name, text in shown.items() if typed.casefold() in text.casefold()]


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """The conditions of a search as SQL, and the values of their parameters."""

    conditions: tuple[str, ...]
    values: dict[str, Any]

    @property
    def has_words(self) -> bool:
        """Whether words are looked for, so that quotations can be ranked by them."""
        return "words" in self.values

    def count(self) -> str:
        """SQL for the number of quotations."""
        if self.has_words and not self.conditions:
            return "select count(*) from quotes_fts where quotes_fts match :words"
        return f"select count(*) from {self._source()} where {self._where()}"

    def count_repeated(self) -> str:
        """SQL for how many of the quotations only repeat, in a copy of an article, what the story has already."""
        told = f"select {STORY_SQL} as story, {NTH_SQL} from {self._source()}"
        in_stories = IN_STORIES_SQL
        if self.has_words:  # before the others are joined; with "+" the words are still looked up first
            in_stories = f"+quotes_fts.rowid in (select rowid from quotes where {IN_STORIES_SQL})"
        return (
            "select count(*) - count(distinct story || ' ' || statement || ' ' || nth) from "
            f"({told} where {self._where(HAS_COPIES_SQL, in_stories)})"
        )

    def rows(self, columns: str, limit: int) -> str:
        """SQL for these columns of ``limit`` quotations at most: of those with words the last stored."""
        order = "order by quotes_fts.rowid desc" if self.has_words else ""
        return f"select {columns} from {self._source()} where {self._where()} {order} limit {limit}"

    def hits(
        self, *more: str, order: ResultOrder = "best", limit: int | None = None, every: bool = False
    ) -> str:
        """SQL for ``id`` and ``statement`` of the quotations, in order; without words "best" is the newest first.

        ``more``: further conditions. Of words, at most ``MAX_RANKED`` quotations are ranked, or ``limit``, if that is
        more, unless ``every`` one is wanted.
        """
        most = f"limit {limit}" if limit is not None else ""
        columns = "quotes.id, quotes.statement"
        if not self.has_words or order != "best":
            where = self._where(*more)
            by = IN_TEXT_ORDER if order == "article" else NEWEST_FIRST
            return f"select {columns} from {self._source()} where {where} order by {by} {most}"
        source = MATCHES_SQL if self.conditions or more else "quotes_fts"
        # in the order of the index: ordered by rank, FTS5 ranks what is filtered out as well
        ranked = (
            f"select quotes_fts.rowid as hit, rank as score from {source} where {self._where(*more)} "
            f"order by quotes_fts.rowid desc limit {-1 if every else max(MAX_RANKED, limit or 0)}"
        )
        return (
            f"select {columns} from ({ranked}) join quotes on quotes.rowid = hit "
            f"order by score, {NEWEST_FIRST} {most}"
        )

    def marked(self, before: str, after: str) -> str:
        """SQL for a quotation's content with these signs around every word that was looked for."""
        if not self.has_words:
            return "quotes.content"
        return (
            f"(select highlight(quotes_fts, 0, '{before}', '{after}') from quotes_fts "
            "where quotes_fts match :words and quotes_fts.rowid = quotes.rowid)"
        )

    def _source(self) -> str:
        return MATCHES_SQL if self.has_words else "quotes"

    def _where(self, *more: str) -> str:
        words = ("quotes_fts match :words",) if self.has_words else ()
        return " and ".join([*words, *self.conditions, *more]) or "true"


def search_for(
    words: str = "", *, publications: Iterable[str] = (), **filters: Unpack[Filters]
) -> SearchQuery:
    """The search for quotations with all of these words that pass the filters.

    ``publications``: the names of all that there are, when the filter ``publication`` is given. Words without a
    letter or digit in them, and names that nobody has, find nothing.
    """
    conditions: list[str] = []
    values: dict[str, Any] = {}
    if words.strip():
        if nothing_of := left_out(words):  # FTS5 has no query for that
            conditions.append(LEFT_OUT_SQL)
            values["left_out"] = nothing_of
        else:
            values["words"] = words_query(words)
    for name, value in filters.items():
        if value is not None:
            conditions.append(CONDITION_SQL[name])
            values[name] = value
    if (typed := filters.get("speaker")) is not None:
        values |= speaker_parameters(typed)
    if (typed := filters.get("publication")) is not None:
        values["publication"] = json.dumps(publications_meant(typed, publications))
    if (until := filters.get("until")) is not None:
        values["until"] = until + AFTER_ANY_TEXT
    if (about := filters.get("about")) is not None:
        values |= {"about": words_query(about), "about_title": title_query(about)}
    return SearchQuery(tuple(conditions), values)


LEFT_OUT_SQL = "quotes.rowid not in (select rowid from quotes_fts where quotes_fts match :left_out)"
CONDITION_SQL = {
    "speaker": f"quotes.speaker in ({SPEAKERS_MEANT})",
    "by": "quotes.speaker = :by",
    "publication": "quotes.publication in (select value from json_each(:publication))",
    "since": "quotes.published >= :since",
    "said_since": "quotes.said_on >= :said_since",
    "until": "quotes.published < :until",
    "type": "+quotes.type = :type",  # + : a third of all is no use as an index
    "quote_type": "+quotes.type = :quote_type",
    "act": "+quotes.act = :act",
    "asserted": "quotes.asserted = :asserted",
    "withdrawn": "(quotes.withdrawn is not null) = :withdrawn",
    "min_confidence": f"{CONFIDENCE_SQL} >= :min_confidence",
    "speaker_type": "exists (select 1 from speakers where id = quotes.speaker and speakers.type = :speaker_type)",
    "about": (
        "(quotes.rowid in (select rowid from quotes_fts where quotes_fts match :about) or quotes.article in "
        "(select articles.id from articles_fts join articles on articles.rowid = articles_fts.rowid "
        "where articles_fts match :about_title))"
    ),
    "corrected": (
        "(quotes.id in (select quote from corrected union select id from decided where kind = 'quote') "
        "or exists (select 1 from decided where kind = 'speaker' and id = quotes.speaker)) = :corrected"
    ),
}
