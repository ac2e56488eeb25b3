"""The pages as readers get them: a real Datasette server, seen in headless Chromium, wide and narrow."""

import base64
import html
import re
import sqlite3
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from datasette.utils import tilde_encode
from support.browser import OVERFLOW, Browser
from support.commands import wait_until
from support.datasette_data import OURS, PAGES
from support.serving import Site

WIDE, NARROW = 1280, 390


def test_server_answers(site: Site) -> None:
    for name in ("article", "quotation", "speaker", "statement", "search"):
        with urllib.request.urlopen(site.url + site.pages[name], timeout=30) as answer:
            assert answer.status == 200
            assert b"quotes-page" in answer.read(), name
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{site.url}/quotes/articles/nope", timeout=30)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_sticks_out(site: Site, browser: Browser, name: str, width: int) -> None:
    assert browser.open(site.url + site.pages[name], width=width) == 200
    assert browser.value("innerWidth") == width
    assert browser.value(OVERFLOW) == [0]
    assert browser.problems() == []  # no script of an article ran, nothing was fetched from elsewhere


@pytest.mark.parametrize("name", OURS)
def test_links_within_the_page_arrive(site: Site, browser: Browser, name: str) -> None:
    browser.open(site.url + site.pages[name])
    lost = """[...document.querySelectorAll('a[href^="#"]')].map(a => decodeURIComponent(a.hash.slice(1)))
        .filter(id => !document.getElementById(id))"""
    assert browser.value(lost) == []
    assert browser.value("document.querySelectorAll('[id]').length") == browser.value(
        "new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size"
    )


@pytest.mark.parametrize("name", OURS)
def test_headings_and_names(site: Site, browser: Browser, name: str) -> None:
    browser.open(site.url + site.pages[name])
    assert browser.value("document.querySelectorAll('h1').length") == 1
    assert browser.value("document.title.trim().length") > 0
    nameless = """
        [...document.querySelectorAll('a, input:not([type=submit]):not([type=hidden]), [role=img], meter')]
        .filter(e => !(e.textContent.trim() || e.ariaLabel || (e.labels && e.labels.length)))
        .map(e => e.outerHTML)"""
    assert browser.value(nameless) == []


def test_article_text_and_list_side_by_side(site: Site, browser: Browser) -> None:
    edges = """['.article .text', '.article aside'].map(s => {
        const box = document.querySelector(s).getBoundingClientRect();
        return [box.left, box.right, box.top, box.bottom]})"""
    browser.open(site.url + site.pages["article"], width=WIDE)
    text, aside = browser.value(edges)
    assert aside[0] > text[1]
    assert abs(aside[2] - text[2]) < 20
    for width in (800, NARROW):
        browser.open(site.url + site.pages["article"], width=width)
        text, aside = browser.value(edges)
        assert aside[2] >= text[3], width
        assert aside[0] == text[0], width


def test_marks_differ_by_more_than_colour(site: Site, browser: Browser) -> None:
    browser.open(site.url + site.pages["article"])
    style = """(s => { const c = getComputedStyle(document.querySelector('.text mark.' + s));
        return [c.borderBottomStyle, c.borderBottomWidth, c.outlineStyle].join(' ')})"""
    kinds = ["content.direct:not(.doubtful)", "content.indirect", "source", "cue", "content.doubtful"]
    looks = [browser.value(f"{style}('{kind}')") for kind in kinds]
    assert len(set(looks)) == len(kinds), looks


def test_number_and_quotation_lead_to_each_other(site: Site, browser: Browser) -> None:
    browser.open(site.url + site.pages["article"])
    browser.value("document.querySelector('mark sup a[href=\"#q3\"]').click()")
    assert browser.value("document.querySelector('li:target').value") == 3
    browser.value("document.querySelector('li:target a.said').click()")
    assert (
        browser.value("document.querySelector('mark:target').textContent")
        == "3“a slow way of closing an island”"
    )
    assert browser.value("getComputedStyle(document.querySelector('mark:target')).outlineStyle") == "solid"
    assert browser.value("document.querySelector('mark:target').getBoundingClientRect().top") < 900


@pytest.mark.parametrize("name", OURS)
def test_indirect_speech_never_wears_marks(site: Site, browser: Browser, name: str) -> None:
    browser.open(site.url + site.pages[name])
    said = """[...document.querySelectorAll('section.content li, blockquote')].filter(e =>
        (e.querySelector(':scope > p .type') || {}).textContent?.startsWith('indirect')
        || e.matches('blockquote.indirect'))
        .map(e => (e.querySelector('.said') || e).textContent.trim())"""
    wearing = f'{said}.filter(text => /^[“"]|[”"]$/.test(text))'
    assert browser.value(wearing) == []
    if name in ("article", "quotation", "relayed", "speaker", "statement", "search", "wordings"):
        assert browser.value(f"{said}.length") > 0
    generated = """[...document.querySelectorAll('.said, blockquote, blockquote p')]
        .flatMap(e => ['::before', '::after'].map(p => getComputedStyle(e, p).content))
        .filter(content => !['none', 'normal'].includes(content))"""
    assert browser.value(generated) == []  # the marks are text: they are read, copied and printed


@pytest.mark.parametrize("name", OURS)
def test_pages_work_without_script(site: Site, browser: Browser, name: str) -> None:
    read = "document.querySelector('section.content').innerText"
    browser.open(site.url + site.pages[name], script=True)
    with_script = browser.value(read)
    browser.open(site.url + site.pages[name], script=False)
    assert browser.value(read) == with_script
    assert len(with_script) > 60


@pytest.mark.parametrize("name", ["home", "article", "quotation", "speaker", "statement", "search"])
def test_everything_can_be_reached_with_the_keyboard(site: Site, browser: Browser, name: str) -> None:
    browser.open(site.url + site.pages[name])
    stops = (
        "[...document.querySelectorAll('a[href], input, select, summary')].filter(e => e.checkVisibility())"
    )
    expected = browser.value(f"{stops}.length")
    browser.value("document.activeElement.blur(); window.reached = new Set(); window.bare = []")
    for _ in range(
        expected + 6
    ):  # a box for a date has a stop for the day, the month, the year and the calendar
        for kind in ("rawKeyDown", "keyUp"):
            browser.call("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
        browser.value(
            "(e => { if (e === document.body) return; reached.add(e);"
            "if (getComputedStyle(e).outlineStyle === 'none') bare.push(e.outerHTML) })(document.activeElement)"
        )
    assert browser.value("reached.size") == expected
    assert browser.value("bare") == []


def whose(browser: Browser) -> list[str]:
    """What the page tells at this moment of whom passages are."""
    return browser.value(
        "[...document.querySelectorAll('mark')].map(e => getComputedStyle(e, '::before').content)"
        ".filter(text => !['none', 'normal'].includes(text)).map(text => JSON.parse(text))"
    )


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_marked_passages_tell_whose_they_are(site: Site, browser: Browser, script: bool) -> None:
    browser.open(site.url + site.pages["article"], script=script)
    assert whose(browser) == []
    place = """(s => { const box = document.querySelector(s).getClientRects()[0];
        return {x: box.left + box.width / 2, y: box.top + box.height / 2}})"""
    browser.call("Input.dispatchMouseEvent", type="mouseMoved", **browser.value(f"{place}('mark.mixed')"))
    assert whose(browser) == ["Joss Abara · mixed · 93% sure"]
    browser.call("Input.dispatchMouseEvent", type="mouseMoved", x=1, y=1)
    assert whose(browser) == []
    browser.call("Emulation.setTouchEmulationEnabled", enabled=True)
    finger = browser.value(f"{place}('.text mark.indirect')")
    browser.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[finger])
    browser.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
    wait_until(lambda: bool(whose(browser)))  # a browser waits for what else the finger does
    assert whose(browser) == ["Maren Holt · indirect · 81% sure"]


def test_keyboard_tells_whose_and_where_it_is_listed(site: Site, browser: Browser) -> None:
    browser.open(site.url + site.pages["article"], width=NARROW)
    numbers = "[...document.querySelectorAll('.text sup a')]"
    browser.value(f"{numbers}[0].focus()")
    assert whose(browser) == ["Maren Holt · direct · 93% sure"]
    names = browser.value(f"{numbers}.map(a => a.ariaLabel)")
    assert names[0] == "quotation 1: Maren Holt · direct · 93% sure"
    assert names[5].endswith("a ferry engineer · indirect · 77% sure · via Radio Sund".replace("a f", "A f"))
    assert names[6] == "quotation 7: speaker not found · direct · words uncertain, 31%"
    # a list's quotation leads to its place, which then tells whose it is
    browser.value("document.querySelector('#q2 a.said').click()")
    assert whose(browser) == ["Maren Holt · indirect · 81% sure"]


def test_whose_covers_no_line_near_it(site: Site, browser: Browser) -> None:
    browser.open(site.url + site.pages["article"])
    browser.value("document.querySelectorAll('.text sup a')[1].focus()")
    told = "getComputedStyle(document.querySelector('.text mark:focus-within'), '::before')"
    assert browser.value(f"{told}.position") == "fixed"
    assert (
        browser.value(f"[{told}.bottom, {told}.left, {told}.right]") == ["0px"] * 3
    )  # the foot of the window


def test_whose_stays_within_the_text(site: Site, browser: Browser) -> None:
    for name in ("article", "hostile article"):
        browser.open(site.url + site.pages[name], width=NARROW)
        for n in range(browser.value("document.querySelectorAll('.text sup a').length")):
            browser.value(f"document.querySelectorAll('.text sup a')[{n}].focus()")
            assert len(whose(browser)) == 1
            assert browser.value("document.documentElement.scrollWidth") == NARROW


@pytest.mark.parametrize("name", [*OURS, "quotes"])
def test_every_quotation_is_one_click_from_its_place(site: Site, browser: Browser, name: str) -> None:
    """Whatever leads to a quotation has beside it what leads to its place in the article's text."""
    browser.open(site.url + site.pages[name])
    lost = browser.value(
        """(() => {
          const key = a => decodeURIComponent(a.pathname.split('/').pop().replace(/~/g, '%'));
          const anchors = [...document.links].map(a => decodeURIComponent(a.hash.slice(1)));
          const places = new Set(anchors);
          return [...document.querySelectorAll('main a[href*="/quotes/quotes/"]')]
            .filter(a => !a.href.includes('.json')).map(key)
            .filter(id => !places.has(id) && !document.getElementById(id));
        })()"""
    )
    if name in ("quotation", "relayed", "doubtful", "nobody's", "hostile quotation"):  # its own permalink
        lost = [one for one in lost if not site.pages[name].endswith(tilde_encode(one))]
    assert lost == []
    if name in ("article", "speaker", "statement", "search", "home", "publication", "wordings", "quotes"):
        assert browser.value("document.querySelectorAll('main a[href*=\"/quotes/quotes/\"]').length") > 1


def test_places_exist(site: Site, browser: Browser) -> None:
    """The links of the test above arrive: every quotation has its anchor in its article."""
    with sqlite3.connect(site.database) as db:
        quotes = db.execute("select article, id from quotes").fetchall()
    for article in {article for article, _ in quotes}:
        _, _, page = site.get(f"/quotes/articles/{tilde_encode(article)}")
        found = set(re.findall(r'<mark class="content[^>]* id="([^"]+)"', page))
        assert {html.unescape(key) for key in found} == {key for where, key in quotes if where == article}


@pytest.mark.parametrize("name", [*OURS, "quotes", "statements"])
def test_uncertain_speakers_look_uncertain(site: Site, browser: Browser, name: str) -> None:
    """Wherever a quotation or a statement stands whose speaker is uncertain, something says so."""
    with sqlite3.connect(site.database) as db:
        doubtful = db.execute("select id, statement from quotes where confidence < 0.5 or speaker is null")
        kinds = dict(
            zip(("quotes", "statements"), map(list, zip(*doubtful.fetchall(), strict=True)), strict=True)
        )
        sure = {row[0] for row in db.execute("select statement from quotes where confidence >= 0.5")}
        kinds["statements"] = [key for key in kinds["statements"] if key not in sure]
    browser.open(site.url + site.pages[name])
    seen = []
    for kind, keys in kinds.items():
        for key in keys:
            path = f"/quotes/{kind}/{tilde_encode(key)}"
            seen += browser.value(
                f"""[...document.querySelectorAll('main :is(.said, td) a[href="{path}"], main a.said[href="{path}"]')]
                .map(a => a.closest('li, tr, article').querySelector('.doubtful, .badge') !== null)"""
            )
    assert all(seen), seen
    if name in ("speaker", "quotes", "statements"):
        assert seen


def test_print_has_the_text_and_no_furniture(site: Site, browser: Browser) -> None:
    browser.open(site.url + site.pages["article"], media="print", dark=False)
    looks = {
        kind: browser.value(
            f"(s => [s.backgroundColor, s.borderBottomStyle, s.borderBottomWidth, s.fontWeight, s.fontStyle])"
            f"(getComputedStyle(document.querySelector('.text mark.{kind}')))"
        )
        for kind in ("direct", "indirect", "source", "cue")
    }
    assert {look[0] for look in looks.values()} == {"rgba(0, 0, 0, 0)"}  # nothing rests on colour
    assert len({str(look) for look in looks.values()}) == 4, looks
    assert browser.value("getComputedStyle(document.querySelector('a.outside'), '::after').content").strip(
        '"'
    ) == (" (https://herald.example/night-ferry)")
    pdf = base64.b64decode(browser.call("Page.printToPDF")["data"])
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 3
    assert browser.value("document.querySelector('.not-footer > header').checkVisibility()") is False
    assert browser.value("document.querySelector('footer').checkVisibility()") is False
    assert browser.value("getComputedStyle(document.querySelector('.article aside')).position") == "static"
    assert browser.value("document.querySelector('.text').innerText").startswith("The last night ferry")


def test_hostile_text_is_only_text(site: Site, browser: Browser) -> None:
    for name in ("hostile article", "hostile quotation", "hostile speaker", "quotes", "articles", "speakers"):
        browser.open(site.url + site.pages[name])
        assert browser.problems() == [], name
        assert "owned" not in browser.value("document.title") or "<script>" in browser.value(
            "document.title"
        ), name
        assert (
            browser.value("document.querySelectorAll('section.content img, section.content b b').length") == 0
        )
        schemes = set(browser.value("[...document.links].map(a => a.protocol)"))
        assert schemes <= {"http:", "https:"}, name
    browser.open(site.url + site.pages["quotes"])
    # what stands behind a facet's hostile label stays behind it
    order = """[...document.querySelectorAll('#facet-speaker li')].map(li => {
        const count = document.createRange(); count.selectNodeContents(li.lastChild);
        return count.getBoundingClientRect().right >= li.querySelector('a').getBoundingClientRect().right})"""
    facets = browser.value(order)
    assert len(facets) == 5
    assert all(facets)


def test_chart_shows_when(site: Site, browser: Browser) -> None:
    browser.open(site.url + site.pages["speaker"], width=NARROW)
    boxes = browser.value(
        "[...document.querySelectorAll('.timeline rect')].map(r => r.getBoundingClientRect().toJSON())"
    )
    assert len(boxes) == 3
    assert all(box["width"] >= 3 and box["height"] >= 5 for box in boxes)
    assert boxes[0]["right"] < boxes[1]["left"] < boxes[1]["right"] < boxes[2]["left"] < NARROW


def test_screenshots_are_drawn(site: Site, browser: Browser, tmp_path: Path) -> None:
    for name in ("article", "statement"):
        for width in (WIDE, NARROW):
            browser.open(site.url + site.pages[name], width=width)
            picture = browser.screenshot(tmp_path / "page.png").read_bytes()
            assert picture.startswith(b"\x89PNG")
            assert int.from_bytes(picture[16:20]) == width
            assert len(picture) > 10_000  # an empty page compresses to less
