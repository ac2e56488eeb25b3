"""Quotations on a Doc stay what they were: in files, other processes, copies, joined Docs and merged tokens."""

import pickle
import warnings
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.util import filter_spans
from support.random_texts import plain, violations

import quotes
from quotes.types import Quote, Span

FERRY = "“We waited for years,” Ann Okoro, the mayor of Bodin, told Reuters. She said the ferry was “a gift”. “Go!”"
BRIDGE = "According to Prime Minister Tom Bell, the bridge is safe. “Nobody asked us,” he added."
CLOSED = "“Nobody asked us whether the bridge should be closed for good.” That was all."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return quotes.load(embeddings=True, coreference="needed")


@pytest.fixture(autouse=True)
def no_warning() -> None:
    """A warning is an error in these tests."""
    warnings.simplefilter("error")


def moved(quote: Quote, by: int) -> Quote:
    """The quotation, found ``by`` characters further on."""

    def move(span: Span) -> Span:
        return Span(span.start + by, span.end + by, span.text)

    fields = {name: getattr(quote, name) for name in Quote.__slots__}
    roles = {name: fields[name] and move(fields[name]) for name in ("cue", "source", "addressee")}
    return Quote(**fields | roles | {"spans": tuple(map(move, quote.spans))})


def joined(docs: list[Doc]) -> list[Quote]:
    """The quotations of Docs as those of one, a space between them."""
    result, start = [], 0
    for doc in docs:
        result += [moved(quote, start) for quote in doc._.quotes]
        start += len(doc.text) + 1
    return result


def test_what_the_texts_have(nlp: Language) -> None:
    speakers = [
        [quote.speaker and quote.speaker.name for quote in nlp(text)._.quotes]
        for text in (FERRY, BRIDGE, CLOSED)
    ]
    assert speakers[0][:2] == ["Ann Okoro", "Ann Okoro"]
    assert speakers[1:] == [["Tom Bell", "Tom Bell"], [None]]
    assert all(quote.embedding for quote in nlp(FERRY)._.quotes)


@pytest.mark.parametrize("user_data", [True, False])
def test_docbin_keeps_everything(nlp: Language, user_data: bool) -> None:
    docs = [nlp(text) for text in (FERRY, BRIDGE, CLOSED)]
    saved = DocBin(store_user_data=user_data, docs=docs).to_bytes()
    back = list(DocBin().from_bytes(saved).get_docs(nlp.vocab))
    assert [doc._.quotes for doc in back] == [doc._.quotes for doc in docs]


@pytest.mark.parametrize("exclude", [[], ["user_data"], ["spans"], ["tensor", "sentiment"]])
def test_bytes_keep_everything(nlp: Language, exclude: list[str]) -> None:
    doc = nlp(FERRY)
    back = Doc(nlp.vocab).from_bytes(doc.to_bytes(exclude=exclude))
    assert back._.quotes == doc._.quotes


def test_files_pickles_and_copies_keep_everything(nlp: Language, tmp_path: Path) -> None:
    doc = nlp(FERRY)
    doc.to_disk(tmp_path / "doc")
    assert Doc(nlp.vocab).from_disk(tmp_path / "doc")._.quotes == doc._.quotes
    assert pickle.loads(pickle.dumps(doc))._.quotes == doc._.quotes
    assert doc.copy()._.quotes == doc._.quotes


def test_other_processes_give_the_same(nlp: Language) -> None:
    texts = [FERRY, BRIDGE, "", CLOSED] * 2
    docs = list(nlp.pipe(texts, n_process=2, batch_size=2))
    assert [doc._.quotes for doc in docs] == [nlp(text)._.quotes for text in texts]
    assert Doc.from_docs(docs[:2])._.quotes == tuple(joined(docs[:2]))


def merge_all(doc: Doc) -> None:
    """Merge the entities and noun chunks of a Doc into tokens, as spaCy's components do."""
    with doc.retokenize() as retokenizer:
        for span in filter_spans([*doc.ents, *doc.noun_chunks]):
            retokenizer.merge(span)


def test_merged_tokens_shift_nothing(nlp: Language) -> None:
    for text in (FERRY, BRIDGE):
        doc, before = nlp(text), nlp(text)._.quotes
        tokens = len(doc)
        merge_all(doc)
        assert len(doc) < tokens
        assert doc._.quotes == before
        assert not violations(text, doc._.quotes)
        shown = [span.text for span in doc.spans["quotes"] if span.label_ == "CONTENT"]
        assert all(
            span.text in text for span, text in zip([s for q in before for s in q.spans], shown, strict=True)
        )
        for user_data in (True, False):
            saved = DocBin(store_user_data=user_data, docs=[doc]).to_bytes()
            assert next(DocBin().from_bytes(saved).get_docs(nlp.vocab))._.quotes == before
        assert Doc.from_docs([doc, nlp(BRIDGE)])._.quotes == tuple(joined([doc, nlp(BRIDGE)]))


def test_spacys_own_component_that_merges_may_come_before_or_after() -> None:
    expected = quotes.find(BRIDGE)
    for place in ({"before": "quotes"}, {"last": True}):
        nlp = quotes.load()
        nlp.add_pipe("merge_entities", **place)
        assert [quote.spans for quote in nlp(BRIDGE)._.quotes] == [quote.spans for quote in expected]
        assert all(quote.speaker and quote.speaker.name == "Tom Bell" for quote in nlp(BRIDGE)._.quotes)


def test_split_tokens_shift_nothing(nlp: Language) -> None:
    doc, before = nlp(FERRY), nlp(FERRY)._.quotes
    with doc.retokenize() as retokenizer:
        retokenizer.split(doc[1], ["W", "e"], heads=[doc[2], doc[2]])
    assert doc.text == FERRY
    assert doc._.quotes == before


@pytest.mark.parametrize(
    "texts", [(FERRY, BRIDGE), (CLOSED, CLOSED), (BRIDGE, "", BRIDGE), (CLOSED, FERRY, CLOSED)]
)
def test_joined_docs_are_not_mixed(nlp: Language, texts: tuple[str, ...]) -> None:
    docs = [nlp(text) for text in texts]
    whole = Doc.from_docs(docs)
    expected = tuple(joined([doc for doc in docs if len(doc)]))
    assert whole._.quotes == expected
    assert not violations(whole.text, whole._.quotes)
    ids = {text: {span.id for span in doc.spans["quotes"]} for text, doc in zip(texts, docs, strict=True)}
    assert sum(map(len, ids.values())) == len(set().union(*ids.values()))
    saved = DocBin(store_user_data=True, docs=[whole]).to_bytes()
    assert next(DocBin().from_bytes(saved).get_docs(nlp.vocab))._.quotes == expected
    assert Doc.from_docs([whole, docs[0]])._.quotes == tuple(joined([whole, docs[0]]))


def test_a_part_of_a_doc_has_the_quotations_in_it(nlp: Language) -> None:
    doc = Doc.from_docs([nlp(FERRY), nlp(BRIDGE)])
    part = doc.char_span(len(FERRY) + 1, len(doc.text), alignment_mode="strict")
    assert part is not None
    assert part.as_doc(copy_user_data=True)._.quotes == nlp(BRIDGE)._.quotes
    assert doc[: part.start].as_doc(copy_user_data=True)._.quotes == nlp(FERRY)._.quotes
    middle = doc[3 : part.end - 3].as_doc(copy_user_data=True)
    assert set(middle._.quotes) < {moved(quote, -doc[3].idx) for quote in doc._.quotes}


def test_lost_speakers_are_told(nlp: Language) -> None:
    docs = [nlp(text) for text in (FERRY, BRIDGE, CLOSED)]
    saved = DocBin(store_user_data=False, docs=[Doc.from_docs(docs)]).to_bytes()
    back = next(DocBin().from_bytes(saved).get_docs(nlp.vocab))
    with pytest.warns(UserWarning, match="speakers of some quotations are not in this Doc") as told:
        bare = back._.quotes
    assert told[0].filename == __file__
    expected = joined(docs)
    for name in ("spans", "cue", "source", "type"):
        assert [getattr(quote, name) for quote in bare] == [getattr(quote, name) for quote in expected]
    assert {quote.speaker for quote in bare} == {None}


def test_reading_again_replaces_what_was_found(nlp: Language) -> None:
    doc = nlp(FERRY)
    size = len(doc.user_data)
    assert plain(nlp.get_pipe("quotes")(doc)) == plain(nlp(FERRY))
    assert len(doc.user_data) == size


def test_spans_of_others_in_the_group_do_no_harm(nlp: Language) -> None:
    doc = nlp(FERRY)
    doc.spans["quotes"] = [*doc.spans["quotes"], doc.char_span(1, 3, label="MINE", span_id="mine")]
    assert doc._.quotes == nlp(FERRY)._.quotes
    del doc.spans["quotes"]
    assert doc._.quotes == nlp(FERRY)._.quotes
