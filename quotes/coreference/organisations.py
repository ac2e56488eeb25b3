"""Which organisation or place of an article a name means: in full, by acronym, or by the end of a longer name."""

from spacy.tokens import Span

from quotes.coreference.entity import Entity
from quotes.names.organisation import Organisation, acronym_keys, is_acronym, parse_organisation


class OrganisationIndex:
    """The organisations and places of an article, found by their names, acronyms and short forms."""

    def __init__(self) -> None:
        self._by_name: dict[Organisation, Entity] = {}
        self._by_acronym_key: dict[str, Entity] = {}
        self._by_last_word: dict[str, list[Entity]] = {}

    def find(self, span: Span) -> Entity | None:
        """The entity that a name means, if it has been added: in full, "IMF", "the Post"."""
        entity = self._by_name.get(parse_organisation(span.text))
        if entity is None:
            entity = self._find_acronym(span)
        if entity is None and span.label_ == "ORG":
            entity = self._find_last_words(span)
        return entity

    def _find_acronym(self, span: Span) -> Entity | None:
        """The entity whose acronym a name is, or that is the acronym of the name: it takes the longer of the two."""
        text = span.text
        for key in acronym_keys(text):
            entity = self._by_acronym_key.get(key)
            if entity is not None and (is_acronym(text, entity.name) or is_acronym(entity.name, text)):
                if len(text) > len(entity.name):
                    entity.name = " ".join(text.split())
                return entity
        return None

    def _find_last_words(self, span: Span) -> Entity | None:
        """The last entity added whose name ends with these words: "the Post" for "Washington Post"."""
        words = span.text.split()
        for entity in reversed(self._by_last_word.get(words[-1], [])):
            if entity.name.split()[-len(words) :] == words:
                return entity
        return None

    def add(self, entity: Entity, span: Span) -> None:
        """Make an entity known by one more name."""
        self._by_name.setdefault(parse_organisation(span.text), entity)
        for key in acronym_keys(span.text):
            self._by_acronym_key.setdefault(key, entity)
        if entity.label == "ORG" and len(span) > 1:
            entities = self._by_last_word.setdefault(span.text.split()[-1], [])
            if entity not in entities:
                entities.append(entity)
