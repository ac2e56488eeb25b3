import re

import pytest
from support.by_hand import FERRY, quote

from quotes.store.rows import content, quote_ids
from quotes.text.identifiers import slug
from quotes.text.outer_marks import without_outer_marks


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("“We waited,”", "We waited,"),
        ("“We waited,", "We waited,"),
        ("We waited,”", "We waited,"),
        ("''We waited,''", "We waited,"),
        ('"Go".', "Go."),
        ("„Ja“", "Ja"),
        ("«Oui»", "Oui"),
        ("‘It’s the Joneses’ fault,’", "It’s the Joneses’ fault,"),
        ("“He told me, ‘Leave now,’ and I ran,”", "He told me, ‘Leave now,’ and I ran,"),
        ("the plan was “a farce”", "the plan was “a farce”"),
        ("“a” or “b”", "“a” or “b”"),
        ("the “x” and y”", "the “x” and y"),
        ('a "b"', 'a "b"'),
        ('a b"', "a b"),
        ("the drivers'", "the drivers'"),
        ("“", ""),
        ("", ""),
    ],
)
def test_marks_at_the_edges_go_unless_their_partner_stays(fragment: str, expected: str) -> None:
    assert without_outer_marks(fragment) == expected


@pytest.mark.parametrize(
    ("fragment", "shown"),
    [
        ("“We waited,”", "We waited"),
        ("''We waited,''", "We waited"),
        ("the wait was “a farce,”", "the wait was “a farce”"),
        ("“We waited, and nobody came.”", "We waited, and nobody came."),
    ],
)
def test_the_comma_before_the_closing_mark_is_not_shown(fragment: str, shown: str) -> None:
    assert content(quote(fragment, [fragment], None, None), fragment) == shown


def test_content_joins_fragments_and_is_never_empty() -> None:
    assert content(quote(FERRY, ["“We waited,”", "“and nobody came.”"], None, None), FERRY) == (
        "We waited, … and nobody came."
    )
    assert content(quote(FERRY, ["“"], None, None), FERRY) == "“"


def test_ids_depend_on_the_article_the_words_and_the_occurrence_only() -> None:
    waited = quote(FERRY, ["“We waited,”"], "Mayor Ann Okoro", "said")
    farce = quote(FERRY, ["“A farce,”"], "it", "said")
    one, two, again = quote_ids("a-1", [waited, farce, waited])
    assert len({one, two, again}) == 3
    assert all(re.fullmatch(r"a-1-[0-9a-f]{6}", found) for found in (one, two, again))
    assert quote_ids("a-1", [farce, waited]) == [two, one]
    assert quote_ids("b-1", [farce])[0].removeprefix("b-1") == two.removeprefix("a-1")


def test_many_quotations_of_one_article_have_different_ids() -> None:
    text = " ".join(f"w{n}" for n in range(3000))
    quotes = [quote(text, [f"w{n} w{n + 1}"], None, None) for n in range(2999)]
    assert len(set(quote_ids("a", quotes))) == 2999


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Größe: Émile’s  Plan!", "grosse-emiles-plan"),
        ("000_51", "000_51"),
        ("日本", ""),
        ("x" * 70, "x" * 60),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_slug_is_cut_between_words() -> None:
    assert slug("one two three", length=9) == "one-two"


def test_single_marks_around_part_of_a_content_stay() -> None:
    assert without_outer_marks("‘total refit’ of the ferry") == "‘total refit’ of the ferry"
    assert without_outer_marks("‘We’re done,’") == "We’re done,"


def test_content_has_characters_for_entities_and_nothing_invisible() -> None:
    text = "&ldquo;We at Ben &amp; Jerry&rsquo;s will not dis\u00adap\u200bpear,&rdquo; Ann Okoro said."
    said = quote(
        text, ["&ldquo;We at Ben &amp; Jerry&rsquo;s will not dis\u00adap\u200bpear,&rdquo;"], None, None
    )
    assert content(said, text) == "We at Ben & Jerry’s will not disappear"
    assert text[said.spans[0].start : said.spans[0].end] == said.text
