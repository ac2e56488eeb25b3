"""What read an article and what linked a database, each as a string that changes when its results could change.

An article stored with another reading version is read again, a database linked with another linking version is linked
again. No spaCy here: most commands ask without loading a model.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from quotes.about import __version__
from quotes.types import Keep, kept

SUMS_FILE = "SHA256SUMS"  # see ``integrity``
# Weights too long to be hashed once more: they are checked against SHA256SUMS when loaded
PUBLISHED_SUFFIX = ".onnx"
PACKAGE = Path(__file__).parent
# What decides on the quotations of an article, and what decides on speakers and statements across articles. The command
# line, the pages and the store are in neither: a new progress bar is no reason to read ten thousand articles again.
READING_FILES = (
    "model",
    "text",
    "lexicon",
    "names",
    "nlp",
    "quotations",
    "coreference",
    "component.py",
    "doc_quotes.py",
    "pipeline.py",
)
LINKING_FILES = (
    "text",
    "lexicon",
    "names",
    "model/statements.json",
    "articles/near_duplicates.py",
    "speakers",
    "statements",
    "topics",
    "corrections",
    "linking",
)
UNREAD_SUFFIXES = (".md", ".pyc")  # no result depends on these


def reading_version(
    model: str | None = None, *, keep: Keep = "said", thoughts: bool = False, cast: str = "",
    package: Path = PACKAGE,
) -> str:  # fmt: skip
    """The version of what finds quotations: it changes with a rule, a word list, a weight or an option.

    Package version, hash of the weights, the word lists and the code, the other pipeline's name and version, and the
    options. ``model``: the name or folder of a spaCy pipeline, None for the embedded one. The pipeline need not exist:
    loading it is what complains. ``cast``: the version of the people whom the user knows. ``package``: the folder of
    this package, or of a copy.
    """
    parts = [__version__, _digest(package, READING_FILES)]
    if model is not None:
        parts.append(f"{model}@{_installed(model)}")
    if (kinds := kept(keep, thoughts=thoughts)) != "said":
        parts.append(kinds)
    if cast:
        parts.append(f"cast:{cast}")
    return " ".join(parts)


@cache
def articles_version(*, package: Path = PACKAGE) -> str:
    """The version of what makes articles of files: a hash of its code. ``package`` as above."""
    return _digest(package, ("articles",))


@cache
def linking_version(*, package: Path = PACKAGE) -> str:
    """The version of what links speakers and statements across articles: package version, hash of lists and code.

    What one version linked does not go together with what another linked. ``package`` as above.
    """
    return f"{__version__} {_digest(package, LINKING_FILES)}"


def files_of(folder: Path) -> list[Path]:
    """The files that a folder's hash covers, at any depth; a single file is its own. No bytecode, no documentation."""
    if folder.is_file():
        return [folder]
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.suffix not in UNREAD_SUFFIXES
        and not any(name == "__pycache__" or name.startswith(".") for name in path.relative_to(folder).parts)
    ]


def _installed(model: str) -> str:
    if Path(model).is_dir():
        return _digest(Path(model), ["."])
    try:
        return version(model)
    except (PackageNotFoundError, ValueError):
        return "?"


def _digest(root: Path, names: Iterable[str]) -> str:
    """Twelve hexadecimal digits for the names and the bytes of the files of these folders and files of ``root``."""
    whole, published = hashlib.sha1(), _published(root)
    for name in names:
        for path in files_of(root / name):
            digest = published.get(path) or hashlib.sha1(path.read_bytes()).hexdigest()
            whole.update(f"{path.relative_to(root).as_posix()} {digest}\n".encode())
    return whole.hexdigest()[:12]


def _published(root: Path) -> dict[Path, str]:
    """The hashes that SHA256SUMS has of the long files of a package."""
    sums = root / SUMS_FILE
    lines = sums.read_text(encoding="ascii").splitlines() if sums.is_file() else []
    pairs = (line.split("  ", 1) for line in lines if line.endswith(PUBLISHED_SUFFIX))
    return {root / name: digest for digest, name in pairs}
