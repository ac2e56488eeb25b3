"""Tie the stored quotations together: one speaker per person, one statement per utterance."""

from quotes import __version__
from quotes.speakers import link_speakers
from quotes.statements import link_statements
from quotes.store import Store


def link(store: Store) -> bool:
    """Link what is stored, unless this version has done so since the last change. Tells whether it did.

    The result depends on what is stored only, not on the order in which it arrived.
    """
    if store.linked_with() == __version__:
        return False
    links = link_speakers(store.mentions())
    statements = link_statements(store.statement_quotes(links.of_quote))
    store.save_links(links, statements, version=__version__)
    return True
