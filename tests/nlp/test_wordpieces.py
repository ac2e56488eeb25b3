"""Wordpieces of words that are kept are those of the text as a whole."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.nlp.encoder import Tokenizer
from quotes.text.paragraphs import paragraphs

TOKENIZER = Tokenizer()
CHARACTERS = 'aBé1 .,-’“”_/"\n\t\r\u00a0\u0301\u200b\ufeff\u2028\x1c\x0b€°한ǅ\u0130'


def _pieces(text: str) -> list[tuple[int, int, int]]:
    """Identity, start and end of the pieces of each paragraph as a whole."""
    found = []
    for begin, end in paragraphs(text):
        encoded = TOKENIZER.wordpieces.encode(text[begin:end], add_special_tokens=False)
        found += [
            (piece, begin + first, begin + last)
            for piece, (first, last) in zip(encoded.ids, encoded.offsets, strict=True)
            if first < last
        ]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "It costs €50-60, said Zoë “Zo” Díaz.\n\nHe’s 5°… tall; a\u0301 b, U.S.A.",
        "\ufeffFirst. Then\u200bthis_one\x1cand that.",
        "x" * 120 + " and " + "unbelievablinesses",
    ],
)
def test_words_one_by_one_have_the_pieces_of_the_text(text: str) -> None:
    pieces = TOKENIZER(text)
    assert list(zip(pieces.ids.tolist(), pieces.start.tolist(), pieces.end.tolist(), strict=True)) == _pieces(
        text
    )


@given(st.text(CHARACTERS, max_size=40))
def test_any_text_has_the_pieces_of_its_paragraphs(text: str) -> None:
    pieces = TOKENIZER(text)
    assert list(zip(pieces.ids.tolist(), pieces.start.tolist(), pieces.end.tolist(), strict=True)) == _pieces(
        text
    )


def test_features_tell_shape_space_and_marks() -> None:
    pieces = TOKENIZER("Okoro’s “NEW-look”\n3rd iPhone")
    shapes, rest = np.divmod(pieces.features, 6)
    spaces, quoted = np.divmod(rest, 2)
    words = ["Okoro’s “NEW-look”\n3rd iPhone"[a:b] for a, b in zip(pieces.start, pieces.end, strict=True)]
    assert dict(zip(words, shapes.tolist(), strict=True)) == {
        "Ok": 1, "oro": 1, "’": 5, "s": 0, "“": 5, "NEW": 2, "-": 5, "look": 0, "”": 5, "3rd": 4, "iPhone": 3,
    }  # fmt: skip
    assert [word for word, space in zip(words, spaces, strict=True) if space == 2] == ["Ok", "3rd"]
    assert [word for word, space in zip(words, spaces, strict=True) if space == 1] == ["“", "iPhone"]
    assert "".join(word for word, inside in zip(words, quoted, strict=True) if inside) == "“NEW-look”"
    assert pieces.paragraph.tolist() == [0] * 9 + [1] * 2
    assert pieces.cuts.tolist() == [0, 9]
