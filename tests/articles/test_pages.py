# ruff: noqa: E501 -- a paragraph is a line
"""Pages as the web has them, whose text, title, day and author are known: nothing of the article is lost."""

import importlib
import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from support.paths import ROOT

from quotes.articles.html_pages import read_page
from quotes.articles.read import read_articles
from quotes.types import Article

P = [
    "“We have waited for this bridge for nineteen years, and we will not wait another one,” Mayor Ann Okoro told the council on Tuesday evening.",
    "The ferry between Skerrow and Norholm will stop in the autumn. Its captain, Tom Lind, said that nobody had asked the islands.",
    "“It is a farce,” he said at the quay, while the last passengers of the day went on board. “They decide in the city, and we read of it in the paper.”",
    "According to the Harbour Office, traffic across the sound has doubled since 2015, and the ferry’s engines are older than most of its crew.",
    "Opponents of the plan, among them the café owners of the old port, fear for their summer. “Who will stop here?” asked Zoë Brandt, who has run the Lantern since 1998.",
    "Ms. Okoro answered that the bridge would bring more guests than the ferry ever had, and she promised a bus from the first day on.",
    "The council votes on 24 June. If it agrees, work on the northern ramp begins in August, the mayor’s office said.",
]
TITLE, AUTHOR, DAY = "Council to vote on the bridge to Norholm", "Nora Lee", "2025-06-10"
NAVIGATION = '<header><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li><li><a href="/login">Log in</a></li></ul></nav></header>'
COOKIES = '<div id="cookie-banner" role="dialog"><p>We and our partners use cookies to personalise content and ads.</p><button>Accept all</button></div>'
RELATED = '<aside><h3>Related stories</h3><ul><li><a href="/news/1">Rain expected on Friday</a></li><li><a href="/news/2">Port to be dredged</a></li><li><a href="/news/3">Ten ways to cook cod</a></li></ul></aside>'
FOOTER = '<footer><p>© 2025 Port Courier Ltd. All rights reserved.</p><a href="/privacy">Privacy</a> <a href="/terms">Terms</a></footer>'
SCRIPT = (
    "<script>window.dataLayer = window.dataLayer || []; function gtag(){dataLayer.push(arguments);}</script>"
)
CANONICAL = '<link rel="canonical" href="https://courier.example/news/bridge-vote">'


class Page(NamedTuple):
    html: str | bytes
    paragraphs: list[str] = P
    title: str = TITLE
    author: str | None = AUTHOR
    day: str | None = DAY


def linked(**more: object) -> str:
    data = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2025-06-10T22:47:00-05:00",
            "dateModified": "2025-06-14T08:00:00-05:00", "author": [{"@type": "Person", "name": AUTHOR}],
            "publisher": {"@type": "Organization", "name": "Port Courier"}} | more  # fmt: skip
    return (
        f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org"} | data)}</script>'
    )


def graph() -> str:
    items = [{"@type": "WebSite", "@id": "#site", "name": "Port Courier"}, {"@type": "Person", "@id": "#nl", "name": AUTHOR},
             {"@type": "Article", "headline": TITLE, "datePublished": "2025-06-10T20:00:00+00:00", "author": {"@id": "#nl"},
              "isPartOf": {"@id": "#site"}}]  # fmt: skip
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", "@graph": items})}</script>'


def page(
    body: str, head: str = "", *, title: str = f"{TITLE} | Port Courier", h1: str = f"<h1>{TITLE}</h1>"
) -> str:
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{CANONICAL}{head}{SCRIPT}</head>'
        f"<body>{NAVIGATION}{COOKIES}<main>{h1}{body}</main>{RELATED}{FOOTER}</body></html>"
    )


def ps(paragraphs: list[str] = P) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def meta(**fields: str) -> str:
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{value}">' for name, value in fields.items()
    )


BYLINE = f'<p class="byline">By {AUTHOR}</p>'
BREAKS = "<br><br>".join(P)
LABELS = [
    "The Courier: How long have you run the ferry?",
    "Tom Lind: Since 1991. I was twenty-two, and the boat was older than I was.",
    "The Courier: And what did you think when you read of the bridge?",
    "Tom Lind: I thought that somebody might have asked us. Nobody did, and nobody will.",
    "The Courier: Will you stay on the island?",
    "Tom Lind: My children are there. Where else should I go, at my age and with my knees?",
]
TWEET = (
    '<blockquote class="twitter-tweet"><p lang="en">The vote is on 24 June, and everybody may speak before it.</p>'
    '&mdash; Ann Okoro (@annokoro) <a href="https://social.example/1">June 9, 2025</a></blockquote><script async src="w.js"></script>'
)
PAGES: dict[str, Page] = {
    "json-ld": Page(page(f"<article>{ps()}</article>", linked())),
    "json-ld graph": Page(page(f'<div class="entry-content">{ps()}</div>', graph())),
    "open graph": Page(page(f"<article>{BYLINE}{ps()}</article>", meta(article__published_time="2025-06-10T21:00:00Z", og__site_name="Port Courier", article__author=AUTHOR)), paragraphs=P),
    "br br without p": Page(page(f'<div id="story">{BREAKS}</div>', linked())),
    "br br, blocks between": Page(page(f'<div id="story">{"<br><br>".join(P[:3])}<div class="ad">Advertisement</div>{"<br><br>".join(P[3:])}</div>', linked())),
    "br br in a p": Page(page(f"<article><p>{BREAKS}</p></article>", linked())),
    "windows-1252, declared": Page(page(f"<article>{ps()}</article>", linked()).replace("utf-8", "windows-1252").encode("cp1252")),
    "windows-1252 as latin-1": Page(page(f"<article>{ps()}</article>", linked()).replace("utf-8", "iso-8859-1").encode("cp1252")),
    "windows-1252, undeclared": Page(page(f"<article>{ps()}</article>", linked()).replace('<meta charset="utf-8">', "").encode("cp1252")),
    "entities": Page(page(f"<article>{ps()}</article>", linked()).replace("“", "&ldquo;").replace("”", "&#8221;").replace("’", "&rsquo;").replace("ë", "&euml;")),
    "tables of 2003": Page((f"<html><head><title>Port Courier: {TITLE}</title></head><body bgcolor=white><table width=760><tr><td width=160><a href=/>Home</a><br><a href=/news>News</a></td>"
                            f"<td><font face=Arial size=5><b>{TITLE}</b></font><br><font size=1>June 10, 2025</font><br><br><font face=Arial size=2>{BREAKS}</font></td></tr></table></body></html>").encode("cp1252"),
                           title=TITLE, author=None),
    "interview with labels": Page(page("<article><p>" + "</p><p>".join(f"<strong>{line.partition(':')[0]}:</strong>{line.partition(':')[2]}" for line in LABELS) + "</p></article>", linked()), paragraphs=LABELS),
    "interview with line breaks": Page(page("<article><p>" + "<br>".join(f"<b>{line.partition(':')[0]}:</b>{line.partition(':')[2]}" for line in LABELS) + "</p></article>", linked()), paragraphs=LABELS),
    "paywall box": Page(page(f'<article class="paywall premium">{ps(P[:4])}<div class="subscribe-box"><h4>Subscribe</h4><button>Log in</button></div>{ps(P[4:])}</article>', linked(isAccessibleForFree=False))),
    "embedded post": Page(page(f"<article>{ps(P[:4])}{TWEET}{ps(P[4:])}</article>", linked()), paragraphs=[*P[:4], "The vote is on 24 June, and everybody may speak before it.", *P[4:]]),
    "block quotation": Page(page(f"<article>{ps(P[:3])}<p>The Chamber of Commerce said:</p><blockquote>The port cannot live from memories. It needs a road, and it needs it now.</blockquote>{ps(P[3:])}</article>", linked()), paragraphs=[*P[:3], "The Chamber of Commerce said:", "The port cannot live from memories. It needs a road, and it needs it now.", *P[3:]]),
    "pull quotes": Page(page(f'<article>{ps(P[:3])}<aside class="pullquote"><p>“They decide in the city, and we read of it in the paper.”</p></aside>{ps(P[3:])}</article>', linked())),
    "captions and figures": Page(page(f'<article><figure><img src="a.jpg" alt="Bridge"><figcaption>The sound, seen from Norholm. Photo: T. Ek</figcaption></figure>{ps()}</article>', linked())),
    "single line breaks": Page(page(f"<article>{ps([paragraph.replace(' and ', ' and<br>', 1) for paragraph in P])}</article>", linked())),
    "article in a figure": Page(page(f"<article><figure>{ps()}</figure></article>", linked())),
    "divs for paragraphs": Page(page("<article>" + "".join(f'<div class="par"><span>{paragraph}</span></div>' for paragraph in P) + "</article>", linked())),
}  # fmt: skip


def read(tmp_path: Path, html: str | bytes) -> Article:
    path = tmp_path / "page.html"
    path.write_bytes(html if isinstance(html, bytes) else html.encode())
    [article] = read_articles([str(path)])
    assert isinstance(article, Article), article
    return article


def letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


def f_score(found: str, expected: str) -> float:
    """F of the characters of the longest common parts: by words in order."""
    import difflib

    matcher = difflib.SequenceMatcher(None, found.split(), expected.split(), autojunk=False)
    common = sum(
        len(letters("".join(found.split()[block.a : block.a + block.size])))
        for block in matcher.get_matching_blocks()
    )
    return 2 * common / (len(letters(found)) + len(letters(expected)))


@pytest.mark.parametrize("name", PAGES)
def test_a_page(tmp_path: Path, name: str) -> None:
    known = PAGES[name]
    article = read(tmp_path, known.html)
    paragraphs = article.text.split("\n\n")
    for paragraph in known.paragraphs:
        assert any(letters(paragraph) in letters(found) for found in paragraphs), (paragraph, paragraphs)
    assert f_score(article.text, "\n\n".join(known.paragraphs)) >= 0.95
    assert (article.title, article.published, article.author) == (known.title, known.day, known.author)
    assert "cookies" not in article.text
    assert "Related stories" not in article.text


@pytest.mark.parametrize("element", ["div", "figure", "menu"])
def test_paragraphs_are_kept_apart(tmp_path: Path, element: str) -> None:
    """Also where the reader of pages joins all that it finds into one."""
    article = read(tmp_path, page(f"<article><{element}>{ps()}</{element}></article>"))
    assert article.text.split("\n\n") == P


def test_the_text_of_all_pages(tmp_path: Path) -> None:
    scores = [
        f_score(read(tmp_path, known.html).text, "\n\n".join(known.paragraphs)) for known in PAGES.values()
    ]
    assert sum(scores) / len(scores) >= 0.97


def test_one_article_by_four_ways_is_one(tmp_path: Path) -> None:
    """As a page, in a feed, in a table and as JSON: one address, one day, one id, the same text."""
    address = "https://courier.example/news/bridge-vote"
    (tmp_path / "page.html").write_text(str(PAGES["json-ld"].html), encoding="utf-8")
    (tmp_path / "feed.xml").write_text(
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Port Courier</title><item>'
        f"<title>{TITLE}</title><link>{address}?utm_source=rss</link><pubDate>Tue, 10 Jun 2025 22:47:00 -0500</pubDate>"
        f"<content:encoded><![CDATA[{ps()}]]></content:encoded></item></channel></rss>", encoding="utf-8")  # fmt: skip
    text = "\n\n".join(P)
    (tmp_path / "all.jsonl").write_text(
        json.dumps(
            {
                "text": text,
                "url": "http://www.courier.example/news/bridge-vote/#top",
                "title": TITLE,
                "date": "2025-06-10",
            }
        )
        + "\n"
    )
    (tmp_path / "all.csv").write_text(
        f'title,text,link,published\n{TITLE},"{text}",{address},2025-06-10\n', encoding="utf-8"
    )
    seen = set()
    for name in ("page.html", "feed.xml", "all.jsonl", "all.csv"):
        [article] = read_articles([str(tmp_path / name)])
        assert isinstance(article, Article), article
        seen.add((article.id, article.text, article.title, article.published))
    assert len(seen) == 1


@pytest.mark.parametrize("data", [True, False])
def test_a_short_article_beside_long_comments(monkeypatch: pytest.MonkeyPatch, data: bool) -> None:
    """Where names of classes say nothing, comments are longer than the article, which the page's data know."""
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    paragraphs = [
        "Engineers in Odern warned for years that the gates of the canal were rusting.",
        "“The gates were never tested,” said Ines Varga & her deputy. “Not once.”",
        "“No,” he said.",
        "The chair of the council, Rosa Amado, denied that there was any danger to the town.",
    ]
    page = importlib.import_module("web_pages").SavedPage(1, paragraphs, "Gates of the canal rust").source()
    page = page.replace("class='comments' id='comments'", "").replace("class='related'", "")
    if not data:
        page = page.replace("articleBody", "other")
    text = read_page(page)["text"] or ""
    assert (text == "\n\n".join(paragraphs)) is data
