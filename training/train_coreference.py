"""Train coreferee's ensemble without word vectors, so that one set of weights serves every English pipeline.

    python train_coreference.py CORPUS_FOLDER OUT_FOLDER [--pipeline quotes] [--seed 1] [--epochs 4]

CORPUS_FOLDER holds ``litbank`` and ``ontogum`` (see coreference_data.py). ``--pipeline`` is a spaCy
pipeline, by name or path, or "quotes" for the embedded syntax; retrain when that has changed. Writes
``features.json``, ``ensemble`` and ``figures.json``, and prints coreferee's own accuracy: of the anaphors
that its rules find and the corpus annotates, the share whose annotated antecedent is in the chain. A fifth
of each corpus is kept for that. The number of epochs is fixed in advance; nothing is chosen on the fifth.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import coreference_data
import numpy as np
from coreferee.data_model import Mention
from coreferee.tendencies import ENSEMBLE_SIZE, DocumentPairInfo, create_thinc_model, generate_feature_table
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Adam, Model, fix_random_seed
from thinc.loss import SequenceCategoricalCrossentropy

import quotes
from quotes.coreference.chains.annotator import ENSEMBLE_FILE, FEATURES_FILE, LightAnnotator
from quotes.coreference.chains.light_doc import LightDoc, LightMention, LightToken
from quotes.coreference.chains.rules import LightRules
from quotes.coreference.chains.scorer import EnsembleScorer, compatibility, position

CORPORA = {"litbank": coreference_data.litbank, "ontogum": coreference_data.ontogum}
ATTEMPTS = 5


class NoVectors:
    """Stands in for a pipeline with word vectors in coreferee's own code: every word has the same one."""

    class _Lexeme:
        has_vector = True
        vector = np.zeros((4,), dtype="float32")

        def similarity(self, other: Any) -> float:
            """The same for all."""
            return 0.0

    class _Vocab:
        def __getitem__(self, word: Any) -> "NoVectors._Lexeme":
            return NoVectors._lexeme

    _lexeme = _Lexeme()
    vocab = _Vocab()


class Tendencies:
    """The features that ``DocumentPairInfo`` asks for, of light tokens."""

    vectors_nlp = NoVectors()

    def __init__(self, table: Any) -> None:
        self.scorer = EnsembleScorer.__new__(EnsembleScorer)
        self.scorer.index(table)
        self.depths: dict[int, list[int]] = {}

    def get_feature_map(self, item: Any, doc: LightDoc) -> list[int]:
        """One number per feature of the table: 1 where the token or mention has it."""
        found = self.scorer.features(doc, tuple(_indexes(item)))
        return [int(i in found) for i in range(self.scorer.offsets[-1])]

    def get_position_map(self, item: Any, doc: LightDoc) -> list[int]:
        """Where the token or mention stands in its sentence."""
        indexes = _indexes(item)
        return position(doc[indexes[0]], len(indexes) > 1, self.depths)

    def get_compatibility_map(self, referred: Mention, referring: LightToken) -> list[float]:
        """Numbers about the two."""
        doc = referring.doc
        own, features = (
            self.scorer.features(doc, i) for i in ((referring.i,), tuple(referred.token_indexes))
        )
        above = frozenset(referring.ancestors)
        return [*compatibility(doc[referred.root_index], referring, above), len(own & features)]


def _indexes(item: Any) -> list[int]:
    return [item.i] if isinstance(item, LightToken) else item.token_indexes


def prepared(doc: Doc, chains: coreference_data.Chains, rules: LightRules) -> LightDoc:
    """A document with its anaphors' candidates, the annotated ones marked ``true_in_training``."""
    light = LightDoc(doc, 0, len(doc))
    rules.initialize(light)
    for chain in chains:
        spans = [doc.char_span(start, end, alignment_mode="expand") for start, end in chain]
        found = [(light[span.root.i], span.end) for span in spans if span is not None]
        found = [(root, end) for root, end in found if root.independent or root.anaphor]
        for i, (root, end) in enumerate(found):
            siblings = root.temp_dependent_siblings
            mention = LightMention(root, bool(siblings) and siblings[-1].i < end)
            neighbours = [found[k][0] for k in (i - 1, i + 1) if 0 <= k < len(found)]
            for neighbour in neighbours:
                candidates = getattr(neighbour, "temp_potential_referreds", [])
                true = [candidate for candidate in candidates if candidate == mention]
                for candidate in true:
                    candidate.true_in_training = True
                if true:
                    break
    return light


def split(docs: list[LightDoc]) -> tuple[list[LightDoc], list[LightDoc]]:
    """Four fifths to train on and one to measure on, by tokens, in an order that depends on nothing else."""
    docs = sorted(docs, key=len)
    random.Random(47).shuffle(docs)
    total, seen = sum(map(len, docs)), 0
    for index, doc in enumerate(docs):
        seen += len(doc)
        if seen > total * 0.8:
            return docs[:index], docs[index:]
    return docs, []


def accuracy(docs: Iterable[LightDoc], annotator: LightAnnotator) -> tuple[Counter[str], Counter[str]]:
    """By pronoun: how many were right, how many there were."""
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for doc in docs:
        for token in (doc, *doc):
            token.chains = []
        annotator.annotate(doc, used_in_training=True)
        for token in doc:
            for mention in getattr(token, "temp_potential_referreds", []):
                if hasattr(mention, "true_in_training"):
                    for chain in token.chains:
                        if LightMention(token) in chain.mentions:
                            every[token.text.lower()] += 1
                            right[token.text.lower()] += mention in chain.mentions
    return right, every


def train(docs: list[LightDoc], table: Any, *, epochs: int, seed: int) -> Model:
    """Fit the ensemble, one document a step; begin again when a member of it has died."""
    tendencies = Tendencies(table)
    data = []
    for doc in docs:
        tendencies.depths = {}
        info = DocumentPairInfo.from_doc(doc, tendencies, ENSEMBLE_SIZE, is_train=True)
        if len(info.candidates.dataXd):
            data.append(info)
    loss = SequenceCategoricalCrossentropy(normalize=True)
    for attempt in range(ATTEMPTS):
        fix_random_seed(seed + attempt * 1000)
        model, optimizer = create_thinc_model(), Adam(0.001)
        model.initialize(X=data[:1], Y=data[0].training_outputs)
        for epoch in range(epochs):
            losses = []
            for batch in model.ops.minibatch(1, data, shuffle=True):
                truth = [output for info in batch for output in info.training_outputs]
                guess, backprop = model.begin_update(batch)
                gradient, value = loss(guess, truth)
                losses.append(float(value))
                backprop(gradient)
                model.finish_update(optimizer)
            print(f"epoch {epoch + 1}: loss {sum(losses) / len(losses):.4f}", flush=True)
            if silent := silent_members(model, data[:20]):
                print(
                    f"members {silent} of the ensemble have no opinion any more: starting again", flush=True
                )
                break
        else:
            return model
    raise SystemExit(f"No ensemble with all its members after {ATTEMPTS} attempts. Try another --seed.")


def silent_members(model: Model, data: list[DocumentPairInfo]) -> list[int]:
    """Members of the ensemble that give all candidates the same score, their outputs beyond what softmax takes."""
    scores = [np.ptp(rows, axis=0) for rows in model.predict(data) if len(rows) > 1]
    return np.flatnonzero(np.max(scores, axis=0) < 1e-6).tolist()


def pipeline(name: str) -> Language:
    """The embedded syntax ("quotes") or a spaCy pipeline by name or path, without quotations."""
    nlp = quotes.load(None if name == "quotes" else name)
    nlp.remove_pipe("quotes")
    return nlp


def main() -> None:
    """Parse the corpora, train, measure, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pipeline", default="quotes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=4)
    args = parser.parse_args()
    nlp, rules = pipeline(args.pipeline), LightRules()
    learn: list[LightDoc] = []
    test: dict[str, list[LightDoc]] = {}
    for name, read in CORPORA.items():
        texts, chains = zip(*read(args.corpora / name), strict=True)
        docs = [prepared(doc, c, rules) for doc, c in zip(nlp.pipe(texts), chains, strict=True)]
        kept, test[name] = split(docs)
        learn += kept
        print(f"{name}: {len(docs)} texts, {sum(map(len, docs))} tokens", flush=True)
    docs = learn + [doc for part in test.values() for doc in part]
    table = generate_feature_table(docs, SimpleNamespace(meta={"lang": "en"}))
    model = train(learn, table, epochs=args.epochs, seed=args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / FEATURES_FILE).write_text(json.dumps(vars(table)), encoding="utf-8")
    (args.out / ENSEMBLE_FILE).write_bytes(model.to_bytes())
    figures: dict[str, Any] = {"seed": args.seed, "epochs": args.epochs, "pipeline": args.pipeline}
    for name, part in test.items():
        right, every = accuracy(part, LightAnnotator(table, model))
        figures[name] = {"accuracy": round(right.total() / every.total(), 4), "anaphors": every.total()}
        figures[name]["by pronoun"] = {k: f"{right[k]}/{n}" for k, n in every.most_common(12)}
        print(name, json.dumps(figures[name]))
    (args.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
