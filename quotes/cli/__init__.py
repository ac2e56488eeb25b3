"""The command line."""

from quotes.deprecated import moved

__getattr__ = moved(__name__, {"app": "quotes.cli.main"})
