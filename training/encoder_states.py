"""The hidden states of examples by an encoder in torch, in batches: for what is learned from a finished encoder."""

from collections.abc import Iterator

import torch
from encoder_data import Example
from encoder_net import Net, Window, collate, cut
from torch import Tensor

from quotes.nlp.encoder import windows

BATCH = 2048  # wordpieces that are encoded at once
Place = tuple[int, int, Window]  # number of the example, first piece, and the window from there


def encoded(net: Net, examples: list[Example], limit: int) -> Iterator[tuple[list[Place], Tensor]]:
    """The hidden states of every window of at most ``limit`` pieces, in batches of windows of about one length.

    A batch's states are [windows, pieces and 2, size], without gradients.
    """
    todo = [
        (number, a, cut(example, a, b))
        for number, example in enumerate(examples)
        for a, b in windows(example.pieces, limit)
    ]
    todo.sort(key=lambda place: len(place[2]))
    batch: list[Place] = []
    for place in [*todo, None]:
        if batch and (place is None or (len(batch) + 1) * (len(place[2]) + 2) > BATCH):
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                hidden = net.encode(*collate([window for _, _, window in batch]))
            yield batch, hidden
            batch = []
        if place is not None:
            batch.append(place)
