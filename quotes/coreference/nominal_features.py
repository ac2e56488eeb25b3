"""What the words of a noun phrase without a name ("the former minister", "his wife") say for a candidate."""

from bisect import bisect_left

from spacy.tokens import Doc, Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.candidates import means_two
from quotes.coreference.descriptions import is_nationality_noun, is_role
from quotes.coreference.entity import Entity
from quotes.coreference.noun_kinds import KIND_NUMBERS, noun_kind
from quotes.coreference.noun_phrases import complements, modifiers
from quotes.coreference.referents import Referent
from quotes.coreference.title_holders import (
    FORMER,
    described_as,
    equivalent_titles,
    extra_words,
    has_same_rank,
)
from quotes.lexicon.roles import KIN, TITLE_FILLERS
from quotes.lexicon.titles import titles, titles_in_full
from quotes.nlp.dependents import dependent

DETERMINERS = {"the": 1, "this": 1, "that": 1, "a": 2, "an": 2, "": 3}  # 4: a possessive or another
PLACE_LABELS = frozenset({"GPE", "NORP", "LOC"})
NOT_BESIDE = 99  # tokens: in no sentence with a name
BESIDE_WINDOW = 20  # tokens before and after a name that are looked at


class NominalFeatures:
    """The features of noun phrases of one article."""

    def __init__(self, antecedents: Antecedents) -> None:
        self.antecedents = antecedents
        self._phrases: dict[int, _Phrase] = {}
        self._words = _Words(antecedents.doc)
        self._beside: dict[Entity, dict[str, list[tuple[int, int]]]] = {}
        people = [entity for entity in antecedents.index.entities if entity.is_person]
        self._first_mentions = sorted(entity.mention_starts[0] for entity in people)
        self._mentions = sorted(-len(entity.mentions) for entity in people)

    def phrase(self, head: Token) -> "_Phrase":
        """A noun phrase by its head; ``shared`` are its features that are the same for all candidates."""
        if head.i not in self._phrases:
            self._phrases[head.i] = _Phrase(head, self.antecedents)
        return self._phrases[head.i]

    def fill(self, row: dict[str, float], head: Token, referent: Referent) -> None:
        """Add what the words of a noun phrase say of a candidate."""
        phrase = self.phrase(head)
        entity = referent.entity
        if len(referent.heads) > 1:  # a pair, for "the two"
            first, last = referent.heads[0], referent.heads[-1]
            row["n_pair_tokens"] = last - first
        if entity is None or not entity.is_person:
            return
        row["n_holder"] = int(entity in phrase.holders)
        row["n_exact_noun"] = int(phrase.lemma in entity.description_words)
        extra = extra_words(entity, phrase.lemma, phrase.words)
        row["n_extra"] = 99 if extra is None else extra
        row["n_words_unsaid"] = len(phrase.words - entity.description_words - phrase.places)
        row["n_courtesy"] = int(not phrase.titles.isdisjoint(_courtesy_titles(entity)))
        first = entity.mention_starts[0]
        place, at = (bisect_left(self._first_mentions, i) for i in (first, phrase.head.i))
        row["n_newer"] = at - place  # people first named between the two; below 0 after the phrase
        row["n_salience"] = bisect_left(self._mentions, -len(entity.mentions))  # people with more mentions
        sentence_of = self.antecedents.sentence_of
        row["n_since_first"] = sentence_of[phrase.head.i] - sentence_of[first]
        row["n_beside"] = self._beside_name(phrase, entity)

    def _beside_name(self, phrase: "_Phrase", entity: Entity) -> int:
        """The fewest tokens between a name and the noun, outside of the phrase: "Ruiz was named minister" before it."""
        start, end = phrase.head.left_edge.i, phrase.head.i
        words = self._words_beside(entity)
        places = (place for word in {phrase.lemma, *phrase.titles} for place in words.get(word, ()))
        return min((gap for i, gap in places if not start <= i <= end), default=NOT_BESIDE)

    def _words_beside(self, entity: Entity) -> dict[str, list[tuple[int, int]]]:
        """The words in sentences that name an entity: each with its places and the tokens between it and the name."""
        if entity not in self._beside:
            antecedents, words = self.antecedents, self._beside.setdefault(entity, {})
            for first, last in [(span.start, span.end - 1) for span in entity.mentions]:
                start, end = antecedents.sentence_bounds[antecedents.sentence_of[first]]
                for i in range(max(start, first - BESIDE_WINDOW), min(end, last + 1 + BESIDE_WINDOW)):
                    if not first <= i <= last and (word := self._words[i]):
                        words.setdefault(word, []).append((i, max(first - i, i - last)))
        return self._beside[entity]


class _Words(dict[int, str]):
    """The lemmas of the words and numbers of a Doc by their tokens, in lower case; "" for any other token."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc

    def __missing__(self, i: int) -> str:
        token = self.doc[i]
        self[i] = word = token.lemma_.lower() if token.is_alpha or token.like_num else ""
        return word


def _courtesy_titles(entity: Entity) -> set[str]:
    """The words that stand before a person's name and are no office, in full: "doctor" for "Dr. Roe"."""
    in_full = titles_in_full()
    words = {form.split()[0].lower().rstrip(".") for form in entity.surface_forms if " " in form}
    return {in_full.get(word, word) for word in words & titles()}


class _Phrase:
    """What is asked of one noun phrase for all candidates."""

    def __init__(self, head: Token, antecedents: Antecedents) -> None:
        self.head = head
        self.lemma = head.lemma_.lower().removeprefix("ex-")
        determiner, owner = dependent(head, "det", "poss"), dependent(head, "poss")
        words = set(modifiers(head)) - TITLE_FILLERS
        is_person = is_role(head) or self.lemma in KIN
        if owner is not None and is_person:
            words -= {owner.lower_, *(FORMER if self.lemma in KIN else ())}
        self.words = words
        self.places = {c.lower_ for c in head.children if c.ent_type_ in PLACE_LABELS}
        self.titles = equivalent_titles(self.lemma)
        index = antecedents.index
        people = described_as(self.lemma, index)
        self.holders = [person for person in people if has_same_rank(person, head, words)]
        self.shared: dict[str, float] = {
            "n_determiner": DETERMINERS.get(determiner.lower_ if determiner is not None else "", 4),
            "n_plural": int(head.tag_ in ("NNS", "NNPS")),
            "n_role": 2 if is_nationality_noun(head) else int(is_role(head)),
            "n_kind": KIND_NUMBERS[noun_kind(head)],
            "n_modifiers": len(words),
            "n_two": int(means_two(head)),
            "n_holders": min(len(self.holders), 4),
            "n_title": int(self.lemma in titles()),
            "n_paragraph": min(antecedents.discourse.paragraph_of[head.i], 9),
            "n_complement": int(bool(complements(head))),
        }
