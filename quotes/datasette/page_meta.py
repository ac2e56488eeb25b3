"""Each page in a sentence or two: what search engines show, and other sites of a link to it. Plain text."""

from typing import Any

from quotes.datasette import present
from quotes.store.certainty import decision, is_corrected, is_doubtful
from quotes.text.dates import readable_date

SPEAKERS_NAMED = 4  # speakers named of an article, and of those whom a speaker is quoted with


def article(page: dict[str, Any]) -> str:
    """The publication, the day and the speakers of an article."""
    row, number = page["article"], page["said"]
    where = ", ".join(filter(None, [row["publication"], readable_date(row["published"])]))
    quotes = present.count(number, "quotation") if number else "no quotations"
    names = [one["name"] for one in page["quoted"]]
    whom = f" by {_listed(names)}" if names else ""
    return _sentences(where, f"{quotes[0].upper()}{quotes[1:]}{whom}")


def quotation(page: dict[str, Any]) -> str:
    """The speaker of a quotation, with how sure that is or who decided it, and its place."""
    quote = page["quote"]
    decided = decision(quote)
    title = f"“{quote['title']}”" if quote["title"] else "an article"
    where = ", ".join(filter(None, [title, quote["publication"], readable_date(quote["published"])]))
    kind = "Reported" if quote["type"] == "indirect" else "Quoted"
    via = f" via {quote['via']}" if quote["via"] else ""
    open_by_decision = not quote["speaker"] and is_corrected(quote)
    speaker = "Speaker not known" if open_by_decision else _speaker(quote, is_doubtful(quote))
    return _sentences(speaker, decided[:1].upper() + decided[1:], f"{kind} in {where}{via}")


def statement(page: dict[str, Any]) -> str:
    """The speaker of a statement, and how often, where and when it was reported."""
    row = page["statement"]
    times = f"{row['variants'] or len(page['quotes'])} times" if len(page["quotes"]) > 1 else "once"
    when = " to ".join(
        dict.fromkeys(readable_date(row[end]) for end in ("first_published", "last_published"))
    )
    via = f", relayed by {_listed([one['via'] for one in page['relays']])}" if page["relays"] else ""
    return _sentences(
        _speaker(row, page["doubtful"]),
        ", ".join(filter(None, [f"Reported {times} in {page['places']}", when])) + via,
    )


def speaker(page: dict[str, Any]) -> str:
    """The description of a speaker, the number of quotations, and who is quoted beside."""
    row = page["speaker"]
    called = (
        "; ".join(dict.fromkeys(one["description"] for one in page["descriptions"][:2])) or row["description"]
    )
    quoted = (
        f"{present.count(page['total'], 'quotation')} in {present.count(row['articles'] or 0, 'article')}"
    )
    company = [one["name"] for one in page["company"]]
    return _sentences(called, quoted, f"Often quoted with {_listed(company)}" if company else "")


def _speaker(row: dict[str, Any], doubtful: bool) -> str:
    if not row["speaker"]:
        return "Speaker not found"
    name = ", ".join(filter(None, [row["name"], row["description"]]))
    return f"Perhaps {name} (uncertain)" if doubtful else name


def _listed(names: list[str]) -> str:
    """The first names of a list, and how many others there are."""
    first, others = names[:SPEAKERS_NAMED], len(names) - SPEAKERS_NAMED
    if others > 0:
        return f"{', '.join(first)} and {present.count(others, 'other')}"
    return " and ".join(filter(None, [", ".join(first[:-1]), first[-1]]))


def _sentences(*parts: str | None) -> str:
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)
