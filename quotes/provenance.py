"""What read an article: one string that changes whenever the quotations found could change. No spaCy here."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from quotes.about import __version__

WEIGHTS = Path(__file__).parent / "model"
UNREAD = (".md", ".pyc")  # files beside the weights that no result depends on


def pipeline_version(model: str | None = None, *, thoughts: bool = False) -> str:
    """Package version, hash of the embedded weights, the other pipeline's name and version, and the options.

    ``model``: the name or folder of a spaCy pipeline, None for the embedded one. The pipeline need not exist:
    loading it is what complains.
    """
    parts = [__version__, _digest(WEIGHTS)]
    if model is not None:
        parts.append(f"{model}@{_installed(model)}")
    if thoughts:
        parts.append("thoughts")
    return " ".join(parts)


@cache
def linking_version() -> str:
    """Package version and hash of its code: what linked with it does not go together with what another linked."""
    whole = hashlib.sha1()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        whole.update(path.read_bytes())
    return f"{__version__} {whole.hexdigest()[:12]}"


def _installed(model: str) -> str:
    if Path(model).is_dir():
        return _digest(Path(model))
    try:
        return version(model)
    except (PackageNotFoundError, ValueError):
        return "?"


def _digest(folder: Path) -> str:
    """Twelve hexadecimal digits for the names and the bytes of a folder's files."""
    whole = hashlib.sha1()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in UNREAD:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha1").hexdigest()
            whole.update(f"{path.relative_to(folder).as_posix()} {digest}\n".encode())
    return whole.hexdigest()[:12]
