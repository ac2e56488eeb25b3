"""Train the ranker of speakers: which candidate of an article the source of a quotation means.

    python train_resolver.py CORPORA CACHE [--out OUT_FOLDER] [--exports FOLDER] [--folds 5] [--seed 1] [--threads 1]

Five folds by article of PolNeAR's and of world news' train part give the answers of the first pass to the second, the
temperatures, and honest figures: ``--exports`` writes the answers of all folds as ``quotes export`` would, and those
for the dev parts by the trees trained on all of train. Prints right of found by form. Writes resolver.npz.

Softmax over the candidates of a quotation; the target is the named person where there is one, not the words of the
source (``resolver_rows``).
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from made_descriptions import made_articles
from resolver_data import TrainingArticle, excerpts, read_articles, read_passages, same_name
from resolver_rows import Block, Learner, build, case_blocks, learn

from quotes.coreference.features import FORM_NUMBERS
from quotes.coreference.ranker import LEAF_UNIT, Ranker
from quotes.coreference.resolve import PASSES
from quotes.evaluation.calibration import calibration_error

TREES, LEAVES, RATE, SMALLEST_LEAF, L2, BINS = 100, 15, 0.12, 20, 5.0, 63
FITS = 4  # with as many seeds, whose mean is taken
COLUMN_SHARE, ROW_SHARE = 0.4, 0.8
PASSAGE_COPIES = 5  # of each pattern
EXCERPTS = 3  # of each article
MADE_COPIES = 2  # of each article, with descriptions in place of names
TEMPERATURES = np.arange(0.6, 2.01, 0.05)
Forests = list[list[lightgbm.Booster]]  # for all but noun phrases, for these; each of several seeds
FORMS = {number: form for form, number in FORM_NUMBERS.items()}


def fit(blocks: Sequence[Block], seed: int, threads: int, features: Sequence[str]) -> list[lightgbm.Booster]:
    """Trees for the rows of blocks whose right candidates are known, of each seed."""
    blocks = [block for block in blocks if block.right is not None and len(block.rows.own) > 1]
    table = np.concatenate([block.table for block in blocks])
    right = np.concatenate([np.array(block.right, float) for block in blocks])
    sizes = np.array([len(block.rows.own) for block in blocks])
    starts = np.concatenate([[0], np.cumsum(sizes)])[:-1]
    weights = np.repeat([block.weight for block in blocks], sizes)

    def objective(scores: np.ndarray, _: lightgbm.Dataset) -> tuple[np.ndarray, np.ndarray]:
        p = softmax(scores, starts, sizes)
        of_right = p * right
        q = of_right / np.repeat(np.maximum(np.add.reduceat(of_right, starts), 1e-12), sizes)
        return weights * (p - q), weights * np.maximum(p * (1 - p), 1e-3)

    parameters = {
        "objective": objective, "num_leaves": LEAVES, "learning_rate": RATE, "min_data_in_leaf": SMALLEST_LEAF,
        "lambda_l2": L2, "feature_fraction": COLUMN_SHARE, "bagging_fraction": ROW_SHARE, "bagging_freq": 1,
        "max_bin": BINS, "verbose": -1, "num_threads": threads, "deterministic": True, "force_row_wise": True,
    }  # fmt: skip
    data = lightgbm.Dataset(
        table, label=right, feature_name=list(features), params={"max_bin": BINS, "verbose": -1}
    )
    return [lightgbm.train(parameters | {"seed": seed + n}, data, TREES) for n in range(FITS)]


def softmax(scores: np.ndarray, starts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Probabilities within each block."""
    best = np.repeat(np.maximum.reduceat(scores, starts), sizes)
    powers = np.exp(scores - best)
    return powers / np.repeat(np.add.reduceat(powers, starts), sizes)


def trees_of(boosters: Sequence[lightgbm.Booster]) -> dict[str, np.ndarray]:
    """The trees of some boosters as the arrays that ``Ranker`` reads: their sums are the mean of the boosters'."""
    nodes: list[list[float]] = []
    leaves: list[int] = []
    roots = []

    def add(node: dict[str, Any]) -> int:
        if "leaf_value" in node and "split_feature" not in node:
            leaves.append(round(node["leaf_value"] * LEAF_UNIT / len(boosters)))
            return -len(leaves)
        assert node["decision_type"] == "<="
        at = len(nodes)
        nodes.append([node["split_feature"], node["threshold"], 0, 0])
        nodes[at][2], nodes[at][3] = add(node["left_child"]), add(node["right_child"])
        return at

    for booster in boosters:
        roots += [add(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]
    table = np.array(nodes)
    return {
        "feature": table[:, 0].astype(np.int16), "threshold": table[:, 1], "left": table[:, 2].astype(np.int32),
        "right": table[:, 3].astype(np.int32), "value": np.array(leaves, np.int32), "root": np.array(roots, np.int32),
    }  # fmt: skip


def forests(blocks: Sequence[Block], seed: int, threads: int, features: Sequence[str]) -> Forests:
    """Trees for all but noun phrases, and for these alone."""
    return [
        fit([block for block in blocks if block.rows.is_nominal == is_nominal], seed, threads, features)
        for is_nominal in (False, True)
    ]


def assemble(passes: Sequence[Forests], features: Sequence[str], temperature: np.ndarray) -> dict[str, Any]:
    """The arrays of a ranker of one or two passes."""
    arrays: dict[str, Any] = {
        "features": np.array(features),
        "passes": len(passes),
        "temperature": temperature,
    }
    for number, boosters in enumerate(chain.from_iterable(passes)):
        arrays |= {f"{name}_{number}": values for name, values in trees_of(boosters).items()}
    return arrays


def answer(learner: Learner, trees: Ranker, number: int) -> None:
    """Let trees answer the cases of an article whose rows were made."""
    scores = trees.scores(number, [block.rows for block in learner.blocks])
    at = 0
    for block in learner.blocks:
        block.scores = scores[at : at + len(block.rows.own)].tolist()
        at += len(block.rows.own)
        learner.resolver.answer(block.order, block.referents, trees.probabilities(block.scores, block.form))


def cross_validate(
    learners: list[Learner], folds: int, seed: int, threads: int
) -> tuple[list[str], list[Forests], np.ndarray]:
    """The names of the features, the trees of each pass by all of train, the temperatures; answers are out of fold."""
    features: list[str] = []
    passes: list[Forests] = []
    flat = np.ones(len(FORM_NUMBERS))
    for number in range(PASSES):
        for learner in learners:
            build(learner, number, seed)
        if not features:
            names = {
                name
                for learner in learners
                for block in learner.blocks
                for row in (block.rows.shared, *block.rows.own)
                for name in row
            }
            features = sorted(names)
        columns = Ranker({"features": features, "passes": 0, "temperature": flat})
        for learner in learners:
            for block in (*learner.blocks, *learner.augmented):
                block.table = columns.table([block.rows])[:, : len(features)]
        count = sum(len(block.rows.own) for learner in learners for block in learner.blocks)
        print(f"pass {number + 1}: {count} rows, {len(features)} features", flush=True)
        started = time.process_time()
        for fold in range(folds):
            train = [block for one in learners if one.fold != fold for block in (*one.blocks, *one.augmented)]
            trees = Ranker(assemble([forests(train, seed, threads, features)] * PASSES, features, flat))
            for learner in learners:
                if learner.fold == fold:
                    answer(learner, trees, number)
        passes.append(
            forests([b for one in learners for b in (*one.blocks, *one.augmented)], seed, threads, features)
        )
        print(f"{time.process_time() - started:.0f} s of CPU for {(folds + 1) * FITS} fits")
        report(learners, f"pass {number + 1}, out of fold")
    return features, passes, temperatures(learners)


def temperatures(learners: list[Learner]) -> np.ndarray:
    """For each form the temperature at which the out-of-fold probabilities are the likeliest."""
    found = np.ones(len(FORM_NUMBERS))
    for form in FORMS:
        blocks = [
            b
            for one in learners
            if one.is_measured
            for b in one.blocks
            if b.form == form and b.right is not None
        ]
        losses = []
        for temperature in TEMPERATURES:
            loss = 0.0
            for block in blocks:
                scaled = np.array(block.scores) / (LEAF_UNIT * temperature)
                p = np.exp(scaled - scaled.max())
                loss -= np.log(max((p / p.sum())[np.array(block.right)].sum(), 1e-9))
            losses.append(loss)
        found[form] = float(TEMPERATURES[int(np.argmin(losses))])
    return found


def report(learners: list[Learner], title: str) -> None:
    """Print the share of right answers by form and corpus."""
    counts: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for learner in learners:
        article = learner.article
        corpora = [article.corpus, "both"] if learner.is_measured else [_kind(article)]
        for block in learner.blocks:
            ranked = learner.resolver.answers[block.order]
            if block.right is None or ranked is None:
                continue
            best, _ = ranked.best
            is_right = block.right[[None, *block.referents].index(best)]
            for corpus in corpora:
                for form in (FORMS[block.form], "all"):
                    count = counts[form, corpus]
                    count[0] += 1
                    count[1] += is_right
    print(title)
    for (form, corpus), (n, right) in sorted(counts.items()):
        print(f"  {form:8} {corpus:8} {n:5} {right / n:.3f}")


def _kind(article: TrainingArticle) -> str:
    """What an article is that is not one of a corpus as it is."""
    return "excerpts" if article.is_excerpt else "made" if article.is_made else article.corpus


def print_calibration(learners: list[Learner], title: str) -> None:
    """Print how far the probabilities of the names given are probabilities: ten bins, and those of 0.9 and more."""
    given: list[tuple[float, bool]] = []
    for learner in learners:
        if not learner.is_measured:
            continue
        for source, gold in zip(learner.resolver.resolved(), learner.article.gold, strict=True):
            if gold is not None and not gold.unsure and source.mention is not None:
                given.append((source.confidence, same_name(source.mention.name, gold.names)))
    error = calibration_error(given)
    sure = [right for p, right in given if p >= 0.9]
    print(f"{title}: {len(given)} names given, right {sum(right for _, right in given) / len(given):.3f}")
    print(
        f"  ECE {error:.3f}; at 0.9 and more {len(sure) / len(given):.3f} of them, right {sum(sure) / len(sure):.3f}"
    )


def export(learners: list[Learner], path: Path, corpus: str) -> None:
    """Write the answers as lines of ``quotes export``, for score.py."""
    with path.open("w", encoding="utf-8") as lines:
        for learner in learners:
            if learner.article.corpus != corpus or not learner.is_measured:
                continue
            text = learner.article.doc.text
            for k, source in enumerate(learner.resolver.resolved()):
                found = learner.article.attributions[k]
                mention = source.mention
                row = {
                    "article": learner.article.name,
                    "spans": [list(span) for span in found.content],
                    "text": " ".join(text[a:b] for a, b in found.content),
                    "type": learner.article.types[k],
                    "cue": _piece(text, found.cue),
                    "source": _piece(text, found.source),
                    "speaker": {"name": mention.name, "type": mention.type} if mention else None,
                    "attribution": source.attribution,
                    "speaker_confidence": source.confidence if mention else None,
                }
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")


def _piece(text: str, span: tuple[int, int] | None) -> dict[str, Any] | None:
    return {"text": text[slice(*span)], "start": span[0], "end": span[1]} if span else None


def main() -> None:
    """Cross-validate, train on all of train, check on dev."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("cache", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--exports", type=Path)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    whole = list(read_articles(options.corpora, options.cache, "train"))
    articles = [*whole, *made_articles(whole, MADE_COPIES, options.seed, options.cache)]
    articles += [part for one in whole for part in excerpts(one, EXCERPTS, options.seed)]
    articles += read_passages(PASSAGE_COPIES, options.seed, options.cache)
    learners = learn(articles, options.folds, options.seed)
    features, passes, temperature = cross_validate(learners, options.folds, options.seed, options.threads)
    arrays = assemble(passes, features, temperature)
    if options.out:
        np.savez_compressed(options.out / "resolver.npz", **arrays)
    trees = Ranker(arrays)
    _calibrate(learners, trees)
    print_calibration(learners, "out of fold")
    dev = learn(list(read_articles(options.corpora, options.cache, "dev")), 1, options.seed)
    for learner in dev:
        for number in range(PASSES):
            learner.blocks = case_blocks(learner, number)
            answer(learner, trees, number)
    report(dev, "dev")
    print_calibration(dev, "dev")
    if options.exports:
        options.exports.mkdir(parents=True, exist_ok=True)
        for corpus in ("polnear", "world"):
            export(learners, options.exports / f"{corpus}-train.jsonl", corpus)
            export(dev, options.exports / f"{corpus}-dev.jsonl", corpus)


def _calibrate(learners: list[Learner], trees: Ranker) -> None:
    """Give the out-of-fold answers the probabilities that the fitted temperatures make of them."""
    for learner in learners:
        for block in learner.blocks:
            probabilities = trees.probabilities(block.scores, block.form)
            learner.resolver.answer(block.order, block.referents, probabilities)


if __name__ == "__main__":
    main()
