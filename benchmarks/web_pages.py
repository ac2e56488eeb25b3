# ruff: noqa: E501 -- markup is written as it stands
"""An article as a saved page of a news site has it: some 300 kB and 2,800 elements, of which the article is a tenth.

Around it stand what such pages have: menus of menus, a consent dialog, share buttons with drawings, cards of other
stories with pictures in several sizes, comments, advertisement slots and links between paragraphs, JSON-LD, what the
page shows once more as JSON, style sheets and scripts. Most names of classes are made up and say nothing.
"""

import html
import json
import random
from collections.abc import Iterator

TOPICS = (
    "market city court minister school water energy summer police report budget river harbour train health strike union "
    "vote house"
).split()
ICON = (
    '<svg aria-hidden="true" class="icon" viewBox="0 0 24 24" width="24" height="24"><path d="M12 2C6.48 2 2 6.48 2 12s4.48 '
    "10 10 10 10-4.48 10-10S17.52 2 12 2zm1 17h-2v-2h2v2zm2.07-7.75l-.9.92C13.45 12.9 13 13.5 13 15h-2v-.5c0-1.1.45-2.1 "
    '1.17-2.83l1.24-1.26"></path></svg>'
)
SIDE_CARDS, CARDS, COMMENTS, STATE_ITEMS, STYLES, SCRIPTS = 10, 60, 30, 250, 900, 20
LINK_AT = 8  # the word of a paragraph that is a link
LINKED_WORDS = 20  # of a paragraph that has one


class SavedPage:
    """One page; what is made up of it depends on its number alone."""

    def __init__(self, number: int, paragraphs: list[str], title: str) -> None:
        self.number, self.paragraphs, self.title = number, paragraphs, title
        self._chance = random.Random(number)

    def source(self) -> str:
        """Its HTML."""
        main = f"<main{self._class()}><div{self._class()}>{self._article()}{self._most_read()}</div></main>"
        more = "".join(map(self._card, range(SIDE_CARDS, SIDE_CARDS + CARDS)))
        return (
            f'<!doctype html><html lang="en">{self._head()}<body{self._class()}><div id="__next"><div{self._class()}>'
            f"<header{self._class()}><nav aria-label='Main'><ul>{self._menu()}</ul></nav></header>{self._consent()}{main}"
            f"<section class='related'><h2>More from the Courier</h2><ul>{more}</ul></section>{self._comments()}{self._footer()}</div></div>"
            f"{self._state()}{self._scripts()}</body></html>"
        )

    def _class(self) -> str:
        names = (
            f"{self._chance.choice(('c', 'm', 'layout', 'css'))}-{self._chance.randrange(16**5):05x}"
            for _ in range(self._chance.randint(1, 4))
        )
        return f' class="{" ".join(names)}"'

    def _words(self, number: int) -> str:
        return " ".join(self._chance.choices(TOPICS, k=number)).capitalize()

    def _head(self) -> str:
        title = html.escape(self.title)
        meta = "".join(f'<meta property="og:{topic}" content="{self._words(6)}">' for topic in TOPICS)
        preloads = "".join(
            f'<link rel="preload" as="script" href="https://cdn.example/{n}.js">' for n in range(40)
        )
        styles = "".join(
            f".c-{n:05x}{{margin:0 auto;padding:{n % 40}px;color:#1{n % 10}2}}" for n in range(STYLES)
        )
        return (
            f'<head><meta charset="utf-8"><title>{title} | Courier</title>'
            f'<link rel="canonical" href="https://courier.example/{self.number}.html">{meta}{preloads}'
            f"<style>{styles}</style>{self._linked_data()}</head>"
        )

    def _linked_data(self) -> str:
        crumbs = [{"@type": "ListItem", "position": n, "name": topic} for n, topic in enumerate(TOPICS)]
        graph = [
            {"@type": "NewsArticle", "headline": self.title, "datePublished": "2025-06-12T08:00:00+02:00",
             "author": [{"@type": "Person", "name": "Ann Ruiz"}], "articleBody": " ".join(self.paragraphs),
             "publisher": {"@type": "NewsMediaOrganization", "name": "Courier"}},
            {"@type": "BreadcrumbList", "itemListElement": crumbs},
            {"@type": "WebSite", "name": "Courier"},
        ]  # fmt: skip
        data = json.dumps({"@context": "https://schema.org", "@graph": graph}).replace("</", "<\\/")
        return f'<script type="application/ld+json">{data}</script>'

    def _menu(self) -> str:
        def inner(topic: str) -> str:
            return "".join(
                f"<li{self._class()}><a href='/{topic}/{name}'>{name.title()}</a></li>"
                for name in TOPICS[:10]
            )

        return "".join(
            f"<li{self._class()}><a{self._class()} href='/{topic}'><span>{topic.title()}</span></a>"
            f"<div{self._class()}><ul>{inner(topic)}</ul></div></li>"
            for topic in TOPICS
        )

    def _consent(self) -> str:
        return (
            '<div id="cookie" role="dialog"><div><h2>We value your privacy</h2><p>We and our 842 partners store and '
            'access information on your device. <a href="/p">Read more</a></p><button>Accept</button>'
            "<button>Reject</button></div></div>"
        )

    def _article(self) -> str:
        share = "".join(
            f"<li><a href='https://share.example/{name}'>{ICON}<span>{name}</span></a></li>"
            for name in ("X", "Facebook", "WhatsApp", "Email")
        )
        tags = "".join(f"<li><a href='/t/{topic}'>{topic}</a></li>" for topic in TOPICS[:8])
        return (
            f"<article{self._class()}><header><h1{self._class()}>{html.escape(self.title)}</h1>"
            f'<div class="byline">By <a href="/ann" rel="author">Ann Ruiz</a></div><div><ul>{share}</ul></div></header>'
            f"<div{self._class()}>{''.join(self._blocks())}</div><section><ul>{tags}</ul></section></article>"
        )

    def _blocks(self) -> Iterator[str]:
        """The paragraphs, each in a block of its own, and what stands between them."""
        for number, paragraph in enumerate(self.paragraphs):
            words = html.escape(paragraph, quote=False).split(" ")
            if len(words) > LINKED_WORDS:
                link = f"<a{self._class()} href='https://courier.example/t/{number}' data-link='in'>"
                words[LINK_AT] = f"{link}{words[LINK_AT]}</a>"
            yield f"<div{self._class()} data-block='text'><p{self._class()}>{' '.join(words)}</p></div>"
            if number % 3 == 1:
                yield f"<div{self._class()} data-ad='{number}'><div id='ad-{number}'><span>Advertisement</span></div></div>"
            if number == 2:
                yield (
                    f"<figure{self._class()}><div><picture><source srcset='/x.webp'><img src='/p.jpg' alt='{self._words(4)}'>"
                    "</picture></div><figcaption><span>The harbour. Photo: Bo Ek</span></figcaption></figure>"
                )
            if number == 6:
                links = "".join(f"<li><a href='/m/{n}'>{self._words(8)}</a></li>" for n in range(4))
                yield f"<aside{self._class()}><h4>More on this</h4><ul>{links}</ul></aside>"

    def _most_read(self) -> str:
        cards = "".join(map(self._card, range(SIDE_CARDS)))
        return f"<aside{self._class()}><h2>Most read</h2><ol>{cards}</ol></aside>"

    def _card(self, number: int) -> str:
        address = f"https://courier.example/{number}/{'-'.join(self._chance.choices(TOPICS, k=6))}.html"
        image = f"https://img.example/{number}"
        track = html.escape(json.dumps({"pos": number, "kind": "card"}))
        buttons = "".join(
            f"<button type='button'{self._class()}>{ICON}<span>{name}</span></button>"
            for name in ("Save", "Share")
        )
        return (
            f"<li{self._class()} data-id='{number}' data-track='{track}'><div{self._class()}><a href='{address}'{self._class()}>"
            f"<picture><source media='(min-width: 800px)' srcset='{image}-800.webp 800w, {image}-1600.webp 1600w'>"
            f"<source srcset='{image}-400.webp'><img loading='lazy' src='{image}.jpg' alt='{self._words(5)}' width='400' "
            f"height='225'></picture></a></div><div{self._class()}><div{self._class()}><span{self._class()}>"
            f"<span>{self._words(1)}</span></span><time datetime='2025-06-1{number % 10}T08:00:00Z'>1{number % 10} June</time>"
            f"</div><h3{self._class()}><a href='{address}'><span>{self._words(9)}</span></a></h3>"
            f"<p{self._class()}>{self._words(18)}</p><div{self._class()}>{buttons}</div></div></li>"
        )

    def _comments(self) -> str:
        comments = "".join(
            f"<div{self._class()}><p><b>{self._words(2)}</b> <time>2h</time></p><p>{self._words(25)}</p>"
            "<button>Reply</button></div>"
            for _ in range(COMMENTS)
        )
        return f"<section class='comments' id='comments'><h2>Comments</h2>{comments}</section>"

    def _footer(self) -> str:
        links = "".join(f"<li><a href='/f/{topic}'>{self._words(2)}</a></li>" for topic in TOPICS * 3)
        return f"<footer><div><ul>{links}</ul><p>© Courier 2025. All rights reserved.</p></div></footer>"

    def _state(self) -> str:
        items = [
            {"id": n, "title": self._words(9), "url": f"/{n}", "images": [
                {"src": f"https://img.example/{n}.jpg", "width": width} for width in (400, 800, 1600)]}
            for n in range(STATE_ITEMS)
        ]  # fmt: skip
        return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": {"items": items}})}</script>'

    def _scripts(self) -> str:
        return "".join(
            f"<script async src='https://cdn.example/{n}.js'></script><script>window.layer=window.layer||[];(function(w,d)"
            f"{{var i={n};d.cookie='a='+i;{'w.push(i);' * 120}}})(window,document)</script>"
            for n in range(SCRIPTS)
        )
