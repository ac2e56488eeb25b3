"""Word documents and spreadsheets -> articles."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from quotes.articles import fields
from quotes.articles.html_body import one_line
from quotes.articles.plain_text import day_in_name
from quotes.articles.source import MAX_DOCUMENT_BYTES, Source
from quotes.errors import Unreadable
from quotes.types import Article, Failure

WHOLE_TITLE = "Title"  # the style of a document's headline


def read_docx(source: Source) -> Iterator[Article | Failure]:
    """The article of a Word document: paragraphs, and the cells of tables in their place."""
    import docx

    try:
        document = docx.Document(io.BytesIO(source.data()))
    except Exception as error:
        raise Unreadable(f"is no Word document that can be read: {error}") from None
    title, texts = document.core_properties.title or None, []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            texts += [one_line(cell.text) for row in block.rows for cell in _cells(row)]
            continue
        text = one_line(block.text)
        if text and block.style is not None and block.style.name == WHOLE_TITLE and not texts:
            title = text
        elif text:
            texts.append(text)
    found = {
        "title": title,
        "author": document.core_properties.author or None,
        "published": day_in_name(source.name),
    }
    if found["author"] in ("python-docx", "Microsoft Office User", "Windows User", "User"):
        found["author"] = None
    yield source.article("\n\n".join(text for text in texts if text), found)


def _cells(row: Any) -> list[Any]:
    """The cells of a row, those that are merged once."""
    seen: list[Any] = []
    for cell in row.cells:
        if all(cell._tc is not other._tc for other in seen):
            seen.append(cell)
    return seen


def read_xlsx(source: Source) -> Iterator[Article | Failure]:
    """The articles of a spreadsheet: of every sheet whose first row has the names of columns."""
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(source.data(MAX_DOCUMENT_BYTES * 8)))
    except Exception as error:
        raise Unreadable(f"is no spreadsheet that can be read: {error}") from None
    sheets = [source.part] if source.part else book.sheet_names
    if strange := set(sheets) - set(book.sheet_names):
        raise Unreadable(f"has no sheet {strange.pop()!r}, only {', '.join(book.sheet_names)}")
    some = False
    for name in sheets:
        rows = iter(book.get_sheet_by_name(name).to_python())
        header = next((row for row in rows if any(cell != "" for cell in row)), None)
        if header is None:
            continue
        names = [str(cell).strip() for cell in header]
        some = True
        yield from fields.articles(source, _rows(names, rows), table=name if len(sheets) > 1 else None)
    if not some:
        raise Unreadable("is empty")


def _rows(names: list[str], rows: Iterator[list[Any]]) -> Iterator[tuple[int, Any]]:
    for number, row in enumerate(rows, 1):
        if any(cell != "" for cell in row):
            yield number, {name: _cell(cell) for name, cell in zip(names, row, strict=False) if name}


def _cell(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date | datetime) else cell
