"""Antecedents from a trained scorer of mention pairs, for benchmarks/mention_linking.py."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from mention_pairs import Mentions
from spacy.tokens import Doc, Token

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.noun_phrases import coordinated, one_person
from quotes.coreference.referents import Found, Referent, fits
from quotes.coreference.resolve import _Resolver
from quotes.lexicon.roles import KIND

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

    def _best(self, token: Token, kind: str) -> Found | None:
        found = [referent for referent in self.chain(token) if fits(referent, kind, self.doc)]
        return Found(found[0], 0.9) if found else None


class Learned(Antecedents):
    """A trained scorer in place of the rules' scores and of the chains; what cannot be "she" is left out as there."""

    def __init__(self, shipped: Antecedents, resolver: _Resolver, scorer: Scorer, states: np.ndarray) -> None:
        super().__init__(shipped.doc, shipped.cast, shipped.quoted)
        self.rules = shipped
        self.spoke, self.speaker = shipped.spoke, shipped.speaker
        self.mentions, self.scorer = Mentions(resolver), scorer
        self.states = states
        self.index = {token.i: n for n, token in enumerate(self.mentions.heads)}

    def probabilities(self, token: Token) -> tuple[np.ndarray, np.ndarray]:
        """Which mentions a token may refer back to, and how likely each is (and none)."""
        mentions = self.mentions
        which = mentions.candidates(token)
        at = self.index.get(token.i)
        if at is None or not len(which):
            return which[:0], np.ones(1)
        answer = self.rules.of(token) if token.lower_ in KIND else self.rules.noun(token)
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
        voice = self.quoted[token.i]
        found: dict[Referent, float] = defaultdict(float)
        for n, one in zip(which.tolist(), p.tolist(), strict=False):
            if one < 0.01:
                continue
            head = self.mentions.heads[n]
            several = coordinated(head) if kind == "they" else []
            if several and not one_person(several):
                referent: Referent | None = Referent(None, tuple(t.i for t in several))
            else:
                referent = self.referent(head)
            if referent is None or (kind and not fits(referent, kind, self.doc)):
                continue
            if voice >= 0 and self.quoted[head.i] != voice and self.speaker.get(voice) == referent:
                continue
            found[referent] += one
        return found

    def _best(self, token: Token, kind: str) -> Found | None:
        found = self.likely(token, kind)
        if not found:
            return None
        best = max(found, key=lambda referent: found[referent])
        return Found(best, min(0.95, found[best] / sum(found.values())))

    def chain(self, token: Token) -> list[Referent]:
        kind = KIND.get(token.lower_)
        found = self.likely(token, kind)
        best = max(found, key=lambda referent: found[referent], default=None)
        if best is None or (kind is None and (best.figure is None or found[best] < CERTAIN)):
            return []
        return [best]


class Voting(Learned):
    """The rules as they are; what the scorer finds likeliest has the vote that the chains have."""

    def _best(self, token: Token, kind: str) -> Found | None:
        return Antecedents._best(self, token, kind)


System = Callable[[_Resolver, np.ndarray], Antecedents | None]


def systems(weights: Path) -> dict[str, System]:
    """Name -> the antecedents of a resolver; None leaves it as shipped."""

    def learned(kind: type[Learned], name: str) -> System:
        scorer = Scorer(weights / f"{name}.npz")
        return lambda resolver, states: kind(resolver.antecedents, resolver, scorer, states)

    return {
        "shipped": lambda resolver, states: None,
        "chains alone": lambda r, states: ChainsAlone(r.doc, r.cast, r.antecedents.quoted),
        "head": learned(Learned, "states"),
        "head + chains": learned(Learned, "chains"),
        "head + rules": learned(Learned, "rules"),
        "head votes": learned(Voting, "chains"),
    }


def resolver_with(system: System, doc: Doc, found: Any, states: np.ndarray) -> _Resolver:
    """A resolver of the article that asks a system for antecedents."""
    resolver = _Resolver(doc, found)
    other = system(resolver, states)
    if other is not None:
        resolver.antecedents = other
    return resolver
