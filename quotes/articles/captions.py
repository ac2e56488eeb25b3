"""Captions (WebVTT, SubRip) -> one article: the cues of one voice are one paragraph, with its name before it."""

import html
import re
from collections.abc import Iterator

from quotes.articles.plain_text import day_in_name
from quotes.articles.source import Source
from quotes.errors import Unreadable
from quotes.types import Article, Failure

TIMES = re.compile(r"^\s*(?:\d+:)?\d{1,2}:\d\d[.,]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d\d[.,]\d{1,3}.*$")
SECONDS = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d\d)[.,](\d{1,3})")
VOICE = re.compile(r"<v(?:\.[\w.-]+)*\s+([^>]+)>", re.I)
TAG = re.compile(r"</?(?:[cibu]|v|ruby|rt|lang|font)\b[^>]*>|<\d\d:[\d:.]+>", re.I)
CHANGE = re.compile(r"^\s*(?:>>+|[-–—])\s*(?=\S)")  # another speaker begins
LABEL = re.compile(r"^([A-Z][\w.’' -]{0,60}?)\s?:\s+(?=\S)")
SOUND = re.compile(r"[\[(♪][^\])]*[\])♪]?|♪")
ONLY_SOUND = re.compile(r"^\s*(?:[\[(][^\])]*[\])]|♪.*)\s*$")
PAUSE = 3.0  # seconds without a word that end a paragraph of nobody in particular
MIN_WORDS = 5


def read(source: Source) -> Iterator[Article | Failure]:
    """The article of a file of captions."""
    text = "\n\n".join(paragraphs(source.text()))
    if len(text.split()) < MIN_WORDS:
        raise Unreadable("has no words that are spoken")
    yield source.article(
        text, {"title": source.name.rpartition(".")[0], "published": day_in_name(source.name)}
    )


def paragraphs(text: str) -> list[str]:
    """What is said, a paragraph for each turn: "Ann Ruiz: We waited. Nobody came."."""
    turns: list[tuple[str | None, list[str]]] = []
    before, ended = "", 0.0
    for start, end, lines in cues(text):
        begins_anew = start - ended > PAUSE
        ended = end
        for line in lines:
            voice = VOICE.search(line)
            named = html.unescape(voice[1]).strip() if voice else None
            plain = " ".join(html.unescape(TAG.sub("", VOICE.sub("", line))).split())
            # rolling captions repeat the line before
            if not plain or plain == before or ONLY_SOUND.match(plain):
                before = plain or before
                continue
            before = plain
            changed = CHANGE.match(plain)
            plain = CHANGE.sub("", plain)
            if label := LABEL.match(plain):
                named, plain = label[1].title() if label[1].isupper() else label[1], plain[label.end() :]
            last = turns[-1][0] if turns else None
            if (
                not turns
                or changed
                or (named and named != last)
                or (begins_anew and not named and last is None)
            ):
                turns.append((named, []))
            begins_anew = False
            turns[-1][1].append(plain)
    return [(f"{name}: " if name else "") + " ".join(words) for name, words in turns if words]


def cues(text: str) -> Iterator[tuple[float, float, list[str]]]:
    """The cues: when each begins and ends, in seconds, and its lines."""
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip().split("\n")
        at = next((number for number, line in enumerate(lines) if TIMES.match(line)), None)
        if at is not None:
            start, end = (_seconds(*found) for found in SECONDS.findall(lines[at])[:2])
            yield start, end, lines[at + 1 :]


def _seconds(hours: str, minutes: str, seconds: str, thousandths: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + int(thousandths) / 1000
