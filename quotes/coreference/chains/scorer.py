"""coreferee's ensemble in plain numpy: which candidate an anaphor most likely refers to.

The five networks of the ensemble see tags, morphology, entity labels, dependencies and positions, and no word
vectors, so one set of weights serves every pipeline with spaCy's English labels. A pair's input is the
anaphor's part, the candidate's part and five numbers about the two; the first layer is linear, so each part
is multiplied once per token instead of once per pair. The weights of the first layer are rounded to a
grid, on which its sums of whole numbers of them are exact in 32-bit floats; what follows is computed in 64 bits
and rounded at the end. So the order of candidates is the same on every processor, equal ones included. Scores
equal coreferee's own to about three digits.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from coreferee.data_model import FeatureTable
from coreferee.tendencies import ENSEMBLE_SIZE
from numpy.typing import NDArray
from thinc.api import Model

from quotes.coreference.chains.light_doc import LightDoc, LightToken

Floats = NDArray[np.float32]
POSITION_INPUTS, PAIR_INPUTS = 7, 5  # numbers of a mention's place, and of a pair
PAIRS_AT_ONCE = 64  # bounds the memory of a long document, and stays within a processor's cache
GRID = 2.0**12  # steps of the first layer's weights to 1: sums below 4096 are exact
SCORE_DIGITS = 9  # of a score, after the point: above what processors differ by
MAX_LOGIT = 20.0  # thinc's softmax over sequences keeps its inputs within this
VERB_POS = "VERB"


class EnsembleScorer:
    """A scorer that orders each anaphor's candidates as coreferee's TendenciesAnalyzer does (``score``)."""

    def __init__(self, table: FeatureTable, model: Model[Any, Any]) -> None:
        self.index(table)
        first, self.second, self.third = [], [], []
        layers = [node for node in model.walk(order="dfs_pre") if node.name in ("relu", "linear")]
        size = len(layers) // ENSEMBLE_SIZE
        for start in range(0, len(layers), size):
            member = [
                (np.asarray(layer.get_param("W"), np.float64), np.asarray(layer.get_param("b"), np.float64))
                for layer in layers[start : start + size]
            ]
            constant = []  # what the squeezed word vectors come to when all are zero
            for squeezer in (member[0:2], member[2:4]):
                value = np.zeros(squeezer[0][0].shape[1], dtype=np.float64)
                for weights, bias in squeezer:
                    value = np.maximum(weights @ value + bias, 0)
                constant.append(value)
            vectors = np.concatenate(constant)
            weights, bias = member[4]
            first.append((weights[:, len(vectors) :], bias + weights[:, : len(vectors)] @ vectors))
            self.second.append((member[5][0].T.copy(), member[5][1]))
            self.third.append((member[6][0].T.copy(), member[6][1]))
        inputs = _on_grid(np.concatenate([weights for weights, _ in first]).T)
        if inputs.shape[0] != 2 * self.width + PAIR_INPUTS:
            raise ValueError("the coreference weights do not fit their table of features")
        self.bias = _on_grid(np.concatenate([bias for _, bias in first]))
        self.referring = inputs[: self.width].copy()
        self.referred = inputs[self.width : 2 * self.width].copy()
        self.pair = inputs[2 * self.width :].copy()

    def index(self, table: FeatureTable) -> None:
        """Number the features of a table, group after group; ``width`` is the size of a mention's input."""
        self.groups = [{value: i for i, value in enumerate(values)} for values in vars(table).values()]
        self.offsets = np.cumsum([0, *(len(group) for group in self.groups)]).tolist()
        self.width = self.offsets[-1] + POSITION_INPUTS

    def score(self, doc: LightDoc, ensemble: Any = None) -> None:
        """Sort ``temp_potential_referreds`` of every anaphor, the certain and the likely first."""
        anaphors = [token for token in doc if hasattr(token, "temp_potential_referreds")]
        if not anaphors:
            return
        places: dict[tuple[int, ...], int] = {}  # of mentions among their parts
        pairs: list[tuple[int, int]] = []
        numbers: list[tuple[int, int, int, int, int]] = []
        for index, token in enumerate(anaphors):
            token.temp_potential_referreds.sort(key=lambda mention: mention.root_index)
            own, above = self.features(doc, (token.i,)), frozenset(token.ancestors)
            for mention in token.temp_potential_referreds:
                key = tuple(mention.token_indexes)
                pairs.append((index, places.setdefault(key, len(places))))
                common = len(own & self.features(doc, key))
                numbers.append((*compatibility(doc[mention.root_index], token, above), common))
        depths: dict[int, list[int]] = {}
        scores = self._network(
            self._parts(doc, [(token.i,) for token in anaphors], depths, self.referring) + self.bias,
            self._parts(doc, list(places), depths, self.referred),
            np.asarray(pairs),
            np.asarray(numbers, dtype=np.float32),
        )
        start = 0
        for token in anaphors:
            mentions = token.temp_potential_referreds
            rows = scores[start : start + len(mentions)]
            start += len(mentions)
            rows = np.clip(rows, -MAX_LOGIT, MAX_LOGIT)
            powers = np.exp(rows - rows.max(axis=0))
            for mention, value in zip(mentions, (powers / powers.sum(axis=0)).mean(axis=1), strict=True):
                mention.temp_score = round(float(value), SCORE_DIGITS)
            mentions.sort(key=lambda mention: (mention.temp_is_uncertain, -mention.temp_score))

    def _network(self, queries: Floats, parts: Floats, pairs: NDArray[Any], numbers: Floats) -> Floats:
        """One score per pair and member of the ensemble."""
        out = np.empty((len(pairs), ENSEMBLE_SIZE), dtype=np.float64)
        hidden = self.bias.shape[0] // ENSEMBLE_SIZE
        for start in range(0, len(pairs), PAIRS_AT_ONCE):
            batch = pairs[start : start + PAIRS_AT_ONCE]
            layer = queries[batch[:, 0]]
            layer += parts[batch[:, 1]]
            layer += numbers[start : start + PAIRS_AT_ONCE] @ self.pair
            np.maximum(layer, 0, out=layer)
            for k in range(ENSEMBLE_SIZE):
                weights, bias = self.second[k]
                inner = np.maximum(layer[:, k * hidden : (k + 1) * hidden] @ weights + bias, 0)
                weights, bias = self.third[k]
                out[start : start + PAIRS_AT_ONCE, k] = (inner @ weights + bias)[:, 0]
        return out

    def _parts(
        self, doc: LightDoc, keys: Sequence[tuple[int, ...]], depths: dict[int, list[int]], weights: Floats
    ) -> Floats:
        """What one side of a pair adds to the first layer: by its features, and by its place in the sentence."""
        places = [position(doc[key[0]], len(key) > 1, depths) for key in keys]
        parts: Floats = np.array(places, np.float32) @ weights[-POSITION_INPUTS:]
        for part, key in zip(parts, keys, strict=True):
            part += weights.take(list(self.features(doc, key)), axis=0).sum(0)
        return parts

    def features(self, doc: LightDoc, indexes: tuple[int, ...]) -> frozenset[int]:
        """The numbers of the features that a token, or any of several coordinated ones, has."""
        token = doc[indexes[0]]
        if len(indexes) == 1 and token.features is not None:
            return token.features
        numbers = frozenset(
            offset + group[value]
            for group, offset, values in zip(
                self.groups, self.offsets, feature_values(token, [doc[i] for i in indexes]), strict=False
            )
            for value in values
            if value in group
        )
        if len(indexes) == 1:
            token.features = numbers
        return numbers


def feature_values(token: LightToken, members: Sequence[LightToken]) -> Iterator[Iterable[str]]:
    """The values of each feature group of a mention, in the order of coreferee's FeatureTable.

    ``members`` are the coordinated tokens of the mention, ``token`` the first of them.
    """
    yield (token.tag_,)
    yield [part for member in members for part in member.morph.parts]
    yield (token.ent_type_,)
    yield [child.dep_ for member in members for child in member.children if child.i < member.i]
    yield [child.dep_ for member in members for child in member.children if child.i > member.i]
    head, is_root = token.head, token.dep_ == "ROOT"
    yield (token.dep_,) if not is_root and token.i < head.i else ()
    yield (token.dep_,) if not is_root and token.i > head.i else ()
    yield from (
        ((), (), (), ())
        if is_root
        else (
            (head.tag_,),
            head.morph.parts,
            [child.dep_ for child in head.children if child.i < head.i],
            [child.dep_ for child in head.children if child.i > head.i],
        )
    )


def _on_grid(weights: NDArray[np.float64]) -> Floats:
    return (np.rint(weights * GRID) / GRID).astype(np.float32)


def position(token: LightToken, several: bool, depths: dict[int, list[int]]) -> list[int]:
    """Where a mention stands in its sentence, as coreferee's position map has it."""
    sent = token.sent
    if sent.start not in depths:
        depths[sent.start] = [len(other.ancestors) for other in sent]
    depth, offset = len(token.ancestors), token.i - sent.start
    siblings, governed = token.temp_dependent_siblings, token.temp_governing_sibling is not None
    child = -1
    if token.dep_ != "ROOT" and token.head is not token:
        child = token.head.children.index(token)
    return [
        offset,
        depth,
        sum(other.pos_ == VERB_POS for other in token.ancestors),
        depths[sent.start][:offset].count(depth),
        child,
        -1 if governed or (siblings and not several) else len(siblings),
        int(governed),
    ]


def compatibility(
    root: LightToken, token: LightToken, above: frozenset[LightToken]
) -> tuple[int, int, int, int]:
    """The first four of coreferee's five numbers about a pair; the last is how many features both have.

    ``above`` are the token's ancestors.
    """
    sibling, is_root = root.temp_governing_sibling, root.dep_ == "ROOT"
    held = (
        root in above
        or (not is_root and root.head in above)
        or (sibling is not None and (sibling in above or (sibling.dep_ != "ROOT" and sibling.head in above)))
    )
    return (
        token.i - root.i,
        token.temp_sent_index - root.temp_sent_index,
        int(held),
        -1 if is_root or token.dep_ == "ROOT" else 0,
    )
