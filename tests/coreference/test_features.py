"""What the ranker sees of a noun phrase and a name."""

import spacy
from spacy.tokens import Doc

from quotes.coreference.antecedents import Antecedents
from quotes.coreference.discourse import Discourse
from quotes.coreference.entities import EntityIndex
from quotes.coreference.nominal_features import NOT_BESIDE, NominalFeatures
from quotes.coreference.ranker import Row
from quotes.coreference.referents import Referent


def test_how_near_to_a_name_the_article_has_the_noun() -> None:
    words = "Ana Ruiz was named minister in May . The minister thanked Ben Vale .".split()
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        lemmas=[word.lower() for word in words],
        pos="PROPN PROPN AUX VERB NOUN ADP PROPN PUNCT DET NOUN VERB PROPN PROPN PUNCT".split(),
        tags="NNP NNP VBD VBN NN IN NNP . DT NN VBD NNP NNP .".split(),
        heads=[1, 3, 3, 3, 3, 3, 5, 3, 9, 10, 10, 12, 10, 10],
        deps="compound nsubjpass auxpass ROOT oprd prep pobj punct det nsubj ROOT compound dobj punct".split(),
        ents="B-PERSON I-PERSON O O O O B-DATE O O O O B-PERSON I-PERSON O".split(),
    )
    index = EntityIndex(doc)
    features = NominalFeatures(Antecedents(Discourse(doc, index, [-1] * len(doc))))
    rows: list[Row] = []
    for entity in index.entities[:2]:
        rows.append({})
        features.fill(rows[-1], doc[9], Referent(entity))
    # the phrase beside "Vale" is the one that is asked about, so it says nothing of him
    assert [row["n_beside"] for row in rows] == [3, NOT_BESIDE]
