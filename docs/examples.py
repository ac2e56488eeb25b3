"""Run the examples of the documents: ``python docs/examples.py`` mends what no longer comes out as printed.

A ``console`` block has commands after "$ " and what they print; a ``pycon`` block is a Python session. All blocks of a
page run one after another in a folder that has ``seeds/`` and ``datasette-metadata.yml``, and, if the page does not
make one itself, the ``quotes.db`` of the seeds. "..." stands for anything. Spaces, line breaks, numbers, ids and
dates may differ: they change with the model.
"""

import doctest
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parent
ROOT = DOCS.parent
WIDTH = 88  # characters of a line of output
BLOCK = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.M | re.S)
NUMBER = re.compile(r"(?=[0-9a-f_-]*[0-9])[0-9a-f]+(?:[._:,-][0-9a-f]+)*\b")  # ids are numbers, too
PASSING = re.compile(
    r"(?<= in )[0-9.]+(?= seconds)|\b[0-9a-f]{8}\b|[0-9-]+ [0-9:]+ UTC"
)  # other in every run
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Command:
    """A command of a page, what the page says that it prints, and what it prints."""

    command: str
    documented: str
    actual: str
    status: int

    @property
    def is_fresh(self) -> bool:
        """Whether what is printed in full is what it prints now."""
        if "..." in self.documented:
            return self.agrees
        return PASSING.sub("", self.documented) == PASSING.sub("", self.actual)

    @property
    def agrees(self) -> bool:
        """Whether it succeeded, unless an error is documented, and printed what is but for what may differ."""
        parts = re.split(r"\.\.\.(?!\.)", self.documented)
        pattern = ".*".join(re.escape(_plain(part)) for part in parts)
        fails = self.documented.startswith("Error:")
        return (self.status != 0) == fails and re.fullmatch(pattern, _plain(self.actual), re.S) is not None


def _plain(text: str) -> str:
    return re.sub(r"[\s*]+", "", NUMBER.sub("0", text))  # a marked word that is wrapped is marked twice


def pages(kind: str) -> list[str]:
    """The names of the pages that have blocks of a kind."""
    return sorted(
        path.name
        for path in DOCS.glob("*.md")
        if any(found[1] == kind for found in BLOCK.finditer(path.read_text(encoding="utf-8")))
    )


def folder(where: Path, page: str = "", database: Path | None = None) -> Path:
    """Make a folder with what a page needs: ``database``, unless the page begins with making one."""
    where.mkdir()
    shutil.copytree(ROOT / "seeds", where / "seeds")
    shutil.copy(ROOT / "datasette-metadata.yml", where)
    first = re.search(r"^\$ (.+)$", (DOCS / page).read_text(encoding="utf-8"), re.M) if page else None
    if database and not (first and first[1].startswith("quotes extract")):
        shutil.copy(database, where / "quotes.db")
    return where


def commands(page: str, where: Path) -> Iterator[Command]:
    """Run the commands of a page in a folder, one after another."""
    ids: dict[str, str] = {}  # of corrections: they depend on the time
    for kind, block in BLOCK.findall((DOCS / page).read_text(encoding="utf-8")):
        if kind != "console":
            continue
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, documented = part.partition("\n")
            while command.endswith("\\"):  # goes on in the next line
                more, _, documented = documented.partition("\n")
                command = f"{command[:-1].rstrip()} {more.strip()}"
            actual, status = shell(re.sub(r"\b[0-9a-f]{8}\b", lambda m: ids.get(m[0], m[0]), command), where)
            noted = [re.findall(r"^Noted as (\w+):", text, re.M) for text in (documented, actual)]
            ids.update(zip(*noted, strict=False))
            yield Command(command, documented, actual, status)


def shell(command: str, where: Path) -> tuple[str, int]:
    """What a command prints, stderr among it, and its exit status. Datasette answers one request and ends."""
    if re.match(r"datasette (?!inspect|publish|package)", command):
        done, status = shell(f"command {command} --get / > /dev/null", where)
        return done, status
    bin = str(Path(sys.executable).parent)
    env = os.environ | {"PATH": f"{bin}{os.pathsep}{os.environ['PATH']}", "COLUMNS": str(WIDTH)}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=where,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return done.stdout, done.returncode


def session(page: str) -> doctest.DocTest:
    """The Python session of a page, to be run in its folder."""
    blocks = [
        found[2] if found[1] == "pycon" else ""
        for found in BLOCK.finditer((DOCS / page).read_text(encoding="utf-8"))
    ]
    return doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page, str(DOCS / page), 0)


def _kept(one: Command) -> str:
    """What a command prints now, with the documented times and ids: they are other ones in every run."""
    before = iter(PASSING.findall(one.documented))
    return PASSING.sub(lambda match: next(before, match[0]), one.actual)


def mend(page: str, where: Path) -> list[Command]:
    """Write into a page what its commands print now, where nothing is left out. Returns what still disagrees."""
    path = DOCS / page
    text, left, at = path.read_text(encoding="utf-8"), [], 0
    for one in commands(page, where):
        if one.is_fresh:
            continue
        if one.status or not one.documented or "..." in one.documented:  # for a person to look at
            left.append(one)
            continue
        at = text.index(one.documented, at)
        text = text[:at] + _kept(one) + text[at + len(one.documented) :]
    path.write_text(text, encoding="utf-8")
    return left


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        made = folder(Path(scratch, "seeds"))
        print(shell("quotes extract seeds/", made)[0], file=sys.stderr)
        for name in pages("console"):
            for wrong in mend(name, folder(Path(scratch, name), name, made / "quotes.db")):
                print(f"{name}: $ {wrong.command}\n{wrong.actual}", file=sys.stderr)
