"""What reading costs: memory over the size of compressed files, and the share of pages in the time of an extraction.

    python benchmarks/reading.py memory [MEGABYTES ...]   # of a .jsonl.gz and a .warc.gz, by default 100 and 1000
    python benchmarks/reading.py pages FOLDER             # CPU of pages of 700 words and more, and of their quotations

`memory` writes files of made-up articles to a temporary folder, one at a time, and reads each in a process of its own:
first with the readers alone, then 200 of its articles with the model. An archive has what crawls have: pages, most of
them sent in pieces and compressed, and four times as many bytes of pictures. `pages` makes pages of the texts in
FOLDER that are long enough, as heavy as saved pages of news sites are (web_pages.py).
"""

import gzip
import html
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from web_pages import SavedPage

from quotes.articles.read import read_articles
from quotes.types import Article

COMMON = "the of and to in that a was for it with as he on be at by this had not are but from they would there".split()
RARE = 4_000  # other words, made up
FIRST_NAMES = "Ann Bo Carla Dov Esi Fay Gus Hana Ivo Jo Kay Leo Mia Ned Ola Pia".split()
SURNAMES = "Okoro Kiss Diaz Levi Mensah Gross Lund Moss Novak Osei Pell Quist Reyes Sato Tran Urban".split()
POOL = 4_000  # paragraphs of which articles are made: more than gzip looks back
PARAGRAPHS, PARAGRAPH_WORDS = 8, 88  # of an article: about 700 words
PICTURE_BYTES = 200_000
PICTURE_EVERY = 5  # pages
LEAST_WORDS = 700  # of a page whose time is measured
READ_WITH_MODEL = 200  # articles


def pool() -> list[str]:
    """Paragraphs with a quotation each."""
    chance = random.Random(1)
    rare = ["".join(chance.choices("aeiounrstlkmdbp", k=chance.randint(3, 9))) for _ in range(RARE)]
    made = []
    for _ in range(POOL):
        words = [chance.choice(COMMON if chance.random() < 0.45 else rare) for _ in range(PARAGRAPH_WORDS)]
        name = f"{chance.choice(FIRST_NAMES)} {chance.choice(SURNAMES)}"
        said, told = " ".join(words[:30]).capitalize(), " ".join(words[30:]).capitalize()
        made.append(f"“{said},” {name} said. {told}.")
    return made


def page(number: int, paragraphs: list[str], title: str) -> str:
    """A page as the web has them, around an article."""
    menu = "".join(f'<li><a href="/s/{n}">Section {n}</a></li>' for n in range(40))
    more = "".join(
        f'<li><a href="/n/{n}">Another story of number {n} that is read</a></li>' for n in range(12)
    )
    cards = "".join(
        f'<div class="card c{n}"><a href="/c/{n}"><picture><source srcset="/{n}.webp">'
        f'<img src="/{n}.jpg" alt=""></picture>'
        f'<div class="label"><span>News</span> <time>{n} May</time></div><h3>Story {n} of the region</h3>'
        f'<p class="teaser">What happened in town {n} in the last days of the month, told in short.</p></a></div>'
        for n in range(80)
    )
    words = f'{{"@type": "NewsArticle", "headline": {json.dumps(title)}, "datePublished": "2025-06-12T08:00:00+02:00"}}'
    body = [f"<p>{html.escape(text)}</p>" for text in paragraphs]
    body.insert(1, '<figure><img src="/p.jpg"><figcaption>The harbour. Photo: Bo Ek</figcaption></figure>')
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)} | Courier</title>'
        f'<link rel="canonical" href="https://courier.example/{number}.html"><style>{"p{margin:0}" * 300}</style>'
        f'<script type="application/ld+json">{words}</script><script>{"var a=1;" * 20_000}</script></head><body>'
        f"<nav><ul>{menu}</ul></nav><div id='cookie'><p>We use cookies. <button>Accept</button></p></div>"
        f"<main><article><h1>{html.escape(title)}</h1>{''.join(body)}</article>"
        f"<aside><h3>Read more</h3><ul>{more}</ul></aside></main>"
        f"<section class='more'>{cards}</section><footer><p>© Courier</p></footer></body></html>"
    )


def write_lines(path: Path, most: int) -> None:
    """JSON Lines of about so many bytes, compressed."""
    chance, paragraphs = random.Random(1), pool()
    with path.open("wb") as file, gzip.open(file, "wb", compresslevel=1) as packed:
        number = 0
        while file.tell() < most:
            text = "\n\n".join(chance.choices(paragraphs, k=PARAGRAPHS))
            packed.write(json.dumps({"id": number, "text": text}).encode() + b"\n")
            number += 1


def write_archive(path: Path, most: int) -> None:
    """A web archive of about so many bytes, compressed record by record."""
    chance, paragraphs = random.Random(1), pool()
    with path.open("wb") as file:
        number = 0
        while file.tell() < most:
            story = page(
                number, chance.choices(paragraphs, k=PARAGRAPHS), f"Story number {number} of the day"
            )
            kind, body, how = "text/html; charset=utf-8", story.encode(), ""
            if number % 4:
                packed = gzip.compress(body, 1)
                body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed), packed)
                how = "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
            file.write(_record(f"{number}.html", kind, body, how))
            if number % PICTURE_EVERY == 0:
                file.write(_record(f"{number}.jpg", "image/jpeg", chance.randbytes(PICTURE_BYTES)))
            number += 1


def _record(name: str, kind: str, body: bytes, how: str = "") -> bytes:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{how}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/{name}\r\n"
        f"WARC-Date: 2025-06-12T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{name}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + answer + b"\r\n\r\n", 1)


def memory(sizes: list[int]) -> None:
    """Print the peak of memory for files of these megabytes, each read by a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for name, write in (("all.jsonl.gz", write_lines), ("all.warc.gz", write_archive)):
            for size in sizes:
                path = Path(folder, name)
                write(path, size * 1_000_000)
                for what in ("peak", "model"):
                    print(name, f"{path.stat().st_size / 1e6:.0f} MB:", end=" ", flush=True)
                    subprocess.run([sys.executable, __file__, what, str(path)], check=True)
                path.unlink()


def peak(path: str) -> None:
    """Print what reading a file takes."""
    start, number = time.process_time(), 0
    for item in read_articles([path]):
        assert isinstance(item, Article), item
        number += 1
    _tell(f"{number:,} articles read", start)


def with_model(path: str) -> None:
    """Print what the first articles of a file take until they are in a database."""
    from quotes.extraction import extract

    start = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        found = extract(islice(read_articles([path]), READ_WITH_MODEL), os.path.join(folder, "quotes.db"))
    assert found.read == READ_WITH_MODEL
    assert not found.failures
    _tell(f"{found.read:,} of its articles extracted", start)


def _tell(what: str, start: float) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what}, {time.process_time() - start:.1f} s of CPU, {used:.0f} MB at the peak")


def _long_texts(folder: str) -> Iterator[list[str]]:
    for path in sorted(Path(folder).glob("*.txt")):
        paragraphs = [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        if sum(len(line.split()) for line in paragraphs) >= LEAST_WORDS:
            yield paragraphs


def pages(folder: str) -> None:
    """Print the CPU that reading pages takes, and that finding their quotations takes."""
    from lxml.html import document_fromstring

    from quotes.articles.html_pages import read_page
    from quotes.pipeline import load

    written = [
        SavedPage(number, text, f"Story number {number} of the day").source()
        for number, text in enumerate(_long_texts(folder))
    ]
    if not written:
        sys.exit(f"{folder} has no text of {LEAST_WORDS} words")
    nlp = load()
    nlp(str(read_page(written[0])["text"]))  # what is loaded at first
    reading, finding, words = 0.0, 0.0, 0
    for text in written:
        start = time.process_time()
        read = str(read_page(text)["text"])
        middle = time.process_time()
        nlp(read)
        reading, finding = reading + middle - start, finding + time.process_time() - middle
        words += len(read.split())
    number, size = len(written), sum(map(len, written)) / 1000
    elements = sum(1 for _ in document_fromstring(written[0]).iter())
    print(
        f"{number} pages of {words / number:.0f} words, {size / number:.0f} kB and {elements:,} elements: "
        f"{reading / number * 1000:.0f} ms of CPU each, their quotations {finding / number * 1000:.0f} ms: "
        f"{reading / (reading + finding):.0%} of both"
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["peak", path]:
            peak(path)
        case ["model", path]:
            with_model(path)
        case ["pages", folder]:
            pages(folder)
        case ["memory", *sizes]:
            memory([int(size) for size in sizes] or [100, 1000])
        case _:
            print(__doc__)
