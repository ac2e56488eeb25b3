"""What a quotation is taken along as: cards, a frame for other sites, oEmbed, citations."""

import json
import sqlite3
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from datasette.utils import tilde_encode
from support.datasette_data import HOSTILE, Get, addresses, build

from quotes.datasette import card, card_png
from quotes.datasette.citation import citations
from quotes.datasette.text_lines import fitted, lines, text_width

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("along") / "quotes.db")


def key(database: Path, where: str) -> str:
    with sqlite3.connect(database) as db:
        return str(db.execute(f"select id from quotes where {where} order by position").fetchone()[0])


def test_a_card_has_words_name_paper_and_date(get: Get, database: Path) -> None:
    ident = key(database, "content like 'We kept this%'")
    answer = get(f"/quotes/-/cards/{ident}.svg")
    assert answer.headers["content-type"] == "image/svg+xml; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    drawn = [text.text or "" for text in ElementTree.fromstring(answer.text).iter(f"{SVG}text")]
    assert " ".join(drawn).startswith("“We kept this boat running on goodwill and borrowed parts")
    assert "Maren Holt" in drawn
    assert "Skerrow Herald, 11 February 2031" in drawn
    assert "harbour master of Skerrow" in drawn


def row(**other: object) -> dict[str, object]:
    """A quotation as a page has it."""
    usual = {
        "content": "the boat will sail",
        "type": "indirect",
        "act": "asserts",
        "asserted": 1,
        "speaker": "x",
        "name": "Ada Fry",
        "description": None,
        "attribution": "name",
        "confidence": 0.9,
        "speaker_confidence": 0.9,
        "publication": "Sund Ledger",
        "title": "Boats",
        "published": "2031-02-11",
        "via": None,
    }
    return usual | other


@pytest.mark.parametrize(
    ("other", "told", "crossed"),
    [
        ({}, "reported, not in the speaker’s own words", False),
        ({"act": "denies"}, "DENIED: THE SPEAKER SAYS THAT THIS IS NOT SO", True),
        ({"asserted": 0}, "NOT SAID: DID NOT SAY", True),
        ({"speaker_confidence": 0.4}, "speaker uncertain, 40%", False),
        ({"speaker_confidence": 0.4}, "Ada Fry?", False),
        ({"confidence": 0.3}, "words uncertain, 30%", False),
        ({"speaker": None, "name": None}, "Speaker not known", False),
        ({"via": "Radio Sund"}, "Sund Ledger, 11 February 2031 · via Radio Sund", False),
    ],
)
def test_a_card_does_not_mislead_without_its_page(other: dict[str, object], told: str, crossed: bool) -> None:
    tree = ElementTree.fromstring(card.svg(row(**other), "Site"))
    drawn = [text.text for text in tree.iter(f"{SVG}text")]
    assert told in drawn
    assert [text.text for text in tree.iter(f"{SVG}text") if text.get("text-decoration")] == (
        ["the boat will sail"] if crossed else []
    )


def test_any_words_have_room_on_a_card() -> None:
    for content in ("word " * 400, "w" * 3000, "船" * 500, "a\u0301" * 200, "<b>&\ufffe\x0b"):
        tree = ElementTree.fromstring(card.svg(row(content=content, type="direct"), "S" * 500))
        bottom = [int(text.get("y", 0)) for text in tree.iter(f"{SVG}text")]
        words = [text for text in tree.iter(f"{SVG}text") if "Charter" in (text.get("font-family") or "")]
        assert words
        assert max(int(text.get("y", 0)) for text in words) <= card.FOOT
        assert max(bottom) < card.HEIGHT
        for text in tree.iter(f"{SVG}text"):
            assert text_width(text.text or "", int(text.get("font-size", 0))) <= card.WIDTH - card.LEFT


def test_lines_lose_nothing_and_long_texts_are_marked_as_cut() -> None:
    text = "one two three fourteen hundred thousand"
    assert " ".join(lines(text, 20, 120)) == text
    assert "".join(lines("x" * 90, 20, 120)) == "x" * 90
    size, cut = fitted("word " * 300, (40, 20), 400, 200, 1.2)
    assert size == 20
    assert cut[-1].endswith("…")
    assert len(cut) * 20 * 1.2 <= 200


def test_a_card_is_a_picture(get: Get, database: Path) -> None:
    answer = get(f"/quotes/-/cards/{key(database, 'true')}.png")
    page = get(f"/quotes/quotes/{key(database, 'true')}").text
    if card_png.available():
        assert answer.headers["content-type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG")
        assert [int.from_bytes(answer.content[at : at + 4]) for at in (16, 20)] == [1200, 630]
        assert f'/-/cards/{key(database, "true")}.png">' in page.partition("og:image")[2].partition("\n")[0]
    else:
        assert answer.status_code == 501
        assert "fonts" in answer.text


def test_without_the_extra_the_svg_and_the_usual_picture_stay(
    get: Get, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card_png, "available", lambda: False)
    ident = key(database, "true")
    assert get(f"/quotes/-/cards/{ident}.png").status_code == 501
    assert get(f"/quotes/-/cards/{ident}.svg").status_code == 200
    page = get(f"/quotes/quotes/{ident}").text
    assert "card.png" in page.partition("og:image")[2].partition("\n")[0]
    assert f"{ident}.png" not in page


def test_a_frame_has_no_script_and_any_site_may_show_it(get: Get, database: Path) -> None:
    answer = get(f"/quotes/-/embed/{key(database, 'via is not null')}")
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "<script" not in answer.text
    assert "Three other routes would be reviewed" in answer.text
    assert "via Radio Sund" in answer.text
    assert "x-frame-options" not in answer.headers


def test_oembed(get: Get, database: Path) -> None:
    ident = key(database, "true")
    page = get(f"/quotes/quotes/{ident}").text
    discovered = page.partition('type="application/json+oembed" href="')[2].partition('"')[0]
    answer = get(unescape(discovered).removeprefix("http://localhost")).json()
    assert (answer["type"], answer["version"]) == ("rich", "1.0")
    assert f'src="http://localhost/quotes/-/embed/{ident}"' in answer["html"]
    assert "sandbox=" in answer["html"]
    small = get(
        f"/quotes/-/oembed?url=http://localhost/quotes/quotes/{ident}&maxwidth=300&maxheight=150"
    ).json()
    assert small["width"] <= 300
    assert small["height"] <= 150
    assert get(f"/quotes/-/oembed?url=http://localhost/quotes/quotes/{ident}&format=xml").status_code == 501
    for odd in (
        "",
        "http://localhost/quotes/articles/x",
        "http://localhost/quotes/quotes/none",
        "%00",
        "javascript:x",
    ):
        assert get(f"/quotes/-/oembed?url={odd}").status_code == 404, odd


def test_hostile_words_stay_words(get: Get, database: Path) -> None:
    ident = tilde_encode(key(database, "speaker = 'eve'"))
    image = get(f"/quotes/-/cards/{ident}.svg").text
    tree = ElementTree.fromstring(image)
    assert {one.tag.removeprefix(SVG) for one in tree.iter()} <= {"svg", "title", "rect", "path", "text"}
    frame = get(f"/quotes/-/embed/{ident}").text
    assert "<script" not in frame
    assert "<b>Eve" not in frame
    assert "javascript:" not in frame
    answer = get(f"/quotes/-/oembed?url=http://localhost/quotes/quotes/{ident}").json()
    assert json.dumps(answer["html"]).count("<") == 2  # the frame, and its end
    assert HOSTILE.id not in answer["html"]  # the id is encoded


def test_what_is_not_there_is_not_found(get: Get) -> None:
    for path in ("cards/none.svg", "cards/none.png", "embed/none"):
        assert get(f"/quotes/-/{path}").status_code == 404


ARTICLE = {
    "title": "Night ferry stops",
    "author": "Ida Lunde",
    "publication": "Skerrow Herald",
    "published": "2031-02-11",
}
REFERENCES = [
    (
        {},
        [
            "Ida Lunde. (2031, February 11). Night ferry stops. <cite>Skerrow Herald</cite>. https://h.example/x",
            "Ida Lunde, “Night ferry stops,” <cite>Skerrow Herald</cite>, February 11, 2031, https://h.example/x.",
            "Ida Lunde. “Night ferry stops.” <cite>Skerrow Herald</cite>, 11 Feb. 2031, https://h.example/x.",
        ],
    ),
    (
        {"author": None, "published": "2031-09", "title": "Why stop?"},
        [
            "Why stop? (2031, September). <cite>Skerrow Herald</cite>. https://h.example/x",
            "“Why stop?” <cite>Skerrow Herald</cite>, September 2031, https://h.example/x.",
            "“Why stop?” <cite>Skerrow Herald</cite>, Sept. 2031, https://h.example/x.",
        ],
    ),
    (
        {"author": None, "published": None, "publication": None, "title": "A <b>"},
        [
            "A &lt;b&gt;. (n.d.). https://h.example/x",
            "“A &lt;b&gt;,” https://h.example/x.",
            "“A &lt;b&gt;.” https://h.example/x.",
        ],
    ),
]


@pytest.mark.parametrize(("other", "expected"), REFERENCES)
def test_citations(other: dict[str, str | None], expected: list[str]) -> None:
    found = citations({**ARTICLE, **other}, "https://h.example/x")
    assert [style for style, _ in found] == ["APA", "Chicago", "MLA"]
    assert [str(text) for _, text in found] == expected


def test_the_page_has_all_of_it(get: Get, database: Path) -> None:
    page = get(addresses(database)["quotation"]).text
    along = page.partition('id="along"')[2]
    assert "https://herald.example/night-ferry#:~:text=" in along
    assert "&lt;iframe src=" in along
    assert "<iframe" not in page
    assert "<dt>Chicago</dt>" in along
