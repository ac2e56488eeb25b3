"""Corrections of quotations applied to what is stored: before anything is linked, so that linking sees the result."""

from collections import defaultdict

from quotes.corrections.quotations import correct_quotations
from quotes.corrections.records import Correction
from quotes.linking.index import fingerprint_rows, mention_groups
from quotes.store.changes import Change
from quotes.store.database import Store
from quotes.store.rows import shown_content
from quotes.text.quoted import quote_type
from quotes.text.spans import Offsets


def apply_to_quotations(store: Store, *, everything: bool) -> dict[str, str]:
    """The states of the corrections of quotations, applied to the articles that have changed, or to all.

    The quotations of these articles are put back as they were read first, so that what was undone is gone.
    """
    by_article: defaultdict[str, list[Correction]] = defaultdict(list)
    for correction in store.correction_tables.applicable():
        if correction.about_quotations:
            by_article[correction.refs[-1].article].append(correction)
    decided = set(store.changes.ids(Change.CORRECTION))
    changed = set(store.changes.ids(Change.ARTICLE))
    states: dict[str, str] = {}
    for article, corrections in sorted(by_article.items()):
        if everything or article in changed or any(one.id in decided for one in corrections):
            states |= _correct(store, article, corrections)
    return states


def _correct(store: Store, article: str, corrections: list[Correction]) -> dict[str, str]:
    """Apply the corrections of one article's quotations; return their states."""
    tables, linking, text = store.quotation_tables, store.linking, store.linking.copies.text(article)
    linking.mentions.drop_groups(article)
    linking.statements.drop_fingerprints(article)
    result = correct_quotations(text, tables.as_read(article), corrections)
    if text is None:
        return result.states
    for quote in sorted(result.rejected.keys() | result.trimmed.keys()):
        if quote not in result.added:
            tables.set_aside(quote, article)
    for quote, (span, correction) in sorted(result.trimmed.items()):
        if quote not in result.rejected:
            tables.put_trimmed(quote, correction, _words(text, span))
    for quote, (span, correction) in sorted(result.added.items()):
        if quote not in result.rejected:
            tables.put_added(quote, article, correction, _words(text, span))
    linking.mentions.add_groups(mention_groups(linking.mentions.of_article(article)))
    linking.statements.add_fingerprints(fingerprint_rows(linking.statements.contents(article)))
    store.changes.note(Change.ARTICLE, [article])
    return result.states


def _words(text: str, span: Offsets) -> dict[str, object]:
    """What the tables need of words; their embedding is made when it is asked for."""
    return {"span": span, "content": shown_content(text, [span]), "type": quote_type(text, [span])}
