"""Mentions of an article as pairs for a scorer: what may refer back, to what, and what is to be seen of the two.

Mentions are the noun phrases that ``quotes.coreference.antecedents`` looks at. A mention's state is the frozen
encoder's hidden state at its first word and at its head.
"""

from collections.abc import Sequence

import numpy as np
from spacy.tokens import Doc, Token

from quotes.coreference.descriptions import is_role
from quotes.coreference.noun_phrases import (
    SUBJECT_OR_AGENT_DEPS,
    coordinated_heads,
    is_phrase_head,
    subjects_above,
)
from quotes.coreference.referents import Referent, agreement
from quotes.coreference.resolve import SourceResolver
from quotes.coreference.source_heads import head_of_source
from quotes.lexicon.roles import DEFINITE_DETERMINERS, DOCUMENTS, ORGANISATIONS, PRONOUN_KIND, TEAMS
from quotes.nlp.encoder import encoder, windows
from quotes.nlp.syntax import first_pieces

NEAREST = 60  # mentions before an anaphor that are its candidates, besides each figure's last one
KINDS = ("he", "she", "they", "it")
LABELS = ("PERSON", "ORG", "GPE", "NORP")
STATE = 384  # size of a hidden state
CHAINS, RULES = 2, 3  # columns for what coreferee's chains and the rules say


def hidden_states(doc: Doc) -> np.ndarray:
    """The encoder's last layer at the first wordpiece of every token, float16 [tokens, STATE]."""
    model = encoder()
    pieces = model.tokenizer(doc.text)
    states = np.zeros((len(doc), STATE), np.float16)
    words = [token.i for token in doc if not token.is_space]
    if not words or not len(pieces.ids):
        return states
    parts = [
        model._run([(pieces.ids[a:b], pieces.features[a:b])], ["hidden"])[0][1:-1, 0]
        for a, b in windows(pieces)
    ]
    states[words] = np.concatenate(parts)[first_pieces(doc, words, model(doc.text))]
    return states


def is_anaphor(token: Token, resolver: SourceResolver) -> bool:
    """A pronoun of the third person, or a definite noun phrase in the singular that names nobody."""
    if token.i in resolver.index.by_token:
        return False
    if token.lower_ in PRONOUN_KIND:
        return True
    definite = any(
        child.dep_ in ("det", "poss") and child.lower_ in DEFINITE_DETERMINERS for child in token.children
    )
    return token.tag_ in ("NN", "NNP") and (definite or (token.tag_ == "NNP" and is_role(token)))


class Mentions:
    """The mentions of a Doc, before the resolver has run (what it finds out must not be among the features)."""

    def __init__(self, resolver: SourceResolver) -> None:
        doc, index, search = resolver.doc, resolver.index, resolver.antecedents
        self.doc, self.resolver = doc, resolver
        self.heads = [token for token in doc if is_phrase_head(token, index)]
        self.tokens = np.array([token.i for token in self.heads], np.int64)
        self.sentence = np.array(search.sentence_of, np.int64)
        self.quotation_at = np.array(search.quotation_at, np.int64)
        self.paragraph = np.cumsum([token.is_space and "\n" in token.text for token in doc])
        heads = [
            None if span is None else head_of_source(span, resolver.index).i for span in resolver.sources
        ]
        self.source_of = {at: k for k, at in enumerate(heads) if at is not None}
        self.source_tokens = np.array(sorted(self.source_of), np.int64)
        figures = {id(figure): n for n, figure in enumerate(index.entities)}
        self.entity = np.array(
            [figures[id(index.by_token[t.i])] if t.i in index.by_token else -1 for t in self.heads], np.int64
        )
        self.starts = np.array([self._start(token) for token in self.heads], np.int64)
        seen: dict[int, int] = {}
        self.count = np.zeros(len(self.heads), np.int64)
        for n, figure in enumerate(self.entity.tolist()):
            if figure >= 0:
                seen[figure] = self.count[n] = seen.get(figure, 0) + 1
        self.place = np.array([self._place(token) for token in self.heads], np.int64)
        self.fit = np.array([[self._fit(t, kind) for kind in KINDS] for t in self.heads]).reshape(-1, 4)
        self.static = np.array([self._static(token) for token in self.heads], np.int8)

    def _start(self, token: Token) -> int:
        figure = self.resolver.index.by_token.get(token.i)
        if figure is not None:
            return max((m.start for m in figure.mentions if m.start <= token.i < m.end), default=token.i)
        return min([c.i for c in token.lefts if c.dep_ in ("det", "poss", "amod", "compound")] + [token.i])

    def _place(self, token: Token) -> int:
        """0 the main subject, 1 another subject, 2 neither."""
        if token.dep_ not in SUBJECT_OR_AGENT_DEPS:
            return 2
        return 0 if token.head.dep_ in ("ROOT", "conj") or token.head.head is token.head else 1

    def _fit(self, token: Token, kind: str) -> float:
        own = PRONOUN_KIND.get(token.lower_)
        if token.i not in self.resolver.index.by_token:
            if own is not None:
                return float(own == kind)
            if token.lower_ == "who":
                return 0.5
        several = coordinated_heads(token) if kind == "they" else []
        figure = self.resolver.antecedents.entity(token)
        return agreement(figure or Referent(None, tuple(t.i for t in several) or (token.i,)), kind, self.doc)

    def _static(self, token: Token) -> list[int]:
        """What is to be seen of one mention: of which class it is, and its form."""
        figure = self.resolver.index.by_token.get(token.i)
        lemma = token.lemma_.lower()
        kind = PRONOUN_KIND.get(token.lower_) if figure is None else None
        classes = [figure is not None and figure.label == label for label in LABELS]
        classes.append(figure is not None and figure.label not in LABELS)
        classes += [kind == k for k in KINDS] + [token.lower_ == "who"]
        nominal = figure is None and kind is None
        person = nominal and is_role(token)
        body = nominal and not person and lemma in ORGANISATIONS | TEAMS | DOCUMENTS
        classes += [person, body, nominal and not person and not body]
        return [
            *map(int, classes),
            int(token.tag_ in ("NNS", "NNPS")),
            int(bool(coordinated_heads(token))),
            int(any(c.lower_ in DEFINITE_DETERMINERS for c in token.children if c.dep_ in ("det", "poss"))),
            int(any(c.lower_ in ("a", "an") for c in token.children if c.dep_ == "det")),
            int(token.dep_ in SUBJECT_OR_AGENT_DEPS),
            int(token.dep_ in ("dobj", "pobj", "dative")),
            int(token.dep_ == "poss"),
            int(self.quotation_at[token.i] >= 0),
            int(token.i in self.source_of),
        ]

    def candidates(self, token: Token) -> np.ndarray:
        """The mentions that a token may refer back to (indexes), nearest last."""
        end = int(np.searchsorted(self.tokens, token.i))
        near = np.arange(max(0, end - NEAREST), end)
        far = {int(f): n for n, f in enumerate(self.entity[: near[0]]) if f >= 0} if len(near) else {}
        return np.array(sorted({*near.tolist(), *far.values()}), np.int64)

    def features(self, at: int, which: np.ndarray) -> np.ndarray:
        """Pair features [candidates, many] of the mention ``at`` and those before it."""
        token, n = self.heads[at], len(which)
        tokens = self.tokens[which]
        kind = PRONOUN_KIND.get(token.lower_) or ("he" if is_role(token) else "it")
        fit = self.fit[which, KINDS.index(kind)]
        if token.lower_ not in PRONOUN_KIND and kind == "he":
            fit = np.maximum(fit, self.fit[which, KINDS.index("she")])
        fitting = (fit > 0).astype(np.int64)
        nearer = fitting[::-1].cumsum()[::-1] - fitting
        same_voice = self.quotation_at[tokens] == self.quotation_at[token.i]
        voice = int(self.quotation_at[token.i])
        governing = [t.i for t in subjects_above(token)]
        before = self.source_tokens[self.source_tokens < token.i]
        last_source = int(before[-1]) if len(before) else -1
        figure = self.entity[which]
        last_of = {f: i for i, f in enumerate(figure.tolist())}
        columns = [
            np.repeat(self.static[at][None], n, 0),
            self.static[which],
            _bins(fit, (0.01, 0.51, 0.81)),
            _bins(self.sentence[token.i] - self.sentence[tokens], (1, 2, 3, 4, 6, 10)),
            _bins(self.paragraph[token.i] - self.paragraph[tokens], (1, 2, 3, 6)),
            _bins(at - which, (2, 3, 5, 9, 17, 33)),
            _bins(nearer, (1, 2, 3, 5)),
            _bins(self.place[which], (1, 2)),
            _bins(self.count[which], (1, 2, 3, 6, 12)),
            _bins(np.array([_position(governing, i) for i in tokens]), (1, 2, 3)),
            np.stack(
                [
                    same_voice & (voice >= 0),
                    same_voice & (voice < 0),
                    ~same_voice & (voice < 0),
                    tokens == last_source,
                    np.array([voice >= 0 and self.source_of.get(int(i)) == voice for i in tokens]),
                    np.array([last_of[f] == i and f >= 0 for i, f in enumerate(figure.tolist())]),
                    self.sentence[tokens] == 0,
                    np.array([self.doc[int(i)].head.i == token.head.i for i in tokens]),
                    *self._strings(token, which),
                ],
                1,
            ),
        ]
        return np.concatenate(columns, 1).astype(np.int8)

    def _strings(self, token: Token, which: np.ndarray) -> list[np.ndarray]:
        lemma = token.lemma_.lower()
        if token.lower_ in PRONOUN_KIND:
            return [
                np.array([self.heads[i].lower_ == token.lower_ for i in which]),
                *[np.zeros(len(which))] * 3,
            ]
        others = [self.heads[i] for i in which]
        figures = [self.resolver.index.by_token.get(other.i) for other in others]
        words = {c.lower_ for c in token.children if c.dep_ in ("amod", "compound", "nmod")}
        return [
            np.array([other.lemma_.lower() == lemma for other in others]),
            np.array([f is not None and lemma in f.description_words for f in figures]),
            np.array([f is not None and lemma in f.name.lower() for f in figures]),
            np.array([bool(words) and words <= {c.lower_ for c in other.children} for other in others]),
        ]

    def chained(self, token: Token, which: np.ndarray) -> np.ndarray:
        """What coreferee's chains say [candidates, 2]: the same chain; another mention of its figure in it."""
        holder = token._.coref_chains
        indexes = {
            i for chain in (holder.chains if holder else ()) for m in chain.mentions for i in m.token_indexes
        }
        at = self.resolver.index.by_token
        figures = {id(at[i]) for i in indexes if i in at}
        tokens = self.tokens[which].tolist()
        return np.array([[i in indexes, i in at and id(at[i]) in figures] for i in tokens], np.int8).reshape(
            -1, 2
        )

    def ruled(
        self, answer: Referent | None, confidence: float, referents: Sequence[Referent | None]
    ) -> np.ndarray:
        """What the rules say [candidates, 3]: this one, and how sure they are of it."""
        said = np.array([answer is not None and other == answer for other in referents], bool)
        rows = [said, said & (confidence >= 0.6), said & (confidence >= 0.85)]
        return np.stack(rows, 1).astype(np.int8)


def _bins(values: np.ndarray, edges: tuple[float, ...]) -> np.ndarray:
    return np.eye(len(edges) + 1, dtype=np.int8)[np.searchsorted(edges, values, "right")]


def _position(items: list[int], item: int) -> int:
    """0 when absent, else which place from 1."""
    return items.index(item) + 1 if item in items else 0
