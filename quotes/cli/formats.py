"""Rows -> JSON, JSON Lines and CSV, for other programs."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any


def as_json(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Lines of one JSON array."""
    lead = "["
    for row in rows:
        yield f"{lead}{json.dumps(row, ensure_ascii=False)}"
        lead = ","
    yield "[]" if lead == "[" else "]"


def as_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One JSON object a line."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False)


def as_csv(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Lines of CSV with a header; nothing when there is no row."""
    header: list[str] = []
    for row in rows:
        if not header:
            header = list(row)
            yield _csv_line(header)
        yield _csv_line([_cell(row.get(name)) for name in header])


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A line of the export for CSV: no nesting, spans as ``start-end;start-end``."""
    speaker, cue, source = (row[name] or {} for name in ("speaker", "cue", "source"))
    return {
        "id": row["id"],
        "article": row["article"],
        "text": row["text"],
        "type": row["type"],
        "speaker": speaker.get("name"),
        "speaker_id": speaker.get("id"),
        "speaker_type": speaker.get("type"),
        "source": source.get("text"),
        "cue": cue.get("text"),
        "via": row["via"],
        "statement": row["statement"],
        "statement_confidence": row["statement_confidence"],
        "said_on": row["said_on"],
        "occasion": row["occasion"],
        "attribution": row["attribution"],
        "confidence": row["confidence"],
        "speaker_confidence": row["speaker_confidence"],
        "corrected_by": row["corrected_by"],
        "corrected_at": row["corrected_at"],
        "spans": ";".join(f"{start}-{end}" for start, end in row["spans"]),
    }


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _csv_line(cells: Sequence[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
