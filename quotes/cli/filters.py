"""The options by which commands choose quotations: the same for export, search, who and speakers."""

from dataclasses import asdict, dataclass
from typing import Annotated, Any

import typer

from quotes import types
from quotes.cli import completion, options
from quotes.store.database import Store
from quotes.store.find_speaker import check_publication, check_speaker
from quotes.types import QuoteType, SpeakerType

Speaker = Annotated[
    str | None,
    typer.Option(help="Words of the speaker's name, or an id.", autocompletion=completion.speakers),
]
Type = Annotated[QuoteType | None, typer.Option(help="Only quotations of this type.")]
Publication = Annotated[
    str | None,
    typer.Option(help="The publication's name, or a part of it.", autocompletion=completion.publications),
]
About = Annotated[
    str | None, typer.Option(metavar="WORDS", help="Words of the quotation, or of its article's headline.")
]
Since = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Year, month or day: 2025-06-10; or yesterday, 7d, 2w, 3m, 1y."),
]
SaidSince = Annotated[
    str | None, typer.Option(metavar="DATE", help="Said on that day or later, as far as the text tells when.")
]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="The same, included.")]
MinConfidence = Annotated[float | None, typer.Option(min=0, max=1, help="From 0 to 1.")]
Act = Annotated[
    types.Act | None, typer.Option(help="Only this act: what the speaker did with the words, such as denies.")
]
Asserted = Annotated[
    bool | None,
    typer.Option(
        "--asserted/--not-said",
        help="Only what the text says was said, or only what it says was not.",
        show_default=False,
    ),
]
Corrected = Annotated[
    bool | None,
    typer.Option(
        "--corrected/--uncorrected", help="Only what a person has decided about.", show_default=False
    ),
]
Withdrawn = Annotated[
    bool | None,
    typer.Option(
        "--withdrawn/--not-withdrawn",
        help="Only what withdrawn articles say, or only what others say.",
        show_default=False,
    ),
]


@dataclass(frozen=True, kw_only=True)
class CommonFilters:
    """Conditions on quotations that every command has."""

    publication: Publication = None
    about: About = None
    since: Since = None
    said_since: SaidSince = None
    until: Until = None
    min_confidence: MinConfidence = None
    act: Act = None
    asserted: Asserted = None
    corrected: Corrected = None
    withdrawn: Withdrawn = None

    def checked(self, store: Store) -> dict[str, Any]:
        """The filters as the store takes them. Raises NotFound or BadParameter for one that can find nothing."""
        given = asdict(self)
        given |= {name: options.date(given[name]) for name in ("since", "said_since", "until")}
        if given["since"] and given["until"] and given["since"] > given["until"] + "~":
            raise typer.BadParameter(f"--since {given['since']} is after --until {given['until']}")
        check_speaker(store, given.get("speaker"))
        check_publication(store, self.publication)
        return given


@dataclass(frozen=True, kw_only=True)
class SpeakersFilters(CommonFilters):
    """Those of a command whose ``--type`` is that of a speaker."""

    quote_type: Type = None


@dataclass(frozen=True, kw_only=True)
class OwnFilters(CommonFilters):
    """Those of a command whose speaker is given."""

    type: Type = None


@dataclass(frozen=True, kw_only=True)
class Filters(CommonFilters):
    """All of them."""

    speaker: Speaker = None
    speaker_type: Annotated[SpeakerType | None, typer.Option(help="Only speakers of this type.")] = None
    type: Type = None

    @property
    def are_given(self) -> bool:
        """Whether there is any."""
        return any(value is not None for value in asdict(self).values())
