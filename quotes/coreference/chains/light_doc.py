"""A light copy of a spaCy Doc for coreference.

coreferee asks the same questions of the same tokens thousands of times per page, each time through spaCy's
proxies. ``LightDoc`` copies a document once into objects whose attributes are plain values, under the names
that coreferee uses, and has room for what is worth remembering about one token or one pair: nothing is shared
between documents, and the Doc itself is not touched.
"""

from collections.abc import Iterator
from itertools import pairwise

import coreferee  # noqa: F401
import numpy as np
from coreferee.data_model import Chain, Mention
from spacy.attrs import DEP, ENT_TYPE, HEAD, LEMMA, MORPH, ORTH, POS, SENT_START, TAG
from spacy.tokens import Doc

# coreferee is worse than cubic in the length of a sentence (721 tokens: over a minute), so longer sentences are read
# in pieces (sizes in tokens).
MAX_SENTENCE, MIN_PIECE, MAX_PIECE = 160, 80, 120
PRONOUN_SURNAMES = frozenset({"He", "She", "It", "Her", "His"})
_NO_VALUES: list[str] = []
_NO_TOKENS: "list[LightToken]" = []  # shared, never changed: a list a token is much work for the garbage collector


class Morph:
    """Morphological features: the part of spaCy's MorphAnalysis that coreferee uses."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts = frozenset(text.split("|")) - {"", "_"}  # spaCy's name for none
        pairs = (part.partition("=") for part in self.parts)
        self.values = {key: value.split(",") for key, _, value in pairs}

    def get(self, key: str) -> list[str]:
        """The values of a feature, an empty list when it is absent."""
        return self.values.get(key, _NO_VALUES)

    def __iter__(self) -> Iterator[str]:
        return iter(self.parts)


class LightToken:
    """A token with the attributes that coreferee reads; it is its own ``_`` and its own ``coref_chains``."""

    i: int
    doc: "LightDoc"
    sent: "LightSent"
    text: str
    tag_: str
    pos_: str
    dep_: str
    lemma_: str
    ent_type_: str
    morph: Morph
    head: "LightToken"
    children = ancestors = _NO_TOKENS
    chains: list[Chain]
    # cached by the rules and the scorer
    independent: bool
    anaphor: bool
    follows: bool | None = None
    names: list["LightToken"] | None = None
    wordings: tuple[str, str] | None = None
    kind = -1
    features: frozenset[int] | None = None
    # coreferee's working state (temp_potential_referreds exists on anaphors with candidates only)
    temp_sent_index: int
    temp_quote_array: list[int]
    temp_dependent_siblings = _NO_TOKENS
    temp_governing_sibling: "LightToken | None" = None
    temp_has_or_coordination = False
    temp_potentially_referring: bool
    temp_potential_referreds: list[Mention]
    _mentions: "tuple[LightMention, ...] | None" = None
    _subtree: "list[LightToken] | None" = None

    def __init__(self, doc: "LightDoc", i: int) -> None:
        self._ = self.coref_chains = self
        self.doc, self.i = doc, i
        self.chains = doc.chains_of_tokens

    def __lt__(self, other: "LightToken") -> bool:
        return self.i < other.i

    @property
    def mentions(self) -> "tuple[LightMention, ...]":
        """The token as a mention, and with the tokens that are coordinated with it as another."""
        if self._mentions is None:
            alone = LightMention(self)
            both = (alone, LightMention(self, True)) if self.temp_dependent_siblings else (alone,)
            self._mentions = both
        return self._mentions

    @property
    def subtree(self) -> list["LightToken"]:
        """The token and everything below it, in spaCy's order (left subtrees, itself, right subtrees)."""
        if self._subtree is None:
            left = [word for child in self.children if child.i < self.i for word in child.subtree]
            right = [word for child in self.children if child.i > self.i for word in child.subtree]
            self._subtree = [*left, self, *right]
        return self._subtree


class LightSent(list[LightToken]):
    """The tokens of one sentence; equal to itself only."""

    start: int
    end: int
    __eq__ = object.__eq__
    __ne__ = object.__ne__
    __hash__ = object.__hash__  # type: ignore[assignment]


class LightMention(Mention):
    """A mention without its wording, which only the chains that remain need."""

    def __init__(self, root: LightToken, include_dependent_siblings: bool = False) -> None:
        self.root_index = root.i
        self.token_indexes = [root.i]
        if include_dependent_siblings:
            self.token_indexes.extend(token.i for token in root.temp_dependent_siblings)

    def candidate(self, answer: int) -> "LightMention":
        """The same mention, as a candidate of one anaphor that was answered 1 (unlikely) or 2."""
        other = LightMention.__new__(LightMention)
        other.root_index, other.token_indexes = self.root_index, self.token_indexes
        other.temp_is_uncertain = answer == 1
        return other


class LightDoc(list[LightToken]):
    """The tokens of a Doc from ``start`` to ``end``, both bounds of sentences; indexes count from there.

    Long sentences come in pieces. It is its own ``_`` and its own ``coref_chains``.
    """

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        self._ = self.coref_chains = self
        self.chains: list[Chain] = []
        self.chains_of_tokens: list[
            Chain
        ] = []  # where coreferee puts those of each token, which nobody reads
        self.pairs: dict[int, bool] = {}
        self.followers: dict[int, list[LightToken]] = {}
        self.nearer: dict[tuple[int, tuple[int, ...]], bool] = {}
        rows = doc.to_array([HEAD, SENT_START, ORTH, TAG, POS, DEP, LEMMA, ENT_TYPE, MORPH])[start:end]
        text = {key: doc.vocab.strings[key] if key else "" for key in np.unique(rows[:, 2:]).tolist()}
        morphs = {key: Morph(text[key]) for key in np.unique(rows[:, 8]).tolist()}
        heads = (np.arange(len(rows)) + rows[:, 0].astype(np.int64)).tolist()
        super().__init__(LightToken(self, i) for i in range(len(rows)))
        for token, row in zip(self, rows.tolist(), strict=True):
            token.text, token.tag_, token.pos_ = text[row[2]], text[row[3]], text[row[4]]
            token.dep_, token.lemma_, token.ent_type_ = text[row[5]], text[row[6]], text[row[7]]
            token.morph = morphs[row[8]]
        self._sentences(np.flatnonzero(rows[:, 1] == 1).tolist())
        for token, head in zip(self, heads, strict=True):
            if not token.sent.start <= head < token.sent.end:
                head, token.dep_ = token.i, "ROOT"
            above = token.head = self[head]
            if above is not token:
                if above.children:
                    above.children.append(token)
                else:
                    above.children = [token]
        self._ancestors()
        # "Vice Premier He Lifeng": a surname, not an anaphor
        for before, token, after in zip(self, self[1:], self[2:], strict=False):
            if (
                token.text in PRONOUN_SURNAMES
                and token.tag_ in ("PRP", "PRP$")
                and after.tag_ in ("NNP", "NNPS")
                and before.tag_ in ("NNP", "NN")
            ):
                token.tag_ = "NNP"

    def _sentences(self, starts: list[int]) -> None:
        """Fill in the sentences, the long ones in pieces that end at punctuation where there is any."""
        cut = []
        for first, last in pairwise(sorted({0, len(self), *starts})):
            cut.append(first)
            while last - cut[-1] > MAX_SENTENCE:
                marks = [
                    i for i in range(cut[-1] + MIN_PIECE, cut[-1] + MAX_PIECE) if not self[i].text.isalnum()
                ]
                cut.append(marks[0] + 1 if marks else cut[-1] + MAX_PIECE)
        self.sents, self.temp_sent_starts = [], cut
        for index, (first, last) in enumerate(pairwise([*cut, len(self)])):
            sent = LightSent(self[first:last])
            sent.start, sent.end = first, last
            self.sents.append(sent)
            for token in sent:
                token.sent, token.temp_sent_index = sent, index

    def _ancestors(self) -> None:
        """Fill in the tokens above each token, from the roots down."""
        below = [token for token in self if token.head is token]
        for token in below:  # it grows
            above = [token, *token.ancestors]
            for child in token.children:
                child.ancestors = above
            below += token.children
