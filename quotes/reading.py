"""What is asked of the database: search, show, export. Nothing here writes."""

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from quotes.articles import public_name
from quotes.highlight import window
from quotes.wording import compare

OPEN, CLOSE = "\x01", "\x02"  # around a matched word, between SQLite and us
PHRASE = re.compile(r'["“”]([^"“”]*)["“”]|(\S+)')

QUOTE = """
    quotes.id, quotes.content, quotes.type, quotes.published, quotes.source, quotes.cue, quotes.via,
    quotes.statement, quotes.attribution, quotes.confidence, quotes.thought, quotes.position,
    quotes.speaker, speakers.name as speaker_name, speakers.type as speaker_type,
    speakers.description as speaker_description,
    quotes.article, articles.title as article_title, articles.publication, articles.url, articles.path,
    articles.copy_of
"""
JOINED = """
    join articles on articles.id = quotes.article
    left join speakers on speakers.id = quotes.speaker
"""


def fts_query(words: str, *, prefix: bool = False) -> str | None:
    """What a user typed -> an FTS5 expression that never raises; None when there is no word in it.

    Every word must occur. Words in double quotation marks are a phrase, a final ``*`` (or ``prefix``) matches
    beginnings; everything else, such as AND, NEAR( or a lone quotation mark, is only text.
    """
    terms = []
    for phrase, word in PHRASE.findall(words.replace("\x00", " ")):
        term = (phrase or word).replace('"', " ")
        if not re.search(r"[^\W_]", term):
            continue
        star = " *" if prefix or word.endswith("*") else ""
        terms.append(f'"{term}"{star}')
    return " AND ".join(terms) or None


class Reading:
    """The reading half of a store. ``db`` is an open connection whose rows are ``sqlite3.Row``."""

    db: sqlite3.Connection
    path: Path

    # what users ask

    def counts(self) -> dict[str, int]:
        """How many there are: articles, quotes, speakers, statements, words, and quotations by type."""
        found = {
            name: self.db.execute(f"select count(*) from {name}").fetchone()[0]
            for name in ("articles", "quotes", "speakers", "statements")
        }
        found["words"] = self.db.execute("select coalesce(sum(words), 0) from articles").fetchone()[0]
        found |= {"direct": 0, "mixed": 0, "indirect": 0}
        return found | dict(self.db.execute("select type, count(*) from quotes group by type").fetchall())

    def most_quoted(self) -> str | None:
        """The name of the person with the most quotations, None when there is none."""
        query = "select name from speakers where type = 'person' order by quotes desc, id limit 1"
        row = self.db.execute(query).fetchone()
        return row[0] if row else None

    def speakers(
        self, words: str = "", *, type: str | None = None, limit: int | None = None
    ) -> list[dict[str, Any]]:
        """Speakers whose name or alias has these words, or their beginnings; the most quoted first."""
        where, values = ["true"], {"type": type, "limit": -1 if limit is None else limit, "words": words}
        if words.strip():
            name = fts_query(words, prefix=True)
            if not name:
                return []
            where.append("rowid in (select rowid from speakers_fts where speakers_fts match :name)")
            values["name"] = f"{{name aliases}} : ({name})"
        if type is not None:
            where.append("type = :type")
        query = f"select * from speakers where {' and '.join(where)} order by quotes desc, id limit :limit"
        rows = (dict(row) for row in self.db.execute(query, values))
        return [row | {"aliases": json.loads(row["aliases"] or "[]")} for row in rows]

    def search(
        self,
        words: str = "",
        *,
        speaker: str | None = None,
        type: str | None = None,
        publication: str | None = None,
        since: str | None = None,
        until: str | None = None,
        min_confidence: float | None = None,
        limit: int = 20,
    ) -> list[dict[str, Any]]:
        """Quotations with all of the words, best first; without words the newest first.

        ``speaker``: words of a name or an alias, or an id. ``publication``: part of its name. ``since`` and
        ``until``: year, month or day, both included. A result's ``matches`` are the offsets of the words in
        its ``content``.
        """
        where: list[str] = []
        values: dict[str, Any] = {"limit": limit}
        found = fts_query(words)
        if words.strip():
            if not found:
                return []
            where.append("quotes_fts match :words")
            values["words"] = found
        if speaker is not None:
            name = fts_query(speaker, prefix=True)
            where.append(
                "(quotes.speaker = :speaker or quotes.speaker in (select speakers.id from speakers_fts "
                "join speakers on speakers.rowid = speakers_fts.rowid where speakers_fts match :name))"
                if name
                else "quotes.speaker = :speaker"
            )
            values |= {"speaker": speaker} | ({"name": f"{{name aliases}} : ({name})"} if name else {})
        if publication is not None:
            where.append(r"articles.publication like :publication escape '\'")
            values["publication"] = "%" + re.sub(r"([\\%_])", r"\\\1", publication) + "%"
        for key, column, sign in (("since", since, ">="), ("until", until, "<=")):
            if column is not None:
                where.append(f"substr(quotes.published, 1, length(:{key})) {sign} :{key}")
                values[key] = column
        if type is not None:
            where.append("quotes.type = :type")
            values["type"] = type
        if min_confidence is not None:
            where.append("quotes.confidence >= :min_confidence")
            values["min_confidence"] = min_confidence
        marked = f"highlight(quotes_fts, 0, '{OPEN}', '{CLOSE}')" if found else "quotes.content"
        source = "quotes_fts join quotes on quotes.rowid = quotes_fts.rowid" if found else "quotes"
        order = (
            "quotes_fts.rank, quotes.id"
            if found
            else "quotes.published desc, quotes.article, quotes.position"
        )
        query = f"""
            select {QUOTE}, {marked} as marked from {source} {JOINED}
            {"where " + " and ".join(where) if where else ""} order by {order} limit :limit
        """
        return [_found(dict(row)) for row in self.db.execute(query, values)]

    def show(self, key: str) -> dict[str, Any] | None:
        """The quotation, speaker, statement or article with this id (see ``kind``); None when there is none.

        A statement shares the id of one of its quotations, which is then shown with its other wordings.
        """
        return self.quotation(key) or self.speaker(key) or self.statement(key) or self.article(key)

    def quotation(self, key: str, *, context: int = 280) -> dict[str, Any] | None:
        """A quotation with its context in the article and the other wordings of its statement."""
        query = f"select {QUOTE}, articles.text from quotes {JOINED} where quotes.id = ?"
        row = self.db.execute(query, (key,)).fetchone()
        if row is None:
            return None
        found = {"kind": "quotation", **dict(row)}
        text = found.pop("text")
        spans = [dict(span) for span in self.db.execute(SPANS, (key,))]
        left, right = window(
            text, min(s["start"] for s in spans), max(s["end"] for s in spans), context=context
        )
        found["spans"] = spans
        found["context"] = {"start": left, "text": text[left:right]}
        said = self.statement(row["statement"]) if row["statement"] else None
        wordings = said.pop("quotations") if said else []
        found["wordings"] = [wording for wording in wordings if wording["id"] != key]
        found["reported"] = said
        return found

    def speaker(self, key: str) -> dict[str, Any] | None:
        """A speaker and all quotations, oldest first."""
        return self._thing("speaker", "speakers", key)

    def statement(self, key: str) -> dict[str, Any] | None:
        """A statement and its wordings, oldest first, each with its ``difference`` to the statement's text."""
        found = self._thing("statement", "statements", key)
        for row in found["quotations"] if found else ():
            compared = compare(found["text"], row["content"])  # type: ignore[index]
            row["difference"] = {"kind": compared.kind, "pieces": compared.pieces}
        return found

    def article(self, key: str) -> dict[str, Any] | None:
        """An article, its quotations in text order, and the ids of its copies."""
        found = self._thing("article", "articles", key)
        if found:
            query = "select id from articles where copy_of = ? order by published, id"
            found["copies"] = [row[0] for row in self.db.execute(query, (key,))]
        return found

    def path_of(self, article: str) -> str | None:
        """Where a stored article was read from."""
        row = self.db.execute("select path from articles where id = ?", (article,)).fetchone()
        return row[0] if row else None

    def _thing(self, kind: str, table: str, key: str) -> dict[str, Any] | None:
        row = self.db.execute(f"select * from {table} where id = ?", (key,)).fetchone()
        if row is None:
            return None
        found = {"kind": kind, **dict(row)}
        if kind == "speaker":
            found["aliases"] = json.loads(found["aliases"] or "[]")
            found["descriptions"] = self._descriptions(key)
        return found | {"quotations": self._quotes(f"quotes.{kind} = ?", key)}

    def _descriptions(self, speaker: str) -> list[dict[str, Any]]:
        """What articles call a speaker, each with the first article that does, the most frequent first."""
        query = """
            select description, min(coalesce(descriptions.published, '9') || ' ' || article) as first, article,
                descriptions.published, title, publication, count(*) as articles
            from descriptions join articles on articles.id = article where speaker = ?
            group by description order by articles desc, first
        """
        names = ("description", "article", "published", "title", "publication", "articles")
        return [{name: row[name] for name in names} for row in self.db.execute(query, (speaker,))]

    def _quotes(self, where: str, key: str) -> list[dict[str, Any]]:
        order = "quotes.published, quotes.article, quotes.position"
        query = f"select {QUOTE} from quotes {JOINED} where {where} order by {order}"
        return [dict(row) for row in self.db.execute(query, (key,))]

    def export(self) -> Iterator[dict[str, Any]]:
        """Every quotation, by article and in text order, as ``quotes export`` prints it.

        ``spans`` are those of the content, offsets into the article's text; ``text`` is what they hold.
        """
        order = "quotes.article, quotes.position, quotes.id"
        query = f"select {QUOTE}, articles.text from quotes {JOINED} order by {order}"
        for row in self.db.execute(query):
            spans = [dict(span) for span in self.db.execute(SPANS, (row["id"],))]
            content = [[span["start"], span["end"]] for span in spans if span["role"] == "content"]
            edges = {span["role"]: {"start": span["start"], "end": span["end"]} for span in spans}
            text = row["text"]
            speaker = {"id": row["speaker"], "name": row["speaker_name"], "type": row["speaker_type"]}
            yield {
                "id": row["id"],
                "article": public_name(row["article"], row["path"]),
                "spans": content,
                "text": " ".join(text[start:end] for start, end in content),
                "type": row["type"],
                "cue": _piece(text, edges.get("cue")),
                "source": _piece(text, edges.get("source")),
                "speaker": speaker if row["speaker"] else None,
                "via": row["via"],
                "statement": row["statement"],
                "attribution": row["attribution"],
                "confidence": row["confidence"],
            }


SPANS = 'select role, start, "end" from spans where quote = ? order by start, "end"'


def _piece(text: str, edges: dict[str, int] | None) -> dict[str, Any] | None:
    return {"text": text[edges["start"] : edges["end"]], **edges} if edges else None


def _found(row: dict[str, Any]) -> dict[str, Any]:
    """A search result with the offsets of the matched words, taken from the marks around them."""
    matches, offset = [], 0
    for n, piece in enumerate(re.split(f"[{OPEN}{CLOSE}]", row.pop("marked"))):
        if n % 2:
            matches.append([offset, offset + len(piece)])
        offset += len(piece)
    return row | {"matches": matches if offset == len(row["content"]) else []}
