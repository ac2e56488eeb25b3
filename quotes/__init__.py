"""Who said what: quotations, speakers and statements from news articles."""

from typing import Any

from quotes.about import __version__

__all__ = ["__version__", "load"]


def __getattr__(name: str) -> Any:
    """Load the public names lazily: ``import quotes`` must not import spaCy."""
    if name == "load":
        from quotes.pipeline import load

        return load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
