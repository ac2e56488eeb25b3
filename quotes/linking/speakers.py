"""Linking the speakers of a database: the groups of names that have changed, and the corrections about them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from quotes.corrections.records import Correction
from quotes.corrections.references import QuoteRef
from quotes.corrections.speakers import correct_speakers
from quotes.linking.blocks import all_blocks, block_of
from quotes.speakers.records import LinkedSpeaker, MentionGroup, RecordId, local_id
from quotes.speakers.resolve import link_block
from quotes.store.changes import Change
from quotes.store.database import Store
from quotes.types import Speaker


def link_speakers(store: Store, *, everything: bool) -> None:
    """Link the speakers of what has changed, or of everything, apply the corrections about them, and store them."""
    store.linking.speakers.start()
    _Linking(store).run(everything)
    store.linking.speakers.save()


class _Linking:
    """One linking of speakers: those whom no correction concerns are staged at once, the others kept for it."""

    def __init__(self, store: Store) -> None:
        self.store, self.tables = store, store.linking
        self.scope = _CorrectionScope(store)
        self.active: dict[str, Correction] = {}  # the corrections that have to be applied
        self.linked = _LinkedSpeakers(store)  # the speakers whom they concern

    def run(self, everything: bool) -> None:
        """Link the blocks of all groups that have changed, and those that corrections tie to them."""
        todo = [] if everything else self.tables.mentions.changed_groups()
        for correction in self.scope.changed():
            todo += self._activate(correction)
        if everything:
            for idents in all_blocks(self.tables.mentions):
                pairs = (self.tables.mentions.group(ident) for ident in idents)
                self._link([pair for pair in pairs if pair is not None])
        else:
            seen: set[int] = set()
            while todo:
                start = todo.pop()
                if start not in seen:
                    groups = list(block_of(self.tables.mentions, start))
                    seen.update(group.id for group, _ in groups)
                    todo += self._link(groups)
        self._correct()

    def _link(self, groups: list[tuple[MentionGroup, int]]) -> list[int]:
        """Link one block; return the groups that the corrections about its speakers need besides."""
        linked = link_block(pair for pair in groups if pair[1])
        concerned = self.scope.those_of((group.id for group, _ in groups), linked)
        needed = [group for correction in concerned for group in self._activate(correction)]
        if concerned:
            self.linked.add(linked)
        else:
            for entity in linked:
                self.tables.speakers.stage_speaker(entity.speaker, entity.members, local=entity.local)
        return needed

    def _activate(self, ident: str) -> list[int]:
        """Note that a correction has to be applied, and those about the same things; return their groups."""
        groups, waiting = [], [ident]
        while waiting:
            peer = waiting.pop()
            if peer in self.scope.corrections and peer not in self.active:
                self.active[peer] = self.scope.corrections[peer]
                groups += self.scope.groups[peer]
                waiting += self.scope.peers(peer)
        return groups

    def _correct(self) -> None:
        """Apply the corrections, and stage the speakers whom they concern."""
        linked, speakers = self.linked, self.tables.speakers
        in_order = [known for ident, known in self.scope.corrections.items() if ident in self.active]
        result = correct_speakers(in_order, linked)
        shown = dict(result.speakers)
        for ident, entity in linked.by_id.items():
            merged_into, _ = result.merged.get(ident, (ident, ""))
            if merged_into != ident:
                speakers.stage_members(merged_into, entity.members)
            else:
                speakers.stage_speaker(shown.pop(ident, entity.speaker), entity.members)
        for entities in linked.local.values():
            for entity in entities:
                speakers.stage_speaker(entity.speaker, entity.members, local=True)
        moved = dict(result.quotes)
        for ident in (
            {speaker for speaker, _ in moved.values() if speaker} - linked.by_id.keys() - shown.keys()
        ):
            if speaker := linked.speaker(ident):  # known to one article, and now to another as well
                shown[ident] = speaker
        for speaker in shown.values():
            speakers.stage_speaker(speaker)
        for ident, by in result.merged.items():
            if ident not in linked.by_id:  # known to one article: its names may mean others elsewhere
                for quote, _, _ in linked.quotes_of(ident):
                    moved.setdefault(quote, by)
        speakers.stage_corrected(moved, anew=self.active, active=self.scope.active)
        speakers.stage_quotations(
            quote for ident in self.scope.local for quote, _, _ in linked.quotes_of(ident)
        )
        again, active = self.active, self.scope.active
        self.store.quotation_tables.save_decided("speaker", result.decided, anew=again, active=active)
        self.store.correction_tables.save_states(result.states)


class _LinkedSpeakers:
    """What linking found by itself of the speakers whom corrections concern: the world they are applied to."""

    def __init__(self, store: Store) -> None:
        self.store, self.mentions = store, store.linking.mentions
        self.by_id: dict[str, LinkedSpeaker] = {}
        self.local: defaultdict[str, list[LinkedSpeaker]] = defaultdict(list)
        self.of_member: dict[RecordId, LinkedSpeaker] = {}

    def add(self, linked: Iterable[LinkedSpeaker]) -> None:
        """Keep speakers."""
        for entity in linked:
            self.of_member.update(dict.fromkeys(entity.members, entity))
            if entity.local:
                self.local[entity.speaker.id].append(entity)
            else:
                self.by_id[entity.speaker.id] = entity

    def resolve(self, ref: QuoteRef) -> str | None:
        """The id that the quotation has now, None when it is gone."""
        return self.store.correction_tables.resolve(ref)

    def base(self, quote: str) -> str | None:
        """The id of the speaker whom linking found for a quotation."""
        place = self.mentions.place_of(quote)
        entity = self.of_member.get((place.group, place.place)) if place else None
        if place is None or entity is None:
            return None
        return local_id(entity.speaker.id, place.article) if entity.local else entity.speaker.id

    def speaker(self, ident: str) -> Speaker | None:
        """The speaker with this id."""
        if ident in self.by_id:
            return self.by_id[ident].speaker
        return next((replace(entity.speaker, id=ident) for entity, _ in self._local(ident)), None)

    def quotes_of(self, ident: str) -> list[tuple[str, str, str]]:
        """A speaker's quotations: id, article and the name in it."""
        if ident in self.by_id:
            return list(self.mentions.quotations_at(self.by_id[ident].members))
        return [row for _, rows in self._local(ident) for row in rows]

    def _local(self, ident: str) -> Iterator[tuple[LinkedSpeaker, list[tuple[str, str, str]]]]:
        """The speakers of one article with this id, and their quotations."""
        name, _, article = ident.partition("_")
        for entity in self.local.get(name, ()) if article else ():
            if rows := list(self.mentions.quotations_at(entity.members, article)):
                yield entity, rows


class _CorrectionScope:
    """Which mention groups a correction needs to be applied, and which corrections a group concerns."""

    def __init__(self, store: Store) -> None:
        stored, mentions = store.correction_tables, store.linking.mentions
        known = {correction.id: correction for correction in stored.applicable()}
        changed = set(store.changes.ids(Change.CORRECTION))
        self.active = {ident: correction for ident, correction in known.items() if not correction.undone_at}
        undone = {
            ident: correction
            for ident, correction in known.items()
            if ident in changed and correction.undone_at
        }
        self.corrections = self.active | undone
        self.groups: defaultdict[str, list[int]] = defaultdict(list)
        self.by_thing: defaultdict[object, set[str]] = defaultdict(set)  # a group, a quotation or a speaker
        self.things: defaultdict[str, list[object]] = defaultdict(list)
        for ident, quote in stored.quotations_of(self.corrections.values()):
            self._add(ident, ("quote", quote))
            if place := mentions.place_of(quote):
                self._add(ident, place.group)
        for ident, correction in self.corrections.items():
            for ref in correction.speakers:
                self._add(ident, ("speaker", ref.id.partition("_")[0]))
                for group in mentions.groups_of_speaker(ref.id):
                    self._add(ident, group)
        articles = set(store.changes.ids(Change.ARTICLE))
        self._changed = changed | {
            ident
            for ident, correction in self.corrections.items()
            if any(ref.article in articles for ref in correction.refs)
        }
        self.local = {  # changed speakers who are known to one article
            ref.id for ident in changed if ident in known for ref in known[ident].speakers if "_" in ref.id
        }

    def _add(self, ident: str, thing: object) -> None:
        self.by_thing[thing].add(ident)
        self.things[ident].append(thing)
        if isinstance(thing, int):
            self.groups[ident].append(thing)

    def changed(self) -> list[str]:
        """The corrections that are new or undone, or whose articles have changed."""
        return sorted(self._changed & self.corrections.keys())

    def peers(self, ident: str) -> set[str]:
        """The corrections about the same quotations and speakers."""
        return {other for thing in self.things[ident] for other in self.by_thing[thing]}

    def those_of(self, groups: Iterable[int], linked: Iterable[LinkedSpeaker]) -> set[str]:
        """The corrections that concern a block and its speakers."""
        if not self.by_thing:
            return set()
        things: list[object] = [*groups, *(("speaker", entity.speaker.id) for entity in linked)]
        return {ident for thing in things for ident in self.by_thing.get(thing, ())}
