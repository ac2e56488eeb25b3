"""One result on every processor: the encoder's outputs are the same to the last bit."""

import hashlib

import numpy as np
import onnxruntime
import pytest
from support.paths import SEEDS

from quotes.nlp.encoder import MODEL, Encoder, encoder

# Of the logits of seeds/ and of the embeddings of two sentences. Another sum on your machine: the weights have changed
# (then write the new one here), or your processor computes something else: please tell which one it is.
LOGITS = "cec7d5734d98827b"
EMBEDDINGS = "13aab14725e6646f"
SENTENCES = ["The bridge will open in May.", "Nobody was told, and nobody asked, said the mayor of the town."]


def logits_of(model: Encoder) -> list[np.ndarray]:
    found = [model(path.read_text(encoding="utf-8")) for path in sorted(SEEDS.glob("*.txt"))]
    names = ("attribution", "thought", "act", "entity", "tag", "sentence", "link", "dependency")
    return [getattr(logits, name) for logits in found for name in names]


def checksum(arrays: list[np.ndarray]) -> str:
    return hashlib.sha256(b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)).hexdigest()[
        :16
    ]


def test_the_outputs_are_those_of_every_other_processor() -> None:
    assert checksum(logits_of(encoder())) == LOGITS
    assert checksum([encoder().embed(SENTENCES)]) == EMBEDDINGS


@pytest.mark.parametrize("level", ["ORT_DISABLE_ALL", "ORT_ENABLE_BASIC", "ORT_ENABLE_ALL"])
def test_the_optimisations_of_the_graph_change_nothing(level: str) -> None:
    model = Encoder()
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = getattr(onnxruntime.GraphOptimizationLevel, level)
    options.intra_op_num_threads = 2
    options.log_severity_level = 3
    model.session = onnxruntime.InferenceSession(
        str(MODEL / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
    )
    assert checksum(logits_of(model)) == LOGITS
    assert checksum([model.embed(SENTENCES)]) == EMBEDDINGS


def test_texts_embedded_together_are_embedded_as_alone() -> None:
    together = encoder().embed([*SENTENCES, "He said no.", "She said yes."])
    alone = np.concatenate([encoder().embed([text]) for text in (*SENTENCES, "He said no.", "She said yes.")])
    assert np.array_equal(together, alone)
