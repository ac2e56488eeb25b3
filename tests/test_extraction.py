"""Articles through a real spaCy pipeline whose last component cannot read some texts."""

from collections.abc import Iterator

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import quotes.component  # noqa: F401  (doc._.quotes)
from quotes.extraction import BATCH, annotate, extract
from quotes.types import Article, Failure


class Picky:
    """Raises on "broken"; in a stream it loses the whole batch, and that of a "spoiler", as spaCy's do."""

    def __call__(self, doc: Doc) -> Doc:
        if "broken" in doc.text:
            raise RuntimeError("cannot read this")
        return doc

    def pipe(self, stream: Iterator[Doc], batch_size: int = 4) -> Iterator[Doc]:
        handler = self.get_error_handler()
        for docs in spacy.util.minibatch(stream, size=batch_size):
            if any("broken" in doc.text or "spoiler" in doc.text for doc in docs):
                handler("picky", self, docs, RuntimeError("one of these"))
            else:
                yield from docs

    def set_error_handler(self, handler) -> None:
        self.handler = handler

    def get_error_handler(self):
        return getattr(self, "handler", spacy.util.raise_error)


@Language.factory("picky")
def make_picky(nlp: Language, name: str) -> Picky:
    return Picky()


@pytest.fixture
def nlp() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("picky")
    return nlp


def articles(*texts: str) -> list[Article]:
    return [Article(f"a-{n}", text, f"{n}.txt") for n, text in enumerate(texts)]


def outcome(found) -> dict[str, bool]:
    return {article.id: not isinstance(result, Exception) for article, result in found}


@pytest.mark.parametrize("processes", [1, 2])
def test_one_broken_article_never_stops_the_rest(nlp: Language, processes: int) -> None:
    texts = ["fine"] * 30
    texts[3], texts[20], texts[29] = "broken", "spoiler", "broken"
    given = articles(*texts)
    found = list(annotate(nlp, given, processes=processes))
    assert outcome(found) == {article.id: article.text != "broken" for article in given}
    errors = [result for _, result in found if isinstance(result, Exception)]
    assert [str(error) for error in errors] == ["cannot read this"] * 2


def test_what_no_handler_of_spacy_covers(nlp: Language) -> None:
    nlp.max_length = 20
    given = articles("fine", "much too long for this pipeline", "fine", "broken", "fine")
    assert outcome(annotate(nlp, given)) == {
        "a-0": True,
        "a-1": False,
        "a-2": True,
        "a-3": False,
        "a-4": True,
    }


def test_articles_are_taken_as_they_are_needed(nlp: Language) -> None:
    taken = 0

    def endless() -> Iterator[Article]:
        nonlocal taken
        while True:
            taken += 1
            yield Article(f"a-{taken}", "fine", "")

    found = annotate(nlp, endless())
    for _ in range(50):
        next(found)
    assert taken <= 50 + 2 * BATCH


def test_errors_of_the_source_are_not_swallowed(nlp: Language) -> None:
    def failing() -> Iterator[Article]:
        yield from articles("fine")
        raise OSError("the disk is gone")

    found = annotate(nlp, failing())
    assert next(found)[0].id == "a-0"
    with pytest.raises(OSError, match="the disk is gone"):
        list(found)


def test_no_article_makes_no_database(tmp_path) -> None:
    path = tmp_path / "quotes.db"
    result = extract([Failure("gone.txt", "there is no such file")], path)
    assert (result.read, len(result.failures), path.exists()) == (0, 1, False)
