"""What a user asks to be corrected -> a correction, kept and applied.

Speakers are meant by id or by name; where several have the name, the user is asked for the id.
"""

import getpass
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from quotes.corrections.records import (
    Assign,
    Correction,
    Merge,
    MergeStatements,
    Rename,
    Split,
    SplitStatement,
    read_correction,
)
from quotes.corrections.references import QuoteRef, SpeakerRef
from quotes.errors import Ambiguous, Choice, InvalidCorrection, NotFound
from quotes.linking.link import link
from quotes.names.normalise import comparable_name, name_id
from quotes.store.correction_tables import CorrectionTables
from quotes.store.database import Store
from quotes.store.find_speaker import find_whole_speaker
from quotes.text.identifiers import short_hash
from quotes.types import SpeakerType

MIN_ID_LENGTH = 4  # characters of a correction's id that are enough where no other begins so
SAMPLE_SIZE = 20  # quotations by which a correction finds a speaker again


def current_user() -> str:
    """The user's name in this system."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container may have no name for the user
        return "unknown"


def now() -> str:
    """The time as corrections have it: so exact that two corrections that say the same have different ids."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


# What is meant


def speaker_ref(store: Store, words: str) -> SpeakerRef:
    """The speaker with this id or whole name. Raises NotFound when there is none, Ambiguous when several have it."""
    speaker = find_whole_speaker(store, words)
    quotes = store.lookup.quote_ids_of_speaker(speaker["id"])
    return SpeakerRef(speaker["id"], speaker["name"], speaker["type"], quote_refs(store, _sample(quotes)))


def quote_refs(store: Store, idents: Iterable[str]) -> tuple[QuoteRef, ...]:
    """The quotations with these ids. Raises NotFound for an id that none has."""
    out = []
    for ident in idents:
        ref = store.correction_tables.quote_ref(ident)
        if ref is None:
            raise NotFound(f"There is no quotation {ident!r}.", kind="quotation")
        out.append(ref)
    return tuple(out)


def statement_id(store: Store, ident: str) -> str:
    """The statement with this id, or with a quotation that has it. Raises NotFound when there is none."""
    statement = store.lookup.statement_of(ident)
    if statement is None:
        raise NotFound(f"There is no statement {ident!r}.", kind="statement")
    return statement


def _sample(idents: Sequence[str]) -> list[str]:
    """Some of the ids, spread evenly."""
    step = max(1, len(idents) / SAMPLE_SIZE)
    return [idents[int(place * step)] for place in range(min(SAMPLE_SIZE, len(idents)))]


# The corrections


def merge(store: Store, speakers: Sequence[str], *, by: str) -> Correction:
    """The correction that the first speaker is the others as well."""
    refs = [speaker_ref(store, words) for words in speakers]
    if len({ref.id for ref in refs}) < len(refs):
        raise InvalidCorrection(f"These are one speaker already: {refs[0].id}.")
    return Merge(at=now(), by=by, speakers=tuple(refs))


def split(
    store: Store,
    speaker: str,
    *,
    quotes: Sequence[str] = (),
    articles: Sequence[str] = (),
    called: Sequence[str] = (),
    name: str | None = None,
    by: str,
) -> Correction:
    """The correction that some of a speaker's quotations are another's. ``name``: whose, else as articles have it."""
    whole = speaker_ref(store, speaker)
    names = {comparable_name(text) for text in called}
    rows = [
        row
        for row in store.lookup.names_of_speaker(whole.id)
        if row["id"] in quotes or row["article"] in articles or comparable_name(row["name"] or "") in names
    ]
    strange = set(quotes) - {row["id"] for row in rows}
    if strange:
        raise InvalidCorrection(f"{whole.name} ({whole.id}) has no quotation {', '.join(sorted(strange))}.")
    if not rows:
        raise InvalidCorrection(f"{whole.name} ({whole.id}) has no such quotation.", about=whole.id)
    if len(rows) == store.lookup.speaker_row(whole.id)["quotes"]:  # type: ignore[index]
        raise InvalidCorrection(
            f"These are all quotations of {whole.name} ({whole.id}).", "Rename the speaker instead."
        )
    shown = name or max((row["name"] or whole.name for row in rows), key=lambda text: (len(text), text))
    at = now()
    ident = f"{name_id(shown)}.{short_hash(f'{at} {by} {whole.id}')}"
    part = SpeakerRef(ident, shown, whole.type)
    return Split(
        at=at,
        by=by,
        speakers=(whole, part),
        quotes=quote_refs(store, quotes),
        articles=tuple(articles),
        called=tuple(called),
    )


def rename(store: Store, speaker: str, name: str, *, by: str) -> Correction:
    """The correction that a speaker is shown under another name; the id stays."""
    name = " ".join(name.split())
    if not name:
        raise InvalidCorrection("The name is empty.")
    ref = speaker_ref(store, speaker)
    if ref.name == name:
        raise InvalidCorrection(f"{ref} is called that already.")
    return Rename(at=now(), by=by, speakers=(ref,), name=name)


def assign(
    store: Store, quote: str, speaker: str | None, *, new: SpeakerType | None = None, by: str
) -> Correction:
    """The correction that a quotation is this speaker's, or nobody's who is known (None).

    ``new`` is the type of a speaker who has no quotation yet.
    """
    refs = quote_refs(store, [quote])
    if speaker is None:
        return Assign(at=now(), by=by, quotes=refs)
    whom = meant_speaker(store, speaker, new=new)
    return Assign(at=now(), by=by, speakers=(whom,), quotes=refs)


def meant_speaker(store: Store, speaker: str, *, new: SpeakerType | None) -> SpeakerRef:
    """The speaker with this id or whole name; with ``new`` one of this type who has no quotation yet.

    Raises NotFound, Ambiguous, or InvalidCorrection for a new one who is there.
    """
    if not new:
        return speaker_ref(store, speaker)
    name = " ".join(speaker.split())
    if not any(char.isalpha() for char in name):
        raise InvalidCorrection(f"“{name}” is no name.")
    whom = SpeakerRef(name_id(name), name, new)
    if store.lookup.speaker_row(whom.id):
        raise InvalidCorrection(
            f"There is a speaker {whom.id} already.", "Give that id, or a fuller name for another one."
        )
    return whom


def merge_statements(store: Store, statements: Sequence[str], *, by: str) -> Correction:
    """The correction that these statements are one, each meant by its id or by that of a quotation in it."""
    lookup = store.lookup
    ids = [statement_id(store, ident) for ident in statements]
    if len(set(ids)) < len(ids):
        raise InvalidCorrection("These are one statement already.")
    parts = tuple(quote_refs(store, _sample(lookup.quote_ids_of_statement(ident))) for ident in ids)
    speakers = lookup.speakers_of_statements(ids)
    if len(speakers) > 1:
        raise InvalidCorrection(
            f"These statements have different speakers: {', '.join(speakers)}.",
            "A statement has one: merge them, or assign the quotations, first.",
        )
    return MergeStatements(at=now(), by=by, statements=parts)


def split_statement(store: Store, statement: str, quotes: Sequence[str], *, by: str) -> Correction:
    """The correction that these quotations of a statement are a statement of their own."""
    ident = statement_id(store, statement)
    members = store.lookup.quote_ids_of_statement(ident)
    strange = [quote for quote in quotes if quote not in members]
    if strange:
        raise InvalidCorrection(f"The statement has no quotation {', '.join(strange)}.", about=ident)
    rest = [quote for quote in members if quote not in quotes]
    if not rest:
        raise InvalidCorrection(
            "These are all quotations of the statement: nothing is left to split them from."
        )
    parts = (quote_refs(store, quotes), quote_refs(store, _sample(rest)))
    return SplitStatement(at=now(), by=by, statements=parts)


# Keeping and applying


def keep(store: Store, correction: Correction) -> None:
    """Keep a correction, to be applied by the next linking: so many are decided one after another."""
    with store.transaction():
        store.correction_tables.save(correction)


def decide(store: Store, corrections: Iterable[Correction]) -> list[tuple[Correction, str]]:
    """The corrections whose state is new when these are kept and applied: what was done, and to what else."""
    return _keep(store, lambda tables: [tables.save(correction) for correction in corrections])


def merge_corrections(store: Store, corrections: Sequence[Correction]) -> list[tuple[Correction, str]]:
    """Keep corrections that were made in another database, and apply them; returns what ``decide`` does.

    Those of each database keep their order; between the two the time tells which correction comes first.
    """
    return _keep(store, lambda tables: tables.merge(corrections))


def _keep(store: Store, save: Callable[[CorrectionTables], object]) -> list[tuple[Correction, str]]:
    before = {correction.id: state for correction, state in store.corrections()}
    with store.transaction():
        save(store.correction_tables)
    link(store)
    return [
        (correction, "undone" if correction.undone_at else state or "")
        for correction, state in store.corrections()
        if before.get(correction.id, "") != state
    ]


def undo(store: Store, ident: str, *, by: str) -> tuple[Correction, list[tuple[Correction, str]]]:
    """The correction as undone, and what ``decide`` returns. ``ident``: as much of its id as no other has."""
    undone = replace(to_undo(store, ident), undone_at=now(), undone_by=by)
    return undone, decide(store, [undone])


def last_correction(store: Store) -> Correction:
    """The last correction that is not undone. Raises NotFound when there is none."""
    made = [correction for correction, _ in store.corrections() if not correction.undone_at]
    if not made:
        raise NotFound("There is no correction to undo.", kind="correction")
    return made[-1]


def to_undo(store: Store, ident: str) -> Correction:
    """The correction that is meant by as much of its id as no other has.

    Raises NotFound, Ambiguous, or InvalidCorrection for too little of an id or a correction that is undone already.
    """
    if len(ident) < MIN_ID_LENGTH:
        raise InvalidCorrection(
            f"{ident!r} is too little of an id: give {MIN_ID_LENGTH} characters at least."
        )
    meant = [correction for correction, _ in store.corrections() if correction.id.startswith(ident)]
    if not meant:
        raise NotFound(f"There is no correction {ident!r}.", kind="correction")
    if len(meant) > 1:
        choices = [Choice(correction.id, correction.summary()) for correction in meant]
        raise Ambiguous(f"{len(meant)} corrections begin with {ident!r}.", name=ident, choices=choices)
    if meant[0].undone_at:
        raise InvalidCorrection(
            f"{meant[0].id} is undone already, by {meant[0].undone_by} on {meant[0].undone_at}."
        )
    return meant[0]


def read_lines(lines: Iterable[str]) -> list[Correction]:
    """Corrections from JSON Lines, as ``quotes corrections --nl`` prints them. Raises InvalidCorrection."""
    out = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                out.append(read_correction(json.loads(line)))
            except (ValueError, InvalidCorrection) as error:
                raise InvalidCorrection(f"Line {number}: {error}", "Nothing was changed.") from error
    return out
