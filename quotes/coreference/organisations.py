"""Which body of an article a name means: in full, an acronym, or the end of a longer name."""

from spacy.tokens import Span

from quotes.coreference.entity import Figure
from quotes.names.organisation import Organisation, acronym_keys, is_acronym, parse_organisation


class Bodies:
    """The organisations and places of an article, found by their names, acronyms and short forms."""

    def __init__(self) -> None:
        self._names: dict[Organisation, Figure] = {}
        self._initials: dict[str, Figure] = {}
        self._tails: dict[str, list[Figure]] = {}

    def find(self, span: Span) -> Figure | None:
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
            for figure in reversed(self._tails.get(words[-1], [])):
                if figure.name.split()[-len(words) :] == words:
                    return figure
        return None

    def add(self, figure: Figure, span: Span) -> None:
        """Make a body known by one more name."""
        self._names.setdefault(parse_organisation(span.text), figure)
        for key in acronym_keys(span.text):
            self._initials.setdefault(key, figure)
        if figure.label == "ORG" and len(span) > 1:
            figures = self._tails.setdefault(span.text.split()[-1], [])
            if figure not in figures:
                figures.append(figure)
