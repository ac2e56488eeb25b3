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


class Morph:
    """Morphological features: the part of spaCy's MorphAnalysis that coreferee uses."""

    def __init__(self, text: str) -> None:
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
    children: list["LightToken"]
    ancestors: list["LightToken"]
    chains: list[Chain]
    # cached by the rules and the scorer
    independent: bool
    anaphor: bool
    follows: bool | None = None
    names: list["LightToken"] | None = None
    features: frozenset[int] | None = None
    # coreferee's working state (temp_potential_referreds exists on anaphors with candidates only)
    temp_sent_index: int
    temp_quote_array: list[int]
    temp_dependent_siblings: list["LightToken"]
    temp_governing_sibling: "LightToken | None" = None
    temp_has_or_coordination = False
    temp_potentially_referring: bool
    temp_potential_referreds: list[Mention]
    _subtree: "list[LightToken] | None" = None

    def __init__(self) -> None:
        self._ = self.coref_chains = self
        self.children, self.chains = [], []

    def __lt__(self, other: "LightToken") -> bool:
        return self.i < other.i

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


class LightDoc(list[LightToken]):
    """The tokens of a Doc from ``start`` to ``end``, both bounds of sentences; indexes count from there.

    Long sentences come in pieces. It is its own ``_`` and its own ``coref_chains``.
    """

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        super().__init__(LightToken() for _ in range(end - start))
        self._ = self.coref_chains = self
        self.chains: list[Chain] = []
        self.pairs: dict[int, bool] = {}
        self.coexistence: dict[tuple[int, ...], int] = {}
        self.followers: dict[int, list[LightToken]] = {}
        rows = doc.to_array([HEAD, SENT_START, ORTH, TAG, POS, DEP, LEMMA, ENT_TYPE, MORPH])[start:end]
        text = {key: doc.vocab.strings[key] if key else "" for key in np.unique(rows[:, 2:]).tolist()}
        morphs = {key: Morph(text[key]) for key in np.unique(rows[:, 8]).tolist()}
        heads = (np.arange(len(rows)) + rows[:, 0].astype(np.int64)).tolist()
        for i, (token, row) in enumerate(zip(self, rows.tolist(), strict=True)):
            token.i, token.doc = i, self
            token.text, token.tag_, token.pos_ = text[row[2]], text[row[3]], text[row[4]]
            token.dep_, token.lemma_, token.ent_type_ = text[row[5]], text[row[6]], text[row[7]]
            token.morph = morphs[row[8]]
        self._sentences(np.flatnonzero(rows[:, 1] == 1).tolist())
        for token, head in zip(self, heads, strict=True):
            if not token.sent.start <= head < token.sent.end:
                head, token.dep_ = token.i, "ROOT"
            token.head = self[head]
            if head != token.i:
                token.head.children.append(token)
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
        for token in self:
            above: list[LightToken] = []
            head = token
            while head.head is not head and len(above) <= MAX_SENTENCE:
                head = head.head
                above.append(head)
            token.ancestors = above
