"""Texts put together at random from what breaks quotation tools, and what holds of quotations in any text."""

import random
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from spacy.tokens import Doc

from quotes.types import Quote, Span

SENTENCES = (
    "“We waited,” Ana Ruiz said.",
    "Mayor Tom Bell (they/them) said the bridge, which opened in May, was safe.",
    "He told her that “nobody” had asked.",
    "They and their friends said it was over.",
    "You and I said so, the two of us.",
    "“I never said ‘close it’,” she said, “and I never will.",
    "“Nor did they,” he added.",
    "According to the ministry, prices rose 3.4% in 2024.",
    "It said it would say what it had said.",
    "Q: Did you know? A: I did not.",
    "RUIZ: We knew.\nBELL: I did not.",
    ">> REPORTER: What now?",
    "«Non», a dit Mme Blanc; „Nein“, sagte sie.",
    "''We won,'' said Okoro, 41.",
    "“One thing,” said A, who said B said C said D had said: “Two.”",
    "His sister, whose brother said his sister said no, said yes.",
    "“What?” — Paul Reyes",
    "The U.S., the U.N. and the E.U. said they would.",
    "She said: 'It's the dogs' dinner,' and 'cause of that, rock 'n' roll.",
    "“It is,” he said. “It was,” he said. “It will be,” he said.",
    "said said said “said” said.",
    "The doctors', the nurses’ and James's union said “it's ‘over’”.",
)
MARKS = [
    *"“”\"'‘’«»„‚‹›「」`´",
    "''",
    "``",
    "”“",
    "“ “",
    "””",
    "’s",
    "n't",
    "…",
    "...",
    "-",
    "—",
    "–",
    "--",
    *",.:;?!()[]",
    "{}",
    "*",
]
LAYOUT = [
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    "  ",
    "> ",
    ">> ",
    "1.",
    "•",
    "<b>",
    "&ldquo;",
    "http://a.b/c?d=“e”",
    "@ana",
    "#said",
]
INVISIBLE = [
    "\u00a0",
    "\u2028",
    "\u200b",
    "\u200e",
    "\u202e",
    "\ufeff",
    "\u00ad",
    "\x00",
    "\x07",
    "\ud83d",
    "\ude00",
]
SCRIPTS = ["😀", "e\u0301", "\u0301", "ﬁ", "İ", "ß", "中文", "他说", "Он сказал", "قال", "हिन्दी"]
WORDS = ["said", "he said", "that", "Ana", "Ruiz", "I", "we", "it", "they", "who", "Mr.", "Dr. O'Neil"]
LONG = ["A" * 300, "a " * 150, "“" * 40, "”" * 40, "(" * 60, "said, " * 40]
PIECES = (*MARKS, *LAYOUT, *INVISIBLE, *SCRIPTS, *WORDS, *LONG)


def random_text(seed: int) -> str:
    """A text of sentences, cut sentences and other pieces, the same for the same seed."""
    chance = random.Random(seed)
    parts: list[str] = []
    for _ in range(chance.choice((1, 2, 4, 8, 16))):
        kind = chance.random()
        if kind < 0.45:
            parts.append(chance.choice(SENTENCES))
        elif kind < 0.6:
            sentence = chance.choice(SENTENCES)
            start = chance.randrange(len(sentence))
            parts.append(sentence[start : start + chance.randrange(1, 40)])
        else:
            parts.append(chance.choice(PIECES))
        parts.append(chance.choice((" ", " ", " ", "", "\n", "\n\n")))
    return "".join(parts)


def violations(text: str, quotes: Iterable[Quote]) -> list[str]:
    """What is wrong with the quotations of a text, whatever they should have been; nothing for a sound answer."""
    found = list(quotes)
    wrong = [
        f"{span} is not in the text"
        for one in found
        for span in _spans(one)
        if text[span.start : span.end] != span.text
    ]
    for one in found:
        if not one.spans:
            wrong.append(f"{one} has no content")
        if not all(span.start < span.end for span in _spans(one)):
            wrong.append(f"{one} has an empty span")
        if not all(a.end <= b.start for a, b in zip(one.spans, one.spans[1:], strict=False)):
            wrong.append(f"{one.spans} overlap or are out of order")
        if not 0 <= one.confidence <= 1:
            wrong.append(f"a confidence of {one.confidence}")
    starts = [(one.spans[0].start, one.spans[-1].end) for one in found if one.spans]
    if [start for start, _ in starts] != sorted(start for start, _ in starts):
        wrong.append(f"out of order: {starts}")
    return wrong


def _spans(one: Quote) -> list[Span]:
    return [*one.spans, *(span for span in (one.cue, one.source) if span is not None)]


def plain(doc: Doc) -> list[dict[str, Any]]:
    """The quotations of a Doc as data that can be compared and printed."""
    return [asdict(one) for one in doc._.quotes]
