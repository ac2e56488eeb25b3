"""Texts whose quotations are marked by hand, and whom their sources mean."""

import re
from types import SimpleNamespace

from spacy.language import Language

import quotes
from quotes.coreference.chains.annotator import CoreferenceAnnotator
from quotes.coreference.resolve import ResolvedSource, resolve


class Reader:
    """Resolves quotations that are marked in the text: ``{s1:Ana} {c1:said} {q1:“No.”}``."""

    def __init__(self) -> None:
        self.nlp: Language = quotes.load()
        self.nlp.remove_pipe("quotes")
        self.chains = CoreferenceAnnotator.from_disk()

    def __call__(self, marked: str) -> list[ResolvedSource]:
        text, roles = "", {}
        for part in re.split(r"(\{[scq]\d:[^}]*\})", marked):
            if part.startswith("{"):
                role, words = part[1:-1].split(":", 1)
                roles.setdefault(role, []).append((len(text), len(text) + len(words)))
                part = words
            text += part
        numbers = sorted({int(role[1:]) for role in roles})
        return self.read(text, [
            SimpleNamespace(
                content=tuple(roles.get(f"q{n}", ())),
                cue=roles.get(f"c{n}", [None])[0],
                source=roles.get(f"s{n}", [None])[0],
            )
            for n in numbers
        ])  # fmt: skip

    def read(self, text: str, quotations: list[SimpleNamespace]) -> list[ResolvedSource]:
        return resolve(self.chains(self.nlp(text)), quotations)


def names(found: list[ResolvedSource]) -> list[str | None]:
    return [one.mention.name if one.mention else None for one in found]


def place(text: str, words: str) -> tuple[int, int]:
    """The offsets of the first place where words stand in a text."""
    return text.index(words), text.index(words) + len(words)
