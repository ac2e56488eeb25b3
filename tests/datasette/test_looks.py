"""What must not mislead: doubts, denials, words that were not said, copies, and what a speaker is called."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.browser import Browser
from support.datasette_data import Get, build
from support.serving import Site, serving

from quotes.lexicon.called import kind

DENIED = "the crew had been promised work on the day boats"
UNSAID = "the night crossing lost 1.2 million crowns last year"
WORDS_OPEN = "a slow way of closing an island"
WHO_OPEN = "My buyers want fish at six in the morning, … The day boat lands at ten."


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = build(tmp_path_factory.mktemp("looks") / "quotes.db", hostile=False)
    changes = {
        DENIED: "act = 'denies', speaker_confidence = 0.9",
        UNSAID: "asserted = 0, speaker_confidence = 0.9",
        WORDS_OPEN: "confidence = 0.41, speaker_confidence = 0.97",
        WHO_OPEN: "confidence = 0.96, speaker_confidence = 0.44",
    }
    with sqlite3.connect(path) as db:
        for content, change in changes.items():
            db.execute(f"update quotes set {change} where content = ?", [content])
        db.execute(
            "insert into candidates select id, 1, 'Maren <i>Holt', 'person', 0.31 from quotes where content = ?",
            [WHO_OPEN],
        )
        db.execute("update speakers set description = 'a fraud' where id = 'maren-holt'")
    return path


@pytest.fixture(scope="module")
def ids(database: Path) -> dict[str, str]:
    with sqlite3.connect(database) as db:
        return dict(db.execute("select content, id from quotes"))


@pytest.fixture(scope="module")
def site(database: Path) -> Iterator[Site]:
    with serving(database) as site:
        yield site


def test_doubts_about_speaker_and_words_are_told_apart(get: Get, ids: dict[str, str]) -> None:
    words = get(f"/quotes/quotes/{ids[WORDS_OPEN]}").text
    assert "words uncertain, 41%" in words
    assert "speaker uncertain" not in words
    assert re.search(r'<p class="byline"><a class="speaker"[^>]+>Joss Abara</a>', words)  # no question mark
    who = get(f"/quotes/quotes/{ids[WHO_OPEN]}").text
    assert "speaker uncertain, 44%" in who
    assert "words uncertain" not in who
    article = get("/quotes/articles/ferry-stops-a1b2c3").text
    assert re.search(r'<mark class="content mixed unsure"', article)
    assert re.search(r'<mark class="content direct doubtful"', article)


def test_who_else_it_could_be(get: Get, ids: dict[str, str]) -> None:
    for address in (f"/quotes/quotes/{ids[WHO_OPEN]}", "/quotes/articles/ferry-stops-a1b2c3"):
        page = get(address).text
        assert re.search(r"could also be <a [^>]+>Maren &lt;i&gt;Holt</a> \(31%\)", page), address


@pytest.mark.parametrize(
    ("content", "label", "sign"), [(DENIED, "denies:", "denied"), (UNSAID, "did not say:", "not said")]
)
def test_words_that_were_not_said_are_crossed_out_everywhere(
    get: Get, ids: dict[str, str], database: Path, content: str, label: str, sign: str
) -> None:
    with sqlite3.connect(database) as db:
        article, speaker = db.execute(
            "select article, speaker from quotes where content = ?", [content]
        ).fetchone()
    found = f"/quotes/-/search?words=%22{'+'.join(content.split()[:4])}%22"
    for address in (f"/quotes/quotes/{ids[content]}", f"/quotes/speakers/{speaker}", found):
        page = re.sub(r"</?b class=\"found\">|</b>(?= \w)", "", get(address).text)
        crossed = re.search(rf'<b class="sign">{label}</b> <s class="crossed">(.*?)</s>', page)
        assert crossed, address
    page = get(f"/quotes/articles/{article}").text
    assert f'<b class="sign">{sign}</b>' in page
    assert f'<b class="sign">{label}</b> <s class="crossed">{content}</s>' in page
    assert f'<b class="sign">{label}</b> <s class="crossed">{content}</s>' in get("/quotes/quotes").text
    title = re.search(
        '<meta property="og:title" content="([^"]+)"', get(f"/quotes/quotes/{ids[content]}").text
    )
    assert title
    assert title[1].startswith(label)  # a link that is shared says it too


def test_a_statement_of_denials_is_crossed_out(get: Get, database: Path) -> None:
    with sqlite3.connect(database) as db:
        [key] = db.execute("select statement from quotes where content = ?", [DENIED]).fetchone()
    page = get(f"/quotes/statements/{key}").text
    assert f'<p><b class="sign">denies:</b> <s class="crossed">{DENIED}</s></p></blockquote>' in page


def test_denials_are_crossed_out_among_other_wordings(get: Get, database: Path) -> None:
    told = "goodwill could not pass an inspection"
    with sqlite3.connect(database) as db:
        db.execute("update quotes set act = 'denies' where content = ?", [told])
    try:
        page = get("/quotes/changed_wording").text
        assert re.search(r'<b class="sign">denies:</b> <s class="crossed">.*?</s></p>', page)
        assert page.count('<s class="crossed">') == 1
    finally:
        with sqlite3.connect(database) as db:
            db.execute("update quotes set act = 'asserts' where content = ?", [told])


def test_copies_are_named(get: Get, database: Path) -> None:
    with sqlite3.connect(database) as db:
        db.execute("update articles set copy_of = 'ferry-stops-a1b2c3' where id = 'market-moves-0a0b0c'")
    try:
        page = get("/quotes/speakers/joss-abara").text
        assert re.search(
            r'<h3>.*Fish market to open at noon.* · <a href="[^"]+ferry-stops-a1b2c3">a copy</a></h3>', page
        )
    finally:
        with sqlite3.connect(database) as db:
            db.execute("update articles set copy_of = null")


def test_a_speaker_is_called_what_the_article_says(get: Get, ids: dict[str, str]) -> None:
    page = get(f"/quotes/quotes/{ids[DENIED]}").text
    assert "harbour master of Skerrow" in page.partition("In the article")[0]
    assert "a fraud" not in page  # what stands at the speaker is of other articles


def test_the_sign_shows_without_colours(site: Site, browser: Browser, ids: dict[str, str]) -> None:
    browser.open(f"{site.url}/quotes/quotes/{ids[UNSAID]}")
    look = """(s => { const c = getComputedStyle(document.querySelector(s));
        return [c.textDecorationLine, c.borderTopStyle] })"""
    for media in ("", "print"):
        browser.look(media=media)
        assert browser.value(f"{look}('s.crossed')")[0] == "line-through"
        assert browser.value(f"{look}('.sign')")[1] == "solid"
        assert "did not say" in browser.value("document.querySelector('blockquote').innerText.toLowerCase()")
    browser.look()
    sign = "document.querySelector('.sign').getBoundingClientRect()"
    assert browser.value(f"{sign}.width > 60 && {sign}.height > 15 && {sign}.bottom < 500")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("the report", "document"),
        ("A new survey by the Union of Bakers", "document"),
        ("the latest Sund/Herald poll released Friday", "document"),
        ("Joss Abara’s memo", "document"),
        ("Video", "document"),
        ("a statement calling the closure unlawful", "document"),
        ("The Evening Post", "organisation"),
        ("the film company", "organisation"),
        ("the ministry behind the report", "organisation"),
        ("Law Society of Sund", "organisation"),
    ],
)
def test_documents_are_documents(name: str, shown: str) -> None:
    assert kind("organisation", name) == shown
    assert kind("person", name) == "person"
