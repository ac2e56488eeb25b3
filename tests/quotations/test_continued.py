"""A quotation that goes on in the next paragraph, and one that does not."""

import pytest
from spacy.language import Language

import quotes

ONE = {
    "said": "“The ferry will not sail tonight,” Captain Ilse Maas said.\n\n“We will try again when the wind drops.”\n\n"
    "The harbour was empty.",
    "told": '"Nobody asked the farmers," Deng Okello told the county paper.\n\n"They learned it from a poster."',
    "three paragraphs": "“It was a long night,” said Priya Nair.\n\n“The pumps failed at two.\n\n“By four the cellar"
    " was full.”\n\nThe street is closed.",
}
TWO = {
    "a clause of its own": "“The ferry will not sail tonight,” Captain Ilse Maas said.\n\n“We lost two days of work,”"
    " said Tomas Brink, a fisherman.",
    "another sentence": "“The ferry will not sail tonight,” Captain Ilse Maas said. A passenger laughed at that.\n\n"
    "“Then I will have to swim to the island this evening.”",
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return quotes.load(coreference="none")


@pytest.mark.parametrize("text", ONE.values(), ids=ONE)
def test_a_quotation_goes_on_in_the_next_paragraph(nlp: Language, text: str) -> None:
    (quotation,) = nlp(text)._.quotes
    marked = [part for part in text.split("\n\n") if part[0] in '“"']
    assert len(quotation.spans) == len(marked)
    assert [text[span.start : span.start + 8] for span in quotation.spans] == [part[:8] for part in marked]
    assert quotation.source is not None
    assert quotation.type == "direct"


def test_marks_that_open_again_need_not_close(nlp: Language) -> None:
    text = (
        'The club said: "Ana built this team in three years.\n\n"She has led two others before.\n\n'
        "The season opens on Friday."
    )
    (quotation,) = nlp(text)._.quotes
    assert [text[span.start : span.start + 4] for span in quotation.spans] == ['"Ana', '"She']


@pytest.mark.parametrize("text", TWO.values(), ids=TWO)
def test_a_quotation_ends_with_its_paragraph(nlp: Language, text: str) -> None:
    first, second = nlp(text)._.quotes
    assert first.source is not None
    assert text[first.source.start : first.source.end].endswith("Ilse Maas")
    assert len(first.spans) == len(second.spans) == 1


@pytest.mark.parametrize(
    ("before", "source"),
    [
        ("Captain Ilse Maas said the ferry would not sail tonight.", "Captain Ilse Maas"),
        ("Captain Ilse Maas said the ferry would sail, and a clerk warned that it was late.", "a clerk"),
        ("Captain Ilse Maas said the ferry's engine wouldn't start.", "Captain Ilse Maas"),
        ("Captain Ilse Maas said the ferry was “as good as scrap”.", "Captain Ilse Maas"),
        ("“Why?” asked Captain Ilse Maas. A passenger laughed at that.", None),
        ("Captain Ilse Maas says ferry will not sail", None),  # a headline
        ("Captain Ilse Maas asked Tomas Brink whether he would come.", None),  # who answers?
        ("Reporters wanted to know from Captain Ilse Maas whether she would resign.", None),
        ("Captain Ilse Maas said the ferry would not sail tonight. A passenger laughed at that.", None),
        ("The harbour was empty.", None),
    ],
)
def test_a_paragraph_in_marks_has_the_last_source(nlp: Language, before: str, source: str | None) -> None:
    last = "“We lost two days of work, and nobody will pay for them.”"
    text = f"{before}\n\n{last}\n\nThe street is closed."
    found = next(quote for quote in nlp(text)._.quotes if quote.text == last)
    assert (found.source and found.source.text) == source
    assert found.cue is None
