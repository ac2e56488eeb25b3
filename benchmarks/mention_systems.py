"""Antecedents from a trained scorer of mention pairs, for benchmarks/mention_linking.py."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from mention_pairs import Mentions
from spacy.tokens import Doc, Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.noun_phrases import coordinated_heads, is_one_person
from quotes.coreference.referents import Antecedent, Referent, agreement
from quotes.coreference.resolve import SourceResolver
from quotes.lexicon.roles import PRONOUN_KIND

CERTAIN = 0.5  # how likely a noun phrase must mean somebody for that to count as what chains say


class Scorer:
    """A trained scorer, in numpy."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as arrays:
            self.w = {name: arrays[name].astype(np.float32) for name in arrays.files}

    def __call__(self, anaphor: np.ndarray, candidates: np.ndarray, features: np.ndarray) -> np.ndarray:
        """Probabilities of the candidates, and at the end of none of them."""
        w = self.w
        own = anaphor @ w["anaphor.weight"].T + w["anaphor.bias"]
        left = np.tanh(anaphor @ w["left.weight"].T + w["left.bias"])
        right = np.tanh(candidates @ w["right.weight"].T + w["right.bias"])
        hidden = own + candidates @ w["candidate.weight"].T + w["candidate.bias"]
        hidden += (left * right) @ w["mixed.weight"].T
        hidden += features[:, : w["pair.weight"].shape[1]] @ w["pair.weight"].T
        pairs = np.maximum(hidden, 0) @ w["out.weight"][0] + w["out.bias"]
        none = np.maximum(own, 0) @ w["none.weight"][0] + w["none.bias"]
        scores = np.concatenate([pairs, none])
        exp = np.exp(scores - scores.max())
        return exp / exp.sum()


class ChainsAlone(Antecedents):
    """coreferee's chains alone: the first name of the chain, else its first noun."""

    def _rank(self, token: Token, kind: str) -> Antecedent | None:
        found = [
            referent for referent in self.chain_antecedents(token) if agreement(referent, kind, self.doc)
        ]
        return Antecedent(found[0], 0.9) if found else None


class Learned(Antecedents):
    """A trained scorer in place of the rules' scores and of the chains; what cannot be "she" is left out as there."""

    def __init__(
        self, shipped: Antecedents, resolver: SourceResolver, scorer: Scorer, states: np.ndarray
    ) -> None:
        super().__init__(shipped.doc, shipped.index, shipped.quotation_at)
        self.rules = shipped
        self.recent_speakers, self.speaker_of = shipped.recent_speakers, shipped.speaker_of
        self.mentions, self.scorer = Mentions(resolver), scorer
        self.states = states
        self.head_number = {token.i: n for n, token in enumerate(self.mentions.heads)}

    def probabilities(self, token: Token) -> tuple[np.ndarray, np.ndarray]:
        """Which mentions a token may refer back to, and how likely each is (and none)."""
        mentions = self.mentions
        which = mentions.candidates(token)
        at = self.head_number.get(token.i)
        if at is None or not len(which):
            return which[:0], np.ones(1)
        answer = self.rules.pronoun(token) if token.lower_ in PRONOUN_KIND else self.rules.nominal(token)
        features = np.concatenate(
            [
                mentions.features(at, which),
                mentions.chained(token, which),
                mentions.ruled(
                    answer.referent if answer else None,
                    answer.confidence if answer else 0,
                    [self.rules.referent(mentions.heads[n]) for n in which],
                ),
            ],
            1,
        )
        pieces = np.stack([mentions.starts, mentions.tokens], 1)
        rows = self.states[pieces].reshape(len(pieces), -1).astype(np.float32)
        return which, self.scorer(rows[at], rows[which], features)

    def likely(self, token: Token, kind: str | None) -> dict[Referent, float]:
        """How likely each referent is; only those that go with the pronoun."""
        which, p = self.probabilities(token)
        voice = self.quotation_at[token.i]
        found: dict[Referent, float] = defaultdict(float)
        for n, one in zip(which.tolist(), p.tolist(), strict=False):
            if one < 0.01:
                continue
            head = self.mentions.heads[n]
            several = coordinated_heads(head) if kind == "they" else []
            if several and not is_one_person(several):
                referent: Referent | None = Referent(None, tuple(t.i for t in several))
            else:
                referent = self.referent(head)
            if referent is None or (kind and not agreement(referent, kind, self.doc)):
                continue
            if voice >= 0 and self.quotation_at[head.i] != voice and self.speaker_of.get(voice) == referent:
                continue
            found[referent] += one
        return found

    def _rank(self, token: Token, kind: str) -> Antecedent | None:
        found = self.likely(token, kind)
        if not found:
            return None
        best = max(found, key=lambda referent: found[referent])
        return Antecedent(best, min(0.95, found[best] / sum(found.values())))

    def chain_antecedents(self, token: Token) -> list[Referent]:
        kind = PRONOUN_KIND.get(token.lower_)
        found = self.likely(token, kind)
        best = max(found, key=lambda referent: found[referent], default=None)
        if best is None or (kind is None and (best.entity is None or found[best] < CERTAIN)):
            return []
        return [best]


class Voting(Learned):
    """The rules as they are; what the scorer finds likeliest has the vote that the chains have."""

    def _rank(self, token: Token, kind: str) -> Antecedent | None:
        return Antecedents._rank(self, token, kind)


System = Callable[[SourceResolver, np.ndarray], Antecedents | None]


def systems(weights: Path) -> dict[str, System]:
    """Name -> the antecedents of a resolver; None leaves it as shipped."""

    def learned(kind: type[Learned], name: str) -> System:
        scorer = Scorer(weights / f"{name}.npz")
        return lambda resolver, states: kind(resolver.antecedents, resolver, scorer, states)

    return {
        "shipped": lambda resolver, states: None,
        "chains alone": lambda r, states: ChainsAlone(r.doc, r.index, r.antecedents.quotation_at),
        "head": learned(Learned, "states"),
        "head + chains": learned(Learned, "chains"),
        "head + rules": learned(Learned, "rules"),
        "head votes": learned(Voting, "chains"),
    }


def resolver_with(system: System, doc: Doc, found: Any, states: np.ndarray) -> SourceResolver:
    """A resolver of the article that asks a system for antecedents."""
    resolver = SourceResolver(doc, found)
    other = system(resolver, states)
    if other is not None:
        resolver.antecedents = other
    return resolver
