"""Train scorers of mention pairs on frozen states of the encoder, for benchmarks/mention_linking.py.

    python benchmarks/mention_training.py CORPORA OUT_FOLDER [--articles 160] [--epochs 6] [--cache FILE]

CORPORA is laid out as training/README.md says. Trained on OntoGUM without the documents of treebanks/gum-dev.conllu,
on LitBank, and on articles of polnear-train with CoreNLP's chains; every tenth text is kept, and the epoch that does
best on those counts. Writes ``states.npz`` (which does not see coreferee), ``chains.npz`` (sees what coreferee's chains
say) and ``rules.npz`` (and what the shipped rules say).

The model: for an anaphor a and each mention c before it relu(A a + C c + M (tanh(L a) * tanh(R c)) + F f) w, f being
the features of the pair, and a score of a for "none"; softmax over all. The loss is that of all right antecedents
together (Lee, He, Lewis and Zettlemoyer 2017, "End-to-end Neural Coreference Resolution").
"""

import argparse
import pickle
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from mention_pairs import CHAINS, RULES, STATE, Mentions, hidden_states, is_anaphor
from spacy.language import Language
from spacy.tokens import Doc
from torch import Tensor, nn
from torch.nn import functional

import quotes
from quotes.component import coreference_annotator
from quotes.coreference.resolve import SourceResolver
from quotes.lexicon.roles import PRONOUN_KIND
from quotes.quotations.passes import find_attributions

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
import coreference_data

SIZE = 64
VARIANTS = {"states": 0, "chains": CHAINS, "rules": CHAINS + RULES}  # last columns that it sees
NOVELS = 60  # LitBank texts: fiction is what the scorer is used on least


def held_out(corpora: Path) -> set[str]:
    """The OntoGUM documents of the dev part."""
    text = (corpora / "treebanks" / "gum-dev.conllu").read_text(encoding="utf-8")
    return set(re.findall(r"# newdoc id = (\S+)", text))


def texts(corpora: Path, articles: int) -> Iterator[tuple[str, str, coreference_data.Chains]]:
    """(corpus, text, chains) of everything to train on."""
    dev = held_out(corpora)
    folder = corpora / "coref" / "ontogum"
    names = [path.stem for path in sorted(folder.glob("*.conll"))]
    for name, (text, gold) in zip(names, coreference_data.ontogum(folder), strict=True):
        if name not in dev:
            yield "ontogum", text, gold
    for text, gold in islice(coreference_data.litbank(corpora / "coref" / "litbank"), NOVELS):
        yield "litbank", text, gold
    read = silver(corpora / "attribution" / "polnear-train")
    for n, (text, gold) in enumerate(read):
        if n % 3 == 0 and n // 3 < articles:
            yield "polnear", text, gold


def silver(folder: Path) -> Iterator[tuple[str, coreference_data.Chains]]:
    """Texts of ``folder`` with the automatic chains of the table beside it (``Off=`` and ``Coref=`` in MISC)."""
    name = ""
    chains: dict[str, list[tuple[int, int]]] = {}
    opened: dict[str, list[int]] = {}
    table = folder.with_name(folder.name + "-corenlp.conllu").read_text(encoding="utf-8")
    for line in [*table.splitlines(), "# newdoc id = "]:
        if line.startswith("# newdoc id = "):
            path = folder / f"{name}.txt"
            if name and path.exists():
                yield path.read_text(encoding="utf-8"), [sorted(chain) for chain in chains.values()]
            name = line.removeprefix("# newdoc id = ").strip()
            chains, opened = defaultdict(list), defaultdict(list)
        columns = line.split("\t")
        if len(columns) != 10:
            continue
        misc = dict(item.split("=", 1) for item in columns[9].split("|") if "=" in item)
        start, end = map(int, misc["Off"].split("-"))
        for bracket in re.findall(r"\(\d+\)|\(\d+|\d+\)", misc.get("Coref", "")):
            number = bracket.strip("()")
            if bracket.startswith("("):
                opened[number].append(start)
            if bracket.endswith(")") and opened[number]:
                chains[number].append((opened[number].pop(), end))


def gold_of(doc: Doc, gold: coreference_data.Chains) -> dict[int, int]:
    """Token that heads a mention -> its chain."""
    chain: dict[int, int] = {}
    for number, spans in enumerate(gold):
        for start, end in spans:
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is not None and len(span):
                chain.setdefault(span.root.i, number)
    return chain


def examples(nlp: Language, corpus: str, text: str, gold: coreference_data.Chains) -> dict[str, Any]:
    """One text's mention states and its anaphors with candidates, features and labels."""
    doc = coreference_annotator()(nlp(text))
    resolver = SourceResolver(doc, find_attributions(doc, text))
    mentions = Mentions(resolver)
    states = hidden_states(doc)
    chain = gold_of(doc, gold)
    some = []
    rows = []
    for at, token in enumerate(mentions.heads):
        which = mentions.candidates(token)
        if not is_anaphor(token, resolver) or not len(which):
            continue
        own = chain.get(token.i)
        if own is None and token.lower_ in PRONOUN_KIND and corpus != "ontogum":
            continue  # not annotated
        right = np.array([own is not None and chain.get(int(i)) == own for i in mentions.tokens[which]])
        first = token.lower_ not in PRONOUN_KIND and all(
            chain.get(int(i)) != own for i in mentions.tokens[:at]
        )
        if own is not None and not right.any() and not first:
            continue  # out of reach
        some.append((at, which, mentions.features(at, which), mentions.chained(token, which), right))
    resolver.run()
    search = resolver.antecedents
    referents = {n: search.referent(token) for n, token in enumerate(mentions.heads)}
    for at, which, base, said, right in some:
        token = mentions.heads[at]
        found = search.pronoun(token) if token.lower_ in PRONOUN_KIND else search.nominal(token)
        ruled = mentions.ruled(
            found.referent if found else None, found.confidence if found else 0, [referents[n] for n in which]
        )
        rows.append((at, which, np.concatenate([base, said, ruled], 1), right))
    both = (
        np.concatenate([states[mentions.starts], states[mentions.tokens]], 1) if len(mentions.heads) else None
    )
    pronoun = [token.lower_ in PRONOUN_KIND for token in mentions.heads]
    return {"corpus": corpus, "states": both, "rows": rows, "pronoun": pronoun}


class Scorer(nn.Module):
    """Scores of an anaphor's candidates."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.anaphor, self.candidate = nn.Linear(2 * STATE, SIZE), nn.Linear(2 * STATE, SIZE)
        self.left, self.right = nn.Linear(2 * STATE, SIZE), nn.Linear(2 * STATE, SIZE)
        self.mixed = nn.Linear(SIZE, SIZE, bias=False)
        self.pair = nn.Linear(features, SIZE, bias=False)
        self.out = nn.Linear(SIZE, 1)
        self.none = nn.Linear(SIZE, 1)
        self.drop = nn.Dropout(0.3)

    def forward(
        self, states: Tensor, at: Tensor, which: Tensor, features: Tensor, owner: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Scores of pairs [pairs] and of "none" [anaphors].

        ``states`` of mentions, ``at``: the anaphors among them, ``which``: the candidate of each pair, ``owner``:
        which anaphor (place in ``at``) a pair belongs to.
        """
        states = self.drop(states)
        own, left = self.anaphor(states[at]), torch.tanh(self.left(states[at]))
        candidate, right = self.candidate(states), torch.tanh(self.right(states))
        hidden = own[owner] + candidate[which] + self.mixed(left[owner] * right[which]) + self.pair(features)
        return self.out(self.drop(functional.relu(hidden)))[:, 0], self.none(functional.relu(own))[:, 0]


def batches(
    docs: list[dict[str, Any]], columns: np.ndarray, *, shuffle: bool
) -> Iterator[tuple[Tensor, ...]]:
    """About 3,000 pairs at a time, of one text."""
    work = []
    for doc in docs:
        rows = list(doc["rows"])
        for a in range(0, len(rows), 48):
            work.append((doc, rows[a : a + 48]))
    if shuffle:
        random.shuffle(work)
    for doc, rows in work:
        at = np.array([row[0] for row in rows])
        which = np.concatenate([row[1] for row in rows])
        first, end = int(which.min()), int(at.max()) + 1
        owner = np.repeat(np.arange(len(rows)), [len(row[1]) for row in rows])
        features = np.concatenate([row[2][:, columns] for row in rows])
        yield (
            torch.from_numpy(doc["states"][first:end].astype(np.float32)),
            torch.from_numpy(at - first),
            torch.from_numpy(which - first),
            torch.from_numpy(features.astype(np.float32)),
            torch.from_numpy(owner),
            torch.from_numpy(np.concatenate([row[3] for row in rows])),
            torch.from_numpy(np.array([doc["pronoun"][i] for i in at])),
        )


def log_sum(scores: Tensor, owner: Tensor, count: int) -> Tensor:
    """Log of the sum of exponentials by owner."""
    top = torch.full((count,), -1e9).scatter_reduce(0, owner, scores, "amax")
    return top + torch.zeros(count).index_add(0, owner, (scores - top[owner]).exp()).clamp(min=1e-30).log()


def loss_and_right(model: Scorer, batch: tuple[Tensor, ...]) -> tuple[Tensor, Tensor]:
    """Loss per anaphor, and whether the best candidate (or none) is right."""
    states, at, which, features, owner, right, _ = batch
    pairs, none = model(states, at, which, features, owner)
    n = len(none)
    every = torch.cat([pairs, none])
    owners = torch.cat([owner, torch.arange(n)])
    any_right = torch.zeros(n, dtype=torch.bool).index_add(0, owner, right)
    good = torch.cat([right, ~any_right])
    total = log_sum(every, owners, n)
    of_right = log_sum(torch.where(good, every, torch.tensor(-1e4)), owners, n)
    best = torch.full((n,), -1e9).scatter_reduce(0, owners, every, "amax")
    hit = torch.zeros(n, dtype=torch.bool).index_add(0, owners, good & (every == best[owners]))
    return total - of_right, hit


def fit(learn: list[dict[str, Any]], check: list[dict[str, Any]], columns: np.ndarray, epochs: int) -> Scorer:
    """Train; the epoch that does best on ``check`` counts."""
    torch.manual_seed(1)
    random.seed(1)
    model = Scorer(len(columns))
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01)
    steps = epochs * sum(1 for _ in batches(learn, columns[:1], shuffle=False))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: max(0.02, 1 - n / steps))
    best, kept = -1.0, None
    for epoch in range(epochs):
        model.train()
        total = count = 0.0
        for batch in batches(learn, columns, shuffle=True):
            optimizer.zero_grad()
            loss, _ = loss_and_right(model, batch)
            loss.mean().backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total, count = total + float(loss.detach().sum()), count + len(loss)
        figures = accuracy(model, check, columns)
        score = sum(r for r, _ in figures.values()) / sum(n for _, n in figures.values())
        shown = " ".join(f"{name} {r / n:.3f}" for name, (r, n) in sorted(figures.items()))
        print(f"epoch {epoch + 1}: loss {total / count:.4f} held out {score:.4f} | {shown}", flush=True)
        if score > best:
            best, kept = score, {k: v.clone() for k, v in model.state_dict().items()}
    assert kept is not None
    model.load_state_dict(kept)
    return model.eval()


def accuracy(model: Scorer, docs: list[dict[str, Any]], columns: np.ndarray) -> dict[str, tuple[int, int]]:
    """Right and all, by corpus and kind of anaphor."""
    model.eval()
    figures: dict[str, tuple[int, int]] = {}
    with torch.no_grad():
        for corpus in sorted({doc["corpus"] for doc in docs}):
            for batch in batches([doc for doc in docs if doc["corpus"] == corpus], columns, shuffle=False):
                _, hit = loss_and_right(model, batch)
                for name, some in (("pronouns", batch[6]), ("nominals", ~batch[6])):
                    r, n = figures.get(f"{corpus} {name}", (0, 0))
                    figures[f"{corpus} {name}"] = r + int(hit[some].sum()), n + int(some.sum())
    return figures


def main() -> None:
    """Read, train the three variants, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--articles", type=int, default=160)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--cache", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(1)
    if args.cache and args.cache.exists():
        docs = pickle.loads(args.cache.read_bytes())
    else:
        nlp = quotes.load()
        nlp.remove_pipe("quotes")
        docs = []
        for corpus, text, gold in texts(args.corpora, args.articles):
            docs.append(examples(nlp, corpus, text, gold))
        if args.cache:
            args.cache.write_bytes(pickle.dumps(docs))
    docs = [doc for doc in docs if doc["rows"]]
    check = docs[::10]
    learn = [doc for n, doc in enumerate(docs) if n % 10]
    width = docs[0]["rows"][0][2].shape[1]
    args.out.mkdir(parents=True, exist_ok=True)
    for name, more in VARIANTS.items():
        columns = np.arange(width - CHAINS - RULES + more)
        print(name, len(columns), "features", flush=True)
        model = fit(learn, check, columns, args.epochs)
        weights = {key: value.numpy().astype(np.float16) for key, value in model.state_dict().items()}
        np.savez(args.out / f"{name}.npz", **weights)


if __name__ == "__main__":
    main()
