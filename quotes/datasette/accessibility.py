"""Datasette's own forms and headings, made readable for people who do not see them.

What Datasette writes is escaped already, so that these tags are its own and never words from an article.
"""

import re

from markupsafe import Markup

_NAMES = (  # tags of Datasette 0.65 that have no name, and the name
    (r'<select (?=name="_filter_column)', "Column"),
    (r'<select (?=name="_filter_op)', "Comparison"),
    (r'<select (?=name="_sort")', "Sort by"),
    (r'<input (?=type="text" name="_filter_value)', "Value"),
    (r'<a (?=href="[^"]*" class="cross")', "Remove this filter"),
)


def with_labels(content: Markup) -> Markup:
    """The content of a table's page with a name for every box, and headings that do not leave out a level."""
    html = str(content)  # what replaces a match in Markup would be escaped
    for tag, name in _NAMES:
        html = re.sub(tag, rf'\g<0>aria-label="{name}" ', html)
    return Markup(re.sub(r"<(/?)h3\b", r"<\1h2", html))
