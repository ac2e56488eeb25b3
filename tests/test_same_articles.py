# ruff: noqa: E501 -- a paragraph is a line
"""One article is one article, however it is given: as a text, a page, a row of a table, an entry of a feed."""

import importlib
from pathlib import Path

import pytest
from support.paths import ROOT

FERRY = (
    "The ferry between Norholm and the mainland will stop at the end of October, the harbour office announced on Monday.",
    "“We have waited nine years for a new ship, and nobody has signed for one,” Mayor Ann Okoro told reporters on the quay. "
    "“The islands cannot live on promises.”",
    "Her predecessor, Tom Lind, called the decision “a scandal in slow motion” and said that he would take it to court.",
    "According to the shipping company, repairs would have cost four million crowns.",
    "“Children will miss school,” said a teacher who asked not to be named.",
)
LOCKS = (
    "Engineers in Odern warned for years that the gates of the canal were rusting.",
    "Ines Varga, who runs the canal office, said the gates were never tested. She added: “Not once since I came here.”",
    "“Dig by hand if you must,” her deputy Paul Henning told the council, “but do not open them.”",
    "The council’s chair, Rosa Amado, denied that there was any danger to the town.",
)
MARKET = (
    "Traders on the square in Sellin refused to pay the new fee this week.",
    "“It is theft with a stamp on it,” Karl Brandt, a fishmonger, said. He added that thirty stalls would stay shut.",
    "The town’s treasurer, Lena Osei, replied that the fee had been announced in spring, and that “nobody objected then”.",
)


def test_four_forms_of_the_same_articles_give_the_same_quotations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    forms = importlib.import_module("same_articles")
    articles = [
        (f"{number:04}", f"Story number {number:04} of the day", list(paragraphs))
        for number, paragraphs in enumerate((FERRY, LOCKS, MARKET))
    ]
    found = {}
    for form, write in forms.FORMS.items():
        (folder := tmp_path / form).mkdir()
        write(folder, articles)
        number, found[form] = forms.found_in(folder)
        assert number == len(articles)
    texts = found.pop("texts")
    assert [len(texts[number]) >= 3 for number, _, _ in articles] == [True] * 3
    contents = [content for quotations in texts.values() for content, *_ in quotations]
    assert any("nobody has signed for one" in content for content in contents)
    assert {"pages", "table", "feed"} == set(found)
    for form, quotations in found.items():
        assert quotations == texts, form
