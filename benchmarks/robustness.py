"""The same articles in other forms: how much the figures fall.

    python benchmarks/robustness.py GOLD [--articles N] [--forms "straight marks" ...]

GOLD is what `quotes evaluate` reads. Each form (straight marks, no blank lines, ...) is read by the pipeline;
what is found is led back to the original text and compared with the known quotations there. Joint F: content
and source right.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from forms import FORMS, Form, reform

import quotes
from quotes.evaluation.gold import Annotation, read_gold
from quotes.evaluation.metrics import measure
from quotes.types import Quote, Span

SpanOffsets = tuple[tuple[int, int], ...]
SHOWN = ("SPEECH", "direct", "mixed", "indirect", "all")


def in_form(text: str, forms: tuple[Form, ...]) -> tuple[str, Callable[[int, int], tuple[int, int]]]:
    """``text`` after several changes of form, and from where a span of the result comes."""
    ways = []
    for form in forms:
        text, way = reform(text, form)
        ways.append(way)

    def back(start: int, end: int) -> tuple[int, int]:
        for way in reversed(ways):
            start, end = way(start, end)
        return start, end

    return text, back


def led_back(quote: Quote, back: Callable[[int, int], tuple[int, int]]) -> Annotation:
    """A quotation found in another form, with the original's offsets."""

    def edges(*spans: Span | None) -> SpanOffsets:
        return tuple(back(span.start, span.end) for span in spans if span)

    return Annotation(edges(*quote.spans), edges(quote.source), edges(quote.cue), quote.type)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--articles", type=int, help="only the first N")
    parser.add_argument("--forms", nargs="+", choices=list(FORMS), default=list(FORMS))
    options = parser.parse_args()
    known = read_gold(options.gold)[: options.articles]
    originals = [text.read() for text in known]
    nlp = quotes.load(coreference="none", thoughts=True)
    print(f"{'joint F':18}" + "".join(f"{name:>18}" for name in SHOWN))
    base: dict[str, float] = {}
    for name in options.forms:
        changed = [in_form(text, FORMS[name]) for text in originals]
        docs = nlp.pipe(text for text, _ in changed)
        figures = measure(
            (original, [led_back(quote, back) for quote in doc._.quotes], text.quotes, text.discard)
            for original, text, (_, back), doc in zip(originals, known, changed, docs, strict=True)
        )
        joint = {subset: count.scores(count.joint)[2] for subset, count in figures.counts.items()}
        base = base or joint
        print(
            f"{name:18}" + "".join(f"{joint[s]:10.3f} ({joint[s] - base[s]:+.3f})" for s in SHOWN), flush=True
        )


if __name__ == "__main__":
    main()
