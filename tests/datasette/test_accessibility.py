"""Every kind of page, checked with axe-core in Chromium: https://github.com/dequelabs/axe-core.

tests/data/axe-core has the file axe.min.js of its release 4.14.1 unchanged, with its licence (MPL-2.0).
"""

import json

import pytest
from datasette.utils import tilde_decode
from support.browser import Browser
from support.datasette_data import OURS, PAGES
from support.paths import DATA
from support.serving import Site

AXE = (DATA / "axe-core" / "axe.min.js").read_text("utf-8")
RUN = """
axe.run(document, {resultTypes: ['violations']}).then(found => JSON.stringify(
  found.violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.html.slice(0, 120), node.failureSummary]))))
"""
MORE = {  # addresses of Datasette's own pages with their forms in use
    "a table with filters": "/quotes/quotes?_search=boat&type=direct&_sort=confidence",
    "a table with nothing": "/quotes/quotes?type=none",
    "sql": "/quotes?sql=select+1",
    "not found": "/quotes/articles/no-such-thing",
}
# What only Datasette could cure. Its SQL editor is made by a script.
KNOWN = {
    "tables": {"label": "<textarea autocorrect", "heading-order": "<h3>Custom SQL query</h3>"},
    "sql": {"label": "<textarea autocorrect", "heading-order": "<h3>Custom SQL query returning"},
}


def violations(browser: Browser) -> list[list[str]]:
    """What axe-core finds in the page that is open: rule, element, what to do."""
    browser.value(f"{AXE}; 0")
    return json.loads(browser.value(RUN))


@pytest.mark.parametrize("name", [*PAGES, *MORE])
def test_axe_finds_nothing(site: Site, browser: Browser, name: str) -> None:
    browser.open(site.url + {**site.pages, **MORE}[name])
    known = KNOWN.get(name, {})
    for look in ("light", "dark", "print") if name in OURS else ("light", "dark"):
        browser.look(dark=look == "dark", media="print" if look == "print" else "")
        found = violations(browser)
        if look == "print":  # paper has no links that would have to be told from text
            found = [one for one in found if one[0] != "link-in-text-block"]
        assert [one for one in found if not one[1].startswith(known.get(one[0], "\0"))] == [], look
        assert {one[0] for one in found} == set(known)  # what is cured is no longer known
        paper = "getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number)"
        assert (max(browser.value(paper)) < 60) == (look == "dark")
        for landmark in ("header > nav", "main", "body > footer"):
            assert browser.value(f"document.querySelectorAll('{landmark}').length") == 1, landmark


LISTED = [name for name in OURS if name.startswith("list of")]
SMALL = [
    "two speakers",
    "two publications",
    "network",
    "charts",
    *LISTED,
    "home",
    "article",
    "quotation",
    "speaker",
    "statement",
    "search",
    "publications",
    "publication",
]


@pytest.mark.parametrize("name", SMALL)
def test_axe_finds_nothing_on_small_screens(site: Site, browser: Browser, name: str) -> None:
    browser.open(site.url + site.pages[name], width=390)
    assert violations(browser) == []


@pytest.mark.parametrize("name", ["quotation", "relayed", "doubtful", "nobody's", "hostile quotation"])
def test_axe_finds_nothing_in_frames_of_other_sites(site: Site, browser: Browser, name: str) -> None:
    address = site.pages[name].replace("/quotes/quotes/", "/quotes/-/embed/")
    for dark, width in ((False, 600), (True, 600), (False, 220)):
        assert browser.open(site.url + address, width=width, dark=dark) == 200
        assert violations(browser) == []
        assert browser.value("document.documentElement.scrollWidth") <= width
        assert browser.problems() == []


def test_axe_is_awake(site: Site, browser: Browser) -> None:
    browser.open(site.url + site.pages["article"])
    browser.value("document.querySelector('h1').style.color = '#eee'; document.documentElement.lang = ''; 0")
    assert {"color-contrast", "html-has-lang"} <= {one[0] for one in violations(browser)}


def test_boxes_of_filters_have_names(site: Site, browser: Browser) -> None:
    browser.open(site.url + MORE["a table with filters"])
    boxes = "[...document.querySelectorAll('form.filters :is(select, input[type=text])')]"
    shown = browser.value(f"{boxes}.filter(e => e.checkVisibility()).map(e => e.ariaLabel)")
    assert shown == ["Column", "Comparison", "Value"] * 2
    assert browser.value("document.querySelector('form.filters').innerText.includes('<select')") is False


def test_skip_link_comes_first_and_shows(site: Site, browser: Browser) -> None:
    browser.open(site.url + site.pages["article"])
    press(browser, "Tab", 9)
    assert browser.value("document.activeElement.textContent") == "Skip to the content"
    assert browser.value("document.activeElement.getBoundingClientRect().top >= 0")
    press(browser, "Enter", 13, "\r")
    assert browser.value("location.hash") == "#content"
    press(browser, "Tab", 9)
    assert browser.value("document.activeElement.closest('main') !== null")


def press(browser: Browser, key: str, code: int, text: str = "") -> None:
    """Press and release a key."""
    for kind in ("keyDown" if text else "rawKeyDown", "keyUp"):
        more = {"text": text} if text and kind == "keyDown" else {}
        browser.call(
            "Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **more
        )


@pytest.mark.parametrize("name", OURS)
def test_head(site: Site, browser: Browser, name: str) -> None:
    browser.open(site.url + site.pages[name])
    head = browser.value(
        "Object.fromEntries([...document.querySelectorAll('meta[content]')]"
        ".map(m => [m.name || m.getAttribute('property'), m.content]))"
    )
    assert head["description"].strip()
    assert head["og:title"].strip()
    assert head["og:description"] == head["description"]
    assert browser.value("document.documentElement.lang") == "en"
    permalink = browser.value("document.querySelector('link[rel=canonical]').href")
    assert permalink == head["og:url"]
    if "?" not in site.pages[name] and name != "home":  # of one database it is the home page of that
        assert tilde_decode(permalink) == tilde_decode(site.url + site.pages[name])
