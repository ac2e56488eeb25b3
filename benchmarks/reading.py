# ruff: noqa: E501 -- a page is a line
"""What reading costs: memory over the size of compressed files, and the share of pages in the time of an extraction.

python benchmarks/reading.py memory [ARTICLES ...]     # by default 5,000 and 50,000; 350,000 are 1 GB
python benchmarks/reading.py pages                     # CPU of a page of 700 words, and of finding its quotations
"""

import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from quotes.articles.read import read_articles

WORDS = "the of and bridge ferry mayor council waited long harbour island quay summer vote paper city people nobody".split()
PARAGRAPHS, PARAGRAPH_WORDS = 8, 88  # of a page: about 700 words


def paragraphs(chance: random.Random) -> list[str]:
    lines = [" ".join(chance.choice(WORDS) for _ in range(PARAGRAPH_WORDS)) for _ in range(PARAGRAPHS)]
    return [f"“{line[:200]},” Mayor Ann Okoro said. {line[200:].capitalize()}." for line in lines]


def page(number: int, chance: random.Random) -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs(chance))
    menu = "".join(f'<li><a href="/s/{n}">Section {n}</a></li>' for n in range(40))
    return (
        f"<html><head><title>Story {number}</title></head><body><nav><ul>{menu}</ul></nav><main><h1>Story number {number}</h1>"
        f"<article>{body}</article></main><footer><p>© Courier</p></footer></body></html>"
    )


def write_lines(path: Path, articles: int) -> None:
    chance = random.Random(1)
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as file:
        for number in range(articles):
            file.write(json.dumps({"id": number, "text": "\n\n".join(paragraphs(chance))}) + "\n")


def write_archive(path: Path, articles: int) -> None:
    chance = random.Random(1)
    with path.open("wb") as file:
        for number in range(articles):
            answer = (
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
                + page(number, chance).encode()
            )
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/{number}.html\r\n"
                f"WARC-Date: 2025-06-12T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
                f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + answer + b"\r\n\r\n", 1))


def memory(sizes: list[int]) -> None:
    """Print the peak of memory for files of these numbers of articles, each read by a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for name, write, divisor in (("all.jsonl.gz", write_lines, 1), ("all.warc.gz", write_archive, 10)):
            for size in sizes:
                path = Path(folder, name)
                write(path, size // divisor)
                print(name, f"{path.stat().st_size / 1e6:.0f} MB:", end=" ", flush=True)
                subprocess.run([sys.executable, __file__, "peak", str(path)], check=True)
                path.unlink()


def peak(path: str) -> None:
    start = time.process_time()
    number = sum(1 for _ in read_articles([path]))
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{number:,} articles, {time.process_time() - start:.1f} s of CPU, {used:.0f} MB at the peak")


def pages() -> None:
    """Print the CPU that reading pages takes, and that finding their quotations takes."""
    from quotes.articles.html_pages import read_page
    from quotes.pipeline import load

    chance = random.Random(1)
    texts = [page(number, chance) for number in range(12)]
    nlp = load(embeddings=True)
    nlp(str(read_page(texts[0])["text"]))  # what is loaded at first
    start = time.process_time()
    read = [str(read_page(text)["text"]) for text in texts]
    middle = time.process_time()
    for text in read:
        assert nlp(text)._.quotes
    end = time.process_time()
    share = (middle - start) / (end - start)
    words = sum(len(text.split()) for text in read) / len(read)
    print(
        f"a page of {words:.0f} words: {(middle - start) / len(texts) * 1000:.0f} ms, its quotations "
        f"{(end - middle) / len(texts) * 1000:.0f} ms: {share:.0%} of both"
    )


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["peak", path]:
            peak(path)
        case ["pages"]:
            pages()
        case ["memory", *sizes]:
            memory([int(size) for size in sizes] or [5_000, 50_000])
        case _:
            print(__doc__)
