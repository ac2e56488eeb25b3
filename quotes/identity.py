"""Which stored article an article is that was just read: new, unchanged, moved, changed, or withdrawn.

The id of an article is made of its address, its table and id, or its text (``articles.ids``). So a file that was moved
has its id still where that is of the text; what is left to find is a text that was corrected in its file, a row whose
table was renamed, and two tables of one name.
"""

import os
from dataclasses import replace
from typing import Literal, NamedTuple

from quotes.articles.addresses import address_key
from quotes.articles.ids import another_id
from quotes.articles.near_duplicates import is_copy, shingles
from quotes.store.article_tables import BY_PUBLISHER, StoredArticle
from quotes.store.database import Store
from quotes.store.rows import text_sha
from quotes.text.identifiers import text_id
from quotes.types import PLACE, STDIN, Article, Failure, file_of

Arrival = Literal["new", "changed", "unchanged", "moved", "withdrawn"]


class Arrived(NamedTuple):
    """An article under the id that it has in the database, and what it is there."""

    article: Article
    state: Arrival


def source_path(path: str) -> str:
    """Where an article stands, however its path was spelled, without its place there: what ``sync`` goes by."""
    if path == STDIN or path.startswith(f"{STDIN}:"):
        return STDIN
    inner = PLACE.sub("", path)[len(file_of(path)) :]
    return os.path.realpath(file_of(path)) + inner


class Arrivals:
    """Tells of each article what it is in a database. ``version``: by which articles are read now."""

    def __init__(self, store: Store, version: str, *, force: bool = False) -> None:
        self.store, self.tables, self.version, self.force = store, store.articles, version, force
        self.tables.start_run()

    def arrive(self, article: Article) -> Arrived | Failure:
        """What an article is; one that is unchanged, moved or withdrawn is noted as that at once."""
        article = self._known(article)
        stored = self.tables.stored(article.id)
        if article.withdrawn:
            with self.store.transaction():
                new = self.tables.withdraw(article.id, source_path(article.path))
            return Arrived(article, "withdrawn" if new else "unchanged")
        if stored and (clash := self._clash(stored, article)):
            return clash
        if stored and self._is_another(stored, article):
            article = replace(article, id=another_id(article.id, article.text))
            stored = self.tables.stored(article.id)
        article = replace(article, withdrawn=self.tables.is_withdrawn(article.id))
        if stored is None:
            return Arrived(article, "new")
        if self.force or not self._is_same(stored, article):
            return Arrived(article, "changed")
        return Arrived(article, self._note_place(stored, article))

    def before_saving(self, article: Article) -> tuple[Article, bool] | Failure:
        """An article as it is to be stored, and whether what it said before is kept.

        Looks again at what other articles of this run have stored meanwhile. The caller opens the transaction.
        """
        stored = self.tables.stored(article.id)
        if stored and (clash := self._clash(stored, article)):
            return clash
        if stored and self._is_another(stored, article):
            article = replace(article, id=another_id(article.id, article.text))
            stored = self.tables.stored(article.id)
        path = source_path(article.path)
        before = self.tables.read_now(article.id, path)
        self.tables.note_source(path, article.id, text_sha(article))
        changed = stored is not None and self.tables.text(article.id).split() != article.text.split()
        return article, changed and before in (
            None,
            path,
        )  # two files of one article are no earlier and later text

    def _known(self, article: Article) -> Article:
        """The article under the id that it is stored with, where its own is new."""
        if self.tables.stored(article.id):
            return article
        if now := self.tables.current_id(article.id):
            return replace(article, id=now)
        for ident in (self._corrected(article), self._moved(article)):
            if ident is not None:
                return replace(article, id=ident)
        return article

    def _corrected(self, article: Article) -> str | None:
        """The article that this file alone gave until now, when the file has nothing but its text to be known by."""
        if article.path == STDIN or PLACE.search(article.path) or not _is_of_text(article):
            return None
        for path in (source_path(article.path), article.path):
            known = self.tables.articles_of(path)
            if len(known) == 1 and self.tables.sources_of(known[0]) == [path]:
                return known[0]
        return None

    def _moved(self, article: Article) -> str | None:
        """The article with this text whose files are gone; not one that has another address, or another id there."""
        if address_key(article.url) or not os.path.exists(file_of(article.path)):
            return None
        for stored in self.tables.with_text(text_id(article.text, article.publication)):
            same = not address_key(stored.url) and stored.source_id in (None, article.source_id)
            paths = [stored.path, *self.tables.sources_of(stored.id)]
            if same and not any(os.path.exists(file_of(path)) for path in paths):
                return stored.id
        return None

    def _is_same(self, stored: StoredArticle, article: Article) -> bool:
        """Whether nothing is to be read: as it is stored, or as this file had it when it was read last."""
        if stored.version != self.version or (stored.withdrawn == BY_PUBLISHER) != article.withdrawn:
            return False
        sha = text_sha(article)
        same_text = _is_of_text(article) and stored.id == article.id and os.path.exists(file_of(stored.path))
        elsewhere = same_text and source_path(stored.path) != source_path(article.path)
        return (
            stored.sha == sha
            or elsewhere
            or self.tables.source_sha(source_path(article.path), stored.id) == sha
            or self._is_earlier_capture(article)
        )

    def _is_earlier_capture(self, article: Article) -> bool:
        """Whether a web archive or a feed has this text as an earlier one of the article, which was read before."""
        in_file = PLACE.search(article.path) is not None
        return in_file and self.tables.was_version(article.id, article.text, article.path)

    def _note_place(self, stored: StoredArticle, article: Article) -> Arrival:
        path, sha = source_path(article.path), text_sha(article)
        moved = (
            stored.path != article.path
            and not os.path.exists(file_of(stored.path))
            and os.path.exists(file_of(article.path))
        )
        if not moved and self.tables.source_sha(path, stored.id) == sha:
            return "unchanged"
        with self.store.transaction():
            self.tables.note_source(path, stored.id, sha)
            if not moved:
                return "unchanged"
            self.tables.move(stored.id, article.path)
            for former in {stored.path, source_path(stored.path)} - {path}:
                self.tables.forget_source(former, stored.id)
        return "moved"

    def _is_another(self, stored: StoredArticle, article: Article) -> bool:
        """Whether a table of the same name in another file, still there, has another article with the same id."""
        if not article.source_id or address_key(article.url) or not _both_there(stored, article):
            return False
        return not is_copy(shingles(self.tables.text(stored.id)), shingles(article.text))

    def _clash(self, stored: StoredArticle, article: Article) -> Failure | None:
        """That an id which somebody gave to an article is another file's, which the article would replace."""
        given = not (article.source_id or address_key(article.url) or _is_of_text(article))
        if not given or stored.text_id == stored.id or not _both_there(stored, article):
            return None
        return Failure(
            article.path, f"has the id of {stored.path}, which is in this database; give it another"
        )


def _is_of_text(article: Article) -> bool:
    return article.id == text_id(article.text, article.publication)


def _both_there(stored: StoredArticle, article: Article) -> bool:
    """Whether the file of a stored article and that of this one are two, and both are there."""
    a, b = file_of(stored.path), file_of(article.path)
    return os.path.isfile(a) and os.path.isfile(b) and not os.path.samefile(a, b)
