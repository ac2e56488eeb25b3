"""What the shell is offered: the protocol in a process of its own, and a real bash on a pseudo-terminal."""

import os
import pty
import re
import select
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quotes.store.database import Store

ODD = [
    ("pat-obrien", "Pat O'Brien", "person"),
    ("doc", 'Bob "Doc" Smith', "person"),
    ("at-t", "AT & T", "organisation"),
    ("dollar", "$100 Corp", "organisation"),
    ("tick", "Back`tick`Co", "organisation"),
    ("steering", "Evil\x1b[2J Name", "person"),
    ("some", "One official", "unnamed"),
]


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a command ``quotes``, as an installation makes it."""
    folder = tmp_path_factory.mktemp("bin")
    command = folder / "quotes"
    command.write_text(f"#!{sys.executable}\nfrom quotes.cli.main import app\napp()\n")
    command.chmod(0o755)
    return folder


@pytest.fixture
def folder(database: Path) -> Path:
    """A folder to type in; ``quotes.db`` has ordinary names and some that a shell would not take literally."""
    with Store(database) as store:
        store.db.executemany(
            "insert into speakers (id, name, type, aliases, quotes, articles) values (?, ?, ?, '[]', 1, 1)",
            ODD,
        )
        store.db.commit()
    return database.parent


def offered(shell: Path, folder: Path, *words: str, kind: str = "bash", **env: str) -> list[str]:
    """What is offered for the last of these words, typed after ``quotes``."""
    line = {"COMP_WORDS": "\n".join(["quotes", *words]), "COMP_CWORD": str(len(words))}
    line |= {"_TYPER_COMPLETE_ARGS": " ".join(["quotes", *words]), "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    done = subprocess.run(
        [shell / "quotes"],
        cwd=folder,
        env=os.environ | line | {"_QUOTES_COMPLETE": f"complete_{kind}"} | env,
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    return [line for line in done.stdout.split("\n") if line]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["wh"], ["who"]),
        (["who", "ann"], [r"ann\ okoro", "ann-okoro"]),
        (["who", "Ann"], [r"Ann\ Okoro"]),
        (["who", r"Ann\ O"], [r"Ann\ Okoro"]),
        (["who", "Oko"], ["Okoro"]),
        (["who", "zzz"], []),
        (["who", '"Ann O'], ["Ann Okoro"]),
        (["who", '"Bob'], [r"Bob \"Doc\" Smith"]),
        (["who", "Pat"], [r"Pat\ O\'Brien"]),
        (["who", r"O\'B"], [r"O\'Brien"]),
        (["who", "'Pat"], [r"Pat O'\''Brien"]),
        (["who", "AT"], [r"AT\ \&\ T"]),
        (["who", r"\$"], [r"\$100\ Corp"]),
        (["who", "Back"], [r"Back\`tick\`Co"]),
        (["who", "Evil"], []),
        (["who", "100%"], []),
        (["who", "One"], []),
        (["search", "--speaker", "Lin"], ["Lind"]),
        (["search", "waited", "--publication", "port"], [r"port\ courier"]),
        (["speakers", "tom"], [r"tom\ lind", "tom-lind"]),
        (["merge", "ann-okoro", "tom-"], ["tom-lind"]),
        (["rename", "ann-"], ["ann-okoro"]),
        (["show", "ann-"], ["ann-okoro"]),
        (["split", "ann-okoro", "--article", "f"], ["ferry-000001"]),
        (["search", "--type", "in"], ["indirect"]),
    ],
)
def test_bash_is_offered(shell: Path, folder: Path, words: list[str], expected: list[str]) -> None:
    assert offered(shell, folder, *words) == expected


def test_ids_of_quotations(shell: Path, folder: Path) -> None:
    with Store(folder / "quotes.db") as store:
        ids = sorted(row["id"] for row in store.search("", since="2025"))
    assert offered(shell, folder, "assign", "ferry-000001-") == [i for i in ids if i.startswith("ferry")]
    assert set(ids) < set(offered(shell, folder, "show", ""))


def test_another_database_is_looked_up(shell: Path, folder: Path) -> None:
    (folder / "quotes.db").rename(folder / "other.db")
    assert offered(shell, folder, "who", "Ann") == []
    assert offered(shell, folder, "who", "--database", "other.db", "Ann") == [r"Ann\ Okoro"]


def test_fish_and_zsh_are_told_who_it_is(shell: Path, folder: Path) -> None:
    assert offered(shell, folder, "who", "Ann", kind="fish") == ["Ann Okoro\tAnn Okoro, Mayor"]
    (line,) = offered(shell, folder, "who", "Ann", kind="zsh")
    assert line == """_arguments '*: :(("Ann Okoro":"Ann Okoro, Mayor"))'"""
    assert "Pat O’Brien" in offered(shell, folder, "who", "Pat", kind="zsh")[0]


@pytest.mark.parametrize("content", [None, b"", b"no database at all" * 99, "folder", "other", "locked"])
def test_nothing_is_offered_and_nothing_made_without_a_database(
    shell: Path, folder: Path, content: bytes | str | None
) -> None:
    path = folder / "quotes.db"
    db = None
    if content == "locked":
        db = sqlite3.connect(path)
        db.execute("begin exclusive")
    else:
        path.unlink()
    if content == "folder":
        path.mkdir()
    elif content == "other":
        sqlite3.connect(path).execute("create table recipes (id integer)")
    elif isinstance(content, bytes):
        path.write_bytes(content)
    before = sorted(folder.iterdir())
    assert offered(shell, folder, "who", "Ann") == []
    assert offered(shell, folder, "show", "a") == []
    assert offered(shell, folder, "search", "--publication", "a") == []
    assert sorted(folder.iterdir()) == before
    if isinstance(content, bytes):
        assert path.read_bytes() == content
    if db:
        db.close()


def test_the_database_is_only_read(shell: Path, folder: Path) -> None:
    path = folder / "quotes.db"
    db = sqlite3.connect(path)  # as an older version left it
    db.execute("delete from _sqlite_migrations where name = (select max(name) from _sqlite_migrations)")
    db.commit()
    db.close()
    before = path.read_bytes()
    assert offered(shell, folder, "who", "Ann") == [r"Ann\ Okoro"]
    assert path.read_bytes() == before


def test_it_is_fast_with_a_hundred_thousand_speakers(folder: Path) -> None:
    with Store(folder / "quotes.db") as store:
        store.db.executemany(
            "insert into speakers (id, name, type, aliases, quotes, articles) values (?, ?, 'person', '[]', ?, 1)",
            ((f"p{n}", f"Name{n % 300} Surname{n}", n) for n in range(100_000)),
        )
        store.db.commit()
    code = (
        "import resource, sys\nfrom quotes.cli.main import app\n"
        "try:\n    app(prog_name='quotes')\nexcept SystemExit:\n    pass\n"
        "used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "heavy = {'spacy', 'onnxruntime', 'numpy', 'sqlite_utils'} & set(sys.modules)\n"
        "print(used.ru_utime + used.ru_stime, sorted(heavy), file=sys.stderr)\n"
    )
    env = {"COMP_WORDS": "quotes\nwho\nSurname9999", "COMP_CWORD": "2", "_QUOTES_COMPLETE": "complete_bash"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=os.environ | env, capture_output=True, text=True
    )
    assert len(done.stdout.split()) == 11
    seconds, _, heavy = done.stderr.strip().partition(" ")
    assert heavy == "[]"
    assert float(seconds) < 0.8


@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell: Path, kind: str) -> None:
    env = os.environ | {"_QUOTES_COMPLETE": f"source_{kind}"}
    done = subprocess.run([shell / "quotes"], env=env, capture_output=True, text=True, check=True)
    assert "_QUOTES_COMPLETE=complete_" + kind in done.stdout


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("quotes who Ann", r"quotes who Ann\ Okoro "),
        ('quotes who "Bob', r'quotes who "Bob \"Doc\" Smith" '),
        ("quotes merge Pat", r"quotes merge Pat\ O\'Brien "),
        ("quotes show ann-", "quotes show ann-okoro "),
    ],
)
def test_tab_in_a_real_bash(shell: Path, folder: Path, typed: str, becomes: str) -> None:
    env = os.environ | {"PATH": f"{shell}:{os.environ['PATH']}", "PS1": "ready> ", "TERM": "dumb"}
    process, terminal = pty.fork()
    if not process:
        os.chdir(folder)
        os.execvpe("bash", ["bash", "--norc", "--noprofile", "-i"], env)
    try:
        wait_for(terminal, "ready> ")
        os.write(terminal, b'eval "$(_QUOTES_COMPLETE=source_bash quotes)"\n')
        wait_for(terminal, "\nready> ")
        os.write(terminal, typed.encode() + b"\t")
        wait_for(terminal, becomes)
    finally:
        os.close(terminal)
        os.waitpid(process, 0)


def wait_for(terminal: int, text: str, seconds: float = 60) -> None:
    """Read until a text comes. Fails when it does not."""
    seen, end = "", time.monotonic() + seconds
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            seen += os.read(terminal, 4096).decode(errors="replace").replace("\r\n", "\n")
            if text in re.sub(r"\x1b\[[?0-9;]*[a-zA-Z]|\x07", "", seen):
                return
    pytest.fail(f"{text!r} did not come: {seen!r}")
