"""Write the lemma tables of the package from those of spacy-lookups-data (MIT; words from WordNet 3.0).

    python lemma_tables.py ../quotes/model/lemmas

Entries with a blank or an underscore are left out: no token can ever match them. The file has three
tables, each by part of speech: ``rules`` (pairs of suffixes, in order), ``exceptions`` (form -> lemmas) and
``index`` (known base forms). The output is the same bytes on every run.
"""

import argparse
import gzip
import json
from importlib.resources import files
from pathlib import Path
from typing import Any


def read_table(name: str) -> Any:
    """The table ``name`` ("lemma_rules", ...) of the installed spacy-lookups-data."""
    path = files("spacy_lookups_data") / "data" / f"en_{name}.json.gz"
    return json.loads(gzip.decompress(path.read_bytes()))


def lemma_tables() -> dict[str, Any]:
    """The three tables as they are shipped."""
    index = read_table("lemma_index")
    return {
        "rules": read_table("lemma_rules"),
        "exceptions": read_table("lemma_exc"),
        "index": {
            pos: sorted(word for word in words if " " not in word and "_" not in word)
            for pos, words in sorted(index.items())
        },
    }


def main() -> None:
    """Command line: where to write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, help="folder to write english.json.gz to")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(lemma_tables(), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (folder / "english.json.gz").write_bytes(gzip.compress(text.encode("utf8"), 9, mtime=0))


if __name__ == "__main__":
    main()
