"""Server time of every kind of page on a large database, generated.

    python benchmarks/pages.py [--articles 20000] [--quotations 10] [--seed 1] [--database FILE]

Nothing is read by the model: news stories are made up, covered by one publication or several, stored as `quotes
extract` stores them and linked. Whom a story quotes, and which publication covers it, is drawn by Zipf's law (see
linking.py), so some speakers have thousands of quotations; words are, too, and function words stand in most
quotations. Of what was said, some outlets print all, some a part, some report it; agencies' stories appear as copies.

Prints for each kind of page the milliseconds of the middle of several requests to a warm server: by the clock, and of
CPU time, which other jobs on the machine do not change. Fails when a page takes more than 300 ms of both, answers with
an error, or leaves a facet out because it took too long; `--patience 10` gives facets ten times Datasette's limit, for
a machine that does ten things at once.
"""

import argparse
import asyncio
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import numpy as np
import yaml
from datasette.app import Datasette
from datasette.utils import tilde_encode
from linking import Archive, Draw

from quotes.linking import link as linking
from quotes.linking.index import save_article
from quotes.store.database import Store
from quotes.types import Article, Mention, Quote, Span

LIMIT = 300  # milliseconds
METADATA = Path(__file__).parents[1] / "datasette-metadata.yml"
FUNCTION = (
    "the to of and a that in is it for we on they was be with are as have not will at this by had has".split()
)
KINDS = ("direct", "indirect", "mixed")
PAPERS = ("Herald", "Times", "Post", "Courier", "Ledger", "Gazette", "News", "Tribune", "Star", "Chronicle")
TOWNS = ("Norden", "Harbour", "Lake", "Pacific", "Central", "Royal", "Northern", "Ohio")
CUES = ("said", "added", "argued", "warned")
START = date(2023, 1, 2)
DAYS = 1000
SIZE = 384  # of an embedding


class Press(Archive):
    """Made-up stories, each in the articles that cover it."""

    def __init__(self, seed: int, speakers: int) -> None:
        super().__init__(seed, speakers)
        self.outlets = Draw([f"{town} {paper}" for paper in PAPERS for town in TOWNS], 2)
        self.function = Draw(FUNCTION, 2)
        self.rng = np.random.default_rng(seed)
        self.made = 0

    def sentence(self, least: int = 8, most: int = 26) -> str:
        """Words by their frequency, about half of them function words."""
        chance = self.chance
        draws = (self.function, self.words)
        words = [draws[chance.random() < 0.55].one(chance) for _ in range(chance.randint(least, most))]
        return " ".join(words).capitalize()

    def story(self, quotations: int) -> Iterator[tuple[Article, list[Quote]]]:
        """What happened, in one article or several."""
        chance = self.chance
        cast = [self.mention() for _ in range(max(2, quotations // 2))]
        said = [(self.sentence(), chance.choice(cast), self._vector()) for _ in range(quotations)]
        day = START + timedelta(chance.randrange(DAYS))
        outlets = {self.outlets.one(chance) for _ in range(min(8, 1 + int(chance.expovariate(0.8))))}
        first: list[str] = []
        for number, outlet in enumerate(sorted(outlets)):
            if first and chance.random() < 0.1:  # an agency's story, printed again
                article, quotes = self._article(outlet, day, first, said, None)
            else:
                new = [(self.sentence(), chance.choice(cast), self._vector()) for _ in range(quotations // 2)]
                some = said if not number else chance.sample(said, quotations // 2) + new
                article, quotes = self._article(outlet, day + timedelta(chance.randrange(4)), [], some, first)
            yield article, quotes

    def _vector(self) -> np.ndarray:
        vector = self.rng.standard_normal(SIZE, dtype=np.float32)
        return vector / np.linalg.norm(vector)

    def _article(
        self,
        outlet: str,
        day: date,
        lines: list[str],
        said: list[tuple[str, Mention | None, np.ndarray]],
        keep: list[str] | None,
    ) -> tuple[Article, list[Quote]]:
        """An article. ``lines``: the paragraphs of the story that it copies; ``keep``: where to note its own."""
        chance, text, quotes = self.chance, "", []
        for at, (words, speaker, vector) in enumerate(said):
            name = speaker.name if speaker else ""
            if lines:
                kind, line, more = lines[at].split("|")
            else:
                kind = chance.choices(KINDS, (35, 50, 15))[0]
                shown = words if chance.random() < 0.6 else " ".join(words.split()[: chance.randint(6, 12)])
                cue = chance.choice(CUES)
                tail = f" {cue} {name}." if speaker else ""
                line = {
                    "direct": f"“{shown},”{tail}",
                    "indirect": f"{name or 'It was known'} {cue} that {shown[0].lower()}{shown[1:]}.",
                    "mixed": f"{name or 'One'} {cue} it was “{shown[0].lower()}{shown[1:]}”.",
                }[kind]
                more = f"{self.sentence(15, 40)}. {self.sentence(15, 40)}."
            if keep is not None:
                keep.append(f"{kind}|{line}|{more}")
            inner = re.search("“.*”" if kind != "indirect" else r"(?<= that ).*(?=\.$)", line)
            assert inner
            start = len(text)
            content = Span(start + inner.start(), start + inner.end(), inner[0])
            source = line.find(name) if name else -1
            how = (
                "none"
                if not speaker
                else chance.choices(("name", "coreference", "discourse"), (60, 32, 8))[0]
            )
            quotes.append(
                Quote(
                    (content,),
                    kind,  # type: ignore[arg-type]
                    source=Span(start + source, start + source + len(name), name) if source >= 0 else None,
                    speaker=speaker,
                    via=self.outlets.one(chance) if chance.random() < 0.04 else None,
                    attribution=how,  # type: ignore[arg-type]
                    confidence=round(min(0.99, chance.betavariate(6, 1.5)), 4),
                    act="thinks" if chance.random() < 0.04 else "asserts",
                    embedding=vector.astype(np.float16).tobytes(),
                )
            )
            text += f"{line}\n{more}\n"
        self.made += 1
        ident = f"story-{self.made:06}"
        title = self.sentence(4, 8)
        url = f"https://{outlet.lower().replace(' ', '-')}.example/{ident}"
        article = Article(ident, text, f"{ident}.txt", title, outlet, None, day.isoformat(), url)
        return article, quotes


def fill(path: Path, articles: int, quotations: int, seed: int) -> None:
    """Store and link made-up articles."""
    press = Press(seed, max(200, articles // 2))
    with Store(path, create=True) as store:
        store.db.execute("pragma synchronous = off")
        while press.made < articles:
            for article, quotes in press.story(quotations):
                save_article(store, article, quotes, version="benchmark")
        linking.link(store)
        store.analyze()


def addresses(path: Path) -> dict[str, str]:
    """The kinds of pages -> the address of one that is heavy."""
    with Store(path) as store:

        def one(sql: str) -> str:
            return tilde_encode(str(store.db.execute(sql).fetchone()[0]))

        top, second = store.db.execute(
            "select id, name from speakers where type = 'person' order by quotes desc limit 2"
        ).fetchall()
        pair = {"one": top["id"], "other": second["id"]}
        most = "select coalesce(publication, '') from articles group by 1 order by count(*) desc limit 2"
        outlets = [row[0] for row in store.db.execute(most)]
        outlet = outlets[0]
        two = {"kind": "publications", "one": outlet, "other": outlets[-1]}
        rare = store.db.execute(
            "select name from speakers where type = 'person' order by abs(quotes - 3), id limit 1"
        ).fetchone()[0]
        statement = one("select id from statements order by variants desc, id limit 1")
        quotation = one(
            "select id from quotes where statement = (select id from statements order by variants desc)"
        )
        article = one("select article from quotes group by article order by count(*) desc, article limit 1")
        topic = store.db.execute("select id from topics order by statements desc, id limit 1").fetchone()
        topic = topic and tilde_encode(topic[0])
        counts = {name: store.counts()[name] for name in ("articles", "quotes", "speakers", "statements")}
    print(", ".join(f"{n:,} {name}" for name, n in counts.items()))
    words = {  # from the most frequent to one that is nowhere
        "the": "search: a word that is everywhere",
        "Baba": "search: a frequent word",
        "will the": "search: two words that are everywhere",
        "baba*": "search: a beginning",
        '"the baba"': "search: a phrase",
        "zebra": "search: a word that is nowhere",
        rare: "search: the name of a speaker",
        f"{top['name']} baba": "search: a name and a word",
    }
    searches = {name: {"words": word} for word, name in words.items()} | {
        "search: by a speaker with thousands": {"speaker": top["id"]},
        "search: a word by that speaker": {"speaker": top["id"], "words": "the"},
        "search: speakers called John": {"speaker": "john", "words": "the"},
        "search: a word that is everywhere, newest": {"words": "the", "sort": "newest"},
        "search: that word, one publication": {"words": "the", "publication": outlet},
        "search: that word, one type": {"words": "the", "type": "direct"},
        "search: that word, a month": {"words": "the", "since": "2024-02", "until": "2024-02"},
        "search: that word, everything": {
            "words": "the", "type": "direct", "publication": outlet, "since": "2023", "until": "2024"},
        "search: that word, last page": {"words": "the", "page": "99"},
        "search: one type": {"type": "direct"},
        "search: one publication": {"publication": outlet},
        "search: a year": {"since": "2024", "until": "2024"},
        "search: up to a day long ago": {"until": "2023-03-01"},
    }  # fmt: skip
    database = f"/{tilde_encode(path.stem)}"
    lists = {
        "list of speakers": "speakers",
        "list of speakers by name": "speakers?sort=name",
        "list of speakers under a letter": "speakers?letter=S",
        "list of speakers of a publication": f"speakers?{urlencode({'publication': outlet})}",
        "list of statements": "statements",
        "list of statements, most reported": "statements?sort=reported",
        "list of statements, told differently": "statements?wordings=several",
        "list of articles": "articles",
        "list of articles of a publication": f"articles?{urlencode({'publication': outlet})}",
        "list of quotations": "quotations",
        "list of quotations, a rare act": "quotations?act=denies",
        "list of quotations, direct": "quotations?type=direct",
        "list of quotations of a publication": f"quotations?{urlencode({'publication': outlet})}",
        "list of topics": "topics",
        "feed of a search": "search.atom?words=the",
        "feed of a speaker": f"speakers/{tilde_encode(top['id'])}.atom",
        "feed of a publication": f"publications/{tilde_encode(outlet)}.atom",
    }
    if topic:
        lists |= {"topic": f"topics/{topic}", "feed of a topic": f"topics/{topic}.atom"}
    return {
        **{name: f"{database}/-/{address}" for name, address in lists.items()},
        "home": "/",
        "home of the database": database,
        "tables": f"{database}?_tables=1",
        "article": f"{database}/articles/{article}",
        "quotation": f"{database}/quotes/{quotation}",
        "statement with most wordings": f"{database}/statements/{statement}",
        "speaker with most quotations": f"{database}/speakers/{tilde_encode(top['id'])}",
        "card": f"{database}/-/cards/{quotation}.svg",
        "card as a picture": f"{database}/-/cards/{quotation}.png",
        "frame": f"{database}/-/embed/{quotation}",
        "two speakers with most quotations": f"{database}/-/compare?{urlencode(pair)}",
        "two publications with most articles": f"{database}/-/compare?{urlencode(two)}",
        "network": f"{database}/-/network",
        "network of the speaker with most": f"{database}/-/network?speaker={tilde_encode(top['id'])}",
        "network, one publication": f"{database}/-/network?{urlencode({'publication': outlet})}",
        "network, a month": f"{database}/-/network?since=2024-02&until=2024-02",
        "charts": f"{database}/-/charts",
        "charts, one publication": f"{database}/-/charts?{urlencode({'publication': outlet})}",
        "publications": f"{database}/-/publications",
        "publication with most articles": f"{database}/-/publications/{tilde_encode(outlet)}",
        "same statement, different words": f"{database}/changed_wording",
        **{name: f"{database}/-/search?{urlencode(asked)}" for name, asked in searches.items()},
        **{
            f"table {name}": f"{database}/{name}" for name in ("quotes", "speakers", "statements", "articles")
        },
        "table quotes, one speaker": f"{database}/quotes?speaker={tilde_encode(top['id'])}",
        "table quotes, one type": f"{database}/quotes?type=direct",
        "table quotes, by confidence": f"{database}/quotes?_sort=confidence",
        "table quotes, a word": f"{database}/quotes?_search=the",
        "table speakers, a name": f"{database}/speakers?_search=john",
        "table statements, a word": f"{database}/statements?_search=the",
        "table articles, a word": f"{database}/articles?_search=the",
        "table articles, one publication": f"{database}/articles?publication={tilde_encode(outlet)}",
    }


async def measure(path: Path, times: int, only: str | None, patience: int) -> int:
    """Ask for every page, print what each took, and return how many took too long."""
    metadata: dict[str, Any] = yaml.safe_load(METADATA.read_text("utf-8"))
    limits = {"sql_time_limit_ms": 1000, "facet_time_limit_ms": 200}  # Datasette's own
    settings = {name: limit * patience for name, limit in limits.items()}
    datasette = Datasette([str(path)], metadata=metadata, settings=settings)
    slow = 0
    print(f"{'':45} {'clock':>7} {'CPU':>7}  milliseconds, middle of {times}")
    for name, address in addresses(path).items():
        if (only and only not in name) or address.endswith(("publications/", "publications/.atom")):
            continue  # the page of a publication is for databases that have one
        wall, busy = [], []
        for _ in range(times + 1):
            start, spent = time.perf_counter(), time.process_time()
            answer = await datasette.client.get(address)
            wall.append(1000 * (time.perf_counter() - start))
            busy.append(1000 * (time.process_time() - spent))
        took, cpu = median(wall[1:]), median(busy[1:])
        late = re.search("facets? timed out|took too long", answer.text)
        wrong = f"  status {answer.status_code}" if answer.status_code != 200 else ""
        wrong += "  a facet timed out" if late else ""
        wrong += "  slow" if min(took, cpu) > LIMIT else ""
        slow += bool(wrong)
        print(f"{name:45} {took:7.0f} {cpu:7.0f}{wrong}", flush=True)
    return slow


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--quotations", type=int, default=10, help="per article")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", type=Path, help="keep the articles here, and use those that are here")
    parser.add_argument("--times", type=int, default=5, help="requests for each page, after a first one")
    parser.add_argument("--only", help="pages with this in their names")
    parser.add_argument(
        "--patience", type=int, default=1, help="of Datasette's time limits, on a busy machine"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.database or Path(folder) / "quotes.db"
        if not path.exists():
            start = time.process_time()
            fill(path, options.articles, options.quotations, options.seed)
            print(
                f"generated, stored and linked in {time.process_time() - start:.0f} CPU seconds", flush=True
            )
        slow = asyncio.run(measure(path, options.times, options.only, options.patience))
    sys.exit(f"{slow} pages too slow or wrong" if slow else 0)


if __name__ == "__main__":
    main()
