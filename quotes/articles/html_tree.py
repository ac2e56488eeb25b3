"""A page as bytes -> a tree whose paragraphs are elements, whatever its author did for paragraphs.

Bytes are decoded here, as browsers do it; text that stands loose between line breaks gets elements of its own. Nothing
is removed by the names of its classes: what is named "paywall" or "related" is the article on many sites.
"""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement, HTMLParser, document_fromstring

from quotes.errors import Unreadable

DECLARED = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]+encoding\s*=\s*[\"']([\w.:-]+)", re.I
)
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# What browsers read when a page says that it is in one of these (WHATWG Encoding Standard)
AS_BROWSERS = dict.fromkeys(
    "ascii us-ascii iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 windows-1252 x-cp1252 cp1252 ansi".split(),
    "cp1252",
) | {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
}
DECLARED_BYTES = 4096  # of a page, in which it may say its encoding
BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr html li main nav ol p pre section table tbody td tfoot th thead tr ul noscript script style "
    "iframe object video audio canvas svg template button select textarea picture".split()
)
CONTAINERS = frozenset("article blockquote body center dd div fieldset form li main section td th".split())
SPLIT = frozenset("p".split())
# A line break before a speaker's label begins a paragraph, as it does in interviews
LABEL = re.compile(r"\s*(?:Q|A|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3})\s?:\s")
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s*$")


def decode_page(data: bytes, declared: str | None = None) -> str:
    """The text of a page. ``declared``: the encoding that a server or a mail said, over what the page says.

    >>> decode_page('<meta charset="iso-8859-1"><p>“Zoë”'.encode("cp1252"))
    '<meta charset="iso-8859-1"><p>“Zoë”'
    """
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    try:
        return data.decode("utf-8")  # hardly a text in another encoding is valid in this one
    except UnicodeDecodeError:
        pass
    match = DECLARED.search(data[:DECLARED_BYTES])
    name = declared or ((match[1] or match[2]).decode("ascii", "replace") if match else "cp1252")
    name = AS_BROWSERS.get(name.lower(), name)
    if name.lower().replace("-", "") == "utf8":  # declared, and broken in a place or two: or not in it at all
        text = data.decode("utf-8", "replace")
        return text if text.count("\ufffd") <= len(text) // 200 else data.decode("cp1252", "replace")
    try:
        return data.decode(name, "replace")
    except LookupError:
        return data.decode("cp1252", "replace")


def parse_page(page: str) -> HtmlElement:
    """The tree of a page. Raises Unreadable for what has no element at all."""
    page = DECLARATION.sub("", page.replace("\x00", ""), count=1)
    try:
        tree = document_fromstring(
            page, parser=HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False)
        )
    except Exception as error:
        raise Unreadable(f"is no page that can be read: {error}") from None
    return tree


def wrap_paragraphs(tree: HtmlElement) -> None:
    """Give text that stands loose in a container, or between line breaks, paragraphs of its own."""
    for element in list(tree.iter("font", "center", "span", "b", "big", "small")):
        if len(element) and _holds_paragraphs(element):
            element.tag = "div"
    for element in list(tree.iter(*CONTAINERS, *SPLIT)):
        if element.tag == "p" and not (len(element) and _breaks(element)):
            _soften(element)
        elif _is_loose(element):
            _rebuild(element)


def _holds_paragraphs(element: HtmlElement) -> bool:
    """Whether an inline element is around blocks or double line breaks, as on pages of the nineties."""
    return any(_is_double(br) for br in element.iterchildren("br")) or (
        next(element.iter("p", "div", "table", "blockquote"), None) is not None
    )


def _is_double(br: HtmlElement) -> bool:
    following = br.getnext()
    return following is not None and following.tag == "br" and not (br.tail or "").strip()


def _breaks(element: HtmlElement) -> bool:
    """Whether line breaks within a paragraph end it: two together, or one before a label."""
    return any(_is_double(br) or _is_label(br) for br in element.iterchildren("br"))


def _is_label(br: HtmlElement) -> bool:
    following = br.tail or ""
    if not following.strip() and (bold := br.getnext()) is not None and isinstance(bold.tag, str):
        following = "".join(bold.itertext()) + (bold.tail or "")
    return LABEL.match(following) is not None and SENTENCE_END.search(_before(br)) is not None


def _before(element: HtmlElement) -> str:
    """The text right before an element, within its parent."""
    previous = element.getprevious()
    if previous is None:
        return (element.getparent().text or "") if element.getparent() is not None else ""
    return (previous.tail or "") or ("".join(previous.itertext()) if isinstance(previous.tag, str) else "")


def _soften(paragraph: HtmlElement) -> None:
    """Replace single line breaks in a paragraph by spaces: they would cut a quotation in two."""
    for br in list(paragraph.iter("br")):
        br.tail = " " + (br.tail or "")
        br.drop_tag()


def _is_loose(element: HtmlElement) -> bool:
    """Whether a container has text of its own beside blocks or line breaks."""
    if element.tag == "p":
        return True
    has_text = bool(element.text and not element.text.isspace())
    has_inline = has_blocks = False
    for child in element:
        if child.tag in BLOCKS or child.tag == "br":
            has_blocks = True
        elif isinstance(child.tag, str):
            has_inline = True
        has_text = has_text or bool(child.tail and not child.tail.isspace())
    if element.tag in ("td", "th", "li", "dd") and not has_blocks:
        return False
    return has_text or (has_inline and has_blocks)


def _rebuild(element: HtmlElement) -> None:
    """Move what stands between blocks and double line breaks into paragraphs."""
    runs = list(_runs(element))
    tail, tag = element.tail, element.tag
    for child in list(element):
        element.remove(child)
    element.text = None
    if tag == "p":
        element.tag = "div"
    for run in runs:
        if isinstance(run, list):
            paragraph = element.makeelement("p")
            _fill(paragraph, run)
            if "".join(paragraph.itertext()).strip() or len(paragraph):
                element.append(paragraph)
        else:
            run.tail = None
            element.append(run)
    element.tail = tail


def _runs(element: HtmlElement) -> Iterator[HtmlElement | list[str | HtmlElement]]:
    """The blocks in an element, and between them lists of text and inline elements that make up a paragraph."""
    run: list[str | HtmlElement] = [element.text or ""]
    for child in element:
        ends = child.tag == "br" and (_is_double(child) or _is_label(child))
        if child.tag in BLOCKS or ends:
            yield run
            if child.tag != "br":
                yield child
            run = [child.tail or ""]
        elif child.tag == "br":
            run.append(" " + (child.tail or ""))
        else:
            run += [child, child.tail or ""]
    yield run


def _fill(paragraph: HtmlElement, run: list[str | HtmlElement]) -> None:
    last: HtmlElement | None = None
    for part in run:
        if not isinstance(part, str):
            part.tail = None
            paragraph.append(part)
            last = part
        elif last is None:
            paragraph.text = (paragraph.text or "") + part
        else:
            last.tail = (last.tail or "") + part
