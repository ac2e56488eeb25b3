"""What keeps the encoder's sentence embeddings near the original ones: sentences with their embeddings.

The starting weights are the teacher: the mean of the last layer's vectors, of unit length, as
sentence-transformers/all-MiniLM-L6-v2 is meant to be used (Reimers and Gurevych 2019).
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import numpy as np
from encoder_data import read_attributions
from entities import read_tagged
from treebanks import Document

from quotes.nlp.encoder import Tokenizer

COUNT = 30_000
LENGTH = 126  # wordpieces
CLS, SEP = 101, 102


def sentence_texts(corpora: Path, documents: Iterable[Document]) -> list[str]:
    """Contents of attributions, sentences of the treebanks and paragraphs of newswire, mixed."""
    found = dict.fromkeys([*_contents(corpora), *_treebank_sentences(documents), *_paragraphs(corpora)])
    texts = list(found)
    Random(0).shuffle(texts)
    return texts[:COUNT]


def _contents(corpora: Path) -> Iterator[str]:
    for _, text, attributions in read_attributions(corpora / "attribution" / "polnear-train"):
        for attribution in attributions:
            content = " ".join(text[a:b] for a, b in attribution.content).replace("\n", " ").strip()
            if len(content.split()) >= 3:
                yield content[:600]


def _treebank_sentences(documents: Iterable[Document]) -> Iterator[str]:
    # GUM before EWT
    for document in sorted(documents, key=lambda document: document.id.startswith("ewt:")):
        for paragraph in document.paragraphs:
            for sentence in paragraph:
                if 5 <= len(sentence.words) <= 60:
                    pairs = zip(sentence.words, sentence.spaces, strict=True)
                    yield "".join(word + " " * space for word, space in pairs).strip()


def _paragraphs(corpora: Path) -> Iterator[str]:
    with (corpora / "entities" / "newswire-train.tsv").open(encoding="utf8") as lines:
        for article in read_tagged(lines):
            for paragraph in article:
                if 6 <= len(paragraph) <= 60:
                    yield " ".join(token for token, _ in paragraph)


def sentence_targets(
    texts: list[str], tokenizer: Tokenizer, weights: Path
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Wordpieces (without [CLS] and [SEP]) and the teacher's embedding, float16, of each text."""
    import torch
    from transformers import AutoModel

    encode = tokenizer.wordpieces.encode
    pieces = [np.array(encode(text, add_special_tokens=False).ids[:LENGTH]) for text in texts]
    teacher = AutoModel.from_pretrained(weights, add_pooling_layer=False).eval()
    vectors: dict[int, np.ndarray] = {}
    order = sorted(range(len(pieces)), key=lambda i: len(pieces[i]))
    for start in range(0, len(order), 64):
        batch = order[start : start + 64]
        width = max(len(pieces[i]) for i in batch) + 2
        ids, mask = np.zeros((2, len(batch), width), np.int64)
        for row, i in enumerate(batch):
            length = len(pieces[i]) + 2
            ids[row, :length] = [CLS, *pieces[i], SEP]
            mask[row, :length] = 1
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            output = teacher(input_ids=torch.from_numpy(ids), attention_mask=torch.from_numpy(mask))
        weight = torch.from_numpy(mask)[..., None].float()
        mean = (output.last_hidden_state.float() * weight).sum(1) / weight.sum(1)
        unit = torch.nn.functional.normalize(mean, dim=-1).numpy().astype(np.float16)
        vectors |= dict(zip(batch, unit, strict=True))
    return [(pieces[i], vectors[i]) for i in range(len(pieces))]
