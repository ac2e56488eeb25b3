"""The spaCy factories."""


def make_quotes(nlp, name):  # type: ignore[no-untyped-def]
    raise NotImplementedError


def make_syntax(nlp, name):  # type: ignore[no-untyped-def]
    raise NotImplementedError
