"""Weights and word lists are those that were published, and nothing of them can run."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from quotes import integrity
from quotes.coreference.chains.annotator import CoreferenceAnnotator
from quotes.errors import PipelineError
from quotes.integrity import PACKAGE, SUMS_FILE, data_files, sums, verified


def test_the_hashes_are_those_of_the_files() -> None:
    assert (PACKAGE / SUMS_FILE).read_text(encoding="ascii") == sums(), "run python -m quotes.integrity"


def test_every_weight_and_word_list_has_a_hash() -> None:
    named = {path.relative_to(PACKAGE).parts[0] for path in data_files()}
    assert named <= {"model", "lexicon"}
    others = [
        path for path in (PACKAGE / "model").rglob("*") if path.is_file() and path not in set(data_files())
    ]
    assert {path.name for path in others} <= {"README.md"}


def test_a_file_that_was_changed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "quotes"
    shutil.copytree(PACKAGE / "model" / "coreference", package / "model" / "coreference")
    shutil.copy(PACKAGE / SUMS_FILE, package)
    monkeypatch.setattr(integrity, "PACKAGE", package)
    weights = package / "model" / "coreference" / "ensemble"
    assert verified(weights) == weights.read_bytes()
    weights.write_bytes(weights.read_bytes()[:-1] + b"?")
    with pytest.raises(PipelineError, match="not the file that belongs to this version"):
        verified(weights)
    with pytest.raises(PipelineError, match="not the file that belongs to this version"):
        CoreferenceAnnotator.from_disk(weights.parent)


def test_no_format_is_loaded_that_can_run_code() -> None:
    for path in data_files():
        assert path.suffix in {".gz", ".json", ".npz", ".onnx", ".txt"} or path.name == "ensemble"
        assert not path.read_bytes().startswith((b"\x80\x04", b"\x80\x05")), f"{path} is a pickle"
    with np.load(PACKAGE / "model" / "biaffine.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)
