"""Who said what: quotations, speakers and statements from news articles."""

from typing import Any

__version__ = "0.1.0"
__all__ = ["load"]


def __getattr__(name: str) -> Any:
    """Load the public names lazily: ``import quotes`` must not import spaCy."""
    if name == "load":
        from quotes.pipeline import load

        return load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
