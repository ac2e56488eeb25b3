"""spaCy's tokenizer for texts that Python allows and UTF-8 does not: with half of a surrogate pair in them.

spaCy raises ``UnicodeEncodeError`` for such a text. Here each half is U+FFFD in ``doc.text``, one character for one, so
that offsets are those of the text as it was given.
"""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from spacy.language import Language, create_tokenizer
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_suffix_regex, registry

from quotes.text.encoding import replace_surrogates
from quotes.text.quotation_marks import CLOSING, OPENING

TOKENIZER_NAME = "quotes.Tokenizer.v1"  # in config.cfg of a saved pipeline
TOKENIZER_CONFIG = {"@tokenizers": TOKENIZER_NAME}
PIECE = 500  # characters
UNSPACED = re.compile(rf"\S{{{2 * PIECE},}}")
DASH = "(?:--+|[–—―])"


class AnyTextTokenizer(Tokenizer):  # type: ignore[misc]  # spaCy's is untyped
    """spaCy's tokenizer, for any text at all."""

    def __call__(self, text: str) -> Doc:
        """The Doc of a text, with U+FFFD in place of halves of surrogate pairs.

        What is very long and has no white space is tokenized in pieces: spaCy takes time with the square of its length.
        """
        text = replace_surrogates(text)
        cuts = [at for run in UNSPACED.finditer(text) for at in range(run.start() + PIECE, run.end(), PIECE)]
        if not cuts:
            doc: Doc = super().__call__(text)
            return doc
        pieces = [
            super(AnyTextTokenizer, self).__call__(text[a:b]) for a, b in pairwise([0, *cuts, len(text)])
        ]
        tokens = [token for piece in pieces for token in piece]
        return Doc(
            self.vocab, [token.text for token in tokens], [bool(token.whitespace_) for token in tokens]
        )


@registry.tokenizers(TOKENIZER_NAME)  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """The factory of the tokenizer with a language's own rules."""
    make = create_tokenizer()
    return lambda nlp: _for_any_text(make(nlp))


def accept_any_text(nlp: Language, **changed: Any) -> None:
    """Let a pipeline tokenize any text, unless its tokenizer is another than spaCy's own. ``changed``: its rules.

    A tokenizer is made once: each rule that is changed in one later has it read all its exceptions again.
    """
    if type(nlp.tokenizer) is Tokenizer:
        nlp.tokenizer = _for_any_text(nlp.tokenizer, **changed)
        nlp.config["nlp"]["tokenizer"] = dict(TOKENIZER_CONFIG)


def _for_any_text(tokenizer: Tokenizer, **changed: Any) -> AnyTextTokenizer:
    rules: dict[str, Any] = {
        "rules": tokenizer.rules,
        "prefix_search": tokenizer.prefix_search,
        "suffix_search": tokenizer.suffix_search,
        "infix_finditer": tokenizer.infix_finditer,
        "token_match": tokenizer.token_match,
        "url_match": tokenizer.url_match,
        "faster_heuristics": tokenizer.faster_heuristics,
    }
    return AnyTextTokenizer(tokenizer.vocab, **(rules | changed))


def split_dashes(nlp: Language) -> None:
    """Teach the tokenizer that a dash beside a quotation mark, and the mark, are tokens: “We won.”―Ana Ruiz.

    And to tokenize any text.
    """
    defaults = nlp.Defaults
    beside = [
        rf"(?<=[{OPENING}{CLOSING}]){DASH}",
        rf"{DASH}(?=[{OPENING}{CLOSING}])",
        r'(?<=[–—―-])["“”‘]',
        rf"[{OPENING}{CLOSING}](?={DASH})",
    ]
    accept_any_text(
        nlp,
        infix_finditer=compile_infix_regex([*(defaults.infixes or ()), *beside]).finditer,
        suffix_search=compile_suffix_regex([*(defaults.suffixes or ()), beside[0]]).search,
    )
