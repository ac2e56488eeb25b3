"""By what linking looks up an article and its quotations: computed once, when the article is stored.

Three indexes let linking look only at what may have to do with a new article: groups of mentions with blocking keys
(``speakers.blocking``), fingerprints of runs of words (``statements.fingerprints``), and hashes of the shingles of
the whole text (``articles.near_duplicates``).
"""

from collections.abc import Iterable, Iterator, Mapping

from quotes.articles.near_duplicates import min_hashes, shingles
from quotes.provenance import linking_version
from quotes.speakers.blocking import group_mentions
from quotes.speakers.records import SpeakerMention
from quotes.statements.fingerprints import winnow
from quotes.statements.normalise import normalise
from quotes.store.database import Store
from quotes.store.rows import ArticleIndex, MentionGroupRow, content, identified
from quotes.types import Article, Quote, QuoteType

FINGERPRINTS_PER_BATCH = 200_000  # fingerprints that are sorted before they are written


def save_article(
    store: Store, article: Article, quotes: Iterable[Quote], *, version: str, keep_earlier: bool = False
) -> None:
    """Store an article, its quotations and their indexes in place of what was stored of it, in one transaction.

    The quotations have no speaker and no statement until the next ``link``. ``version``: of what read the article.
    ``keep_earlier``: what only the text said that is replaced is kept as a former quotation.
    """
    by_id = identified(article.id, quotes)
    index = article_index(article, by_id)
    with store.transaction():
        store.changes.computed(linking_version())
        store.save_article(article, by_id, index, version=version, keep_earlier=keep_earlier)


def article_index(article: Article, quotes: Mapping[str, Quote]) -> ArticleIndex:
    """The indexes of an article and its quotations (id -> quotation)."""
    mentions = [
        SpeakerMention(ident, article.id, quote.speaker) for ident, quote in quotes.items() if quote.speaker
    ]
    return ArticleIndex(
        tuple(mention_groups(mentions)),
        tuple(min_hashes(shingles(article.text))),
        tuple(
            fingerprint_rows(
                (ident, content(quote, article.text), quote.type) for ident, quote in quotes.items()
            )
        ),
    )


def mention_groups(mentions: Iterable[SpeakerMention]) -> Iterator[MentionGroupRow]:
    """The groups that the mentions of one article make up, as rows."""
    for group, quotes in group_mentions(mentions):
        keys = tuple(group.key_ids)
        yield MentionGroupRow(group.id, group.data, keys, tuple(map(tuple, quotes)))


def fingerprint_rows(quotations: Iterable[tuple[str, str, QuoteType]]) -> Iterator[tuple[int, str]]:
    """The fingerprints of quotations (id, content, type), each with the id."""
    for ident, text, kind in quotations:
        for fingerprint in winnow(normalise(text, direct=kind == "direct").words):
            yield fingerprint, ident


def rebuild(store: Store) -> None:
    """Compute all indexes anew: another version of this program would compute others.

    The caller opens the transaction; every article and every speaker counts as changed.
    """
    tables = store.linking
    tables.mentions.clear_groups()
    for mentions in tables.mentions.by_article():
        tables.mentions.add_groups(mention_groups(mentions))
    for article, text in tables.copies.texts():
        tables.copies.save_hashes(article, min_hashes(shingles(text)))
    tables.statements.clear_fingerprints()
    batch: list[tuple[int, str]] = []
    for row in fingerprint_rows(tables.statements.contents()):
        batch.append(row)
        if len(batch) >= FINGERPRINTS_PER_BATCH:
            tables.statements.add_fingerprints(batch)
            batch.clear()
    tables.statements.add_fingerprints(batch)
