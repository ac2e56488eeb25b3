"""Universal Dependencies -> spaCy's English scheme."""

import sys
from pathlib import Path

import pytest
from support.paths import ROOT

sys.path.insert(0, str(ROOT / "training"))

from convert.english import convert
from convert.tree import Row
from treebanks import read_conllu, read_documents


def rows(text: str) -> list[Row]:
    """Rows from "form lemma POS tag head relation | ..."."""
    columns = [row.split() for row in text.split("|")]
    return [Row(*c[:4], int(c[4]), c[5]) for c in columns]


def converted(text: str) -> list[str]:
    """The form, label and head of each token, in one string."""
    tree = convert(rows(text))
    form = ["-", *tree.form[1:]]
    return [f"{form[i]} {tree.label[i]} {form[tree.head[i]]}" for i in tree.tokens]


CONSTRUCTIONS = {
    "copula with an adjective": (
        """
        Prices price NOUN NNS 5 nsubj  |  are be AUX VBP 5 cop  |  not not PART RB 5 advmod  |
        very very ADV RB 5 advmod  |  high high ADJ JJ 0 root  |  now now ADV RB 5 advmod  |
        . . PUNCT . 5 punct
        """,
        "Prices nsubj are|are ROOT -|not neg are|very advmod high|high acomp are|now advmod are|. punct are",
    ),
    "copula with a noun": (
        """
        She she PRON PRP 5 nsubj  |  was be AUX VBD 5 cop  |  the the DET DT 5 det  |
        first first ADJ JJ 5 amod  |  mayor mayor NOUN NN 0 root  |  of of ADP IN 7 case  |
        Utrecht Utrecht PROPN NNP 5 nmod
        """,
        "She nsubj was|was ROOT -|the det mayor|first amod mayor|mayor attr was|of prep mayor|"
        "Utrecht pobj of",
    ),
    "copula with a preposition phrase": (
        """
        Talks talk NOUN NNS 4 nsubj  |  were be AUX VBD 4 cop  |  under under ADP IN 4 case  |
        way way NOUN NN 0 root
        """,
        "Talks nsubj were|were ROOT -|under prep were|way pobj under",
    ),
    "expletive it": (
        """
        It it PRON PRP 3 expl  |  is be AUX VBZ 3 cop  |  vital vital ADJ JJ 0 root  |
        to to PART TO 5 mark  |  agree agree VERB VB 3 csubj
        """,
        "It nsubj is|is ROOT -|vital acomp is|to aux agree|agree xcomp is",
    ),
    "there is": (
        """
        There there PRON EX 2 expl  |  is be VERB VBZ 0 root  |  hope hope NOUN NN 2 nsubj
        """,
        "There expl is|is ROOT -|hope attr is",
    ),
    "speech at the end": (
        """
        “ “ PUNCT `` 4 punct  |  We we PRON PRP 4 nsubj  |  will will AUX MD 4 aux  |
        win win VERB VB 0 root  |  , , PUNCT , 4 punct  |  ” ” PUNCT '' 4 punct  |
        he he PRON PRP 8 nsubj  |  said say VERB VBD 4 parataxis  |  . . PUNCT . 4 punct
        """,
        "“ punct said|We nsubj win|will aux win|win ccomp said|, punct said|” punct said|he nsubj said|"
        "said ROOT -|. punct said",
    ),
    "speech in the middle stays a parataxis": (
        """
        Rates rate NOUN NNS 7 nsubj  |  , , PUNCT , 4 punct  |  she she PRON PRP 4 nsubj  |
        said say VERB VBD 7 parataxis  |  , , PUNCT , 4 punct  |  may may AUX MD 7 aux  |
        fall fall VERB VB 0 root
        """,
        "Rates nsubj fall|, punct fall|she nsubj said|said parataxis fall|, punct fall|may aux fall|"
        "fall ROOT -",
    ),
    "reported clause": (
        """
        Officials official NOUN NNS 2 nsubj  |  told tell VERB VBD 0 root  |
        reporters reporter NOUN NNS 2 iobj  |  that that SCONJ IN 6 mark  |
        talks talk NOUN NNS 6 nsubj  |  failed fail VERB VBD 2 ccomp
        """,
        "Officials nsubj told|told ROOT -|reporters dobj told|that mark failed|talks nsubj failed|"
        "failed ccomp told",
    ),
    "according to": (
        """
        Sales sale NOUN NNS 2 nsubj  |  fell fall VERB VBD 0 root  |
        according accord VERB VBG 6 case  |  to to ADP IN 3 fixed  |  the the DET DT 6 det  |
        bank bank NOUN NN 2 obl
        """,
        "Sales nsubj fell|fell ROOT -|according prep fell|to prep according|the det bank|bank pobj to",
    ),
    "because of": (
        """
        It it PRON PRP 2 nsubj  |  closed close VERB VBD 0 root  |  because because ADP IN 5 case  |
        of of ADP IN 3 fixed  |  rain rain NOUN NN 2 obl
        """,
        "It nsubj closed|closed ROOT -|because prep closed|of pcomp because|rain pobj because",
    ),
    "as well as": (
        """
        Ann Ann PROPN NNP 2 nsubj  |  sings sing VERB VBZ 0 root  |  as as ADV RB 6 cc  |
        well well ADV RB 3 fixed  |  as as ADP IN 3 fixed  |  dances dance VERB VBZ 2 conj
        """,
        "Ann nsubj sings|sings ROOT -|as advmod well|well advmod as|as cc sings|dances conj sings",
    ),
    "passive with its agent": (
        """
        The the DET DT 2 det  |  bill bill NOUN NN 4 nsubj:pass  |  was be AUX VBD 4 aux:pass  |
        signed sign VERB VBN 0 root  |  by by ADP IN 6 case  |  Rutte Rutte PROPN NNP 4 obl:agent
        """,
        "The det bill|bill nsubjpass signed|was auxpass signed|signed ROOT -|by agent signed|Rutte pobj by",
    ),
    "possessive and names": (
        """
        Angela Angela PROPN NNP 4 nmod:poss  |  Merkel Merkel PROPN NNP 1 flat  |
        's 's PART POS 1 case  |  visit visit NOUN NN 5 nsubj  |  ended end VERB VBD 0 root
        """,
        "Angela compound Merkel|Merkel poss visit|'s case Merkel|visit nsubj ended|ended ROOT -",
    ),
    "coordination": (
        """
        Ann Ann PROPN NNP 6 nsubj  |  , , PUNCT , 3 punct  |  Bob Bob PROPN NNP 1 conj  |
        and and CCONJ CC 5 cc  |  Cy Cy PROPN NNP 1 conj  |  left leave VERB VBD 0 root
        """,
        "Ann nsubj left|, punct Ann|Bob conj Ann|and cc Bob|Cy conj Bob|left ROOT -",
    ),
    "money": (
        """
        It it PRON PRP 2 nsubj  |  cost cost VERB VBD 0 root  |  $ $ SYM $ 2 obj  |
        5 5 NUM CD 5 compound  |  million million NUM CD 3 nummod
        """,
        "It nsubj cost|cost ROOT -|$ quantmod million|5 compound million|million dobj cost",
    ),
    "date": (
        """
        He he PRON PRP 2 nsubj  |  died die VERB VBD 0 root  |  on on ADP IN 5 case  |
        Dec. Dec. PROPN NNP 5 compound  |  15 15 NUM CD 2 obl
        """,
        "He nsubj died|died ROOT -|on prep died|Dec. pobj on|15 nummod Dec.",
    ),
    "free relative as subject": (
        """
        What what PRON WP 5 nsubj  |  he he PRON PRP 3 nsubj  |  said say VERB VBD 1 acl:relcl  |
        was be AUX VBD 5 cop  |  wrong wrong ADJ JJ 0 root
        """,
        "What dobj said|he nsubj said|said csubj was|was ROOT -|wrong acomp was",
    ),
    "free relative, itself the subject inside": (
        """
        What what PRON WP 4 nsubj  |  matters matter VERB VBZ 1 acl:relcl  |  is be AUX VBZ 4 cop  |
        speed speed NOUN NN 0 root
        """,
        "What nsubj matters|matters csubj is|is ROOT -|speed attr is",
    ),
    "want somebody to": (
        """
        They they PRON PRP 2 nsubj  |  want want VERB VBP 0 root  |  him he PRON PRP 2 obj  |
        to to PART TO 5 mark  |  go go VERB VB 2 xcomp
        """,
        "They nsubj want|want ROOT -|him nsubj go|to aux go|go ccomp want",
    ),
    "ask somebody to": (
        """
        They they PRON PRP 2 nsubj  |  asked ask VERB VBD 0 root  |  him he PRON PRP 2 obj  |
        to to PART TO 5 mark  |  go go VERB VB 2 xcomp
        """,
        "They nsubj asked|asked ROOT -|him dobj asked|to aux go|go xcomp asked",
    ),
    "gerund after a preposition": (
        """
        He he PRON PRP 2 nsubj  |  insisted insist VERB VBD 0 root  |  on on SCONJ IN 4 mark  |
        leaving leave VERB VBG 2 advcl
        """,
        "He nsubj insisted|insisted ROOT -|on prep insisted|leaving pcomp on",
    ),
    "gave to": (
        """
        She she PRON PRP 2 nsubj  |  gave give VERB VBD 0 root  |  proof proof NOUN NN 2 obj  |
        to to ADP IN 5 case  |  police police NOUN NNS 2 obl
        """,
        "She nsubj gave|gave ROOT -|proof dobj gave|to dative gave|police pobj to",
    ),
    "apposition keeps its comma": (
        """
        Ann Ann PROPN NNP 6 nsubj  |  , , PUNCT , 4 punct  |  a a DET DT 4 det  |
        broker broker NOUN NN 1 appos  |  , , PUNCT , 4 punct  |  agreed agree VERB VBD 0 root
        """,
        "Ann nsubj agreed|, punct Ann|a det broker|broker appos Ann|, punct Ann|agreed ROOT -",
    ),
}


@pytest.mark.parametrize("name", CONSTRUCTIONS)
def test_construction(name: str) -> None:
    text, expected = CONSTRUCTIONS[name]
    assert converted(text) == expected.split("|")


def test_what_is_no_tree_is_refused() -> None:
    cycle = rows("a a NOUN NN 2 nsubj | b b VERB VB 1 obj | c c VERB VB 0 root")
    with pytest.raises(ValueError, match="cycle: a b c"):
        convert(cycle)
    with pytest.raises(ValueError, match="2 roots"):
        convert(rows("a a NOUN NN 0 root | b b VERB VB 0 root"))


CONLLU = """\
# newdoc id = one
# newpar
# text = "We don't," he said.
1\t"\t"\tPUNCT\t``\t_\t4\tpunct\t_\tSpaceAfter=No
2\tWe\twe\tPRON\tPRP\t_\t4\tnsubj\t_\t_
3-4\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
3\tdo\tdo\tAUX\tVBP\t_\t0\troot\t_\t_
4\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_
4.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_
5\t,\t,\tPUNCT\t,\t_\t3\tpunct\t_\t_

# newpar
1\tAll\tall\tDET\tDT\t_\t2\tnsubj\t_\t_
2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_

# newdoc id = two
1\te\te\tX\tGW\t_\t0\troot\t_\t_"""


def test_reading_conllu(tmp_path: Path) -> None:
    (_, first, spaces), *_ = read_conllu(CONLLU.splitlines())
    assert [row.form for row in first] == ['"', "We", "do", "n't", ","]
    assert spaces == [False, True, False, False, True]
    path = tmp_path / "made-up.conllu"
    path.write_text(CONLLU, encoding="utf8")
    one, two = read_documents(path)
    assert (one.id, two.id) == ("one", "two")
    assert [[sentence.words[-1] for sentence in paragraph] for paragraph in one.paragraphs] == [
        [","],
        ["left"],
    ]
    assert one.paragraphs[1][0].heads == [1, -1]
    assert two.paragraphs[0][0].tags == ["XX"]
