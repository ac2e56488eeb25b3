"""Which body of an article a name means: in full, an acronym, or the end of a longer name."""

from spacy.tokens import Span

from quotes.coreference.entity import Entity
from quotes.names.organisation import Organisation, acronym_keys, is_acronym, parse_organisation


class OrganisationIndex:
    """The organisations and places of an article, found by their names, acronyms and short forms."""

    def __init__(self) -> None:
        self._names: dict[Organisation, Entity] = {}
        self._initials: dict[str, Entity] = {}
        self._tails: dict[str, list[Entity]] = {}

    def find(self, span: Span) -> Entity | None:
        """The body that a name means, if it has been named: in full, "IMF", "the Post"."""
        text = span.text
        if (same := self._names.get(parse_organisation(text))) is not None:
            return same
        for key in acronym_keys(text):
            other = self._initials.get(key)
            if other is not None and (is_acronym(text, other.name) or is_acronym(other.name, text)):
                if len(text) > len(other.name):
                    other.name = " ".join(text.split())
                return other
        if span.label_ == "ORG":
            words = text.split()
            for entity in reversed(self._tails.get(words[-1], [])):
                if entity.name.split()[-len(words) :] == words:
                    return entity
        return None

    def add(self, entity: Entity, span: Span) -> None:
        """Make a body known by one more name."""
        self._names.setdefault(parse_organisation(span.text), entity)
        for key in acronym_keys(span.text):
            self._initials.setdefault(key, entity)
        if entity.label == "ORG" and len(span) > 1:
            entities = self._tails.setdefault(span.text.split()[-1], [])
            if entity not in entities:
                entities.append(entity)
