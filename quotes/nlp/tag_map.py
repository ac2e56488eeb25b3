"""Penn tags, pronouns and auxiliaries: their part of speech, features and lemma (data, no logic).

Features are in the FEATS notation of Universal Dependencies, attributes in alphabetical order.
"""

# Penn tag -> universal part of speech, morphological features.
TAGS: dict[str, tuple[str, str]] = {
    ".": ("PUNCT", "PunctType=Peri"),
    ",": ("PUNCT", "PunctType=Comm"),
    "-LRB-": ("PUNCT", "PunctSide=Ini|PunctType=Brck"),
    "-RRB-": ("PUNCT", "PunctSide=Fin|PunctType=Brck"),
    "``": ("PUNCT", "PunctSide=Ini|PunctType=Quot"),
    "''": ("PUNCT", "PunctSide=Fin|PunctType=Quot"),
    ":": ("PUNCT", ""),
    "$": ("SYM", ""),
    "#": ("SYM", ""),
    "ADD": ("X", ""),
    "AFX": ("ADJ", "Hyph=Yes"),
    "CC": ("CCONJ", "ConjType=Cmp"),
    "CD": ("NUM", "NumType=Card"),
    "DT": ("DET", ""),
    "EX": ("PRON", ""),
    "FW": ("X", "Foreign=Yes"),
    "HYPH": ("PUNCT", "PunctType=Dash"),
    "IN": ("ADP", ""),
    "JJ": ("ADJ", "Degree=Pos"),
    "JJR": ("ADJ", "Degree=Cmp"),
    "JJS": ("ADJ", "Degree=Sup"),
    "LS": ("X", "NumType=Ord"),
    "MD": ("AUX", "VerbForm=Fin"),
    "NFP": ("PUNCT", ""),
    "NN": ("NOUN", "Number=Sing"),
    "NNP": ("PROPN", "Number=Sing"),
    "NNPS": ("PROPN", "Number=Plur"),
    "NNS": ("NOUN", "Number=Plur"),
    "PDT": ("DET", ""),
    "POS": ("PART", ""),
    "PRP": ("PRON", "PronType=Prs"),
    "PRP$": ("PRON", "Poss=Yes|PronType=Prs"),
    "RB": ("ADV", ""),
    "RBR": ("ADV", "Degree=Cmp"),
    "RBS": ("ADV", "Degree=Sup"),
    "RP": ("ADP", ""),
    "SYM": ("SYM", ""),
    "TO": ("PART", ""),
    "UH": ("INTJ", ""),
    "VB": ("VERB", "VerbForm=Inf"),
    "VBD": ("VERB", "Tense=Past|VerbForm=Fin"),
    "VBG": ("VERB", "Aspect=Prog|Tense=Pres|VerbForm=Part"),
    "VBN": ("VERB", "Aspect=Perf|Tense=Past|VerbForm=Part"),
    "VBP": ("VERB", "Tense=Pres|VerbForm=Fin"),
    "VBZ": ("VERB", "Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"),
    "WDT": ("PRON", ""),
    "WP": ("PRON", ""),
    "WP$": ("PRON", "Poss=Yes"),
    "WRB": ("SCONJ", ""),
    "XX": ("X", ""),
    "_SP": ("SPACE", ""),
}
VERB_TAGS = frozenset(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"))

# Features of personal pronouns (PRP; PronType=Prs is added) and of possessive ones (PRP$; so is Poss=Yes).
PERSONAL: dict[str, str] = {
    "i": "Case=Nom|Number=Sing|Person=1",
    "me": "Case=Acc|Number=Sing|Person=1",
    "you": "Person=2",
    "he": "Case=Nom|Gender=Masc|Number=Sing|Person=3",
    "him": "Case=Acc|Gender=Masc|Number=Sing|Person=3",
    "she": "Case=Nom|Gender=Fem|Number=Sing|Person=3",
    "her": "Case=Acc|Gender=Fem|Number=Sing|Person=3",
    "it": "Gender=Neut|Number=Sing|Person=3",
    "we": "Case=Nom|Number=Plur|Person=1",
    "us": "Case=Acc|Number=Plur|Person=1",
    "they": "Case=Nom|Number=Plur|Person=3",
    "them": "Case=Acc|Number=Plur|Person=3",
    "'em": "Case=Acc|Number=Plur|Person=3",
    "’em": "Case=Acc|Number=Plur|Person=3",
    "mine": "Number=Sing|Person=1|Poss=Yes",
    "his": "Gender=Masc|Number=Sing|Person=3|Poss=Yes",
    "hers": "Gender=Fem|Number=Sing|Person=3|Poss=Yes",
    "its": "Gender=Neut|Number=Sing|Person=3|Poss=Yes",
    "ours": "Number=Plur|Person=1|Poss=Yes",
    "yours": "Person=2|Poss=Yes",
    "theirs": "Number=Plur|Person=3|Poss=Yes",
    "myself": "Case=Acc|Number=Sing|Person=1|Reflex=Yes",
    "yourself": "Case=Acc|Person=2|Reflex=Yes",
    "himself": "Case=Acc|Gender=Masc|Number=Sing|Person=3|Reflex=Yes",
    "herself": "Case=Acc|Gender=Fem|Number=Sing|Person=3|Reflex=Yes",
    "itself": "Case=Acc|Gender=Neut|Number=Sing|Person=3|Reflex=Yes",
    "themself": "Case=Acc|Number=Sing|Person=3|Reflex=Yes",
    "ourselves": "Case=Acc|Number=Plur|Person=1|Reflex=Yes",
    "yourselves": "Case=Acc|Person=2|Reflex=Yes",
    "themselves": "Case=Acc|Number=Plur|Person=3|Reflex=Yes",
}
POSSESSIVE: dict[str, str] = {
    "my": "Number=Sing|Person=1",
    "your": "Person=2",
    "his": "Gender=Masc|Number=Sing|Person=3",
    "her": "Gender=Fem|Number=Sing|Person=3",
    "its": "Gender=Neut|Number=Sing|Person=3",
    "our": "Number=Plur|Person=1",
    "their": "Number=Plur|Person=3",
}
DETERMINERS: dict[str, str] = {
    "this": "Number=Sing|PronType=Dem",
    "that": "Number=Sing|PronType=Dem",
    "these": "Number=Plur|PronType=Dem",
    "those": "Number=Plur|PronType=Dem",
    "the": "Definite=Def|PronType=Art",
    "a": "Definite=Ind|PronType=Art",
    "an": "Definite=Ind|PronType=Art",
}
# A determiner in one of these places stands alone: "This is", "both said".
PRONOUN_DEPS = frozenset(
    ("nsubj", "nsubjpass", "csubj", "dobj", "pobj", "attr", "conj", "appos", "dative", "ROOT")
)
# Every indefinite pronoun in -one, -body, -thing is tagged NN.
INDEFINITE = frozenset(
    first + last for first in ("some", "any", "no", "every") for last in ("one", "body", "thing")
) - {"noone"}
BE_FORMS: dict[str, str] = {  # their features, where their tag is a finite one
    "is": "Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin",
    "was": "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin",
    **dict.fromkeys(("are", "'re", "’re"), "Mood=Ind|Tense=Pres|VerbForm=Fin"),
    "were": "Mood=Ind|Tense=Past|VerbForm=Fin",
    **dict.fromkeys(("am", "'m", "’m"), "Mood=Ind|Number=Sing|Person=1|Tense=Pres|VerbForm=Fin"),
}
BE = frozenset((*BE_FORMS, "be", "been", "being", "ai"))
CLITIC_S = ("'s", "’s")
NOT = frozenset(("not", "n't", "n’t"))
LEMMAS: dict[str, dict[str, str]] = {  # by kind of tag
    "verb": {
        **dict.fromkeys((*BE, *CLITIC_S), "be"),
        **dict.fromkeys(("has", "have", "had", "having", "'ve", "’ve", "'d", "’d"), "have"),
        **dict.fromkeys(("does", "do", "did", "doing", "done"), "do"),
    },
    "MD": {
        "ca": "can",
        **dict.fromkeys(("wo", "'ll", "’ll"), "will"),
        "sha": "shall",
        **dict.fromkeys(("'d", "’d"), "would"),
    },
    "PRP": {
        "i": "I",
        "me": "I",
        "him": "he",
        "her": "she",
        "us": "we",
        **dict.fromkeys(("them", "'em", "’em"), "they"),
    },
}
