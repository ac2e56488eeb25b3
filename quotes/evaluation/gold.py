"""Known quotations, from brat standoff or from JSON Lines as ``quotes export`` prints them."""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from quotes.errors import Unreadable
from quotes.text.encoding import decode
from quotes.types import QuoteType

SpanOffsets = tuple[tuple[int, int], ...]  # start and end offsets of spans, in characters of the text
BRAT_ROLES = ("Content", "Source", "Cue")


@dataclass(frozen=True, slots=True)
class Annotation:
    """One quotation: where its content, source and cue are, and its type when that is known."""

    content: SpanOffsets
    source: SpanOffsets = ()
    cue: SpanOffsets = ()
    type: str | None = None
    required: bool | None = None  # whether it must be found; one that need not is neither right nor wrong
    act: str | None = None
    speaker: str | None = None
    names: tuple[str, ...] = ()  # other right names of the speaker
    speaker_type: str | None = None
    speaker_confidence: float | None = None
    unsure: bool = False  # whether those who labelled it were not sure of the speaker


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text whose quotations are known. What lies in ``discard`` was left out by the annotators."""

    path: Path
    quotes: tuple[Annotation, ...]
    discard: SpanOffsets = ()

    def read(self) -> str:
        """The text, as the pipeline reads it."""
        return decode(self.path.read_bytes(), str(self.path))


def read_gold(path: str | os.PathLike[str]) -> list[GoldText]:
    """The known quotations of a folder (NAME.txt, NAME_ANNOTATOR.ann or NAME.ann) or a .jsonl file beside its texts.

    The texts of NAME.jsonl may also lie in a folder NAME beside it.

    Of several annotators the first in sorted order counts; texts without annotations are left out. Raises
    Unreadable when nothing is found or a file is not as it should be.
    """
    path = Path(path)
    try:
        found = list(_read_folder(path) if path.is_dir() else _read_lines(path))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"{path} cannot be read as known quotations: {error}") from error
    if not found:
        raise Unreadable(
            f"{path} has no known quotations.",
            "Name a folder with NAME.txt and NAME_ANNOTATOR.ann files, "
            "or JSON Lines as quotes export prints them.",
        )
    return found


def annotation(row: dict[str, Any]) -> Annotation:
    """The annotation that a line of the export is, or of JSON Lines with ``required``, ``speaker`` and ``also``.

    Speakers may be labelled by themselves: then ``type`` is theirs, and offsets are in ``source_spans``, ``cue_spans``.
    """
    speaker, said = row.get("speaker"), row.get("type")
    kind = row.get("kind") or (said if said in get_args(QuoteType) else None)
    own_type = None if said in get_args(QuoteType) else said
    if isinstance(speaker, dict):
        own_type, speaker = speaker.get("type"), speaker["name"]
    return Annotation(
        content=tuple((start, end) for start, end in row["spans"]),
        source=_edges(row, "source"),
        cue=_edges(row, "cue"),
        type=kind,
        required=row.get("required"),
        act=row.get("act"),
        speaker=speaker,
        names=tuple(row.get("also") or ()),
        speaker_type=own_type,
        speaker_confidence=row.get("speaker_confidence"),
        unsure=bool(row.get("unsure")),
    )


def _edges(row: dict[str, Any], role: str) -> SpanOffsets:
    if f"{role}_spans" in row:
        return tuple((start, end) for start, end in row[f"{role}_spans"])
    piece = row.get(role)
    return ((piece["start"], piece["end"]),) if piece else ()


def _read_folder(folder: Path) -> Iterator[GoldText]:
    for text in sorted(folder.glob("*.txt")):
        files = sorted(folder.glob(f"{text.stem}_*.ann")) or sorted(folder.glob(f"{text.stem}.ann"))
        if files:
            try:
                yield _read_brat(text, files[0].read_text(encoding="utf-8"))
            except ValueError as error:
                raise ValueError(f"{files[0].name}: {error}") from error


def _read_brat(path: Path, raw: str) -> GoldText:
    """Text-bound annotations (``T1\tContent 3 9;12 15\t...``) tied by events (``E1\tCue:T2 Content:T1``)."""
    raw = re.sub(r"\n(?![TE#]\d*\t)", " ", raw)  # the words of an annotation may run over a line break
    bound: dict[str, tuple[str, SpanOffsets]] = {}
    events: list[list[tuple[str, str]]] = []
    for line in raw.split("\n"):
        key, *cells = line.split("\t")
        if key.startswith("T") and cells:
            label, _, offsets = cells[0].partition(" ")
            pairs = (offset.split() for offset in offsets.split(";"))
            bound[key] = label, tuple((int(start), int(end)) for start, end in pairs)
        elif key.startswith("E") and cells:
            events.append([(re.sub(r"\d+$", "", role), t) for role, _, t in _arguments(cells[0])])
    quotes = []
    for event in events:
        edges = {
            role: tuple(edge for own, t in event if own == role and t in bound for edge in bound[t][1])
            for role in BRAT_ROLES
        }
        if edges["Content"]:
            quotes.append(Annotation(edges["Content"], edges["Source"], edges["Cue"]))
    discard = tuple(edge for label, spans in bound.values() if label == "Discard" for edge in spans)
    return GoldText(path, tuple(quotes), discard)


def _arguments(cell: str) -> Iterator[tuple[str, str, str]]:
    for argument in cell.split():
        yield argument.partition(":")


def _read_lines(path: Path) -> Iterator[GoldText]:
    quotes: dict[str, list[Annotation]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                row = json.loads(line)
                quotes.setdefault(str(row["article"]), []).append(annotation(row))
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(
                    f"line {number} is no quotation ({type(error).__name__}: {error})"
                ) from error
    for article, known in quotes.items():
        yield GoldText(_text_of(article, path), tuple(known))


def _text_of(article: str, beside: Path) -> Path:
    name = Path(article).name
    for candidate in (
        beside.parent / article,
        beside.parent / name,
        beside.with_suffix("") / name,
        beside.with_suffix("") / f"{name}.txt",
        beside.parent / f"{name}.txt",
        Path(article),
    ):
        if candidate.is_file():
            return candidate
    raise ValueError(f"there is no text {article} beside it")
