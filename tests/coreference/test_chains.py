"""Coreference chains: coreferee's own answers, on any text, quietly."""

import multiprocessing
import pickle
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from coreferee.annotation import Annotator
from spacy.language import Language
from spacy.tokens import Doc
from support.paths import ROOT, SEEDS

import quotes
from quotes.coreference.chains.annotator import MAX_CHAIN, MODEL_FOLDER, CoreferenceAnnotator
from quotes.coreference.chains.light_doc import MAX_SENTENCE, LightDoc
from quotes.errors import QuotesError

sys.path.insert(0, str(ROOT / "training"))

from train_coreference import NoVectors

SEEDS = sorted(SEEDS.glob("*.txt"))
VILLAGE = (
    "Mira Odell and her brother Tomas keep the last bakery of Eastmoor. They bought it in March, when the mill "
    "had lost its owner. “We could not let it close,” she said. Tomas, who had never baked before, burnt his "
    "first loaves; the neighbours ate them anyway. Their mayor called the couple “a gift,” and he gave them a "
    "prize. The company that sells the flour has raised its prices twice. It says that it had to. The mill "
    "and the bakery share a yard; both are old, and each needs its roof mended. The man who mends them is 80."
)
# Everything that coreferee's rules distinguish: reflexives, cataphora, "or", plural names, quotations, "it" alone.
ODDITIES = (
    "When he saw himself on television, Peter Lund or his agent laughed. It was snowing. It is clear that Ana "
    "and Bo, the twins, hurt themselves; she blamed him. Although she had voted, Ms. Reyes said they should. "
    "“It makes it likely that they will go,” the Hendersons told their lawyer. The dog bit the cat and it ran. "
    "A woman and a man came in; the woman sat down, he did not. Acme Inc. sued the state, which it had left."
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = quotes.load()
    nlp.remove_pipe("quotes")
    return nlp


@pytest.fixture(scope="module")
def chains() -> CoreferenceAnnotator:
    return CoreferenceAnnotator.from_disk()


def found(doc: Doc) -> list[tuple[int, tuple[str, ...]]]:
    """The chains of a Doc in a form that can be compared."""
    return [
        (chain.most_specific_mention_index, tuple(mention.pretty_representation for mention in chain))
        for chain in doc._.coref_chains
    ]


@pytest.mark.parametrize("text", [VILLAGE, ODDITIES, *(path.read_text("utf-8") for path in SEEDS)])
def test_chains_are_those_of_coreferee(nlp: Language, chains: CoreferenceAnnotator, text: str) -> None:
    ours, theirs = nlp(text), nlp(text)
    for token, light in zip(theirs, LightDoc(theirs, 0, len(theirs)), strict=True):
        token.tag_ = light.tag_  # the surname He, by design no pronoun
    annotator = Annotator(SimpleNamespace(meta={"lang": "en"}), NoVectors(), chains.table, chains.model)
    annotator.annotate(theirs)
    chains(ours)
    assert found(theirs), "nothing was compared"
    assert found(ours) == found(theirs)
    for own, other in zip(ours, theirs, strict=True):
        assert [c.index for c in own._.coref_chains] == [c.index for c in other._.coref_chains]
        assert vars(own._.coref_chains).keys() == vars(other._.coref_chains).keys()


def test_an_empty_text_has_no_chains(nlp: Language, chains: CoreferenceAnnotator) -> None:
    assert list(chains(nlp(""))._.coref_chains) == []


def test_a_doc_without_syntax_is_an_error_that_says_what_is_missing(
    nlp: Language, chains: CoreferenceAnnotator
) -> None:
    with pytest.raises(QuotesError, match=r"tags, parts of speech, .*dependencies"):
        chains(nlp.make_doc("She left. He stayed."))


def test_missing_weights_are_an_error_that_says_where(tmp_path: Path) -> None:
    with pytest.raises(QuotesError, match=str(tmp_path)):
        CoreferenceAnnotator.from_disk(tmp_path)


def test_broken_weights_are_an_error(tmp_path: Path) -> None:
    shutil.copytree(MODEL_FOLDER, tmp_path, dirs_exist_ok=True)
    (tmp_path / "features.json").write_text('{"tags": []}')
    with pytest.raises(QuotesError, match="train_coreference"):
        CoreferenceAnnotator.from_disk(tmp_path)


def test_weights_survive_pickle(nlp: Language, chains: CoreferenceAnnotator) -> None:
    expected = found(chains(nlp(VILLAGE)))
    assert found(pickle.loads(pickle.dumps(chains))(nlp(VILLAGE))) == expected


def test_nothing_is_printed(
    nlp: Language, chains: CoreferenceAnnotator, capsys: pytest.CaptureFixture[str]
) -> None:
    chains(nlp(VILLAGE))
    assert capsys.readouterr() == ("", "")


def test_the_doc_itself_is_not_changed(nlp: Language, chains: CoreferenceAnnotator) -> None:
    doc = nlp("Vice Premier He Lifeng met Ana Ruiz in London. He said that she was right.")
    before = [(t.tag_, t.dep_, t.head.i, str(t.morph)) for t in doc]
    chains(doc)
    assert [(t.tag_, t.dep_, t.head.i, str(t.morph)) for t in doc] == before


def test_a_surname_is_no_pronoun(nlp: Language) -> None:
    doc = nlp("Vice Premier He Lifeng met Ana Ruiz in London.")
    for token in doc:
        if token.text in ("He", "Lifeng", "Premier"):
            token.tag_ = "PRP" if token.text == "He" else "NNP"
    light = LightDoc(doc, 0, len(doc))
    assert [token.tag_ for token in light if token.text == "He"] == ["NNP"]


def test_a_sentence_of_two_thousand_words(nlp: Language, chains: CoreferenceAnnotator) -> None:
    parsed = nlp(
        "Tom met Ana because " + "he saw that she had found her dog and it was his and " * 160 + "left"
    )
    roots = [token.i for token in parsed if token.head is token or token.head.i == token.i]
    columns = {"tags": "tag_", "pos": "pos_", "lemmas": "lemma_", "deps": "dep_"}
    doc = Doc(
        nlp.vocab,
        words=[token.text for token in parsed],
        heads=[roots[0] if token.i in roots else token.head.i for token in parsed],
        morphs=[str(token.morph) for token in parsed],
        **{column: [getattr(token, name) for token in parsed] for column, name in columns.items()},
    )
    assert len(list(doc.sents)) == 1
    assert len(doc) > 2000
    light = LightDoc(doc, 0, len(doc))
    assert max(len(sent) for sent in light.sents) <= MAX_SENTENCE
    assert [token.text for sent in light.sents for token in sent] == [token.text for token in doc]
    chains(doc)
    assert len(doc._.coref_chains) > 0


def test_a_long_chain_goes_on_as_another_one(nlp: Language, chains: CoreferenceAnnotator) -> None:
    """Each new mention is compared with all of its chain: of 600 pronouns that would be 180,000 pairs."""
    doc = chains(nlp("Tom Lind spoke. " + "He said that he was tired. " * 300))
    sizes = [len(chain.mentions) for chain in doc._.coref_chains]
    assert max(sizes) <= 2 * MAX_CHAIN
    assert sum(sizes) > 500
    in_a_chain = {i for chain in doc._.coref_chains for mention in chain for i in mention.token_indexes}
    assert {token.i for token in doc if token.lower_ == "he"} <= in_a_chain


def test_a_stretch_of_a_text_alone(nlp: Language, chains: CoreferenceAnnotator) -> None:
    doc = nlp("Ana Ruiz sold her car. Ben Okoro wanted it. He said that he liked his new car. Ana smiled.")
    start = next(token.i for token in doc if token.text == "wanted")
    end = next(token.i for token in doc if token.text == "liked")
    chains(doc, start=start, end=end)
    words = {doc[i].text for chain in doc._.coref_chains for mention in chain for i in mention.token_indexes}
    assert {"He", "he", "his"} <= words
    assert not words & {"her", "Ana"}


def test_threads_and_processes_agree(nlp: Language, chains: CoreferenceAnnotator) -> None:
    texts = [VILLAGE, ODDITIES, *(path.read_text("utf-8") for path in SEEDS[:2])]
    expected = [found(chains(doc)) for doc in map(nlp, texts)]
    docs = [nlp(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert [found(doc) for doc in pool.map(chains, docs)] == expected
    results: multiprocessing.Queue[object] = multiprocessing.get_context("fork").Queue()
    process = multiprocessing.get_context("fork").Process(
        target=lambda: results.put([found(chains(doc)) for doc in docs])
    )
    process.start()
    assert results.get(timeout=120) == expected
    process.join()


def test_chains_survive_bytes(nlp: Language, chains: CoreferenceAnnotator) -> None:
    doc = chains(nlp(VILLAGE))
    copy = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert found(copy) == found(doc)
