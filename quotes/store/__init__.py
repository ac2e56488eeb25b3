"""The database: tables, rows and search."""

from quotes.deprecated import moved

__getattr__ = moved(__name__, {"Store": "quotes"})
