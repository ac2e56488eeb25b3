"""Text and links for a page: quotation marks where they belong, nothing hostile gets through.

Templates escape what they print; these functions return plain text, or ``Markup`` that they escaped
themselves.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from quotes.lexicon.called import kind as kind
from quotes.store.certainty import act_label as act_label
from quotes.store.certainty import certainty as certainty
from quotes.store.certainty import decision as decision  # what is imported "as" is for the templates, too
from quotes.store.certainty import doubt as doubt
from quotes.store.certainty import is_content_doubtful as is_content_doubtful
from quotes.store.certainty import is_corrected as is_corrected
from quotes.store.certainty import is_denied as is_denied
from quotes.store.certainty import is_doubtful as is_doubtful
from quotes.store.certainty import is_unsaid as is_unsaid
from quotes.store.certainty import speaker_certainty as speaker_certainty
from quotes.text.outer_marks import ELLIPSIS
from quotes.text.plural import count as count
from quotes.text.plural import shortened as shortened
from quotes.text.sanitise import clean as clean
from quotes.text.standing_alone import begin_like_a_sentence as begin_like_a_sentence
from quotes.text.standing_alone import standing_alone as standing_alone

TYPE_MEANINGS = {
    "direct": "all of it between quotation marks",
    "mixed": "part of it between quotation marks",
    "indirect": "reported, not in the speaker's own words",
}
ACT_MEANINGS = {
    "asserts": "says that it is so",
    "denies": "says that it is not so",
    "asks": "asks what is so",
    "requests": "wants somebody to do it",
    "promises": "will do it",
    "thinks": "a belief, a wish, an intention or a fear",
    "declines": "does not say it",
}
ATTRIBUTION_MEANINGS = {
    "name": "the source is named there",
    "coreference": "the source stands for a name elsewhere in the article",
    "discourse": "no source in the sentence: carried over from the text around it",
    "statement": "no source there: the speaker of the same words in another article",
    "correction": "decided by a person",
    "none": "no speaker was found",
}

_OPENING_MARKS = ("“", '"', "«", "„", "‟", "''")
_ANY_MARK = re.compile(r"""["“”«»„‟‘‹]|''|(?<!\w)'(?=\w)""")
_LEAD_IN_COMMA = re.compile(r",(?=\s*$|\s*…\s)")
_EDGE_CHARACTERS = "\"'“”‘’«»„‟ \t\n\r"
_MATCH = re.compile("⟦([^⟦⟧]*)⟧")
_FRAGMENT_WORDS_CHARACTERS = 5  # of a long quotation, in a text fragment


def without_lead_in_comma(content: str) -> str:
    """``content`` without the comma that only led on to "she said", at its end and before an ellipsis."""
    return _LEAD_IN_COMMA.sub("", content.strip())


def with_quote_marks(content: str, type: str) -> str:
    """``content`` as readers should see it: between quotation marks only as far as the article had it so.

    Adds quotation marks to direct speech, never to indirect. Of mixed speech the database keeps the marks
    inside; where it has none, all of its one fragment was between marks. Of several fragments nobody can
    tell which were, so none gets any: too few marks are better than words in somebody's mouth.
    """
    content = without_lead_in_comma(content)
    if type == "direct" and not content.startswith(_OPENING_MARKS):
        return f"“{content}”"
    if type == "mixed" and ELLIPSIS not in content and not _ANY_MARK.search(content):
        return f"“{content}”"
    return content


def quotation_text(quote: dict[str, Any], size: int | None = None) -> str:
    """The content of a quotation in its quotation marks, cut to ``size`` characters or so, after what was done with it.

    "denies: any involvement", "did not say: “we will close”".
    """
    content, label = standing_alone(quote["content"], quote["type"]), act_label(quote)
    text = with_quote_marks(shortened(content, size) if size else content, quote["type"])
    return f"{label}: {text}" if label else text


def said(
    quote: dict[str, Any], size: int | None = None, words: Markup | None = None, alone: bool = False
) -> Markup:
    """The content of a quotation as HTML: in its quotation marks, after what was done with it, crossed out if need be.

    Words that were denied, or that the text says were not said, are the opposite of what a reader takes them for: a
    sign in words stands before them, and they are struck through. ``words``: the content as HTML that is made already.
    ``alone``: it stands in a list, where reported words begin like a sentence.
    """
    if words is None:
        content = standing_alone(quote["content"], quote["type"])
        text = with_quote_marks(shortened(content, size) if size else content, quote["type"])
        if alone and quote["type"] != "direct" and not act_label(quote):
            text = begin_like_a_sentence(text)
        words = Markup("{}").format(text)
    label = act_label(quote)
    if sign(quote):
        return Markup('<b class="sign">{}:</b> <s class="crossed">{}</s>').format(label, words)
    if quote.get("act") in ("declines", "denies"):
        return Markup('<b class="sign">{}:</b> {}').format(label, words)
    return Markup('<span class="act">{}:</span> {}').format(label, words) if label else words


def sign(quote: dict[str, Any]) -> str:
    """What stands beside words that are crossed out: "not said" or "denied"; "" beside all others.

    Of what was denied that is what the article reports. What it has between quotation marks is the denial itself, the
    speaker's own words: "“a stunt”, he said of the plan".
    """
    if is_unsaid(quote):
        return "not said"
    denied = is_denied(quote) and quote.get("type") == "indirect" and not _ANY_MARK.search(quote["content"])
    return "denied" if denied else ""


def any_of(looks: Callable[[dict[str, Any]], object], quotes: Iterable[dict[str, Any]]) -> bool:
    """Whether one of the quotations looks so: what a page does not show need not be explained there."""
    return any(looks(quote) for quote in quotes)


def html_with_quote_marks(html: Markup, content: str, type: str) -> Markup:
    """``html``, made of ``content``, in the quotation marks of ``content``."""
    bare, dressed = without_lead_in_comma(content), with_quote_marks(content, type)
    return Markup("“{}”").format(html) if dressed != bare else html


def html_with_matches(text: str, type: str, alone: bool = False) -> Markup:
    """A search result: ``text`` with the words between ⟦ and ⟧ in bold, in its quotation marks.

    ``alone``: reported words begin like a sentence.
    """
    text = with_quote_marks(text, type)
    if alone and type != "direct":
        marked = text.startswith("⟦")
        text = "⟦" * marked + begin_like_a_sentence(text[marked:])
    return (
        Markup(_MATCH.sub(r'<b class="found">\1</b>', str(escape(clean(text)))))
        .replace("⟦", "")
        .replace("⟧", "")
    )


def speaker_summary(quote: dict[str, Any]) -> str:
    """The speaker of a quotation, and how sure that is or who decided it: "Maren Holt · direct · 93% sure"."""
    decided = decision(quote)
    if not quote.get("speaker"):
        name, sure = "speaker not known" if is_corrected(quote) else "speaker not found", ""
    elif is_doubtful(quote):
        name, sure = f"{quote['name']}?", doubt(quote)
    else:
        name, sure = quote["name"], f"{percent(speaker_certainty(quote))} sure"
    words = f"words uncertain, {percent(quote.get('confidence'))}" if is_content_doubtful(quote) else ""
    via = f"via {quote['via']}" if quote.get("via") else ""
    sure = "" if is_corrected(quote) else sure
    return " · ".join(filter(None, [name, act_label(quote), quote.get("type"), sure, words, decided, via]))


def reported_in(statement: dict[str, Any]) -> str:
    """Where a statement was reported, copies of one story counted once: "2 articles of 2 publications".

    Of publications nothing is said unless that of every article is known.
    """
    articles = count(statement.get("articles") or 0, "article")
    publications = statement.get("publications")
    return f"{articles} of {count(publications, 'publication')}" if publications else articles


def percent(confidence: float | None) -> str:
    """A probability for readers: "87%"."""
    return f"{confidence or 0:.0%}"


def outside_id(ident: str) -> Markup:
    """The id of a speaker outside of this database; an item of Wikidata, or an address, is a link."""
    url = f"https://www.wikidata.org/wiki/{ident}" if re.fullmatch(r"Q[1-9]\d*", ident) else safe_url(ident)
    if url is None:
        return Markup("{}").format(ident)
    return Markup('<a href="{}" rel="external">{}</a>').format(url, ident)


def safe_url(url: str | None) -> str | None:
    """``url`` when it is an http(s) address without anything odd in it, else None."""
    url = (url or "").strip()
    if not url or url != clean(url) or re.search(r'[\s<>"\\]', url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.netloc else None


def text_fragment_url(url: str | None, contents: Iterable[str] = ()) -> str | None:
    """The publisher's page, opened at the quotation where the browser knows text fragments.

    ``contents``: the quotation's fragments as the article has them. A long one is given by its first and
    last words, because a fragment must be found letter for letter within one block.
    https://wicg.github.io/scroll-to-text-fragment/
    """
    address = safe_url(url)
    directives = []
    for content in contents:
        words = content.strip(_EDGE_CHARACTERS + ",").split()
        if not words:
            continue
        if len(words) <= 2 * _FRAGMENT_WORDS_CHARACTERS and "\n" not in content.strip():
            directives.append(_directive(words))
        else:
            first, last = words[:_FRAGMENT_WORDS_CHARACTERS], words[-_FRAGMENT_WORDS_CHARACTERS:]
            directives.append(f"{_directive(first)},{_directive(last)}")
    if not address or not directives:
        return address
    address, _, fragment = address.partition("#")
    return f"{address}#{fragment}:~:" + "&".join(f"text={directive}" for directive in directives)


def _directive(words: list[str]) -> str:
    return quote(" ".join(words), safe="").replace("-", "%2D")
