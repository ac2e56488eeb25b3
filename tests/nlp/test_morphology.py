"""Parts of speech, features and lemmas from tags and labels."""

import pickle
from pathlib import Path

import pytest
import spacy
from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.tokens import Doc
from support.paths import SEEDS

from quotes.nlp.morphology import Morphology, analyse, lemma_tables
from quotes.nlp.tag_map import BE, LEMMAS, NOT


@pytest.mark.parametrize(
    ("word", "tag", "dep", "expected"),
    [
        ("said", "VBD", "ROOT", ("VERB", "Tense=Past|VerbForm=Fin", "say")),
        ("Saying", "VBG", "advcl", ("VERB", "Aspect=Prog|Tense=Pres|VerbForm=Part", "say")),
        ("women", "NNS", "nsubj", ("NOUN", "Number=Plur", "woman")),
        ("tariffs", "NNS", "pobj", ("NOUN", "Number=Plur", "tariff")),
        ("Republicans", "NNPS", "nsubj", ("PROPN", "Number=Plur", "Republicans")),
        (
            "talks",
            "NN",
            "nsubj",
            ("NOUN", "Number=Sing", "talks"),
        ),  # a singular is a base form whatever it looks like
        ("largest", "JJS", "amod", ("ADJ", "Degree=Sup", "large")),
        ("better", "RBR", "advmod", ("ADV", "Degree=Cmp", "well")),
        ("“", "``", "punct", ("PUNCT", "PunctSide=Ini|PunctType=Quot", '"')),
        ("is", "VBZ", "ROOT", ("AUX", "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin", "be")),
        ("had", "VBD", "aux", ("AUX", "Tense=Past|VerbForm=Fin", "have")),
        ("had", "VBD", "ROOT", ("VERB", "Tense=Past|VerbForm=Fin", "have")),
        ("got", "VBD", "auxpass", ("AUX", "Tense=Past|VerbForm=Fin", "get")),
        ("ca", "MD", "aux", ("AUX", "VerbForm=Fin", "can")),
        ("’d", "MD", "aux", ("AUX", "VerbForm=Fin", "would")),
        ("’d", "VBD", "aux", ("AUX", "Tense=Past|VerbForm=Fin", "have")),
        ("n’t", "RB", "neg", ("PART", "Polarity=Neg", "not")),
        ("that", "IN", "mark", ("SCONJ", "", "that")),
        ("of", "IN", "prep", ("ADP", "", "of")),
        ("to", "TO", "aux", ("PART", "", "to")),
        ("to", "TO", "prep", ("ADP", "", "to")),
        ("This", "DT", "nsubj", ("PRON", "Number=Sing|PronType=Dem", "this")),
        ("This", "DT", "det", ("DET", "Number=Sing|PronType=Dem", "this")),
        ("nobody", "NN", "nsubj", ("PRON", "Number=Sing", "nobody")),
        ("\n\n", "_SP", "dep", ("SPACE", "", "\n\n")),
        ("\n", "NN", "dep", ("SPACE", "", "\n")),
        ("blah", "no such tag", "", ("X", "", "blah")),
        ("", "", "", ("X", "", "")),
    ],
)
def test_analyse(word: str, tag: str, dep: str, expected: tuple[str, str, str]) -> None:
    assert analyse(word, tag, dep) == expected


@pytest.mark.parametrize(
    ("word", "tag", "features", "lemma"),
    [
        ("He", "PRP", {"Case": "Nom", "Gender": "Masc", "Number": "Sing", "Person": "3"}, "he"),
        ("her", "PRP", {"Case": "Acc", "Gender": "Fem", "Number": "Sing", "Person": "3"}, "she"),
        ("her", "PRP$", {"Gender": "Fem", "Number": "Sing", "Person": "3", "Poss": "Yes"}, "her"),
        ("them", "PRP", {"Case": "Acc", "Number": "Plur", "Person": "3"}, "they"),
        ("its", "PRP$", {"Gender": "Neut", "Number": "Sing", "Person": "3", "Poss": "Yes"}, "its"),
        ("I", "PRP", {"Case": "Nom", "Number": "Sing", "Person": "1"}, "I"),
        (
            "himself",
            "PRP",
            {"Case": "Acc", "Gender": "Masc", "Number": "Sing", "Person": "3", "Reflex": "Yes"},
            "himself",
        ),
    ],
)
def test_pronouns(word: str, tag: str, features: dict[str, str], lemma: str) -> None:
    answer = analyse(word, tag, "nsubj")
    found = dict(pair.split("=") for pair in answer.morph.split("|"))
    assert found == features | {"PronType": "Prs"}
    assert (answer.pos, answer.lemma) == ("PRON", lemma)


def test_lemmas_equal_spacys_rule_lemmatizer() -> None:
    """Every word of the seed articles, as each kind of inflected word it could be."""
    tables = lemma_tables()
    lookups = Lookups()
    lookups.add_table("lemma_rules", tables.rules)
    lookups.add_table("lemma_exc", tables.exceptions)
    lookups.add_table("lemma_index", tables.known)
    nlp = spacy.blank("en")
    reference = EnglishLemmatizer(nlp.vocab, None, mode="rule")
    reference.initialize(lookups=lookups)
    text = " ".join(path.read_text(encoding="utf8") for path in sorted(SEEDS.glob("*.txt")))
    words = sorted({token.text for token in nlp.make_doc(text) if not token.is_space})
    # Words with a form of their own for a tag (auxiliaries, "not") are tested above.
    own = NOT | BE | LEMMAS["verb"].keys()
    compared = 0
    nominal, verbal, other = ("NN", "NNS", "NNP"), ("VB", "VBD", "VBG", "VBN", "VBZ"), ("JJ", "JJR", "JJS")
    for tag in (*nominal, *verbal, *other, "RB", "RBR", "CD", "''"):
        kept = [word for word in words if word.lower() not in own]
        answers = [analyse(word, tag) for word in kept]
        doc = Doc(nlp.vocab, words=kept, pos=[a.pos for a in answers], morphs=[a.morph for a in answers])
        expected = [token.lemma_ for token in reference(doc)]
        assert [answer.lemma for answer in answers] == expected, tag
        compared += len(kept)
    assert compared > 10_000


@pytest.fixture(scope="module")
def nlp() -> Language:
    """A pipeline whose tags come from a few patterns: enough to see that annotations arrive."""
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("attribute_ruler")
    ruler.add([[{"LOWER": {"IN": ["she", "them"]}}]], {"TAG": "PRP"})
    ruler.add([[{"LOWER": {"IN": ["told", "left"]}}]], {"TAG": "VBD"})
    ruler.add([[{"LOWER": "reporters"}]], {"TAG": "NNS"})
    pipeline.add_pipe("quotes_morphology")
    return pipeline


TEXT = "She told reporters. She left them."
EXPECTED = ["she", "tell", "reporter", ".", "she", "leave", "they", "."]


def lemmas(doc: Doc) -> list[str]:
    return [token.lemma_ for token in doc]


def test_component_annotates(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert lemmas(doc) == EXPECTED
    assert [token.pos_ for token in doc[:3]] == ["PRON", "VERB", "NOUN"]
    assert doc[0].morph.get("Gender") == ["Fem"]
    assert doc.has_annotation("MORPH")
    assert len(nlp("")) == 0


def test_component_survives_saving_and_pickle(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    for copy in (
        spacy.load(tmp_path / "saved"),
        pickle.loads(pickle.dumps(nlp)),
        nlp.from_bytes(nlp.to_bytes()),
    ):
        doc = copy(TEXT)
        assert lemmas(doc) == EXPECTED
        assert str(doc[0].morph) == "Case=Nom|Gender=Fem|Number=Sing|Person=3|PronType=Prs"


def test_component_in_two_processes(nlp: Language) -> None:
    docs = list(nlp.pipe([TEXT] * 4, n_process=2, batch_size=1))
    assert [lemmas(doc) for doc in docs] == [EXPECTED] * 4


def test_cached_answers_outlive_a_memory_zone(nlp: Language) -> None:
    with nlp.memory_zone():
        assert lemmas(nlp("reporters"))[0] == "reporter"
    with nlp.memory_zone():
        doc = nlp("Reporters, reporters.")
        assert lemmas(doc) == ["reporter", ",", "reporter", "."]


@pytest.mark.parametrize(
    ("words", "tags", "dep", "lemma"),
    [
        (["He", "'s", "gone"], ["PRP", "VBZ", "VBN"], "aux", "have"),
        (["He", "’s", "not", "gone"], ["PRP", "VBZ", "RB", "VBN"], "aux", "have"),
        (["He", "'s", "going"], ["PRP", "VBZ", "VBG"], "aux", "be"),
        (["He", "'s", "being", "told"], ["PRP", "VBZ", "VBG", "VBN"], "aux", "be"),
        (["He", "'s", "told"], ["PRP", "VBZ", "VBN"], "auxpass", "be"),
        (["He", "'s"], ["PRP", "VBZ"], "aux", "be"),
        (["Ann", "'s", "told"], ["NNP", "POS", "VBN"], "case", "'s"),
    ],
)
def test_clitic_s(nlp: Language, words: list[str], tags: list[str], dep: str, lemma: str) -> None:
    deps = ["nsubj", dep] + ["ROOT"] * (len(words) - 2)
    heads = [len(words) - 1] * len(words)
    doc = Doc(nlp.vocab, words=words, tags=tags, deps=deps, heads=heads)
    assert Morphology(nlp.vocab)(doc)[1].lemma_ == lemma
