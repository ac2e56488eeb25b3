"""Which pronoun an article uses for a surname or a given name alone, where several people bear it."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, cached_property

from spacy.tokens import Doc, Span, Token

from quotes.coreference.descriptions import title_before
from quotes.coreference.entity import Entity, described_gender, name_gender, noun_gender
from quotes.coreference.entity_spans import courtesy_title
from quotes.lexicon.roles import PRONOUN_KIND
from quotes.names.person import parse_person
from quotes.text.quoted import quoted_mask

MIN_PRONOUNS = 2  # beside a name alone, from which on they tell whose it is in an article


class NamePronouns:
    """The pronouns beside names that stand alone.

    ``names``: the names of people in the text that are no full ones; ``bearers``: the people whom a token of a name can
    mean, as far as they are known.
    """

    def __init__(
        self, doc: Doc, text: str, names: Sequence[Span], bearers: Callable[[Token], list[Entity]]
    ) -> None:
        self._doc, self._text, self._names, self._bearers = doc, text, names, bearers
        self._most_often = cache(self._new_most_often)

    def of(self, span: Span, name: str) -> str | None:
        """The pronoun for a name: the one in its sentence, else the one that mostly goes with it in the article."""
        return self._beside(span) or self._most_often(name)

    def _new_most_often(self, name: str) -> str | None:
        """The pronoun that most often goes with a surname or a given name alone in this article, if most do."""
        people = ((span, parse_person(span.text)) for span in self._names)
        spans = [span for span, person in people if person.surname == name and not person.suffix]
        votes = Counter(
            pronoun for span in spans if (pronoun := self._beside(span)) is not None
        ).most_common()
        if sum(count for _, count in votes) < MIN_PRONOUNS:
            return None
        return votes[0][0] if len(votes) == 1 or votes[0][1] > 2 * votes[1][1] else None

    def _beside(self, span: Span) -> str | None:
        """The pronoun for a name in its sentence: "Kent said she", "in her speech, Kent said"; "Congressman Kent".

        None where it could be somebody else's who is named before it.
        """
        title = title_before(span)
        if title is not None and (gender := noun_gender(title[-1].lower_)):
            return gender
        head = span.root
        if head.dep_ in ("poss", "compound"):
            return None  # "Kent's lawyer said he"
        sentence, is_subject = span.sent, head.dep_ in ("nsubj", "nsubjpass") and head.head.dep_ == "ROOT"
        before = [t for t in self._doc[sentence.start : span.start] if t.tag_ == "PRP$"] if is_subject else []
        after = self._doc[span.end : sentence.end]
        for token in (*before, *after):
            pronoun = PRONOUN_KIND.get(token.lower_)
            if pronoun in ("he", "she") and not self._quoted[token.idx]:
                end = span.start if token.i < span.start else token.i
                others = [*self._doc[sentence.start : span.start], *self._doc[span.end : end]]
                return None if any(self._can_be(other, pronoun) for other in others) else pronoun
        return None

    def _can_be(self, token: Token, pronoun: str) -> bool:
        """Whether a token is of the name of somebody who can be a pronoun."""
        if token.ent_type_ != "PERSON":
            return False
        genders = {known_gender(person) for person in self._bearers(token)} or {None}
        return bool(genders & {pronoun, None})

    @cached_property
    def _quoted(self) -> bytearray:
        return quoted_mask(self._text)


def title_gender(span: Span) -> str | None:
    """The pronoun that the title before a name tells: "she" for "Mrs."."""
    return parse_person(f"{courtesy_title(span)} x").gender


def known_gender(person: Entity) -> str | None:
    """The pronoun of a person as far as it is known before the article is read through."""
    titled = next(filter(None, map(title_gender, person.mentions)), None)
    return titled or person.gender or described_gender(person) or name_gender(person)
