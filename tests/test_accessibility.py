"""Every kind of page, checked with axe-core in Chromium: https://github.com/dequelabs/axe-core.

tests/data/axe-core has the file axe.min.js of its release 4.14.1 unchanged, with its licence (MPL-2.0).
"""

import json
from pathlib import Path

import pytest
from browser import Browser
from datasette_data import PAGES
from serving import Site

AXE = (Path(__file__).parent / "data" / "axe-core" / "axe.min.js").read_text("utf-8")
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
# What only Datasette could cure. Its SQL editor is made by a script; its pages for errors know no database.
KNOWN = {
    "database": {"label": "<textarea autocorrect", "heading-order": "<h3>Custom SQL query</h3>"},
    "sql": {"label": "<textarea autocorrect", "heading-order": "<h3>Custom SQL query returning"},
    "not found": {"html-has-lang": "<html", "landmark-one-main": "<html", "region": "<section"},
}


def violations(browser: Browser) -> list[list[str]]:
    """What axe-core finds in the page that is open: rule, element, what to do."""
    browser.value(f"{AXE}; 0")
    return json.loads(browser.value(RUN))


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("name", [*PAGES, *MORE])
def test_axe_finds_nothing(site: Site, browser: Browser, name: str, look: str) -> None:
    browser.open(site.url + {**site.pages, **MORE}[name], dark=look == "dark")
    paper = browser.value("getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number)")
    if name != "not found":
        assert (max(paper) < 60) == (look == "dark")
    known = KNOWN.get(name, {})
    found = violations(browser)
    assert [one for one in found if not one[1].startswith(known.get(one[0], "\0"))] == []
    assert {one[0] for one in found} == set(known)  # what is cured is no longer known


@pytest.mark.parametrize("name", ["article", "quotation", "speaker", "statement"])
@pytest.mark.parametrize("look", ["narrow", "print"])
def test_axe_finds_nothing_on_paper_and_small_screens(
    site: Site, browser: Browser, name: str, look: str
) -> None:
    width, media = (390, "") if look == "narrow" else (800, "print")
    browser.open(site.url + site.pages[name], width=width, media=media)
    assert violations(browser) == []


def test_axe_is_awake(site: Site, browser: Browser) -> None:
    browser.open(site.url + site.pages["article"])
    browser.value("document.querySelector('h1').style.color = '#eee'; document.documentElement.lang = ''; 0")
    assert {"color-contrast", "html-has-lang"} <= {one[0] for one in violations(browser)}


@pytest.mark.parametrize("name", PAGES)
def test_landmarks(site: Site, browser: Browser, name: str) -> None:
    browser.open(site.url + site.pages[name])
    for landmark in ("header > nav", "main", "body > footer"):
        assert browser.value(f"document.querySelectorAll('{landmark}').length") == 1, landmark


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
