"""Files, folders and streams in, articles or failures out."""

from quotes.deprecated import moved

__getattr__ = moved(__name__, {"Failure": "quotes", "read_articles": "quotes"})
