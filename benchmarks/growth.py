"""How CPU time grows with what there is much of: the exponent, which is 1 where twice as much takes twice as long.

    python benchmarks/growth.py [--of articles surname ...] [--times 1] [--profile]

Each kind is made in four sizes, each twice the one before. Printed are the seconds of CPU for each, the exponent (the
slope of a line through the logarithms) and that of the last doubling alone, in which what does not grow counts least.
n log n has 1.1 to 1.2 at these sizes. With --profile the functions that take most time at the largest size are listed.
"""

import argparse
import cProfile
import math
import os
import pstats
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

from statements import DAYS, generate

import quotes
from quotes.linking.index import save_article
from quotes.linking.link import link, meaning
from quotes.statements.group import StatementQuote, link_statements
from quotes.store.database import Store
from quotes.types import Article, Mention, Quote, Span

Run = Callable[[], object]  # what is timed
Spoken = tuple[str, Mention]  # a content and who said it
GIVEN = "Ann Ben Clara Dana Elif Femi Gita Hugo Ines Jonas Karim Lena Mona Nils Olga Paul Rosa Sven Tara Yusuf".split()
SYLLABLES = "ba de ko li mu na ro sa te vi".split()
MONTHS = "January February March April May June July August September October November December".split()
PERIOD = 1500  # quotations of a thousand days
GOODS = "steel wheat copper cars ships paper glass salt wool coal".split()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--of", nargs="+", choices=list(KINDS), default=list(KINDS))
    parser.add_argument("--times", type=float, default=1.0, help="sizes that are so many times larger")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    for kind in options.of:
        make, smallest = KINDS[kind]
        seconds(make(smallest // 4))  # what is loaded once
        sizes = [int(smallest * options.times) << doubled for doubled in range(4)]
        taken = [seconds(make(size)) for size in sizes]
        columns = "  ".join(f"{size:>7,}: {each:7.2f} s" for size, each in zip(sizes, taken, strict=True))
        print(
            f"{kind:14} {columns}   exponent {slope(sizes, taken):.2f}, at last {slope(sizes[2:], taken[2:]):.2f}"
        )
        if options.profile:
            profile(make(sizes[-1]))


def seconds(run: Run) -> float:
    """Seconds of CPU."""
    start = time.process_time()
    run()
    return time.process_time() - start


def slope(sizes: list[int], taken: list[float]) -> float:
    """The slope of the line through the logarithms, by least squares."""
    x, y = [math.log(size) for size in sizes], [math.log(max(each, 1e-3)) for each in taken]
    middle, height = sum(x) / len(x), sum(y) / len(y)
    return sum((a - middle) * (b - height) for a, b in zip(x, y, strict=True)) / sum(
        (a - middle) ** 2 for a in x
    )


def profile(run: Run) -> None:
    profiler = cProfile.Profile()
    profiler.runcall(run)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(25)


# In a database


def stored(articles: Iterator[list[Spoken]]) -> Run:
    """Store articles and link them at once."""
    made = [article(number, spoken) for number, spoken in enumerate(articles)]

    def run() -> None:
        with TemporaryDirectory() as folder, Store(Path(folder) / "quotes.db", create=True) as store:
            for one, found in made:
                save_article(store, one, found, version="benchmark")
            link(store)

    return run


def article(number: int, spoken: list[Spoken]) -> tuple[Article, list[Quote]]:
    """An article of these quotations."""
    text, found = "", []
    for content, speaker in spoken:
        span = Span(len(text), len(text) + len(content), content)
        found.append(Quote((span,), "direct", speaker=speaker, attribution="name", confidence=0.9))
        text += f"{content}\n"
    day = f"2025-{1 + number // 28 % 12:02}-{1 + number % 28:02}"
    return Article(f"article-{number:06}", text, f"{number}.txt", published=day), found


def name(number: int) -> str:
    """A person's name; as many different ones as there are numbers below 200,000."""
    syllables = "".join(SYLLABLES[int(digit)] for digit in f"{number // len(GIVEN):04}")
    return f"{GIVEN[number % len(GIVEN)]} {syllables.title()}"


def many_articles(size: int) -> Run:
    """Articles of five quotations each, by half as many people, a few of whom are quoted often (see statements.py)."""
    rows = list(generate(5 * size, size // 2, 1))
    random.Random(1).shuffle(rows)
    numbers: dict[str | None, int] = {}
    spoken = [
        (row.text, Mention(name(numbers.setdefault(row.speaker, len(numbers))), "person")) for row in rows
    ]
    return stored(spoken[at : at + 5] for at in range(0, len(spoken), 5))


def one_surname(size: int) -> Run:
    """Articles that quote two people of one surname, one of them by the surname alone; there are many of that name."""
    chance = random.Random(2)
    rows = list(generate(size, 1, 2))
    given = [name(number).replace(" ", "") for number in range(max(1, size // 8))]
    spoken = [
        (row.text, Mention(f"{chance.choice(given)} Holt" if at % 2 else "Holt", "person"))
        for at, row in enumerate(rows)
    ]
    return stored(spoken[at : at + 2] for at in range(0, len(spoken), 2))


# Statements


def one_speaker(size: int) -> Run:
    """Quotations of one speaker in a thousand days, with planted wordings (see statements.py): more of them a day."""
    rows = list(generate(size, 1, 3))
    return lambda: link_statements(rows, meaning())


def period(size: int) -> Run:
    """The same, but as many a day as among 1,500 in a thousand days, so that more of them take longer."""
    rows = [
        replace(row, id=f"{part}-{row.id}", published=later(row.published, part * DAYS))
        for part in range(size // PERIOD)
        for row in generate(PERIOD, 1, 3 + part)
    ]
    return lambda: link_statements(rows, meaning())


def later(day: str | None, days: int) -> str | None:
    """So many days after a day."""
    return day and (date.fromisoformat(day) + timedelta(days)).isoformat()


def alike(size: int) -> Run:
    """Quotations of one speaker that differ in a number, a month or a word: "Sales of steel rose 3.1 percent"."""
    chance = random.Random(4)
    rows = []
    for number in range(size):
        rise = chance.choice(("rose", "fell", "grew", "shrank"))
        text = (
            f"Sales of {chance.choice(GOODS)} {rise} {chance.randint(1, 99)}.{chance.randint(0, 9)} percent "
            f"in {chance.choice(MONTHS)}, and we expect that to go on."
        )
        day = f"2025-{1 + number % 12:02}-{1 + number // 12 % 28:02}"
        rows.append(StatementQuote(f"q{number:06}", f"a{number // 4}", "holt", text, "direct", day))
    return lambda: link_statements(rows, meaning())


# In one article

SENTENCES = (
    "The port of Aalund said on Friday that “no ship will sail before Monday.”",
    "“We waited for the ferry,” said Dana Holt, who works there.",
    "Holt said that she had never seen it so empty.",
    "The ministry did not answer.",
)
NLP: list[object] = []


def read(text: str) -> Run:
    NLP or NLP.append(quotes.load())
    return lambda: NLP[0](text)._.quotes  # type: ignore[operator]


def marks(size: int) -> Run:
    """A text of so many quotation marks, in paragraphs of four sentences."""
    return read("\n\n".join([" ".join(SENTENCES)] * (size // 4)))


def paragraph(size: int) -> Run:
    """A paragraph of so many sentences."""
    return read(" ".join(SENTENCES * (size // 4)))


def no_marks(size: int) -> Run:
    """A paragraph of so many sentences without a quotation mark."""
    return read(" ".join([*SENTENCES[2:], "He said that he had asked the minister about it."] * (size // 3)))


def pronouns(size: int) -> Run:
    """A paragraph of so many times "He said she said it."."""
    return read("He said she said it. " * size)


KINDS: dict[str, tuple[Callable[[int], Run], int]] = {  # what there is much of -> the smallest size
    "articles": (many_articles, 500),
    "surname": (one_surname, 1000),
    "speaker": (one_speaker, 1500),
    "period": (period, 1500),
    "alike": (alike, 500),
    "marks": (marks, 100),
    "paragraph": (paragraph, 100),
    "no-marks": (no_marks, 100),
    "pronouns": (pronouns, 100),
}

if __name__ == "__main__":
    main()
