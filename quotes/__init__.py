"""Who said what: quotations, speakers and statements from news articles.

>>> import quotes
>>> [quote.speaker.name for quote in quotes.find("“We waited,” Ann Okoro said.")]
['Ann Okoro']

Everything in ``__all__`` is public and imported when it is first used, so that ``import quotes`` is quick.
"""

from typing import TYPE_CHECKING, Any

from quotes.about import __version__

if TYPE_CHECKING:  # what ``_PLACES`` says, for type checkers and editors
    from quotes import distributed, errors
    from quotes.api import (
        add,
        assign,
        evaluate,
        find,
        merge,
        merge_statements,
        open,
        reject,
        rename,
        split,
        split_statement,
        trim,
        undo,
    )
    from quotes.articles.read import read_articles
    from quotes.corrections.records import Correction
    from quotes.distributed.rows import SCHEMA, rows
    from quotes.evaluation.metrics import Figures
    from quotes.extraction import Outcome, extract
    from quotes.pipeline import load
    from quotes.store.database import Store
    from quotes.store.row_types import ArticleRow, QuotationRow, SpeakerRow, StatementRow
    from quotes.types import (
        Article,
        AttributionMethod,
        Candidate,
        Failure,
        Mention,
        Quote,
        QuoteType,
        Span,
        Speaker,
        SpeakerType,
        Statement,
    )

__all__ = [
    "SCHEMA",
    "Article",
    "ArticleRow",
    "AttributionMethod",
    "Candidate",
    "Correction",
    "Failure",
    "Figures",
    "Mention",
    "Outcome",
    "QuotationRow",
    "Quote",
    "QuoteType",
    "Span",
    "Speaker",
    "SpeakerRow",
    "SpeakerType",
    "Statement",
    "StatementRow",
    "Store",
    "__version__",
    "add",
    "assign",
    "distributed",
    "errors",
    "evaluate",
    "extract",
    "find",
    "load",
    "merge",
    "merge_statements",
    "open",
    "read_articles",
    "reject",
    "rename",
    "rows",
    "split",
    "split_statement",
    "trim",
    "undo",
]

_MODULES = {  # module -> the public names that it defines
    "api": "add assign evaluate find merge merge_statements open reject rename split split_statement trim undo",
    "articles.read": "read_articles",
    "corrections.records": "Correction",
    "distributed.rows": "SCHEMA rows",
    "evaluation.metrics": "Figures",
    "extraction": "Outcome extract",
    "pipeline": "load",
    "store.database": "Store",
    "store.row_types": "ArticleRow QuotationRow SpeakerRow StatementRow",
    "types": "Article AttributionMethod Candidate Failure Mention Quote QuoteType Span Speaker SpeakerType Statement",
}
_PLACES = {name: f"{__name__}.{module}" for module, names in _MODULES.items() for name in names.split()}


if not TYPE_CHECKING:  # or a type checker would take any name for a public one

    def __getattr__(name: str) -> Any:
        """The public object with this name, imported from its module (PEP 562)."""
        from importlib import import_module

        if name in ("distributed", "errors"):
            return import_module(f"quotes.{name}")
        if name not in _PLACES:
            raise AttributeError(
                f"module {__name__!r} has no attribute {name!r}; it offers {', '.join(__all__)}"
            )
        value = getattr(import_module(_PLACES[name]), name)
        globals()[name] = value  # the next look-up is direct
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
