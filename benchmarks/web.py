"""What a reader of a published site gets, and what the image for it has in it, without Docker.

    python benchmarks/web.py quotes.db [--keep FOLDER]

Carries out the steps of two Dockerfiles in a folder, with a new virtual environment in place of each base image:
ours, and the one that ``datasette publish`` writes for the commands in docs/publish.md. Then starts the server
as the image would, opens pages, and prints the size of what was installed and the memory of the server. Fails when a
page does, or when spaCy, the model or a library for it can be found there. Needs pip and the packages that it fetches.
"""

import argparse
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from datasette.utils import temporary_docker_directory

from quotes.store.database import Store

ROOT = Path(__file__).parents[1]
HEAVY = "spacy coreferee onnxruntime tokenizers numpy torch thinc quotes.model".split()
ABSOLUTE = re.compile(r"(?<![\w./-])/(?=(?:app|src|site|wheels)\b)")
FIND = """
import importlib.util, sys
def there(name):
    try:
        return importlib.util.find_spec(name)
    except ModuleNotFoundError:  # not even its parent
        return None
print([name for name in sys.argv[1:] if there(name)])
"""


@dataclass
class Stage:
    """One stage of a Dockerfile: a folder as its root, and an environment as its Python."""

    root: Path
    pip: str | None
    work: Path = field(init=False)
    env: dict[str, str] = field(default_factory=dict)
    command: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.work = self.root
        self.root.mkdir()
        subprocess.run([sys.executable, "-m", "venv", self.root / "venv"], check=True)
        if self.pip:  # that of the base image
            self.run(f"pip install --quiet --disable-pip-version-check pip=={self.pip}")

    def path(self, name: str) -> Path:
        """Where a path of the image is."""
        return self.root / name.lstrip("/") if name.startswith("/") else self.work / name

    def place(self, text: str) -> str:
        """A command with the image's folders where they are here."""
        return ABSOLUTE.sub(f"{self.root}/", text)

    def environment(self) -> dict[str, str]:
        """The variables of the image. Nothing of ours but what pip needs to reach its index."""
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return kept | {"PATH": f"{self.root}/venv/bin:{os.environ['PATH']}"} | self.env

    def run(self, command: str) -> None:
        """What RUN does."""
        done = subprocess.run(
            ["bash", "-c", self.place(command)],
            cwd=self.work,
            env=self.environment(),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise SystemExit(f"{command}\n{done.stdout}{done.stderr}")


def build(dockerfile: Path, context: Path, scratch: Path, *, pip: str | None = None) -> Stage:
    """Carry out a Dockerfile; returns its last stage."""
    stages: dict[str, Stage] = {}
    text = re.sub(r"\\\n", " ", dockerfile.read_text(encoding="utf-8"))
    for line in text.splitlines():
        word, _, rest = line.strip().partition(" ")
        if not word or word.startswith("#"):
            continue
        if word == "FROM":
            name = rest.partition(" AS ")[2] or "last"
            stages[name] = now = Stage(scratch / name, pip)
        elif word == "COPY":
            *sources, target = rest.split()
            origin = stages[sources.pop(0).partition("=")[2]] if sources[0].startswith("--from") else None
            for source in sources:
                copy(origin.path(source) if origin else context / source, now.path(target), target)
        elif word == "WORKDIR":
            now.work = now.path(rest)
            now.work.mkdir(parents=True, exist_ok=True)
        elif word == "ENV":
            name, value = shlex.split(rest.replace("=", " ", 1))
            now.env[name] = value
        elif word == "RUN":
            now.run(rest)
        elif word == "CMD":
            now.command = json.loads(rest) if rest.startswith("[") else ["sh", "-c", rest]
        elif word not in ("EXPOSE", "USER"):
            raise SystemExit(f"{word} is not known here")
    return now


def copy(source: Path, target: Path, written: str) -> None:
    """What COPY does."""
    ignored = shutil.ignore_patterns("__pycache__", "model")  # as .dockerignore says
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True, ignore=ignored)
    else:
        if written.endswith("/"):
            target.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


def check(stage: Stage, pages: list[str]) -> None:
    """Start the server of an image, open the pages, and print what it costs."""
    python = stage.root / "venv/bin/python"
    found = subprocess.run(
        [python, "-c", FIND, *HEAVY],
        cwd=stage.work,
        env=stage.environment(),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    packages = next((stage.root / "venv/lib").glob("python*")) / "site-packages"
    size = sum(path.stat().st_size for path in packages.rglob("*") if path.is_file())
    own = sum(path.stat().st_size for path in (packages / "quotes").rglob("*") if path.is_file())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    stage.env["PORT"] = str(port)
    command = [stage.place(part).replace("0.0.0.0", "127.0.0.1") for part in stage.command]
    command = [str(port) if part == "8001" else part for part in command]
    server = subprocess.Popen(
        command,
        cwd=stage.work,
        env=stage.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                urllib.request.urlopen(url, timeout=5).read()
                break
            except OSError:
                time.sleep(0.2)
        for page in pages:
            with urllib.request.urlopen(url + page, timeout=30) as answer:
                print(f"  {answer.status} {page}")
        child = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()  # of a shell
        memory = Path(f"/proc/{child[0] if child else server.pid}/status").read_text()
        peak = int(re.search(r"VmHWM:\s+(\d+)", memory)[1]) // 1024  # type: ignore[index]
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    print(f"  found of {', '.join(HEAVY)}: {found}")
    print(f"  installed: {size / 1e6:.1f} MB, of which quotes: {own / 1e6:.2f} MB; server: {peak} MiB")
    weights = [path.name for path in stage.root.rglob("*.onnx")]
    if found != "[]" or weights:
        raise SystemExit(f"The site has what it must not have: {found} {weights}")


def addresses(database: Path) -> list[str]:
    """Pages of each kind."""
    with Store(database) as store:
        row = store.db.execute(
            "select id, article, speaker, statement from quotes where speaker is not null"
        ).fetchone()
    home = ["/", "/quotes", "/quotes/-/search?words=the", "/-/static-plugins/quote-tracker/quotes.css"]
    rows = zip(("quotes", "articles", "speakers", "statements"), row, strict=True)
    return home + [f"/quotes/{table}/{key}" for table, key in rows]


def main() -> None:
    """Build and check both images."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("database", type=Path)
    parser.add_argument("--keep", type=Path, help="build here, and leave it")
    args = parser.parse_args()
    pages = addresses(args.database)
    with tempfile.TemporaryDirectory() as folder:
        scratch = args.keep or Path(folder)
        context = scratch / "context"
        context.mkdir(parents=True)
        for name in ("quotes", "web"):
            copy(ROOT / name, context / name, "")
        shutil.copy(ROOT / "LICENSE", context)
        shutil.copy(ROOT / "datasette-metadata.yml", context)
        shutil.copy(args.database, context / "quotes.db")

        print("Dockerfile")
        (scratch / "ours").mkdir()
        check(build(ROOT / "Dockerfile", context, scratch / "ours"), pages)

        print("datasette publish")
        (scratch / "theirs").mkdir()
        wheels = (scratch / "ours/build/wheels").resolve()
        [wheel] = wheels.iterdir()
        with (
            open(context / "datasette-metadata.yml") as metadata,
            temporary_docker_directory(
                [str(context / "quotes.db")], "site", metadata, "", None, None, str(wheels), [],
                [f"plugins/{wheel.name}"], False, None, "secret",
            ) as made,
        ):  # fmt: skip
            check(build(Path(made) / "Dockerfile", Path(made), scratch / "theirs", pip="22.3"), pages)


if __name__ == "__main__":
    main()
