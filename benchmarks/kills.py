"""Kills the real program again and again, and checks that nothing is lost.

    python benchmarks/kills.py [--kills 123] [--statements 570] [--processes 1] [--seed 1]

Kills: `quotes extract` of generated articles is killed (SIGKILL) at a random moment and started again, until it ends
before its signal comes; then all begins anew, until so many were killed. Statements: a process that saves and links
articles kills itself before a random statement of SQL, the commits among them, and is started again.

After each kill the database must be whole (SQLite's own check, foreign keys, offsets, search in step), and no article
that was there may be gone. Each one that was completed must be, row by row, what one run makes that nobody stops.
Prints the numbers; exit code 1 if anything was lost.
"""

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.store.check import check
from quotes.store.database import Store
from quotes.store.rows import text_sha
from quotes.types import Article, Mention, Quote, Span

ARTICLES = 24
VERSION = "kills"
NAMES = ("Ann Okoro", "Okoro", "Tom Lind", "Thomas Lind", "Dana Holt", "Ben Holt", "Holt")
PLACES = ("bridge", "harbour", "ferry", "tunnel", "school", "market")
Run = Callable[[Path], bool]  # run the program on a database; whether it came to its end


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=123)
    parser.add_argument("--statements", type=int, default=570)
    parser.add_argument("--processes", type=int, default=1, help="as of quotes extract")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", nargs=2, metavar=("FILE", "STATEMENT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.save:
        save(Path(options.save[0]), int(options.save[1]))
        return 0
    chance = random.Random(options.seed)
    with TemporaryDirectory() as name:
        folder = Path(name)
        lost = kill(
            "of quotes extract", options.kills, folder, *extracting(folder, options.processes, chance)
        )
        lost += kill("before a statement", options.statements, folder, *saving(chance))
    return int(lost > 0)


def kill(what: str, kills: int, folder: Path, whole_run: Run, killed_run: Run) -> int:
    """Kill until there were so many; print and return how often something was lost."""
    whole, broken = folder / "whole.db", folder / "broken.db"
    for path in (whole, broken):
        path.unlink(missing_ok=True)
    assert whole_run(whole)
    done = completed = lost = 0
    before: set[str] = set()
    while done < kills:
        ended = killed_run(broken)
        done += not ended
        if done == kills and not ended:
            ended = whole_run(broken)
        problems = list(damage(broken, before))
        before = articles(broken)
        if ended:
            completed += 1
            if rows(broken) != rows(whole):
                problems.append("what was completed is not what one run makes")
            broken.unlink()
            before = set()
        for problem in problems:
            print(f"after {done} kills {what}: {problem}", flush=True)
        lost += len(problems)
    print(f"{done} kills {what}, {completed} databases completed, {lost} losses", flush=True)
    return lost


# The programs


def extracting(folder: Path, processes: int, chance: random.Random) -> tuple[Run, Run]:
    """`quotes extract`, undisturbed and killed at a random moment."""
    news = folder / "news"
    news.mkdir()
    for number in range(ARTICLES):
        (news / f"{number:02}.txt").write_text(article(number)[0].text, encoding="utf-8")
    taken: list[float] = []  # seconds of the run that is not disturbed

    def start(path: Path) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-c", "from quotes.cli.main import app; app()", "extract", str(news)]
        command += ["-d", str(path), "--processes", str(processes)]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def whole(path: Path) -> bool:
        begun = time.monotonic()
        ended = start(path).wait() == 0
        taken.append(time.monotonic() - begun)
        return ended

    def killed(path: Path) -> bool:
        process = start(path)
        try:
            return process.wait(chance.uniform(0, taken[0])) == 0
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            return process.wait() == 0

    return whole, killed


def saving(chance: random.Random) -> tuple[Run, Run]:
    """Saving and linking articles, undisturbed and killed before a random statement."""
    statements: list[int] = []  # of the run that is not disturbed

    def run(path: Path, statement: int) -> bool:
        command = [sys.executable, __file__, "--save", str(path), str(statement)]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=False)
        if done.returncode == 0:
            statements.append(int(done.stdout))
        return done.returncode == 0

    return lambda path: run(path, 0), lambda path: run(path, chance.randint(1, statements[0] // 4))


def save(path: Path, deadly: int) -> None:
    """Save and link the articles that are not there; be killed before a statement, counted from 1; print how many."""
    count = 0

    def trace(statement: str) -> None:
        nonlocal count
        count += 1
        if count == deadly:
            os.kill(os.getpid(), signal.SIGKILL)

    with Store(path, create=True) as store:
        store.db.set_trace_callback(trace)
        for number in range(ARTICLES):
            one, quotes = article(number)
            if not store.unchanged(one.id, text_sha(one), VERSION):
                save_article(store, one, quotes, version=VERSION)
            if number % 5 == 4:
                link(store)
        link(store)
    print(count)


def article(number: int) -> tuple[Article, list[Quote]]:
    """An article of three quotations, the same for a number every time."""
    chance = random.Random(number)
    text, quotes = "", []
    for place in chance.sample(PLACES, 3):
        name = chance.choice(NAMES)
        content = f"“Nobody may use the {place} before the end of May,”"
        span = Span(len(text), len(text) + len(content), content)
        quotes.append(Quote((span,), "direct", speaker=Mention(name, "person"), attribution="name"))
        text += f"{content} {name} said on Monday.\n\n"
    return Article(
        f"article-{number:02}", text, f"{number}.txt", published=f"2025-06-{1 + number:02}"
    ), quotes


# What is left


def articles(path: Path) -> set[str]:
    """The ids of the articles in a database; none where there is no database yet."""
    return {str(row[0]) for row in ask(path, "select id from articles")}


def damage(path: Path, before: set[str]) -> Iterator[str]:
    """What is wrong with a database, and the articles that are gone."""
    yield from (f"{ident} is gone" for ident in sorted(before - articles(path)))
    if articles(path):
        with Store(path) as store:
            yield from map(str, check(store.db))


def rows(path: Path) -> dict[str, list[str]]:
    """Every row of every table that is not an index of search."""
    tables = [str(row[0]) for row in ask(path, "select name from sqlite_master where type = 'table'")]
    return {
        table: sorted(map(repr, ask(path, f'select * from "{table}"')))
        for table in tables
        if "_fts" not in table and not table.startswith(("sqlite_", "_sqlite"))
    }


def ask(path: Path, query: str) -> list[tuple[object, ...]]:
    if not path.exists():
        return []
    db = sqlite3.connect(path)
    try:
        return db.execute(query).fetchall()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return []
        raise
    finally:
        db.close()


if __name__ == "__main__":
    sys.exit(main())
