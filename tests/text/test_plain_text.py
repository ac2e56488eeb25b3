"""Markup that is left over in a text: what is read in its place, and where that stands in the text as stored."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.text.plain_text import MARK_OF, is_markup, plain_text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("<p>“Go,” said <a href='/p/1'>Ida <b>Vik</b></a>.</p>", "\n\n“Go,” said Ida Vik.\n\n"),
        ('<img alt="Lim said no" src=x>Lim smiled.', "Lim smiled."),
        ("One.<br/>Two.<script>if (a < b) run('“no”')</script>", "One.\n\nTwo."),
        ("She left.<sup>[3]</sup> He<!-- not --> stayed.", "She left. He stayed."),
        ("**MAYOR VIK:** We *will* go, __now__.", "MAYOR VIK: We will go, now."),
        ('### What [Ida Vik](https://x.org/a_(b) "who") said', "What Ida Vik said"),
        ("> We will go.\n> Soon.", "We will go.\nSoon."),
        ("![A ferry](ferry.jpg)Ida Vik[2] left.[^1]", "Ida Vik left."),
        ("[[Ida Vik|Vik]] said so.¹ [b]No[/b]", "Ida Vik|Vik said so. No"),
        ("Vik &amp; Sons can&#8217;t &lt;pay&gt;", "Vik & Sons can’t <pay>"),
        ("Ida\u200b V\u00adik", "Ida Vik"),
        ("″We go,″ said Vik. 「No,」 said Aas.", '"We go," said Vik. “No,” said Aas.'),
        ("“We go,”said Vik.“Not now,”she added.", "“We go,” said Vik. “Not now,” she added."),
        ('"We go,"said Vik. ‘We stay,’said Aas.', '"We go," said Vik. ‘We stay,’ said Aas.'),
    ],
)
def test_what_is_read(text: str, read: str) -> None:
    plain = plain_text(text)
    assert plain is not None
    assert plain.text == read.replace("Ida Vik|Vik", "Vik")


@pytest.mark.parametrize(
    "text",
    [
        "“We waited,” Okoro said.",
        "5 < 6, 7 > 2 and 3*4*5; file_name_x, a * b",
        "* one\n* two\n- three [sic] and (so) on",
        "He is 6'2″ tall, see <ida@example.org> #mayor @vik",
        "The firm’s ‘own’ AT&T; shares — [they] said",
        "The lake has 12 km² of ice.",
        "She said (“No.”) that “A.”, “B.” and he’s “C”.",
    ],
)
def test_what_is_read_as_it_stands(text: str) -> None:
    assert plain_text(text) is None


def test_a_content_is_split_where_markup_stood() -> None:
    text = "<p>“We <b>will</b>, un<i>believ</i>ably,”</p>"
    plain = plain_text(text)
    assert plain is not None
    start = plain.text.index("“")
    parts = plain.stored_fragments((start, plain.text.index("”") + 1))
    assert [text[a:b] for a, b in parts] == ["“We", "will", ", un<i>believ</i>ably,”"]
    assert text[slice(*plain.stored((start, start + 8)))] == "“We <b>will"


@pytest.mark.parametrize(
    ("gap", "markup"),
    [("</b> ", True), ("**", True), ("](/a \"b\") ", True), ("[^1]", True), (" ", False), ("", False),
     (" he said, ", False), (" (sic) ", False)],
)  # fmt: skip
def test_gaps_of_markup(gap: str, markup: bool) -> None:
    assert is_markup(gap) == markup


PIECES = st.sampled_from(
    ["<p>", "</p>", "<b>", "**", "_", "[", "](", ")", "[^1]", "&amp;", "&#8217;", "<!--", "-->", "“", ",”", "″",
     "\u200b", "Ida", " ", "\n", "> ", "# ", "\\", "<script>", "</script>", "[1]", "x", ".", "‘", ".’"]
)  # fmt: skip


@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join))
def test_offsets_go_back_to_the_text(text: str) -> None:
    plain = plain_text(text)
    if plain is None:
        return
    assert len(plain.text) == len(plain.starts) == len(plain.ends)
    assert plain.starts == sorted(plain.starts)
    assert plain.ends == sorted(plain.ends)
    for at, character in enumerate(plain.text):
        start, end = plain.starts[at], plain.ends[at]
        assert 0 <= start <= end <= len(text)
        assert end != start + 1 or text[start] in (character, *MARK_OF)
    for start in range(0, len(plain.text), 3):
        parts = plain.stored_fragments((start, len(plain.text)))
        assert all(a < b <= len(text) for a, b in parts)
        assert all(left[1] <= right[0] for left, right in pairwise(parts))
