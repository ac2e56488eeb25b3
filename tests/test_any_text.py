"""Texts that no newspaper prints: halves of surrogate pairs, no word at all, pieces that share a token."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from support.random_texts import plain, random_text, violations

import quotes
from quotes.errors import PipelineError
from quotes.nlp.syntax import LONGEST_SENTENCE
from quotes.nlp.tokenizer import AnyTextTokenizer
from quotes.store.database import Store
from quotes.types import Article

HALVED = "\udc80“We waited\ud83d,” Ann Okoro said.\ude00 She \ud83d\ude00 left."
WHOLE = HALVED.replace("\ud83d", "\ufffd").replace("\ude00", "\ufffd").replace("\udc80", "\ufffd")


@pytest.fixture(scope="module")
def nlp() -> Language:
    return quotes.load()


def test_half_a_surrogate_pair_is_one_character(nlp: Language) -> None:
    doc = nlp(HALVED)
    [quote] = doc._.quotes
    assert doc.text == WHOLE
    assert HALVED[quote.spans[0].start : quote.spans[0].end] == "“We waited\ud83d,”"
    assert quote.source is not None
    assert HALVED[quote.source.start : quote.source.end] == "Ann Okoro"
    assert quotes.find(HALVED) == doc._.quotes
    assert [plain(found) for found in nlp.pipe([HALVED] * 3)] == [plain(doc)] * 3
    assert [plain(found) for found in nlp.pipe([HALVED] * 3, n_process=2, batch_size=1)] == [plain(doc)] * 3


def test_saved_and_pickled_pipelines_read_any_text(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    saved = spacy.load(tmp_path / "saved")
    again = quotes.load(str(tmp_path / "saved"))
    for other in (saved, again, pickle.loads(pickle.dumps(nlp))):
        assert isinstance(other.tokenizer, AnyTextTokenizer)
        assert plain(other(HALVED)) == plain(nlp(HALVED))
    assert [token.text for token in saved.make_doc("He won.”―Ana Ruiz")] == "He won . ” ― Ana Ruiz".split()


def test_a_saved_pipeline_needs_no_import(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    program = (
        "import spacy, sys; print(len(spacy.load(sys.argv[1])('\\ud83d“Go,” Ann Okoro said.')._.quotes))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "saved")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "1\n"


def test_an_installed_pipeline_reads_any_text(tmp_path: Path) -> None:
    other = spacy.blank("en")
    other.add_pipe("quotes_syntax")
    other.add_pipe("quotes_morphology")
    other.tokenizer.add_special_case("Okoro", [{"ORTH": "Oko"}, {"ORTH": "ro"}])
    other.to_disk(tmp_path / "other")
    nlp = quotes.load(str(tmp_path / "other"))
    assert [token.text for token in nlp("\ud83d Okoro")] == ["\ufffd", "Oko", "ro"]
    nlp.to_disk(tmp_path / "with_quotes")
    assert isinstance(spacy.load(tmp_path / "with_quotes").tokenizer, AnyTextTokenizer)


def test_articles_with_characters_that_no_file_has_are_failures(tmp_path: Path) -> None:
    good = Article("good", "“We waited,” Ann Okoro said.", "caf\udce9.txt")
    bad = [
        Article("half", HALVED, "half.txt"),
        Article("nul", "“We waited,”\x00 Ann Okoro said.", "nul.txt"),
        Article("title", good.text, "title.txt", title="\ud83d"),
        Article("i\ud83dd", good.text, "id.txt"),
    ]
    outcome = quotes.extract([bad[0], good, *bad[1:]], tmp_path / "quotes.db")
    assert (outcome.read, [failure.path for failure in outcome.failures]) == (
        1,
        ["half.txt", "nul.txt", "title.txt", "id.txt"],
    )
    assert str(outcome.failures[2]).startswith('title.txt: "title" has half a surrogate pair at offset 0')
    with Store(tmp_path / "quotes.db") as store:
        assert [row["article"] for row in store.export()] == ["caf\ufffd.txt"]


@pytest.mark.parametrize("text", [" ", "\n\n", "\ufeff", "\x00\n", "\u200e ", "\u0301", "\u0301\n", "\ud83d"])
def test_a_text_without_words_is_annotated(nlp: Language, text: str) -> None:
    doc = nlp(text)
    for attribute in ("TAG", "POS", "DEP", "HEAD", "SENT_START"):
        assert doc.has_annotation(attribute), attribute
    assert len(list(doc.sents)) == 1
    assert not doc.ents
    assert not doc._.quotes


@pytest.mark.parametrize("seed", [214, 722, 1000, 1301])
def test_quotations_are_in_text_order_and_their_spans_do_not_overlap(nlp: Language, seed: int) -> None:
    doc = nlp(random_text(seed))
    assert doc._.quotes
    assert not violations(doc.text, doc._.quotes)


@pytest.mark.parametrize(
    "options", [{"coreference": "bad"}, {"coreference": None}, {"thoughts": "yes"}, {"embeddings": 1}]
)
def test_an_option_that_is_none_is_told(options: dict[str, object]) -> None:
    [(name, value)] = options.items()
    with pytest.raises(PipelineError, match=f"There is no {name}={value!r}"):
        quotes.load(**options)  # type: ignore[arg-type]
    with pytest.raises(PipelineError, match=f"There is no {name}={value!r}"):
        spacy.blank("en").add_pipe("quotes", config=options)


@pytest.mark.parametrize("run", ["“" * 3000, "a." * 3000, "(" * 3000])
def test_a_long_run_without_white_space_is_read_in_pieces(nlp: Language, run: str) -> None:
    text = f"“We stay,” said Ann Okoro.\n\n{run} and she left.\n\n“We go,” said Rosa Vale."
    doc = nlp(text)
    assert doc.text == text
    assert [quote.text for quote in doc._.quotes if quote.source] == ["“We stay,”", "“We go,”"]
    assert max(len(sentence) for sentence in doc.sents) <= LONGEST_SENTENCE
