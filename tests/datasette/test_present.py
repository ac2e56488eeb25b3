"""Text, links, dates and charts as the pages show them."""

import re
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from quotes.datasette import article_text, present, word_diff_html
from quotes.datasette.timeline import chart
from quotes.text.dates import readable_date
from quotes.text.highlight import Highlight


@pytest.mark.parametrize(
    ("content", "type", "shown"),
    [
        ("We waited", "direct", "“We waited”"),
        ("We waited,", "direct", "“We waited”"),
        ("We waited, … and nobody came.", "direct", "“We waited … and nobody came.”"),
        ("He told me, ‘Leave now,’ and I ran", "direct", "“He told me, ‘Leave now,’ and I ran”"),
        ("“Stay.” “Go.”", "direct", "“Stay.” “Go.”"),
        ("it would rain", "indirect", "it would rain"),
        ("it would rain,", "indirect", "it would rain"),
        ("the so-called “fix” had failed", "indirect", "the so-called “fix” had failed"),
        ("a slap in the face", "mixed", "“a slap in the face”"),
        ("the plan was “a farce”", "mixed", "the plan was “a farce”"),
        ("“a farce” and a shame", "mixed", "“a farce” and a shame"),
        ("the plan was ‘a farce’", "mixed", "the plan was ‘a farce’"),
        ("the drivers’ vote didn't count", "mixed", "“the drivers’ vote didn't count”"),
        ("we waited … it would strike", "mixed", "we waited … it would strike"),
    ],
)
def test_wear(content: str, type: str, shown: str) -> None:
    assert present.with_quote_marks(content, type) == shown


def test_worn_is_what_wear_says() -> None:
    html = Markup("We <ins>all</ins> waited")
    assert present.html_with_quote_marks(html, "We all waited,", "direct") == "“We <ins>all</ins> waited”"
    assert present.html_with_quote_marks(html, "We all waited", "indirect") == html
    assert present.html_with_quote_marks(html, "we waited … it would strike", "mixed") == html


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//example.org/x",
        "/local/path",
        "ftp://example.org/x",
        "http://",
        "http://[bad/",
        'https://example.org/"onclick="x',
        "https://example.org/<b>",
        "https://example.org/a b",
        "https://example.org/\u202egpj",
        "https://example.org/\0",
    ],
)
def test_unsafe_addresses_get_no_link(url: str | None) -> None:
    assert present.safe_url(url) is None
    assert present.text_fragment_url(url, ["We waited"]) is None


def test_original_is_a_text_fragment() -> None:
    url = "https://example.org/a?b=c"
    assert present.text_fragment_url(url) == url
    assert present.text_fragment_url(url, ["“We waited,”"]) == f"{url}#:~:text=We%20waited"
    assert present.text_fragment_url(url, ["a-b, c & d"]) == f"{url}#:~:text=a%2Db%2C%20c%20%26%20d"
    assert present.text_fragment_url(f"{url}#top", ["We waited"]) == f"{url}#top:~:text=We%20waited"
    assert present.text_fragment_url(url, ["We waited", "and nobody came"]) == (
        f"{url}#:~:text=We%20waited&text=and%20nobody%20came"
    )
    long = " ".join(f"w{n}" for n in range(40))
    assert present.text_fragment_url(url, [f"“{long}”"]) == (
        f"{url}#:~:text=w0%20w1%20w2%20w3%20w4,w35%20w36%20w37%20w38%20w39"
    )


def test_clean_keeps_length() -> None:
    nasty = "a\0b\u202ec\u2066d\x1be\x7ff\ng\th é 東 🐟 \u200f"
    shown = present.clean(nasty)
    assert len(shown) == len(nasty)
    assert not re.search("[\0\u200f\u202a-\u202e\u2066-\u2069\x1b\x7f]", shown)
    assert "\ng\th é 東 🐟 �" in shown


def test_excerpt() -> None:
    assert present.shortened("short", 10) == "short"
    assert present.shortened("one two three", 9) == "one two…"
    assert present.shortened("x" * 50, 10) == "x" * 9 + "…"


def test_found_always_balances() -> None:
    assert present.html_with_matches("the ⟦boat⟧ left", "indirect") == 'the <b class="found">boat</b> left'
    assert (
        present.html_with_matches("⟧the⟦ <b> ⟦boat⟧", "direct") == '“the &lt;b&gt; <b class="found">boat</b>”'
    )


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2031-02-11", "11 February 2031"),
        ("2031-02-11T08:00:00Z", "11 February 2031"),
        ("2031-02", "February 2031"),
        ("2031", "2031"),
        ("2031-02-31", "2031-02-31"),
        ("last week", "last week"),
        (None, ""),
    ],
)
def test_day(published: str | None, shown: str) -> None:
    assert readable_date(published) == shown


def bars(dates: list[tuple[str, int]]) -> list[tuple[str, float, float]]:
    """What each bar says, where it is, and how high."""
    svg = ElementTree.fromstring(re.search(r"<svg.*</svg>", str(chart(dates)))[0])
    return [(bar[0].text, float(bar.attrib["x"]), float(bar.attrib["height"])) for bar in svg]


def test_chart_by_day_month_and_year() -> None:
    days = bars([("2031-02-11", 1), ("2031-02-13", 2)])
    assert [bar[0] for bar in days] == ["11 February 2031: 1 quotation", "13 February 2031: 2 quotations"]
    assert days[1][1] - days[0][1] == pytest.approx(2)  # the empty day in between has its place
    assert days[1][2] == pytest.approx(2 * days[0][2])
    weeks = bars([("2031-02-11", 1), ("2031-02-13", 2), ("2031-06-01", 3)])  # a Tuesday, a Thursday, a Sunday
    assert [bar[0] for bar in weeks] == [
        "week of 10 February 2031: 3 quotations",
        "week of 26 May 2031: 3 quotations",
    ]
    assert weeks[1][1] - weeks[0][1] == pytest.approx(15)
    months = bars([("2031-02-11", 1), ("2031-02-13", 2), ("2032-12-01", 3)])
    assert [bar[0] for bar in months] == ["February 2031: 3 quotations", "December 2032: 3 quotations"]
    assert [bar[0] for bar in bars([("2031-02", 1), ("2031-03-01", 2)])] == [
        "February 2031: 1 quotation",
        "March 2031: 2 quotations",
    ]
    years = bars([("2001-02-11", 1), ("2031", 1)])
    assert [bar[0] for bar in years] == ["2001: 1 quotation", "2031: 1 quotation"]


@pytest.mark.parametrize("dates", [[], [("2031-02-11", 4)], [("soon", 1), ("later", 2)], [("<b>", 1)]])
def test_no_chart_without_a_stretch_of_time(dates: list[tuple[str, int]]) -> None:
    assert chart(dates) == ""


def test_paragraphs_and_overlapping_marks() -> None:
    source = "He said: “One.\n\n“Two & <three>.”"
    marks = [
        Highlight("a", "source", 0, 2),
        Highlight("a", "content", 9, len(source)),
        Highlight("b", "content", 16, 20),
    ]
    quotes = {
        "a": {"type": "direct", "speaker": "x", "name": "X", "confidence": 0.9, "number": 1},
        "b": {"type": "direct", "speaker": "x", "name": "X", "confidence": 0.2, "number": 2},
    }
    html = article_text.paragraphs(source, marks, quotes)
    tree = ElementTree.fromstring(f"<div>{html}</div>")  # well-formed though a mark runs over a paragraph
    assert len(tree) == 2
    assert "".join(tree[1].itertext()).replace("2", "") == "“Two & <three>.”"
    assert html.count('id="a"') == html.count('id="b"') == 1
    assert tree[1].find(".//mark[@id='b']").attrib["class"] == "content direct doubtful"


def test_context_is_cut_between_words() -> None:
    source = "word " * 400 + "here it is" + " word" * 400
    html = article_text.context(source, [Highlight("a", "content", 2000, 2010)], {"a": {"type": "indirect"}})
    plain = re.sub("<[^>]+>", "", html).strip()
    assert plain.startswith("… word ")
    assert plain.endswith(" word …")
    assert "here it is" in plain
    assert len(plain) < 700


def test_many_quotations_are_marked_in_time() -> None:
    source = "“So it is,” she said. " * 20_000
    marks = [Highlight(str(n), "content", n * 22, n * 22 + 11) for n in range(20_000)]
    quotes = {str(n): {"type": "direct", "number": n} for n in range(20_000)}
    html = article_text.paragraphs(source, marks, quotes)
    assert html.count("<mark") == 20_000


def test_compare_marks_words() -> None:
    same = word_diff_html.compare("We kept the boat running", "We kept the boat running")
    assert (same.html, same.kind) == ("We kept the boat running", "same")
    close = word_diff_html.compare(
        "We kept the old boat running for years", "We kept the boat running for <ages>"
    )
    assert close.kind == "close"
    assert close.html == (
        'We kept the <del>old</del> boat running for <ins class="changed">&lt;ages&gt;</ins>'
    )
    other = word_diff_html.compare("We kept the boat running for years", "service was maintained at a loss")
    assert (other.html, other.kind) == ("service was maintained at a loss", "paraphrase")


def test_compare_keeps_the_spaces_right() -> None:
    html = word_diff_html.compare(
        "the crossing lost two million last year", "the crossing lost two million"
    ).html
    assert html == "the crossing lost two million <del>last year</del>"
    html = word_diff_html.compare("In truth we kept the boat", "we kept the boat").html
    assert html == "<del>In truth</del> we kept the boat"


def test_compare_overlooks_where_the_cue_stood() -> None:
    whole, split = "We waited. Nobody came.", "We waited … Nobody came."
    assert word_diff_html.compare(split, whole) == word_diff_html.Comparison(Markup(whole), "same")
    assert "<del" not in word_diff_html.compare(whole, split).html
    assert "<ins" not in word_diff_html.compare(whole, split).html


def test_compare_counts_what_is_long() -> None:
    entry = "first " + " ".join(f"w{n}" for n in range(30)) + " last words of this"
    html = word_diff_html.compare(entry, "first last words of this").html
    assert "30 words left out" in html
    assert word_diff_html.compare("word " * 2000, "words " * 2000).kind == "long"


@pytest.mark.parametrize(
    ("source", "content", "own"),
    [
        ("He called it “a farce” and left.", "it “a farce” and left", ["“a farce”"]),
        ("He called it “a farce”.", "a farce", ["a farce"]),
        ("“One,” he said, “and two” more.", "One,” he said, “and two” more", ["One,”", "“and two”"]),
        ("He said it would rain.", "it would rain", []),
    ],
)
def test_verbatim_is_what_stands_between_marks(source: str, content: str, own: list[str]) -> None:
    start = source.index(content)
    marks = [Highlight("a", "content", start, start + len(content))]
    found = article_text.verbatim(source, marks, {"a": {"type": "mixed"}})
    assert [source[mark.start : mark.end] for mark in found] == own
    assert article_text.verbatim(source, marks, {"a": {"type": "indirect"}}) == []


def test_a_mark_that_another_cuts_stays_whole() -> None:
    source = "it was “a farce” indeed"
    marks = [Highlight("a", "content", 0, len(source)), Highlight("a", "verbatim", 7, 16)]
    html = article_text.paragraphs(source, marks, {"a": {"type": "mixed", "speaker": "x", "confidence": 1}})
    assert html == (
        '<p><mark class="content mixed" id="a">it was <mark class="verbatim">“a farce”</mark> indeed</mark></p>\n'
    )


def test_places_say_nothing_of_unknown_publications() -> None:
    assert present.reported_in({"articles": 3, "publications": 2}) == "3 articles of 2 publications"
    assert present.reported_in({"articles": 3, "publications": None}) == "3 articles"
