"""Train the encoder and its heads jointly.

    python train_encoder.py CORPUS_FOLDER OUT.pt --minutes 80 --threads 2 --seed 1

CORPUS_FOLDER holds what ``prepare.py`` wrote. The learning rate falls with whichever ends first, the steps or
the minutes; OUT.pt gets the averaged weights, every ten minutes and at the end, OUT-early.pt those of a higher learning
rate: ``average.py`` takes the mean of such states.
"""

import argparse
import copy
import json
import pickle
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from encoder_data import Example
from encoder_net import Net, Window, collate, column, cut, embedding_loss, load, pooled

from quotes.nlp.encoder import windows

TOKENS = 2048  # wordpieces in a batch
RATE, HEAD_RATE = 2e-4, 1.2e-3
# Shares of the batches. Syntax is learnt first, attribution goes on improving.
SHARES = {"attribution": 0.46, "entities": 0.17, "syntax": 0.25, "embedding": 0.12}
LATE_SHARES = {"attribution": 0.64, "entities": 0.16, "syntax": 0.10, "embedding": 0.10}
# With a teacher, whose labels of newswire teach attribution as well as entities.
TAUGHT_SHARES = {"attribution": 0.54, "entities": 0.24, "syntax": 0.11, "embedding": 0.11}
WORLD_SHARES = {"attribution": 0.34, "world": 0.30, "entities": 0.13, "syntax": 0.12, "embedding": 0.11}
LATE = 0.43  # part of the training after which the late shares hold
GOLD = 0.5  # weight of the annotators' labels where there is a teacher, whose labels have the rest
WARM = 0.06  # part of the training in which the learning rate rises
SILVER = 0.3  # weight of automatic labels
AVERAGE = 0.998  # exponential moving average of the weights, per step; a teacher has fewer steps: 0.99
EARLY = 0.68  # part of the training after which a copy is kept: its mean with the last weights is better than these


def batches(examples: list[Example], rng: np.random.Generator) -> list[list[Window]]:
    """One epoch: windows of random length, neighbours in length together."""
    found = []
    for example in examples:
        limit = int(rng.integers(90, 255))
        found += [cut(example, a, b) for a, b in windows(example.pieces, limit)]
    rng.shuffle(found)
    result: list[list[Window]] = []
    for k in range(0, len(found), 400):
        batch: list[Window] = []
        for window in sorted(found[k : k + 400], key=len):
            if batch and (len(batch) + 1) * (len(window) + 2) > TOKENS:
                result.append(batch)
                batch = []
            batch.append(window)
        result.append(batch)
    rng.shuffle(result)
    return result


def stream(groups: list[list[Example]], rng: np.random.Generator) -> Iterator[list[Window]]:
    """Batches without end; each epoch takes the next group (typographic variants of the same articles)."""
    epoch = 0
    while True:
        yield from batches(groups[epoch % len(groups)], rng)
        epoch += 1


def sentence_stream(
    sentences: list[tuple[np.ndarray, np.ndarray]], rng: np.random.Generator
) -> Iterator[list[Window]]:
    """Batches of 64 sentences with their original embeddings."""
    while True:
        order = rng.permutation(len(sentences))
        for k in range(0, len(order) - 256, 256):
            chunk = sorted(order[k : k + 256], key=lambda i: len(sentences[i][0]))
            for m in range(0, 256, 64):
                yield [
                    Window(ids, np.full(len(ids), 36), np.zeros(len(ids), np.int64), teacher=teacher)
                    for ids, teacher in (sentences[i] for i in chunk[m : m + 64])
                ]


def teach(variants: list[list[Example]], soft: list[np.ndarray]) -> None:
    """Give examples their soft labels; a typographic variant has the same pieces, or none are given."""
    for variant in variants:
        for example, original, labels in zip(variant, variants[0], soft, strict=True):
            if np.array_equal(example.pieces.start, original.pieces.start):
                example.soft = labels


def loss_of(net: Net, task: str, batch: list[Window], rng: np.random.Generator) -> dict[str, torch.Tensor]:
    """The weighted losses of one batch."""
    ids, features, mask = collate(batch)
    hidden = net.encode(ids, features, mask)
    if task == "embedding":
        teacher = torch.from_numpy(np.stack([w.teacher for w in batch]).astype(np.float32))
        return {"embedding": embedding_loss(pooled(hidden, mask), teacher)}
    hidden = net.dropout(hidden)
    weight = SILVER if task == "attribution" else 1.0
    losses = {}
    if task in ("attribution", "world"):
        logits = net.attribution(hidden).float()
        target = column(batch, "attribution", ids.shape[1])
        taught = any(w.soft is not None for w in batch)
        losses["attribution"] = (GOLD if taught else 1.0) * torch.nn.functional.cross_entropy(
            logits.view(-1, logits.shape[-1]), target.view(-1), ignore_index=-100
        )
        losses["thought"] = 0.1 * net.piece_loss(net.thought, hidden, column(batch, "thought", ids.shape[1]))
        losses["act"] = 0.1 * net.piece_loss(net.act, hidden, column(batch, "act", ids.shape[1]))
        losses["link"] = 0.25 * net.link_loss(hidden, logits.detach().argmax(-1).numpy(), batch, rng)
    if any(w.soft is not None for w in batch):
        losses["soft"] = (1 - GOLD) * net.soft_loss(hidden, batch)
    if any(w.entity is not None for w in batch):
        losses["entity"] = weight * net.piece_loss(net.entity, hidden, column(batch, "entity", ids.shape[1]))
    if any(w.words is not None for w in batch):
        tag, dependency = net.word_loss(hidden, batch)
        starts = net.piece_loss(net.sentence, hidden, column(batch, "starts", ids.shape[1]))
        losses |= {
            "tag": 0.5 * weight * tag,
            "dependency": 0.5 * weight * dependency,
            "sentence": weight * starts,
        }
    return {name: loss for name, loss in losses.items() if torch.isfinite(loss)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--weights", required=True, help="folder of all-MiniLM-L6-v2 (or of all-mpnet-base-v2)"
    )
    parser.add_argument("--start", type=Path, help="checkpoint to go on from")
    parser.add_argument("--soft", action="store_true", help="learn from what soft_labels.py wrote too")
    parser.add_argument("--only", choices=list(SHARES), help="train on one task")
    parser.add_argument("--world", action="store_true", help="learn from world news too")
    parser.add_argument(
        "--leave-out", type=Path, help="names of articles of world news to leave out, a line each"
    )
    parser.add_argument("--sentences", type=float, help="part of the batches that are sentences to embed")
    parser.add_argument("--rate", type=float, default=RATE, help="highest learning rate of the encoder")
    parser.add_argument("--head-rate", type=float, default=HEAD_RATE, help="that of the heads")
    parser.add_argument("--average", type=float, default=AVERAGE)
    parser.add_argument("--dropout", type=float, default=0.0, help="of the encoder's hidden states")
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)

    def read(name: str):  # type: ignore[no-untyped-def]
        return pickle.loads((args.corpus / f"{name}.pkl").read_bytes())

    labels = read("labels")
    articles, newswire = [read(f"polnear-train-{k}") for k in range(3)], read("newswire-train")
    if args.soft:
        teach(articles, read("soft-polnear-train-0"))
        if (args.corpus / "soft-newswire-train.pkl").exists():
            teach([newswire], read("soft-newswire-train"))
    streams = {
        "attribution": stream(articles, rng),
        "entities": stream([newswire], rng),
        "syntax": stream([read("treebank-train")], rng),
        "embedding": sentence_stream(read("sentences"), rng),
    }
    if args.world:
        out = set(args.leave_out.read_text().split()) if args.leave_out else set()
        world = [[x for x in read(f"world-train-{k}") if x.name not in out] for k in range(3)]
        streams["world"] = stream(world, rng)
    start = (args.weights, labels, args.dropout)
    net = (load(args.start, *start) if args.start else Net(*start)).train()
    average = copy.deepcopy(net).eval().requires_grad_(False)
    encoder = [p for name, p in net.named_parameters() if name.startswith("encoder") and p.requires_grad]
    heads = [p for name, p in net.named_parameters() if not name.startswith("encoder")]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": args.rate}, {"params": heads, "lr": args.head_rate}],
        weight_decay=0.01,
        fused=True,
    )
    rates = [args.rate, args.head_rate]
    began, saved, pieces, seen = time.time(), time.time(), 0, defaultdict(list)
    step, done = 0, 0.0
    early = args.out.with_name(f"{args.out.stem}-early.pt")
    kept = False
    while done < 1:
        done = max(step / args.steps, (time.time() - began) / 60 / args.minutes)
        factor = min(done / WARM, 1.0) * max(0.01, 1 - done)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * factor
        shares = (
            WORLD_SHARES
            if args.world
            else TAUGHT_SHARES
            if args.soft
            else LATE_SHARES
            if done > LATE
            else SHARES
        )
        if args.sentences is not None:
            rest = (1 - args.sentences) / (1 - shares["embedding"])
            shares = {name: rest * share for name, share in shares.items()} | {"embedding": args.sentences}
        task = args.only or str(rng.choice(list(shares), p=list(shares.values())))
        batch = next(streams[task])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            losses = loss_of(net, task, batch, rng)
        sum(losses.values()).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        step += 1
        decay = min(args.average, (1 + step) / (10 + step))
        with torch.no_grad():
            for ours, theirs in zip(average.parameters(), net.parameters(), strict=True):
                if theirs.requires_grad:
                    ours.lerp_(theirs, 1 - decay)
        if not kept and done > EARLY:
            torch.save(average.state_dict(), early)
            kept = True
        pieces += sum(map(len, batch))
        for name, loss in losses.items():
            seen[name].append(float(loss.detach()))
        if step % 50 == 0:
            seconds = time.time() - began
            figures = {name: round(float(np.mean(values[-50:])), 4) for name, values in seen.items()}
            print(
                step,
                f"{seconds:.0f} s",
                f"{pieces / seconds:.0f} pieces/s",
                f"{done:.3f}",
                json.dumps(figures),
                flush=True,
            )
        if time.time() - saved > 600:
            torch.save(average.state_dict(), args.out)
            saved = time.time()
    torch.save(average.state_dict(), args.out)
    print(
        json.dumps(
            {"seed": args.seed, "steps": step, "pieces": pieces, "minutes": (time.time() - began) / 60}
        )
    )


if __name__ == "__main__":
    main()
