"""Automatic syntax and named entities -> training data."""

import random
import sys
from pathlib import Path

import pytest
import spacy
from support.paths import ROOT

sys.path.insert(0, str(ROOT / "training"))

from convert.english import convert
from convert.layout import spacing, with_curly_marks
from convert.places import location_label, misc_label
from encoder_data import Gold, is_thought
from entities import Entity, Passage, automatic_entities, join, read_tagged, runs
from evaluate import entity_figures, named, reference, syntax_figures
from made_descriptions import exchanged
from resolver_data import Gold as KnownSpeaker
from resolver_data import TrainingArticle
from silver import Layer, Tokens, align, read_layers, silver, universal_rows
from spacy.tokens import Doc
from spacy.training import Example
from treebanks import Document, Sentence
from weights import check


def layers(text: str, sentence: str) -> list[Layer]:
    """Lines of "form tag head relation [entity]", their offsets looked up in ``text``."""
    found, at = [], 0
    for line in sentence.strip().splitlines():
        form, tag, head, relation, *entity = line.split()
        start = text.index(form, at)
        at = start + len(form)
        found.append(Layer(form, form.lower(), tag, int(head), relation, start, at, *(entity or ["O"])))
    return found


SILVER = "The pro-Trump bill was praised by Rutte."
SILVER_LAYERS = """
    The DT 3 det
    pro-Trump JJ 3 amod
    bill NN 5 nsubjpass
    was VBD 5 auxpass
    praised VBN 0 root
    by IN 7 case
    Rutte NNP 5 nmod
    . . 5 punct
"""


def test_automatic_syntax_lands_on_spacys_tokens() -> None:
    sentence = layers(SILVER, SILVER_LAYERS)
    universal = universal_rows(sentence)
    assert [row.relation for row in universal[5:7]] == ["case", "obl:agent"]
    assert universal[2].relation == "nsubj:pass"
    tokens = Tokens("\n\n" + SILVER, spacy.blank("en").tokenizer)
    shifted = [layer._replace(start=layer.start + 2, end=layer.end + 2) for layer in sentence]
    words = align(shifted, convert(universal), tokens, 4, 10)
    text = [tokens.text[word.start : word.end] for word in words]
    assert text == ["The", "pro", "-", "Trump", "bill", "was", "praised", "by", "Rutte", "."]
    assert [f"{word.tag} {word.label} {text[word.head - 10]}" for word in words] == [
        "DT det bill", " compound Trump", "HYPH punct Trump", "JJ amod bill", "NN nsubjpass praised",
        "VBD auxpass praised", "VBN ROOT praised", "IN agent praised", "NNP pobj by", ". punct praised",
    ]  # fmt: skip
    assert {word.sentence for word in words} == {4}


def test_crossing_tokenisations_are_left_out() -> None:
    """Two automatic tokens inside one of spaCy's (n't)."""
    text = "I can't."
    sentence = layers(text, "I PRP 2 nsubj\nca VB 0 root\nn RB 2 neg\n't RB 2 neg\n. . 2 punct")
    tree = convert(universal_rows(sentence))
    assert align(sentence, tree, Tokens(text, spacy.blank("en").tokenizer), 0, 0) == []


def test_reading_automatic_layers(tmp_path: Path) -> None:
    folder = tmp_path / "attribution"
    (folder / "polnear-dev").mkdir(parents=True)
    (folder / "polnear-dev" / "a.txt").write_bytes(SILVER.encode())
    lines = ["# newdoc id = a", "# sent_id = a-1"]
    for i, layer in enumerate(layers(SILVER, SILVER_LAYERS), 1):
        misc = f"Off={layer.start}-{layer.end}|NER={layer.entity}"
        columns = [i, layer.form, layer.lemma, "_", layer.tag, "_", layer.head, layer.relation, "_", misc]
        lines.append("\t".join(map(str, columns)))
    path = folder / "polnear-dev-corenlp.conllu"
    path.write_text("\n".join(lines) + "\n", encoding="utf8")
    ((name, sentences),) = read_layers(path)
    assert (name, len(sentences), len(sentences[0])) == ("a", 1, 8)
    (article,) = silver(tmp_path, "dev")
    assert " ".join(SILVER[word.start : word.end] for word in article.words) == SILVER.replace(
        "-", " - "
    ).replace(".", " .")


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Nigeria", "GPE"), ("Paris", "GPE"), ("South Africa", "GPE"), ("Cape Town", "GPE"),
        ("Europe", "LOC"), ("the Middle East", "LOC"), ("Western Europe", "LOC"), ("Niger River", "LOC"),
        ("Lake Chad", "LOC"), ("South China Sea", "LOC"), ("the United States", "GPE"), ("", "GPE"),
    ],
)  # fmt: skip
def test_places(name: str, label: str) -> None:
    assert location_label(name) == label


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Paris Agreement", "LAW"),
        ("World Cup", "EVENT"),
        ("Monday", "DATE"),
        ("malaria", None),
        ("COVID-19", None),
    ],
)
def test_misc_names(name: str, label: str | None) -> None:
    assert misc_label(name) == label


def test_newswire_becomes_running_text() -> None:
    lines = """\
# newdoc id = made-up
The	O
U	B-Location
.	I-Location
S	I-Location
.	I-Location
re	O
-	O
elected	O
"	O
Ann	B-Person
Lee	I-Person
"	O
,	O
of	O
Acme	B-Organization
Bank	B-Organization
.	O

Malaria	B-Misc
fell	O
# newdoc id = other
$	B-Money
5	I-Money""".splitlines()
    article, other = read_tagged(lines)
    passage = join(article, random.Random(0))
    assert passage.text == 'The U.S. re-elected "Ann Lee", of Acme Bank.\nMalaria fell\n'
    found = [(passage.text[e.start : e.end], e.label) for e in passage.entities]
    assert found == [
        ("U.S.", "GPE"), ("Ann Lee", "PERSON"), ("Acme", "ORG"), ("Bank", "ORG"), ("Malaria", None),
    ]  # fmt: skip
    assert join(other, random.Random(0), ending=" ").text == "$5"


def test_runs_and_marks() -> None:
    assert list(runs(["B-X", "I-X", "B-X", "O", "I-Y", "I-X"])) == [
        (0, 2, "X"), (2, 3, "X"), (4, 5, "Y"), (5, 6, "X"),
    ]  # fmt: skip
    assert spacing([], random.Random(0)) == []
    for seed in range(8):
        changed = with_curly_marks('"It\'s", she', random.Random(seed))
        assert changed.translate(str.maketrans("“”’", '""\'')) == '"It\'s", she'
    assert {with_curly_marks('"a"', random.Random(seed)) for seed in range(8)} == {'"a"', "“a”"}


def test_automatic_entities() -> None:
    text = "Ann met 5 French envoys in Europe; nurse of Acme at Arctic Monkeys"
    sentence = layers(
        text,
        """
        Ann NNP 0 root B-PERSON
        5 CD 1 dep B-NUMBER
        French JJ 1 dep B-MISC
        Europe NNP 1 dep B-LOCATION
        nurse NN 1 dep B-PERSON
        Acme NNP 1 dep B-ORGANIZATION
        Arctic NNP 1 dep B-MISC
        Monkeys NNP 1 dep I-MISC
        """,
    )
    found = automatic_entities([sentence], {"French"})
    assert [(text[e.start : e.end], e.label) for e in found] == [
        ("Ann", "PERSON"), ("French", "NORP"), ("Europe", "LOC"), ("nurse", None), ("Acme", "ORG"),
        ("Arctic Monkeys", None),
    ]  # fmt: skip
    assert found[0] == Entity(0, 3, "PERSON")


def test_descriptions_in_place_of_names_move_what_is_known() -> None:
    text = (
        "Mr. Holm is the mayor. Holm said the ferry was late. The clerk said nobody knew. Holm said it sank."
    )
    contents = ["the ferry was late", "nobody knew", "it sank"]
    spans = [(text.index(words), text.index(words) + len(words)) for words in contents]
    speakers = ["Holm", None, "Holm"]
    gold = [
        KnownSpeaker([span], speaker, ["Holm"], "person", False, True, "Holm")
        for span, speaker in zip(spans, speakers, strict=True)
    ]
    article = TrainingArticle("made-up", "world", spacy.blank("en")(text), [], [], list(gold))
    first, second = text.index("Holm said"), text.rindex("Holm said")
    places = {(first, first + 4): ("The mayor", [0]), (second, second + 4): ("The mayor", [2])}
    changed, known = exchanged(article, places, [1])
    assert changed == text.replace("Holm said", "The mayor said")
    assert [changed[slice(*one.spans[0])] for one in known] == [contents[1], contents[0], contents[2]]
    assert [(one.speaker, one.source) for one in known[1:]] == [("Holm", "The mayor")] * 2


def test_evaluation_of_a_perfect_and_of_a_wrong_reading() -> None:
    nlp = spacy.blank("en")
    sentence = Sentence(["He", "won", "."], [True, False, True], ["PRP", "VBD", "."], [1, -1, 1],
                        ["nsubj", "ROOT", "punct"])  # fmt: skip
    other = Sentence(["Ann", "lost"], [True, True], ["NNP", "VBD"], [1, -1], ["nsubj", "ROOT"])
    text, gold = reference(Document("made-up", [[sentence, other], [sentence]]), nlp)
    assert text == "He won. Ann lost\nHe won.\n"
    assert [len(sent) for sent in gold.sents] == [3, 2, 3]
    reading = nlp(text)
    reading = Doc(
        nlp.vocab,
        words=[token.text for token in reading],
        spaces=[bool(token.whitespace_) for token in reading],
        tags=["PRP", "VBD", ".", "NNP", "VBD", "_SP", "PRP", "VBD", ".", "_SP"],
        heads=[1, 1, 1, 4, 4, 4, 7, 7, 7, 7],
        deps=["nsubj", "ROOT", "punct", "nsubj", "ROOT", "dep", "nsubj", "ROOT", "punct", "dep"],
    )
    assert syntax_figures([Example(reading, gold)]) == {"tag": 1, "uas": 1, "las": 1, "sentences": 1}
    reading[0].tag_, reading[3].dep_ = "NN", "dobj"
    assert syntax_figures([Example(reading, gold)]) == {"tag": 0.875, "uas": 1, "las": 0.8333, "sentences": 1}

    passage = Passage("Ann Lee left Paris on Malaria Day", [Entity(0, 7, "PERSON"), Entity(22, 33, None)])
    known = named(passage, nlp)
    reading = nlp.make_doc(passage.text)
    reading.set_ents([reading.char_span(0, 7, label="PERSON"), reading.char_span(13, 18, label="GPE"),
                      reading.char_span(22, 29, label="ORG")])  # fmt: skip
    # One right, one wrong; the third lies where the gold does not judge and does not count.
    assert entity_figures([Example(reading, known)])["entities"] == 0.6667


def test_weights_must_be_the_expected_ones(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(ValueError, match="SHA-256"):
        check("minilm", tmp_path)


def test_a_thought_is_told_by_marks_and_cue() -> None:
    text = "He believes “it works”. She believes it works. They said so."
    quoted = Gold([(12, 22)], [(3, 11)], [(0, 2)])
    believed = Gold([(37, 45)], [(28, 36)], [(24, 27)])
    said = Gold([(57, 59)], [(52, 56)], [(47, 51)])
    assert [is_thought(text, gold) for gold in (quoted, believed, said)] == [0, 1, 0]
