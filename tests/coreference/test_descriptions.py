"""What the press calls a speaker, and in which article."""

from pathlib import Path

from quotes.linking.index import save_article
from quotes.linking.link import link
from quotes.store.database import Store
from quotes.types import Article, Mention, Quote, Span


def said(text: str, description: str | None, pronouns: str | None) -> Quote:
    mention = Mention("Ana Ruiz", "person", description, ("Ruiz",), pronouns)
    return Quote((Span(0, len(text), text),), "direct", speaker=mention, attribution="name", confidence=0.9)


def test_descriptions_say_in_which_article_they_were_seen_first(tmp_path: Path) -> None:
    articles = [
        ("c", "2025-03-01", "former mayor", None),
        ("b", "2025-02-01", "mayor", "she"),
        ("a", "2025-01-01", "mayor", "she"),
        ("d", None, None, None),
    ]
    with Store(tmp_path / "quotes.db", create=True) as store:
        for ident, published, description, pronouns in articles:
            article = Article(ident, f"We wait, {ident}.", ident, title=ident.upper(), published=published)
            save_article(store, article, [said(article.text, description, pronouns)], version="1")
        link(store)
        found = store.speaker("ana-ruiz")
    assert found is not None
    assert [(one["description"], one["article"], one["articles"]) for one in found["descriptions"]] == [
        ("mayor", "a", 2),
        ("former mayor", "c", 1),
    ]
    assert found["descriptions"][0]["published"] == "2025-01-01"
    assert found["description"] == "mayor"
    assert found["pronouns"] == "she"
