"""What stands in a cell or a field that should be text, and is HTML: its paragraphs, with entities as characters."""

import html
import re

WHOLE_PAGE = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
BLOCK_TAG = re.compile(r"<(?:p|div|br|h[1-6]|li|ul|ol|blockquote|article|section|td)\b[^<>]*>", re.I)
PARAGRAPH = re.compile(r"<p\b[^<>]*>.*</p>", re.I | re.S)
ENTITY = re.compile(
    r"&(?:[lr][sd]quo|quot|amp|apos|nbsp|[mn]dash|hellip|lt|gt|#\d{2,5}|#x[0-9a-f]{2,5});", re.I
)
ESCAPED_TAG = re.compile(r"&lt;(?:p|br|div)\b[^<>]{0,200}&gt;", re.I)


def clean_cell(text: str) -> str:
    """The text of a cell: paragraphs of its HTML where it has some, entities as characters; else as it is.

    >>> clean_cell("It is 3 < 4 &amp; 5."), clean_cell("Plain.\\n\\nText.")
    ('It is 3 < 4 & 5.', 'Plain.\\n\\nText.')
    """
    if ESCAPED_TAG.search(text) and not BLOCK_TAG.search(text):  # encoded twice
        text = html.unescape(text)
    if PARAGRAPH.search(text) or len(BLOCK_TAG.findall(text)) >= 2:
        from quotes.articles.html_body import fragment_text

        return fragment_text(text)
    return html.unescape(text) if ENTITY.search(text) else text
