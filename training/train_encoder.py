"""Train the encoder and its heads jointly.

    python train_encoder.py CORPUS_FOLDER OUT.pt --minutes 80 --threads 2 --seed 1

CORPUS_FOLDER holds what ``encoder_data.py`` wrote. The learning rate falls with whichever ends first, the steps or
the minutes; OUT.pt gets the averaged weights, every ten minutes and at the end.
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
from encoder_net import Net, Window, collate, column, cut, embedding_loss, pooled

from quotes.encoder import windows

TOKENS = 2048  # wordpieces in a batch
RATE, HEAD_RATE = 2e-4, 1.2e-3
# Shares of the batches. Syntax is learnt first, attribution goes on improving.
SHARES = {"attribution": 0.46, "entities": 0.17, "syntax": 0.25, "embedding": 0.12}
LATE_SHARES = {"attribution": 0.64, "entities": 0.16, "syntax": 0.10, "embedding": 0.10}
LATE = 0.43  # part of the training after which the late shares hold
SILVER = 0.3  # weight of automatic labels
AVERAGE = 0.998  # exponential moving average of the weights, per step
SNAPSHOT = (
    0.68  # part of the training after which a copy is kept: the result is its mean with the last weights
)


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
    if task == "attribution":
        logits = net.attribution(hidden).float()
        target = column(batch, "attribution", ids.shape[1])
        losses["attribution"] = torch.nn.functional.cross_entropy(
            logits.view(-1, logits.shape[-1]), target.view(-1), ignore_index=-100
        )
        losses["link"] = 0.25 * net.link_loss(hidden, logits.detach().argmax(-1).numpy(), batch, rng)
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
    parser.add_argument("--weights", required=True, help="folder of all-MiniLM-L6-v2")
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
    streams = {
        "attribution": stream([read(f"polnear-train-{k}") for k in range(3)], rng),
        "entities": stream([read("newswire-train")], rng),
        "syntax": stream([read("treebank-train")], rng),
        "embedding": sentence_stream(read("sentences"), rng),
    }
    net = Net(args.weights, labels).train()
    average = copy.deepcopy(net).eval().requires_grad_(False)
    encoder = [p for name, p in net.named_parameters() if name.startswith("encoder") and p.requires_grad]
    heads = [p for name, p in net.named_parameters() if not name.startswith("encoder")]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01, fused=True
    )
    rates = [RATE, HEAD_RATE]
    began, saved, pieces, seen = time.time(), time.time(), 0, defaultdict(list)
    step, done = 0, 0.0
    snapshot: Net | None = None
    while done < 1:
        done = max(step / args.steps, (time.time() - began) / 60 / args.minutes)
        factor = min(step / 250, 1.0) * max(0.01, 1 - done)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * factor
        shares = LATE_SHARES if done > LATE else SHARES
        task = str(rng.choice(list(shares), p=list(shares.values())))
        batch = next(streams[task])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            losses = loss_of(net, task, batch, rng)
        sum(losses.values()).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        step += 1
        decay = min(AVERAGE, (1 + step) / (10 + step))
        with torch.no_grad():
            for ours, theirs in zip(average.parameters(), net.parameters(), strict=True):
                if theirs.requires_grad:
                    ours.lerp_(theirs, 1 - decay)
        if snapshot is None and done > SNAPSHOT:
            snapshot = copy.deepcopy(average)
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
