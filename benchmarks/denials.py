"""What denials by other speakers are found among known attributions: to be read and counted by eye.

    python benchmarks/denials.py CORPORA/attribution [--sets polnear-dev world-dev]

Attributions, cues and sources are those of the annotators (PolNeAR, and world news), so that only the decision which
claim a denial means is measured. Prints each denial, with what is found to be denied or, where nothing is, the two
nearest attributions of others in its article; whether a pair is right, and whether one was missed, is for the reader.
"""

import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

from quotes.statements.denials import Claim, denials
from quotes.statements.records import ClaimQuote

DENIES = re.compile(
    r"\b(?:den(?:y|ied|ies|ying|ials?)|reject|dismiss|refut|disput|rebut|contradict|debunk|disavow|repudiat)",
    re.IGNORECASE,
)
NEGATED = re.compile(r"\bnot\b|n['’]t\b", re.IGNORECASE)
PRONOUNS = frozenset("he her his i it she that they we which who".split())  # somebody else in each article
BEFORE = 600  # characters of the text before a content
SHOWN = 140  # characters of a content
Row = tuple[str, str, str, int]  # source, cue, content, where it starts


def polnear(folder: Path) -> Iterator[tuple[str, str, list[Row]]]:
    """Articles of PolNeAR: name, text, attributions of the first annotator."""
    read = set()
    for path in sorted(folder.glob("*.ann")):
        name = path.stem.rpartition("_")[0]
        text_file = folder / f"{name}.txt"
        if name in read or not text_file.exists():
            continue
        read.add(name)
        text = text_file.read_text("utf-8")
        spans: dict[str, tuple[str, int]] = {}
        rows = []
        for line in path.read_text("utf-8").splitlines():
            ident, _, rest = line.partition("\t")
            offsets = [
                tuple(map(int, part.split())) for part in re.findall(r"\d+ \d+", rest.partition("\t")[0])
            ]
            if ident.startswith("T") and offsets:
                spans[ident] = " ".join(text[start:end] for start, end in offsets), offsets[0][0]
            elif ident.startswith("E"):
                parts: dict[str, tuple[str, int]] = {}
                for role, key in re.findall(r"(Source|Cue|Content)\d*:(T\d+)", rest):
                    parts.setdefault(role, spans.get(key, ("", -1)))
                source, cue, content = (parts.get(role, ("", -1)) for role in ("Source", "Cue", "Content"))
                if source[0] and content[1] >= 0:
                    rows.append((source[0], cue[0], *content))
        yield name, text, rows


def world(folder: Path) -> Iterator[tuple[str, str, list[Row]]]:
    """Articles of world news: name, text, quotations."""
    articles: dict[str, list[Row]] = {}
    for line in folder.with_suffix(".jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["source"]:
            cue = (row["cue"] or {}).get("text", "")
            articles.setdefault(row["article"], []).append(
                (row["source"]["text"], cue, row["text"], row["spans"][0][0])
            )
    for name, rows in articles.items():
        yield name, (folder / name).read_text("utf-8"), rows


def claims(name: str, text: str, rows: list[Row]) -> list[Claim]:
    """The attributions of an article as denials are looked for among them."""
    day = re.search(r"\d{4}-\d\d-\d\d", name)
    made = []
    for source, cue, content, start in rows:
        speaker = re.sub(r"\W+", "", source.casefold())
        speaker = name + speaker if speaker in PRONOUNS else speaker
        kind = "direct" if content[:1] in '"“' else "indirect"
        denying = bool(DENIES.search(cue)) and not NEGATED.search(cue)
        place = text[max(0, start - BEFORE) : start], start, start + len(content)
        made.append(
            Claim(
                ClaimQuote(
                    f"{name}:{start}",
                    name,
                    speaker,
                    source,
                    content,
                    kind,
                    cue,
                    day and day[0],
                    denying,
                    *place,
                )
            )
        )
    return made


def told(claim: Claim) -> str:
    """An attribution in a line."""
    row = claim.row
    return f"{row.names[:50]} | {row.cue} | {' '.join(row.text.split())[:SHOWN]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sets", nargs="*", default=["polnear-dev", "world-dev"])
    options = parser.parse_args()
    every: list[Claim] = []
    for name in options.sets:
        read = world if name.startswith("world") else polnear
        for article in read(options.folder / name):
            every += claims(*article)
    known = {claim.row.id: claim for claim in every}
    denying = [claim for claim in every if claim.row.denies]
    linked = 0
    for denial in denying:
        links = list(denials(denial, every))
        linked += bool(links)
        print(("found  " if links else "nothing"), denial.row.article, "|", told(denial))
        for link in links:
            print("    denies", told(known[link.quote if link.other == denial.row.id else link.other]))
        if not links:
            others = [
                one
                for one in every
                if one.row.article == denial.row.article and one.row.speaker != denial.row.speaker
            ]
            for one in sorted(others, key=lambda one: abs(one.row.start - denial.row.start))[:2]:
                print("         ?", one.row.start - denial.row.start, told(one))
    print(f"{len(every):,} attributions, {len(denying)} denials, {linked} with a claim that is denied")


if __name__ == "__main__":
    main()
