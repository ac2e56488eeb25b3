"""Does the model tell words from thoughts ("said" from "believes") better than a list of verbs?

    python benchmarks/thoughts.py GOLD [--show]

GOLD is what `quotes evaluate` reads. For each known quotation without quotation marks, the model's probability that
its cue reports a thought is compared with the kind that the word list of `quotes.lexicon.cues` gives it. The
yardstick is evaluation's own list of speech verbs, so whatever it names must be called words; what the rest is,
people judge: `--show` prints the cues on which model and list disagree.
"""

import argparse
from collections import Counter
from pathlib import Path

import numpy as np

from quotes.evaluation.gold import read_gold
from quotes.evaluation.metrics import content_type, is_speech
from quotes.lexicon import cues
from quotes.nlp.encoder import Logits, encoder
from quotes.quotations.settings import SETTINGS


def thought(logits: Logits, start: int, end: int) -> float:
    """Probability that a cue with these offsets reports a thought."""
    inside = (logits.pieces.start < end) & (logits.pieces.end > start)
    words, thoughts = logits.thought[inside].mean(0)
    return float(1 / (1 + np.exp(words - thoughts)))


def main() -> None:
    """Command line: the known quotations."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("--show", action="store_true", help="print the cues on which the two disagree")
    options = parser.parse_args()
    model = encoder()
    table: Counter[tuple[str, str, str]] = Counter()
    for text in read_gold(options.gold):
        raw = text.read()
        logits = model(raw)
        for quote in text.quotes:
            if not quote.cue or content_type(raw, quote.content) != "indirect":
                continue
            start, end = quote.cue[0][0], quote.cue[-1][1]
            cue = raw[start:end]
            yardstick = "speech verb" if is_speech(raw, quote) else "other cue"
            kind = cues.kind(cue)
            listed = (
                "unknown" if kind is None else "thought" if kind in ("thought", "perception") else "words"
            )
            learned = "thought" if thought(logits, start, end) > SETTINGS.thought_probability else "words"
            table[yardstick, listed, learned] += 1
            if options.show and listed != learned:
                print(f"{yardstick}: list {listed}, model {learned}: {' '.join(cue.split())}")
    print(f"{'cue':14}{'list':10}{'model: words':>14}{'thought':>10}")
    for yardstick in ("speech verb", "other cue"):
        for listed in ("words", "thought", "unknown"):
            words, thoughts = (table[yardstick, listed, learned] for learned in ("words", "thought"))
            print(f"{yardstick:14}{listed:10}{words:14}{thoughts:10}")


if __name__ == "__main__":
    main()
