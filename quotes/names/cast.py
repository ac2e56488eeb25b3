"""A cast: people whom the user knows will be quoted, with their other names, pronouns, roles and outside ids.

It is read from a CSV file with a column ``name`` and, as far as they are known, ``aliases`` (parted by ``;`` or
``|``), ``pronouns``, ``role`` and ``id``, such as the item of a person in Wikidata. A name means one person only: a
file in which two have one is refused.
"""

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha1
from itertools import pairwise
from pathlib import Path
from typing import Any

from quotes.errors import Unreadable
from quotes.names.normalise import comparable_name
from quotes.text.normalise import fold

COLUMNS = ("name", "aliases", "pronouns", "role", "id")
SYNONYMS = {
    "alias": "aliases",
    "pronoun": "pronouns",
    "roles": "role",
    "names": "name",
    "wikidata": "id",
    "qid": "id",
}
PRONOUNS = {
    form: pronoun
    for pronoun, forms in {
        "he": "he he/him he/him/his him",
        "she": "she she/her she/her/hers her",
        "they": "they they/them they/them/theirs them",
    }.items()
    for form in forms.split()
}
WORD = re.compile(r"[^\W_]+")
GAP = re.compile(r"[ \t\u00a0]?\n?[ \t]*|[-‐’']|[’'] ?")  # what stands between two words of a name
FULL_STOP = re.compile(r"\.[ \u00a0]?")  # the same behind an initial and a short title: "J. R.", "Dr."
MAX_SHORTENED_LENGTH = 3  # letters before such a full stop
MAX_CODE_LENGTH = 5  # letters of an alias in capitals that is matched in capitals only: "SY"
EXAMPLE = "name,aliases,pronouns,role,id"


@dataclass(frozen=True, slots=True)
class CastMember:
    """One person of a cast."""

    name: str  # under which the person is shown
    aliases: tuple[str, ...] = ()
    pronouns: str | None = None  # "he", "she" or "they"
    role: str | None = None
    id: str | None = None  # outside of this package: "Q42"

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return self.name, *self.aliases


class Cast:
    """People by all their names. Raises Unreadable where two have one name or one id, or a name has no letters."""

    def __init__(self, members: Iterable[CastMember], *, unread: Iterable[str] = ()) -> None:
        self.members = tuple(members)
        self.unread = tuple(unread)  # columns of the file that say nothing here
        self._by_first_word: dict[str, list[tuple[tuple[str, ...], str, CastMember]]] = {}
        owner: dict[str, CastMember] = {}
        ids: dict[str, CastMember] = {}
        for member in self.members:
            if member.id and (other := ids.setdefault(member.id, member)) is not member:
                raise Unreadable(
                    f"{other.name} and {member.name} have one id, {member.id!r}.",
                    "Write one line for each person, with all names in aliases.",
                )
            for name in member.names:
                other = owner.setdefault(comparable_name(name), member)
                if other is not member:
                    raise Unreadable(
                        f"{name!r} is a name of two people: {other.name} and {member.name}.",
                        "A name must mean one person: take it from one of them, or write it more fully.",
                    )
                words = tuple(fold(word) for word in WORD.findall(name))
                if not words:
                    raise Unreadable(f"{name!r} is no name: it has no letters.", "Take it out of the file.")
                self._by_first_word.setdefault(words[0], []).append((words, name, member))
        for names in self._by_first_word.values():
            names.sort(key=lambda entry: (-len(entry[0]), entry[1]))

    def __bool__(self) -> bool:
        return bool(self.members)

    def find(self, text: str) -> Iterator[tuple[int, int, CastMember]]:
        """The names of the cast in a text, the longest at each place: start, end and whose it is."""
        places = [(word[0], word.start(), word.end()) for word in WORD.finditer(text)]
        at = 0
        while at < len(places):
            for words, name, member in self._by_first_word.get(fold(places[at][0]), ()):
                part = places[at : at + len(words)]
                if _is_written(words, name, part, text):
                    yield part[0][1], part[-1][2], member
                    at += len(words) - 1
                    break
            at += 1

    def rows(self) -> list[dict[str, Any]]:
        """The people as plain values, from which ``of_rows`` makes the same cast."""
        return [
            {"name": m.name, "aliases": list(m.aliases), "pronouns": m.pronouns, "role": m.role, "id": m.id}
            for m in self.members
        ]

    @classmethod
    def of_rows(cls, rows: Iterable[Mapping[str, Any]]) -> "Cast":
        """The cast of these rows."""
        return cls(
            CastMember(row["name"], tuple(row["aliases"]), row["pronouns"], row["role"], row["id"])
            for row in rows
        )

    @property
    def version(self) -> str:
        """Eight hexadecimal digits that change with whatever can change a speaker: not with outside ids."""
        said = sorted((m.name, sorted(m.aliases), m.pronouns or "", m.role or "") for m in self.members)
        return sha1(repr(said).encode(), usedforsecurity=False).hexdigest()[:8]


def _is_written(words: tuple[str, ...], name: str, part: list[tuple[str, int, int]], text: str) -> bool:
    """Whether some words of a text are a name: the same words, with capitals where the name has some."""
    if len(part) < len(words) or any(
        fold(word) != own for (word, _, _), own in zip(part, words, strict=True)
    ):
        return False
    written = WORD.findall(name)
    if len(name) <= MAX_CODE_LENGTH and name.isupper() and part[0][0] != name:
        return False  # "SY" is not "sy"
    if any(
        own[:1].isupper() and not word[:1].isupper() for (word, _, _), own in zip(part, written, strict=True)
    ):
        return False
    return all(_is_gap(text[one[2] : other[1]], after=one[0]) for one, other in pairwise(part))


def _is_gap(gap: str, *, after: str) -> bool:
    """Whether what stands between two words can stand within a name."""
    if FULL_STOP.fullmatch(gap):
        return len(after) <= MAX_SHORTENED_LENGTH
    return GAP.fullmatch(gap) is not None


def read_cast(path: str | os.PathLike[str]) -> Cast:
    """The cast in a CSV file, in UTF-8. Raises Unreadable, with the line, for what is not as it should be."""
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {(error.strerror or str(error)).lower()}.") from None
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"{path} is not in UTF-8 (byte {error.start + 1}).",
            "Save it again as CSV UTF-8; spreadsheets offer that as a format.",
        ) from None
    if "\0" in text:
        raise Unreadable(f"{path} is no text.", f"Save it as CSV, with the columns {EXAMPLE}.")
    text = text.lstrip("\r\n")
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = next(rows, [])
        columns, unread = _columns(header, path)
        read = (_member(row, columns, len(header), path, rows.line_num) for row in rows)
        members = [member for member in read if member is not None]
    except csv.Error as error:
        raise Unreadable(
            f"{path}, line {rows.line_num}: {error}.", "Look for a quotation mark without its pair."
        ) from None
    if not members:
        raise Unreadable(f"{path} names nobody.", f"Write one person a line under the columns {EXAMPLE}.")
    try:
        return Cast(members, unread=unread)
    except Unreadable as error:
        raise Unreadable(f"{path}: {error.message}", error.hint) from None


def _columns(header: list[str], path: Path) -> tuple[dict[str, int], list[str]]:
    """Where the columns are, and the names of those that say nothing here."""
    columns: dict[str, int] = {}
    unread = []
    for at, title in enumerate(header):
        key = title.strip().lower()
        key = SYNONYMS.get(key, key)
        if key in columns:
            raise Unreadable(f"{path} has two columns {key!r}.", "Leave one of them.")
        if key in COLUMNS:
            columns[key] = at
        elif title.strip():
            unread.append(title.strip())
    if "name" not in columns:
        seen = ", ".join(repr(title) for title in header) or "none"
        raise Unreadable(
            f"{path} has no column 'name'; its columns are {seen}.", f"Its first line should be: {EXAMPLE}"
        )
    return columns, unread


def _member(row: list[str], columns: dict[str, int], width: int, path: Path, line: int) -> CastMember | None:
    """The person of a row, None for an empty one."""
    if not any(cell.strip() for cell in row):
        return None
    if any(extra := row[width:]):
        raise Unreadable(
            f"{path}, line {line} has more cells than there are columns: {extra[0]!r}.",
            "Put cells that have a comma into quotation marks.",
        )

    def cell(column: str) -> str:
        at = columns.get(column, len(row))
        return " ".join(row[at].split()) if at < len(row) else ""

    if not cell("name"):
        raise Unreadable(f"{path}, line {line} has no name.", "Give each person one in the column name.")
    pronouns = cell("pronouns").lower().replace(" ", "")
    if pronouns and pronouns not in PRONOUNS:
        raise Unreadable(
            f"{path}, line {line}: {cell('pronouns')!r} are no pronouns that are known here.",
            "Write he, she or they, or leave the cell empty.",
        )
    aliases = dict.fromkeys(" ".join(part.split()) for part in re.split(r"[;|]", cell("aliases")))
    return CastMember(
        cell("name"),
        tuple(alias for alias in aliases if alias and alias != cell("name")),
        PRONOUNS.get(pronouns),
        cell("role") or None,
        cell("id") or None,
    )
