"""What a person decided is shown as that, with who and when, at the terminal and on every page: never as a doubt."""

import csv
import html
import json
import re
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from datasette.utils import tilde_encode
from support.browser import Browser
from support.commands import run
from support.datasette_data import Get, build, client
from support.serving import serving

from quotes.text.dates import readable_date


@pytest.fixture(scope="module")
def doubted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A database, and the id of a quotation whose speaker the model doubts."""
    path = build(tmp_path_factory.mktemp("corrected") / "quotes.db", hostile=False)
    with sqlite3.connect(path) as db:
        sql = "select id from quotes where speaker is not null and confidence < 0.5 order by id limit 1"
        return path, db.execute(sql).fetchone()[0]


@pytest.fixture
def assigned(doubted: tuple[Path, str], tmp_path: Path) -> tuple[Path, str, str]:
    """The same after ed said who it was, to read and to change: and what is shown of that."""
    path, ident = Path(shutil.copy(doubted[0], tmp_path / "quotes.db")), doubted[1]
    run("assign", ident, "maren-holt", "--by", "ed", "-d", path)
    today = readable_date(datetime.now(UTC).date().isoformat())
    return path, ident, f"corrected by ed, {today}"


def entry(text: str, ident: str) -> str:
    """What a list at the terminal says of one quotation."""
    [found] = [part for part in text.split("\n\n") if part.rstrip().endswith(ident)]
    return found


def test_the_terminal(assigned: tuple[Path, str, str]) -> None:
    path, ident, decided = assigned
    with sqlite3.connect(path) as db:
        content = db.execute("select content from quotes where id = ?", (ident,)).fetchone()[0]
    words = f'"{" ".join(content.split()[:4])}"'
    said = entry(run("search", words, "-d", path).stdout, ident)
    assert said.startswith("Maren Holt  ")
    assert decided in said
    assert "%" not in said
    assert "?" not in said.partition(content[:5])[0]
    said = entry(run("who", "maren-holt", "-d", path).stdout, ident)
    assert decided in said
    assert "%" not in said
    shown = run("show", ident, "-d", path).stdout
    assert re.search(rf"^attribution +{decided}$", shown, re.M)
    assert "confidence" not in shown


def test_other_programs(assigned: tuple[Path, str, str]) -> None:
    path, ident, _ = assigned
    lines = [json.loads(line) for line in run("export", "-d", path).stdout.splitlines()]
    [row] = [line for line in lines if line["id"] == ident]
    assert (row["attribution"], row["corrected_by"], row["speaker"]["id"]) == (
        "correction",
        "ed",
        "maren-holt",
    )
    assert datetime.fromisoformat(row["corrected_at"]).date() == datetime.now(UTC).date()
    rows = list(csv.DictReader(run("export", "--format", "csv", "-d", path).stdout.splitlines()))
    [flat] = [line for line in rows if line["id"] == ident]
    assert (flat["corrected_by"], flat["corrected_at"]) == ("ed", row["corrected_at"])
    found = json.loads(run("who", "maren-holt", "--json", "-n", "100", "-d", path).stdout)
    assert {one["id"]: one["corrected_by"] for one in found}[ident] == "ed"


def plain(page: str) -> str:
    """The text of a page, in one line."""
    body = page.partition("<main")[2]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def addresses(path: Path, ident: str) -> dict[str, str]:
    with sqlite3.connect(path) as db:
        article, statement, content = db.execute(
            "select article, statement, content from quotes where id = ?", (ident,)
        ).fetchone()
    words = f'"{" ".join(content.split()[:4])}"'
    return {
        "quotation": f"/quotes/quotes/{ident}",
        "article": f"/quotes/articles/{article}",
        "statement": f"/quotes/statements/{statement}",
        "speaker": "/quotes/speakers/maren-holt",
        "search": f"/quotes/-/search?{urlencode({'words': words})}",
        "table": f"/quotes/quotes?id={ident}",
    }


@pytest.mark.parametrize("kind", ["quotation", "article", "statement", "speaker", "search"])
def test_every_page_says_who_decided_and_when(assigned: tuple[Path, str, str], kind: str) -> None:
    path, ident, decided = assigned
    page = client(path)(addresses(path, ident)[kind]).text
    assert decided in plain(page)


def test_no_page_shows_a_doubt(assigned: tuple[Path, str, str]) -> None:
    path, ident, decided = assigned
    get: Get = client(path)
    where = addresses(path, ident)
    quotation = get(where["quotation"]).text
    text = plain(quotation)
    assert "uncertain" not in text.partition("Other wordings")[0]
    assert "Confidence" not in text
    assert "Maren Holt" in re.findall("<title>(.*?)</title>", quotation)[0]
    assert "Maren Holt?" not in quotation
    assert (
        f"{decided[0].upper()}{decided[1:]}."
        in re.findall('name="description" content="(.*?)"', quotation)[0]
    )
    article = get(where["article"]).text
    [(classes, summary)] = re.findall(
        rf'<mark class="([^"]*)" id="{ident}"[^>]*data-whose="([^"]*)"', article
    )
    assert "doubtful" not in classes
    assert summary.endswith(decided)
    assert "%" not in summary
    row = re.findall("<tbody>(.*?)</tbody>", get(where["table"]).text, re.S)[0]
    assert "doubtful" not in row
    assert re.search(r'class="col-confidence type-float">corrected</td>', row)


def test_nobody_is_a_decision_too(assigned: tuple[Path, str, str]) -> None:
    path, ident, decided = assigned
    run("assign", ident, "--nobody", "--by", "ed", "-d", path)
    shown = run("show", ident, "-d", path).stdout
    assert re.search(rf"^attribution +{decided}$", shown, re.M)
    assert re.search(r"^speaker +not known$", shown, re.M)
    get: Get = client(path)
    text = plain(get(addresses(path, ident)["quotation"]).text)
    assert f"speaker not known {decided}" in text
    assert "not found" not in text.partition("Other wordings")[0]


def test_undone_it_is_the_models_doubt_again(assigned: tuple[Path, str, str]) -> None:
    path, ident, decided = assigned
    for line in run("corrections", "--nl", "-d", path).stdout.splitlines():
        run("undo", json.loads(line)["id"], "-d", path)
    assert decided not in run("show", ident, "-d", path).stdout
    assert "uncertain" in plain(client(path)(addresses(path, ident)["quotation"]).text)


def test_readers_see_in_a_browser_what_was_decided(assigned: tuple[Path, str, str], browser: Browser) -> None:
    """The badge at the quotation leads to the list of corrections; undone, it is struck out there and gone here."""
    path, ident, decided = assigned
    shown = "document.body.innerText"
    with serving(path) as site:
        assert browser.open(f"{site.url}/quotes/quotes/{ident}") == 200
        assert (
            browser.value("[...document.querySelectorAll('.badge')].map(e => e.innerText)").count(decided)
            == 1
        )
        assert browser.problems() == []
        assert browser.open(f"{site.url}/quotes/-/corrections") == 200
        assert "1 correction" in browser.value(shown)
        assert f"{decided}" in browser.value(shown)
        links = browser.value("[...document.querySelectorAll('.corrections li a')].map(e => e.href)")
        assert f"{site.url}/quotes/quotes/{ident}" in links
        browser.look(dark=True)
        assert browser.value("document.documentElement.scrollWidth <= innerWidth")
        assert browser.problems() == []
        publication = json.loads(run("search", "--corrected", "--json", "-d", path).stdout)[0]["publication"]
        assert browser.open(f"{site.url}/quotes/-/publications/{tilde_encode(publication)}") == 200
        assert "1 quotation corrected" in browser.value(shown)
        run("undo", "--last", "-d", path)
        browser.open(f"{site.url}/quotes/-/corrections?again=1")  # pages are kept for some seconds
        assert browser.value("document.querySelectorAll('.corrections li s').length") == 1
        browser.open(f"{site.url}/quotes/quotes/{ident}?again=1")
        assert decided not in browser.value(shown)


def test_a_withdrawn_article_is_marked_in_a_browser(
    assigned: tuple[Path, str, str], browser: Browser
) -> None:
    path, ident, _ = assigned
    rows = json.loads(run("export", "--json", "-d", path).stdout)
    [article] = [row["article_id"] for row in rows if row["id"] == ident]
    run("remove", article, "--withdrawn", "--by", "ed", "-d", path)
    with serving(path) as site:
        for address, words in (
            (f"/quotes/articles/{article}", "withdrawn by its publisher"),
            (f"/quotes/quotes/{ident}", "the publisher has taken the article back"),
            ("/quotes", "withdrawn by their publishers, and not counted: 1 article"),
            ("/quotes/-/corrections", f"the article {article} is withdrawn"),
        ):
            assert browser.open(site.url + address) == 200
            assert words in browser.value("document.body.innerText").lower()
            assert browser.problems() == []
