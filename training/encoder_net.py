"""The encoder and its heads in torch, with the loss of each task. Only training and export need this file."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from encoder_data import ACTS, ATTRIBUTION, CUE, ENTITY, IGNORE, SOURCE, Example
from torch import Tensor, nn
from torch.nn import functional as F
from transformers import AutoModel

from quotes.nlp.encoder import CLS, EMBEDDING_FEATURE, SEP
from quotes.quotations.span_linking import (
    CUE_CHOOSING,
    CUE_HEAD,
    FRAGMENT,
    PAIR_FEATURES,
    SPAN_SIZE,
    pair_features,
)
from quotes.quotations.span_linking import SOURCE as SOURCE_ROLE

ARC, LABEL = 128, 48  # dimensions of the parser's projections (Dozat & Manning 2017)
INNER = "intermediate.dense.bias"  # of a feed-forward layer: a value per unit


@dataclass
class Window:
    """A stretch of an example that goes through the encoder at once; indices count from its first piece."""

    ids: np.ndarray
    features: np.ndarray
    paragraph: np.ndarray
    attribution: np.ndarray | None = None
    soft: np.ndarray | None = None
    thought: np.ndarray | None = None
    act: np.ndarray | None = None
    fragments: list[tuple[int, int, int]] | None = None
    cues: list[tuple[int, int, int]] | None = None
    sources: list[tuple[int, int]] | None = None
    entity: np.ndarray | None = None
    starts: np.ndarray | None = None
    words: dict[str, np.ndarray] | None = None
    teacher: np.ndarray | None = None  # the original sentence embedding

    def __len__(self) -> int:
        return len(self.ids)


def cut(example: Example, a: int, b: int) -> Window:
    """The window [a, b) of an example."""
    pieces = example.pieces

    def part(x: np.ndarray | None) -> np.ndarray | None:
        return None if x is None else x[a:b]

    window = Window(
        pieces.ids[a:b], pieces.features[a:b], pieces.paragraph[a:b],
        attribution=part(example.attribution), soft=part(example.soft), thought=part(example.thought),
        act=part(example.act), entity=part(example.entity), starts=part(example.starts),
    )  # fmt: skip
    if example.attribution is not None:
        cues: dict[int, int] = {}
        sources: dict[int, int] = {}
        window.cues, window.sources = [], []
        for k, (i, j) in enumerate(example.sources):
            if a <= i and j < b:
                sources[k] = len(window.sources)
                window.sources.append((i - a, j - a))
        for k, (i, j, source) in enumerate(example.cues):
            if a <= i and j < b:
                cues[k] = len(window.cues)
                window.cues.append((i - a, j - a, sources.get(source, -1)))
        window.fragments = [
            (i - a, j - a, cues.get(cue, -1)) for i, j, cue in example.fragments if a <= i and j < b
        ]
    if example.words is not None:
        w = example.words
        lo, hi = np.searchsorted(w.first, [a, b])
        head = w.head[lo:hi] - lo
        inside = (head >= 0) & (head < hi - lo)
        window.words = {
            "first": w.first[lo:hi] - a,
            "tag": w.tag[lo:hi],
            "head": np.where(inside, head, IGNORE),
            "label": w.label[lo:hi],
            "sentence": w.sentence[lo:hi],
        }
    return window


def collate(batch: list[Window]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, features and attention mask, padded, with [CLS] and [SEP]."""
    length = max(map(len, batch)) + 2
    ids = np.zeros((len(batch), length), np.int64)
    features = np.full((len(batch), length), EMBEDDING_FEATURE, np.int64)
    mask = np.zeros((len(batch), length), np.int64)
    for row, window in enumerate(batch):
        n = len(window)
        ids[row, 0], ids[row, 1 : n + 1], ids[row, n + 1] = CLS, window.ids, SEP
        features[row, 1 : n + 1] = window.features
        mask[row, : n + 2] = 1
    return torch.from_numpy(ids), torch.from_numpy(features), torch.from_numpy(mask)


def column(batch: list[Window], name: str, length: int) -> Tensor:
    """A label per piece, IGNORE where there is none."""
    table = np.full((len(batch), length), IGNORE, np.int64)
    for row, window in enumerate(batch):
        labels = getattr(window, name)
        if labels is not None:
            table[row, 1 : len(window) + 1] = labels
    return torch.from_numpy(table)


def spans_of(labels: np.ndarray, base: int) -> list[tuple[int, int]]:
    """Spans of one kind in a label sequence without constraints."""
    found: list[tuple[int, int]] = []
    for i, label in enumerate(labels.tolist()):
        if label == base:
            found.append((i, i))
        elif label == base + 1 and found and found[-1][1] == i - 1:
            found[-1] = (found[-1][0], i)
    return found


class Net(nn.Module):
    """MiniLM (or MPNet, as a teacher) with a feature table and heads.

    ``dropout``: of the encoder's hidden states. ``inner``: units in each feed-forward layer, where ``narrow.py`` left
    fewer than the weights have.
    """

    def __init__(
        self,
        weights: Path | str,
        labels: dict[str, list[str]],
        dropout: float = 0.0,
        inner: int | None = None,
    ) -> None:
        super().__init__()
        self.labels = labels
        self.encoder = AutoModel.from_pretrained(
            weights, attention_probs_dropout_prob=0.0, hidden_dropout_prob=dropout, add_pooling_layer=False,
            attn_implementation="eager",  # on a CPU the gradients of the fused attention take longer
        )  # fmt: skip
        self.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
        if inner is not None:
            for layer in self.encoder.encoder.layer:
                self.narrow(layer, torch.arange(inner))
        size = self.encoder.config.hidden_size
        self.feature = nn.Embedding(EMBEDDING_FEATURE + 1, size, padding_idx=EMBEDDING_FEATURE)
        nn.init.zeros_(self.feature.weight)
        self.dropout = nn.Dropout(0.1)
        self.attribution = nn.Linear(size, len(ATTRIBUTION))
        self.thought = nn.Linear(size, 2)  # of a cue's pieces: words or a thought
        self.act = nn.Linear(size, len(ACTS))  # of a cue's pieces
        self.entity = nn.Linear(size, len(ENTITY))
        self.tag = nn.Linear(size, len(labels["tag"]))
        self.sentence = nn.Linear(size, 2)
        self.link = nn.Linear(size, 8 * SPAN_SIZE)
        self.dependency = nn.Linear(size, 2 * ARC + 2 * LABEL)
        self.cue_bilinear = nn.Parameter(torch.eye(SPAN_SIZE) * 0.1)
        self.source_bilinear = nn.Parameter(torch.eye(SPAN_SIZE) * 0.1)
        self.cue_pair = nn.Embedding(PAIR_FEATURES, 1)
        self.source_pair = nn.Embedding(PAIR_FEATURES, 1)
        nn.init.zeros_(self.cue_pair.weight)
        nn.init.zeros_(self.source_pair.weight)
        self.cue_none = nn.Linear(SPAN_SIZE, 1)
        self.source_none = nn.Linear(SPAN_SIZE, 1)
        self.arc = nn.Parameter(torch.randn(ARC + 1, ARC) * 0.02)
        self.relation = nn.Parameter(torch.randn(len(labels["dependency"]), LABEL + 1, LABEL + 1) * 0.02)

    @staticmethod
    def narrow(layer: nn.Module, units: Tensor) -> None:
        """Keep only these units of a layer's feed-forward part."""
        into, out = layer.intermediate.dense, layer.output.dense
        into.weight, into.bias = nn.Parameter(into.weight[units]), nn.Parameter(into.bias[units])
        out.weight = nn.Parameter(out.weight[:, units])
        into.out_features = out.in_features = len(units)

    def encode(self, ids: Tensor, features: Tensor, mask: Tensor | None) -> Tensor:
        """Hidden states [batch, pieces, size]."""
        if self.encoder.config.model_type == "mpnet":  # BERT's vocabulary after four symbols of its own
            ids = torch.where(ids == CLS, 0, torch.where(ids == SEP, 2, ids + 4))
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.feature(features)
        return self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state

    # --- losses

    def piece_loss(self, head: nn.Linear, hidden: Tensor, target: Tensor) -> Tensor:
        """Cross-entropy over pieces."""
        logits = head(hidden).float()
        return F.cross_entropy(logits.view(-1, logits.shape[-1]), target.view(-1), ignore_index=IGNORE)

    def soft_loss(self, hidden: Tensor, batch: list[Window]) -> Tensor:
        """Cross-entropy to a teacher's probabilities, over the windows that have them."""
        rows = [row for row, window in enumerate(batch) if window.soft is not None]
        losses = []
        for row in rows:
            window = batch[row]
            logits = self.attribution(hidden[row, 1 : len(window) + 1]).float()
            soft = torch.from_numpy(window.soft.astype(np.float32))  # type: ignore[union-attr]
            losses.append(-(soft * logits.log_softmax(-1)).sum(-1))
        return torch.cat(losses).mean() if losses else torch.zeros(())

    def span_vectors(self, link: Tensor, role: int, spans: list[tuple[int, int]]) -> Tensor:
        """As ``quotes.quotations.span_linking.span_vectors``."""
        i, j = torch.tensor(spans).T
        k = 2 * role * SPAN_SIZE
        return F.relu(link[i, k : k + SPAN_SIZE] + link[j, k + SPAN_SIZE : k + 2 * SPAN_SIZE])

    def link_loss(
        self, hidden: Tensor, tags: np.ndarray, batch: list[Window], rng: np.random.Generator
    ) -> Tensor:
        """Fragments choose cues, cues choose sources.

        Candidates are the gold spans, of which a tenth is hidden, and what the tagger now finds in error: so the
        linker learns to say "none of them".
        """
        link = self.link(hidden).float()
        losses: list[Tensor] = []
        for row, window in enumerate(batch):
            states, predicted = link[row, 1 : len(window) + 1], tags[row, 1 : len(window) + 1]
            gold_cues = [c[:2] for c in window.cues or []]
            kept = [k for k in range(len(gold_cues)) if rng.random() > 0.1]
            cues = [gold_cues[k] for k in kept]
            cues += [s for s in spans_of(predicted, CUE) if s not in gold_cues]
            if window.fragments and cues:
                where = {k: n + 1 for n, k in enumerate(kept)}
                losses.append(self._choose(
                    states, window, [f[:2] for f in window.fragments], cues,
                    [where.get(f[2], 0) for f in window.fragments], "cue",
                ))  # fmt: skip
            if gold_cues:
                gold_sources = window.sources or []
                kept = [k for k in range(len(gold_sources)) if rng.random() > 0.05]
                sources = [gold_sources[k] for k in kept]
                sources += [s for s in spans_of(predicted, SOURCE) if s not in gold_sources]
                where = {k: n + 1 for n, k in enumerate(kept)}
                losses.append(self._choose(
                    states, window, gold_cues, sources, [where.get(c[2], 0) for c in window.cues or []], "source"
                ))  # fmt: skip
        return torch.stack(losses).mean() * 2 if losses else torch.zeros(())

    def _choose(
        self, states: Tensor, window: Window, choosing: list, candidates: list, target: list[int], kind: str
    ) -> Tensor:
        first, second = (FRAGMENT, CUE_HEAD) if kind == "cue" else (CUE_CHOOSING, SOURCE_ROLE)
        left = self.span_vectors(states, first, choosing)
        table = getattr(self, f"{kind}_none")(left).float()
        if candidates:
            right = self.span_vectors(states, second, candidates)
            ids = torch.from_numpy(pair_features(choosing, candidates, window.paragraph))
            pairs = left @ getattr(self, f"{kind}_bilinear") @ right.T
            pairs = pairs + getattr(self, f"{kind}_pair")(ids).sum(2).squeeze(-1)
            table = torch.cat([table, pairs.float()], 1)
        return F.cross_entropy(table, torch.tensor(target))

    def word_loss(self, hidden: Tensor, batch: list[Window]) -> tuple[Tensor, Tensor]:
        """Losses of the Penn tags and of the dependencies (arcs plus labels)."""
        words = [w.words for w in batch if w.words is not None and len(w.words["first"])]
        rows = [r for r, w in enumerate(batch) if w.words is not None and len(w.words["first"])]
        if not words:
            return torch.zeros(()), torch.zeros(())
        length = max(len(w["first"]) for w in words)
        tables = {}
        for name, fill in (
            ("first", -1),
            ("tag", IGNORE),
            ("head", IGNORE),
            ("label", IGNORE),
            ("sentence", -1),
        ):
            table = np.full((len(words), length), fill, np.int64)
            for k, w in enumerate(words):
                table[k, : len(w["first"])] = w[name]
            tables[name] = torch.from_numpy(table)
        states = hidden[torch.tensor(rows)[:, None], tables["first"] + 1]
        tag_loss = self.piece_loss(self.tag, states, tables["tag"])
        arcs, labels_of = self.parse(states, tables["sentence"])
        head = tables["head"]
        arc_loss = F.cross_entropy(arcs.view(-1, length), head.view(-1), ignore_index=IGNORE)
        target = torch.where(head >= 0, tables["label"], torch.full_like(head, IGNORE))
        logits = labels_of(head.clamp(min=0))
        label_loss = F.cross_entropy(logits.view(-1, logits.shape[-1]), target.view(-1), ignore_index=IGNORE)
        return tag_loss, arc_loss + label_loss

    def parse(self, states: Tensor, sentence: Tensor):  # type: ignore[no-untyped-def]
        """Arc scores [batch, words, words] within sentences, and a function head -> label scores.

        A word that chooses itself is a root.
        """
        child, parent, child_label, parent_label = (
            F.relu(x) for x in self.dependency(states).split([ARC, ARC, LABEL, LABEL], -1)
        )
        one = torch.ones_like(child[..., :1])
        arcs = torch.cat([child, one], -1) @ self.arc @ parent.transpose(1, 2)
        arcs = arcs.float().masked_fill(sentence[:, :, None] != sentence[:, None, :], -1e4)

        def labels_of(head: Tensor) -> Tensor:
            chosen = parent_label[torch.arange(len(head))[:, None], head]
            left = torch.cat([child_label, one], -1)
            right = torch.cat([chosen, one], -1)
            return torch.einsum("bni,rij,bnj->bnr", left, self.relation, right).float()

        return arcs, labels_of


def load(checkpoint: Path, weights: Path | str, labels: dict[str, list[str]], dropout: float = 0.0) -> Net:
    """The net of a checkpoint of ``train_encoder.py``, ``average.py`` or ``narrow.py`` on the weights in a folder."""
    state = torch.load(checkpoint)
    inner = next(len(value) for name, value in state.items() if name.endswith(INNER))
    net = Net(weights, labels, dropout, inner)
    net.load_state_dict(state)
    return net


def pooled(hidden: Tensor, mask: Tensor) -> Tensor:
    """Mean over the pieces, of unit length."""
    weight = mask[..., None].float()
    return F.normalize((hidden.float() * weight).sum(1) / weight.sum(1), dim=-1)


def embedding_loss(ours: Tensor, teacher: Tensor) -> Tensor:
    """Stay near the original embeddings, and keep their similarities to one another."""
    return (
        3 * (1 - (ours * teacher).sum(-1)).mean() + 20 * ((ours @ ours.T - teacher @ teacher.T) ** 2).mean()
    )
