"""Errors whose message is written for the user: what happened, and what to try."""


class QuotesError(Exception):
    """Something the user can act on. The command line prints it on stderr and exits with 1."""
