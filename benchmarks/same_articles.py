"""The same articles as texts, as saved pages, as one table and as one feed: are their quotations the same?

    python benchmarks/same_articles.py FOLDER [--articles 100] [--show]

FOLDER has `.txt` files. Of each the paragraphs are written in the four forms, those left out that another one has in
it, which pages drop as pull quotes. Tables, pages and feeds have a headline besides; pages have navigation, cookie
text, captions and related links around the article. Each form is extracted into a database of its own. Prints how
many articles and quotations each has, and in how many articles contents, types, speakers or cues differ from those of
the texts; exit code 1 if in any. Pages are as heavy as those of news sites (web_pages.py).
"""

import argparse
import csv
import html
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from web_pages import SavedPage

from quotes.articles.html_body import without_repeated
from quotes.articles.read import read_articles
from quotes.extraction import extract
from quotes.store.database import Store
from quotes.types import Failure

Story = tuple[str, str, list[str]]  # number, headline, paragraphs
Found = dict[str, list[tuple[str, ...]]]  # number of a story -> its quotations


def stories(folder: Path, most: int) -> Iterator[Story]:
    """The articles, each with a headline that tells its number."""
    seen: set[tuple[str, ...]] = set()
    for path in sorted(folder.glob("*.txt")):
        lines = (" ".join(line.split()) for line in path.read_text(encoding="utf-8").split("\n"))
        paragraphs = without_repeated(line for line in lines if line)
        if (
            tuple(paragraphs) not in seen and len(seen) < most
        ):  # texts alone have nothing else to be told apart by
            yield f"{len(seen):04}", f"Story number {len(seen):04} of the day", paragraphs
            seen.add(tuple(paragraphs))


def write_texts(folder: Path, articles: list[Story]) -> None:
    """One file an article: its paragraphs."""
    for number, _, paragraphs in articles:
        (folder / f"{number}.txt").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")


def write_pages(folder: Path, articles: list[Story]) -> None:
    """One page an article."""
    for number, title, paragraphs in articles:
        (folder / f"{number}.html").write_text(
            SavedPage(int(number), paragraphs, title).source(), encoding="utf-8"
        )


def write_table(folder: Path, articles: list[Story]) -> None:
    """One row an article."""
    with (folder / "articles.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "headline", "body"])
        rows.writerows([number, title, "\n\n".join(paragraphs)] for number, title, paragraphs in articles)


def write_feed(folder: Path, articles: list[Story]) -> None:
    """One entry an article, as content systems write them: HTML within XML."""
    items = "".join(
        f"<item><title>{html.escape(title)}</title><guid isPermaLink='false'>{number}</guid>"
        f"<content:encoded><![CDATA[{''.join(f'<p>{html.escape(text)}</p>' for text in paragraphs)}]]>"
        "</content:encoded></item>"
        for number, title, paragraphs in articles
    )
    (folder / "feed.xml").write_text(
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Courier</title>'
        f"{items}</channel></rss>",
        encoding="utf-8",
    )


FORMS = {"texts": write_texts, "pages": write_pages, "table": write_table, "feed": write_feed}


def found_in(folder: Path) -> tuple[int, Found]:
    """The number of articles that a folder gives, and the quotations of each."""
    items = list(read_articles([str(folder)]))
    assert not any(isinstance(item, Failure) for item in items), items
    database = folder / "quotes.db"
    extract(items, database)
    found: Found = defaultdict(list)
    with Store(database) as store:
        for row in store.export():
            speaker, cue = row["speaker"] or {}, row["cue"] or {}
            told = re.search(r"number (\d{4}) of", row["headline"]) or re.search(
                r"(\d{4})\.txt", row["article"]
            )
            found[told[1] if told else ""].append(
                (row["content"], row["type"], speaker.get("name", ""), cue.get("text", ""))
            )
    return len(items), found


def main() -> None:
    """Print what each form gives."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--show", action="store_true")
    given = parser.parse_args()
    articles = list(stories(given.folder, given.articles))
    first: Found | None = None
    differing = 0
    for form, write in FORMS.items():
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), articles)
            number, found = found_in(Path(folder))
        first = found if first is None else first
        others = [key for key in sorted({*first, *found}) if first.get(key) != found.get(key)]
        differing += len(others)
        total = sum(map(len, found.values()))
        print(
            f"{form}: {number} articles, {total} quotations; {len(others)} articles differ from the texts'",
            flush=True,
        )
        for key in others if given.show else ():
            for sign, one, other in (("-", first, found), ("+", found, first)):
                print("".join(f"  {sign} {key} {row}\n" for row in one[key] if row not in other[key]), end="")
    sys.exit(differing > 0)


if __name__ == "__main__":
    main()
