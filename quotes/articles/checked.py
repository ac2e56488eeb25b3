"""An article that can be stored, or why it cannot."""

from dataclasses import replace

from quotes.errors import Unreadable
from quotes.text.encoding import check_characters, replace_surrogates
from quotes.types import Article, Failure

CHECKED_FIELDS = ("text", "id", "title", "publication", "author", "published", "url", "source_id")


def checked(article: Article) -> Article | Failure:
    """The article, or why it cannot be stored: half a surrogate pair or a NUL character in one of its fields."""
    path = replace_surrogates(article.path)  # a file's name may be any bytes
    for name in CHECKED_FIELDS:
        try:
            check_characters(getattr(article, name) or "")
        except Unreadable as error:
            return Failure(path, str(error) if name == "text" else f'"{name}" {error}')
    return article if path == article.path else replace(article, path=path)
