"""Pairs of quotation marks: every style, over paragraphs, and any string at all."""

import random
import subprocess
import sys

import pytest

from quotes.text import quotation_marks as marks
from quotes.text import quoted
from quotes.text.paragraphs import paragraphs

PAIRED = {
    "curly": ("“The ferry is full,” Sato said.", ["“The ferry is full,”"]),
    "straight": ('"The ferry is full," Sato said.', ['"The ferry is full,"']),
    "apostrophes": ("''The ferry is full,'' Sato said.", ["''The ferry is full,''"]),
    "backticks": ("``The ferry is full,'' Sato said.", ["``The ferry is full,''"]),
    "doubled singles": ("‘‘The ferry is full,’’ Sato said.", ["‘‘The ferry is full,’’"]),
    "guillemets": ("«The ferry is full», Sato said.", ["«The ferry is full»"]),
    "spaced guillemets": ("« The ferry is full », Sato said.", ["« The ferry is full »"]),
    "reversed guillemets": ("»The ferry is full«, Sato said.", ["»The ferry is full«"]),
    "low": ("„The ferry is full“, Sato said.", ["„The ferry is full“"]),
    "low, curly end": ("„The ferry is full”, Sato said.", ["„The ferry is full”"]),
    "wrong direction": ("”The ferry is full,” Sato said.", ["”The ferry is full,”"]),
    "both open": ("“The ferry is full,“ Sato said.", ["“The ferry is full,“"]),
    "curly and straight": ('“The ferry is full," Sato said.', ['“The ferry is full,"']),
    "British": ("‘The ferry is full,’ Sato said.", ["‘The ferry is full,’"]),
    "British, straight": ("'The ferry is full,' Sato said.", ["'The ferry is full,'"]),
    "split": ('"We rowed," she said, "all night."', ['"We rowed,"', '"all night."']),
    "after a dash": ('OSLO —"We rowed all night," she said.', ['"We rowed all night,"']),
    "closing after a dash": ('"We rowed all —" she began.', ['"We rowed all —"']),
    "glued": ('She said:"We rowed." He laughed.', ['"We rowed."']),
    "ellipsis": ('He said "...and then we rowed" twice.', ['"...and then we rowed"']),
    "brackets": ('They left ("in a hurry") and he said so.', ['"in a hurry"']),
    "nested": ("“He said, ‘Row,’ and I rowed,” Sato said.", ["“He said, ‘Row,’ and I rowed,”", "‘Row,’"]),
    "nested British": ("‘He said “row” and I rowed,’ Sato said.", ["‘He said “row” and I rowed,’", "“row”"]),
    "nested, same marks": (
        "“He said “row” and I rowed,” Sato said.",
        ["“He said “row” and I rowed,”", "“row”"],
    ),
    "three apostrophes": ("''He said, 'row,''' Sato said.", ["''He said, 'row,'''", "'row,'"]),
    "apostrophes within": (
        "‘It’s the Joneses’ fault, don’t you think?’ he said.",
        ["‘It’s the Joneses’ fault, don’t you think?’"],
    ),
    "straight apostrophes within": (
        "'It's the Joneses' fault, don't you think?' he said.",
        ["'It's the Joneses' fault, don't you think?'"],
    ),
    "dropped g": ("‘We were rowin’ home,’ he said.", ["‘We were rowin’ home,’"]),
    "ends in s": ("They were ‘the boys’ and ‘the girls’ of 1990.", ["‘the boys’", "‘the girls’"]),
    "inches within": ('"The 12" pipe froze," Sato said.', ['"The 12" pipe froze,"']),
    "number at the end": ('"I want 12" is all he said. "Or 13."', ['"I want 12"', '"Or 13."']),
    "empty": ('The string "" is empty.', []),
}
UNPAIRED = {
    "apostrophes": "It’s the Joneses’ dog, and the dogs’ bowl isn't John's.",
    "elisions": "Rock ’n’ roll in the ’90s was ’em all, ‘twas said, 'cause '80s bands weren't.",
    "feet and inches": 'He is 6\' 2", she is 5’11”, and the board is 12" wide.',
    "minutes": "at 40° 26' 46\" north",
    "no marks": "Nothing to see here.",
    "nothing": "",
}


@pytest.mark.parametrize("name", PAIRED)
def test_pairs(name: str) -> None:
    text, expected = PAIRED[name]
    assert [text[pair.start : pair.end] for pair in marks.pairs(text) if pair.closed] == expected
    assert all(pair.closed for pair in marks.pairs(text)) or name == "empty"


@pytest.mark.parametrize("name", UNPAIRED)
def test_what_is_not_a_mark(name: str) -> None:
    assert marks.pairs(UNPAIRED[name]) == ()


@pytest.mark.parametrize(
    "text",
    [
        "\"'E's a good lad,\"",
        "\"'Row on,' he told me,\"",
        "'\"Row on,\" he told me,'",
        "'There's nowt wrong wi' t'lad, 'e's just 'ungry,'",
        "'The '66 final was the best,'",
        "'Twas a bitter night,'",
    ],
)
def test_marks_around_other_marks_and_clipped_words(text: str) -> None:
    outer = [pair for pair in marks.pairs(f"{text} said Nan Briggs.") if not pair.depth]
    assert [text[pair.start : pair.end] for pair in outer] == [text]


def test_depth() -> None:
    outer, inner, other = marks.pairs("“He said, ‘Row,’ and I rowed,” Sato said. “Fast.”")
    assert (outer.depth, inner.depth, other.depth) == (0, 1, 0)


@pytest.mark.parametrize(("opening", "closing"), ["“”", '""', "‘’", "''", "«»"])
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n", "\n \n"])
def test_reopened_marks_belong_together(opening: str, closing: str, gap: str) -> None:
    text = (
        f"Lim said: {opening}First we dig.{gap}{opening}Then we plant.{gap}{opening}At last we wait.{closing}"
    )
    found = marks.pairs(text + f"{gap}{opening}No,{closing} said Roe.")
    assert [(pair.closed, pair.continues) for pair in found] == [
        (False, False),
        (False, True),
        (True, True),
        (True, False),
    ]
    assert [len(chain) for chain in quoted.multi_paragraph_quotes(found)] == [3, 1]
    assert text[found[0].start : found[0].end] == opening + "First we dig."


@pytest.mark.parametrize("mark", ["“", '"', "«", "''", "„"])
def test_an_unclosed_mark_ends_with_its_paragraph(mark: str) -> None:
    text = f"{mark}We are fine, Patel said. \nThe market closed early. Nobody was there.\nIt rained.”"
    (pair,) = marks.pairs(text)
    assert not pair.closed
    assert text[pair.start : pair.end] == f"{mark}We are fine, Patel said."


def test_an_unclosed_mark_ends_where_the_next_opens() -> None:
    text = "“We are fine, Patel said. “The market closed,” she said."
    first, second = marks.pairs(text)
    assert text[first.start : first.end] == "“We are fine, Patel said."
    assert text[second.start : second.end] == "“The market closed,”"


def test_quotations_within_an_excerpt_count() -> None:
    """A paper that prints a mark before each paragraph of an excerpt does not hide the quotations in it."""
    text = '"Ana rowed home. “I am cold,” she said. “Let me in.”\n"Nobody answered.'
    found = marks.pairs(text)
    assert [text[pair.start : pair.end] for pair in found] == [
        '"Ana rowed home.',
        "“I am cold,”",
        "“Let me in.”",
        '"Nobody answered.',
    ]
    assert {pair.depth for pair in found} == {0}
    assert not any(pair.continues for pair in found)


def test_hard_wrapped_quotation_is_one_pair() -> None:
    text = (
        "The bridge was closed on Friday after engineers found cracks in two of\n"
        "its piers. “We had no choice but to close it, because nobody could say\n"
        "how deep they were,” said Lena Brandt, who runs the port. She added that\n"
        "repairs would take a month.\n"
        "Ferries ran twice as often on Saturday, and most of them were full by\n"
        "noon.\n"
    )
    assert len(paragraphs(text)) == 2
    (pair,) = marks.pairs(text)
    assert text[pair.start : pair.end].startswith("“We had")
    assert text[pair.start : pair.end].endswith("were,”")


def test_short_lines_are_paragraphs() -> None:
    text = "“Where is he?”\n“Gone.”\n“Where to?”\n“Nobody knows, and nobody asks any more.”\nShe left."
    assert len(paragraphs(text)) == 5
    assert len(marks.pairs(text)) == 4


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("“We rowed,” she said.", ["“We rowed,”"], "direct"),
        ("“We rowed,” she said.", ["We rowed"], "direct"),
        ("“We rowed,” she said, “all night.”", ["“We rowed,”", "“all night.”"], "direct"),
        ("''We rowed,'' she said.", ["''We rowed,''"], "direct"),
        ("‘We rowed,’ she said.", ["‘We rowed,’"], "direct"),
        ("«We rowed», she said.", ["«We rowed»,"], "direct"),
        ("“We rowed.\n“Then we slept,” she said.", ["“We rowed.\n“Then we slept,”"], "direct"),
        ("She said they “rowed” all night.", ["they “rowed” all night"], "mixed"),
        ("She said they rowed “all night”.", ["they rowed “all night”."], "mixed"),
        ("“We rowed,” she said, and were tired.", ["“We rowed,”", "and were tired"], "mixed"),
        ("She said they rowed all night.", ["they rowed all night"], "indirect"),
        ("She said it was John’s and the dogs’ boat.", ["it was John’s and the dogs’ boat"], "indirect"),
        ("She said nothing.", [], "indirect"),
    ],
)
def test_quote_type(text: str, content: list[str], expected: str) -> None:
    spans = [(text.index(part), text.index(part) + len(part)) for part in content]
    assert quoted.quote_type(text, spans) == expected


def test_quoted_mask() -> None:
    text = "a “b ‘c’” d"
    assert quoted.quoted_mask(text) == bytes([0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0])


ALPHABET = "“”„‟\"＂«»‹›‘’‚‛'`.,;:!?—- \n\r\tabsS19é😀\u2029\x00"


def test_any_string_gives_nested_pairs() -> None:
    chance = random.Random(20)
    for _ in range(2500):
        text = "".join(chance.choices(ALPHABET, k=chance.randrange(60)))
        ends: list[int] = []
        last = -1
        for pair in marks.pairs(text):
            assert last < pair.start < pair.end <= len(text), text
            last = pair.start
            while ends and ends[-1] <= pair.start:
                ends.pop()
            assert not ends or pair.end <= ends[-1], text
            assert pair.depth == len(ends), text
            ends.append(pair.end)
        assert quoted.quote_type(text, [(0, len(text))]) in ("direct", "mixed", "indirect")


@pytest.mark.parametrize("piece", ["“", '"', "'", "''", "“‘", '“”"', "s' ", '6" ', "‘a “b ", " \n“", "«„»"])
def test_thousands_of_one_mark(piece: str) -> None:
    text = piece * (16_000 // len(piece))
    assert all(0 <= pair.start < pair.end <= len(text) for pair in marks.pairs(text))


def test_a_megabyte_of_news() -> None:
    paragraph = "The port of Aalund said on Friday that “no ship will sail before Monday,” and it’s true.\n"
    text = paragraph * (1_000_000 // len(paragraph))
    assert len(marks.pairs(text)) == len(text) // len(paragraph)


def test_needs_no_heavy_library() -> None:
    code = (
        "import sys, quotes.text.quotation_marks, quotes.lexicon.cues; "
        "print({'spacy', 'numpy', 'onnxruntime'} & set(sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"


def test_a_quotation_whose_marks_do_not_open_again() -> None:
    text = "“First, the bread.\n\nThen the ‘salt’.\n\nThen the tea,” Lim said.\n\nThe “tea” is cold."
    found = [
        (text[pair.start : pair.end], pair.closed, pair.continues)
        for pair in marks.pairs(text)
        if not pair.depth
    ]
    assert found == [
        ("“First, the bread.", False, False),
        ("Then the ‘salt’.", False, True),
        ("Then the tea,”", True, True),
        ("“tea”", True, False),
    ]
    assert [len(chain) for chain in quoted.multi_paragraph_quotes(marks.pairs(text))] == [3, 1]
    straight = text.replace("“", '"').replace("”", '"')
    assert [(pair.start, pair.end) for pair in marks.pairs(straight)] == [
        (pair.start, pair.end) for pair in marks.pairs(text)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The “first.\n\nSomebody “else” spoke.\n\nThen the tea,” Lim said.",
        "“First, the bread, said Lim.\n\nThen the tea,” he said.",
    ],
)
def test_marks_left_open_that_nothing_takes_up(text: str) -> None:
    assert not any(pair.continues for pair in marks.pairs(text))


@pytest.mark.parametrize(
    "text",
    [
        "'He's a daft 'un, 'cos I say so.'",
        "'A tin o' beans,'",
        "'The ol' mill went.'",
        "‘Them ’uns ’ave it’",
        "'Them 'ouses is damp.'",
    ],
)
def test_clipped_words_are_no_marks(text: str) -> None:
    assert [(pair.start, pair.end) for pair in marks.pairs(text)] == [(0, len(text))]
