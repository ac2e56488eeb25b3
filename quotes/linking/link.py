"""Tie the stored quotations together: one speaker per person, one statement per utterance.

What is linked depends on what is stored and on the corrections only, never on the order in which it arrived. Only
what has changed is looked at again: the neighbourhoods (see ``neighbours``) of the articles that are new or
different, and the corrections that concern them.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from quotes.corrections.records import Correction, QuoteRef
from quotes.corrections.speakers import correct_speakers
from quotes.corrections.statements import correct_statements
from quotes.provenance import linking_version
from quotes.speakers.records import LinkedSpeaker, RecordId, local_id
from quotes.speakers.resolve import link_block
from quotes.statements.affected import reached
from quotes.statements.group import StatementQuote, link_statements
from quotes.statements.paraphrase import WordSimilarity
from quotes.store.database import Store
from quotes.types import Speaker

if TYPE_CHECKING:
    import numpy as np


def link(store: Store) -> bool:
    """Link what has changed since the last time; everything when another version did that. Tells whether it had to.

    Raises QuotesError when the database cannot be written.
    """
    version = linking_version()
    if store.linked_with() == version:
        return False
    with store.transaction():
        whole = store.setting("bundles") != version
        if whole:
            store.rebuild_bundles()
        store.start_linking()
        _Linking(store).run(whole)
        store.save_speakers()
        store.link_copies()
        _link_statements(store, whole)
        store.end_linking(version)
    return True


def _link_statements(store: Store, whole: bool) -> None:
    """Link the statements that what has changed can reach, and correct them."""
    corrections = [one for one, _ in store.corrections()]
    rows: Iterable[StatementQuote]
    if whole:
        rows = store.add_marks(store.statement_quotes(), anew=True)
    else:
        fresh = [quote for article in store.changed_things("article") for quote in store.quotes_of(article)]
        deque(store.add_marks(store.statement_quotes(fresh)), maxlen=0)
        fresh += store.changed_things("quote")
        fresh += (quote for ident in store.changed_things("statement") for quote in store.quotes_in(ident))
        decided = set(store.changed_things("correction"))
        fresh += (quote for one in corrections if one.id in decided for quote in store.resolve_all(one))
        tied = {one.id: set(store.resolve_all(one)) for one in corrections if one.about_statements}
        rows, concerned = reached(store, fresh, tied, word_similarity())
        corrections = [one for one in corrections if one.id in concerned]
    statements, states = correct_statements(
        link_statements(rows, word_similarity()),
        corrections,
        resolve=store.resolve,
        rows_of=store.statement_quotes,
    )
    store.save_statements(statements)
    store.put_states(states)
    store.count_speakers()


@lru_cache(maxsize=1)
def word_similarity() -> WordSimilarity:
    """The similarity of words by the model's embeddings; each word is embedded once per process."""

    def embed(words: list[str]) -> "np.ndarray":
        from quotes.nlp.encoder import encoder  # the model is loaded for the first possible paraphrase only

        return encoder().embed(words)

    return WordSimilarity(embed)


class _Linking:
    """One linking of speakers. Also the world that corrections are applied to: what was found by itself."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.active: dict[str, Correction] = {}  # the corrections that have to be applied
        self.found: dict[str, LinkedSpeaker] = {}  # the speakers whom they concern
        self.local: defaultdict[str, list[LinkedSpeaker]] = defaultdict(list)
        self.of_member: dict[RecordId, LinkedSpeaker] = {}

    def run(self, whole: bool) -> None:
        """Link the neighbourhoods of all bundles that have changed, and those that corrections tie to them."""
        store = self.store
        needs = _Needs(store)
        todo = [] if whole else store.changed_bundles()
        for one in needs.changed():
            todo += self._activate(one, needs)
        parts = store.all_neighbourhoods() if whole else iter(())
        seen: set[int] = set()
        while True:
            if (part := next(parts, None)) is not None:
                bundles = [pair for ident in part if (pair := store.bundle(ident))]
            elif todo:
                start = todo.pop()
                bundles = [] if start in seen else list(store.neighbourhood(start))
            else:
                break
            idents = [bundle.id for bundle, _ in bundles]
            seen.update(idents)
            found = link_block(pair for pair in bundles if pair[1])
            concerned = needs.those_of(idents, found)
            for one in concerned:
                todo += self._activate(one, needs)
            if concerned:
                self._keep(found)
            else:
                for one_found in found:
                    store.put_speaker(one_found.speaker, one_found.members, local=one_found.local)
        self._correct(needs)

    def _activate(self, ident: str, needs: "_Needs") -> list[int]:
        """Note that a correction has to be applied, and those about the same things; return their bundles."""
        bundles, waiting = [], [ident]
        while waiting:
            one = waiting.pop()
            if one in needs.corrections and one not in self.active:
                self.active[one] = needs.corrections[one]
                bundles += needs.bundles[one]
                waiting += needs.peers(one)
        return bundles

    def _keep(self, found: Iterable[LinkedSpeaker]) -> None:
        for one in found:
            self.of_member.update(dict.fromkeys(one.members, one))
            if one.local:
                self.local[one.speaker.id].append(one)
            else:
                self.found[one.speaker.id] = one

    def _correct(self, needs: "_Needs") -> None:
        """Apply the corrections, and note the speakers whom they concern."""
        store = self.store
        result = correct_speakers(self.active.values(), self)
        shown = dict(result.speakers)
        for ident, one in self.found.items():
            home, _ = result.merged.get(ident, (ident, ""))
            if home != ident:
                store.put_units(home, one.members)
            else:
                store.put_speaker(shown.pop(ident, one.speaker), one.members)
        for one in (one for some in self.local.values() for one in some):
            store.put_speaker(one.speaker, one.members, local=True)
        moved = dict(result.quotes)
        for ident in {who for who, _ in moved.values() if who} - self.found.keys() - shown.keys():
            if speaker := self.speaker(ident):  # known to one article, and now to another as well
                shown[ident] = speaker
        for speaker in shown.values():
            store.put_speaker(speaker)
        for ident, by in result.merged.items():
            if ident not in self.found:  # known to one article: its units may mean others elsewhere
                for quote, _, _ in self.quotes_of(ident):
                    moved.setdefault(quote, by)
        store.put_corrected(moved, anew=self.active, active=needs.active)
        store.put_concerned(quote for ident in needs.local for quote, _, _ in self.quotes_of(ident))
        store.put_states(result.states)

    # the world of corrections

    def resolve(self, ref: QuoteRef) -> str | None:
        return self.store.resolve(ref)

    def base(self, quote: str) -> str | None:
        place = self.store.place_of(quote)
        found = self.of_member.get((place.bundle, place.unit)) if place else None
        if place is None or found is None:
            return None
        return local_id(found.speaker.id, place.article) if found.local else found.speaker.id

    def speaker(self, ident: str) -> Speaker | None:
        if ident in self.found:
            return self.found[ident].speaker
        return next((replace(one.speaker, id=ident) for one, _ in self._local(ident)), None)

    def quotes_of(self, ident: str) -> list[tuple[str, str, str]]:
        if ident in self.found:
            return list(self.store.quotes_of_units(self.found[ident].members))
        return [row for _, rows in self._local(ident) for row in rows]

    def _local(self, ident: str) -> Iterator[tuple[LinkedSpeaker, list[tuple[str, str, str]]]]:
        """The speakers of one article with this id, and their quotations."""
        name, _, article = ident.partition("_")
        for one in self.local.get(name, ()) if article else ():
            if rows := list(self.store.quotes_of_units(one.members, article)):
                yield one, rows


class _Needs:
    """Which bundles a correction needs to be applied, and which corrections a neighbourhood concerns."""

    def __init__(self, store: Store) -> None:
        known = {one.id: one for one, _ in store.corrections()}
        changed = set(store.changed_things("correction"))
        self.store = store
        self.active = {ident: one for ident, one in known.items() if not one.undone_at}
        undone = {ident: one for ident, one in known.items() if ident in changed and one.undone_at}
        self.corrections = self.active | undone
        self.bundles: defaultdict[str, list[int]] = defaultdict(list)
        self.by_thing: defaultdict[object, set[str]] = defaultdict(set)  # a bundle, a quotation or a speaker
        self.things: defaultdict[str, list[object]] = defaultdict(list)
        for ident, quote in store.quotes_of_refs(self.corrections.values()):
            self._add(ident, ("quote", quote))
            if place := store.place_of(quote):
                self._add(ident, place.bundle)
        for ident, one in self.corrections.items():
            for ref in one.speakers:
                self._add(ident, ("speaker", ref.id.partition("_")[0]))
                for bundle in store.bundles_of_speaker(ref.id):
                    self._add(ident, bundle)
        articles = set(store.changed_things("article"))
        self._changed = changed | {
            ident
            for ident, one in self.corrections.items()
            if any(ref.article in articles for ref in one.refs)
        }
        self.local = {
            ref.id for ident in changed if ident in known for ref in known[ident].speakers if "_" in ref.id
        }

    def _add(self, ident: str, thing: object) -> None:
        self.by_thing[thing].add(ident)
        self.things[ident].append(thing)
        if isinstance(thing, int):
            self.bundles[ident].append(thing)

    def changed(self) -> list[str]:
        """The corrections that are new or undone, or whose articles have changed."""
        return sorted(self._changed & self.corrections.keys())

    def peers(self, ident: str) -> set[str]:
        """The corrections about the same quotations and speakers."""
        return {other for thing in self.things[ident] for other in self.by_thing[thing]}

    def those_of(self, bundles: Iterable[int], found: Iterable[LinkedSpeaker]) -> set[str]:
        """The corrections that concern a neighbourhood."""
        if not self.by_thing:
            return set()
        things: list[object] = [*bundles, *(("speaker", one.speaker.id) for one in found)]
        return {ident for thing in things for ident in self.by_thing.get(thing, ())}
