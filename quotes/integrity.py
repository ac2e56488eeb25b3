"""Weights and word lists as they were published: their bytes are checked against the hashes in SHA256SUMS when read.

A file that was cut short, damaged or exchanged is told, instead of giving other quotations without a word.
``python -m quotes.integrity`` writes the hashes anew after a change; ``sha256sum --check SHA256SUMS`` checks them.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from quotes.errors import PipelineError

PACKAGE = Path(__file__).parent
SUMS_FILE = "SHA256SUMS"  # lines as sha256sum writes them
DATA_FOLDERS = ("model", "lexicon")
DATA_SUFFIXES = (".gz", ".json", ".npz", ".onnx", ".txt", "")  # no code, no documentation


def verified(path: Path) -> bytes:
    """The bytes of a data file; of a file of this package only if they are those that were published with it.

    Raises PipelineError where they are not. Files elsewhere (weights that somebody trains) have no known hash.
    """
    data = path.read_bytes()
    if not is_intact(path, data):
        raise PipelineError(
            f"{path} is not the file that belongs to this version of quotes.",
            "Install it again (pip install --force-reinstall), or run `python -m quotes.integrity` if you changed it.",
        )
    return data


def is_intact(path: Path, data: bytes | None = None) -> bool:
    """False for a data file of this package with other bytes than it was published with; ``data`` if read already."""
    expected = _expected(PACKAGE).get(path)
    if expected is None:  # a file elsewhere
        return not path.is_relative_to(PACKAGE)
    return hashlib.sha256(path.read_bytes() if data is None else data).hexdigest() == expected


def known_hash(name: str) -> str:
    """The SHA-256 that a file of this version has, in hexadecimal. ``name``: as SHA256SUMS has it."""
    return _expected(PACKAGE)[PACKAGE / name]


def data_files(package: Path = PACKAGE) -> Iterator[Path]:
    """The files whose hashes are kept: weights, tables and word lists, sorted."""
    for folder in DATA_FOLDERS:
        for path in sorted((package / folder).rglob("*")):
            if path.is_file() and path.suffix in DATA_SUFFIXES:
                yield path


def sums(package: Path = PACKAGE) -> str:
    """The text of SHA256SUMS for the files as they are."""
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(package).as_posix()}\n"
        for path in data_files(package)
    )
    return "".join(lines)


@cache
def _expected(package: Path) -> dict[Path, str]:
    lines = (package / SUMS_FILE).read_text(encoding="ascii").splitlines()
    return {package / name: digest for digest, name in (line.split("  ", 1) for line in lines)}


if __name__ == "__main__":
    (PACKAGE / SUMS_FILE).write_text(sums(), encoding="ascii")
