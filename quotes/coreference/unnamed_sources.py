"""Sources that nobody's name resolves: how they are shown, and what type of speaker they are."""

from spacy.tokens import Span, Token

from quotes.coreference.descriptions import RELATIVE_TAGS, is_nationality_noun, is_role
from quotes.coreference.entity_spans import STYLES
from quotes.coreference.noun_kinds import noun_kind
from quotes.coreference.settings import DISTANCE
from quotes.lexicon.roles import ORGANISATIONS, TEAMS, UNNAMED
from quotes.types import SpeakerType

SOURCE_PREMODIFIER_DEPS = frozenset(
    {"amod", "compound", "nmod", "poss", "det", "nummod", "quantmod", "predet", "advmod"}
)
QUANTIFIERS = frozenset({"none", "nobody", "everybody", "everyone", "all", "most", "half", "both"})
SHARES = frozenset(
    {"percent", "%", "cent", "third", "quarter", "majority", "minority", "proportion", "share"}
)  # of people
REFLEXIVES = frozenset({"herself", "himself", "itself", "themself", "themselves"})
SOURCE_POSTMODIFIER_DEPS = frozenset({"prep", "acl", "amod"})


def source_text(head: Token, source: Span | None = None) -> str:
    """A source in its own words, without relative clauses and what is loosely added.

    "A person briefed on the talks, speaking on condition of anonymity," is "A person briefed on the talks", and "the
    minister herself" the minister.
    """
    doc = head.doc
    span = source if source is not None and source.start <= head.i < source.end else _noun_phrase(head)
    end = span.end
    for token in doc[head.i + 1 : span.end]:
        is_loose = (
            token.text in (",", ";", ":", "—", "–", "(") or token.tag_ in RELATIVE_TAGS or token.is_space
        ) or (token.tag_ == "PRP" and token.lower_ in REFLEXIVES)
        if is_loose or token.i - span.start > DISTANCE.unnamed_source_tokens:
            end = token.i
            break
    if end <= head.i or doc[end - 1].tag_ == "IN":  # "many of whom"
        end = span.end
    while end - 1 > head.i and (
        doc[end - 1].tag_ in ("POS", "IN") or (doc[end - 1].is_punct and doc[end - 1].text != "%")
    ):
        end -= 1
    words = doc[span.start : end]
    while len(words) > 1 and (words[0].is_punct or words[0].is_space):
        words = words[1:]
    if words[-1].tag_ == "POS" and len(words) > 1:
        words = words[:-1]
    return " ".join(words.text.split())


def _noun_phrase(head: Token) -> Span:
    """A head with its modifiers before and after it."""
    start = min(
        [child.left_edge.i for child in head.lefts if child.dep_ in SOURCE_PREMODIFIER_DEPS] + [head.i]
    )
    last = max(
        [
            child.right_edge.i
            for child in head.rights
            if child.dep_ in SOURCE_POSTMODIFIER_DEPS and not _is_infinitive(child)
        ]
        + [head.i]
    )
    return head.doc[start : last + 1]


def _is_infinitive(token: Token) -> bool:
    """Whether a word is the verb of "to ...", which says of a noun what is to be done: "a union to go on with it"."""
    return token.tag_ == "VB" and any(child.tag_ == "TO" for child in token.lefts)


def _has_who(verb: Token) -> bool:
    """Whether the subject of a relative clause is "who": its noun means people."""
    return any(child.lower_ == "who" and child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def unnamed_speaker_type(head: Token) -> SpeakerType:
    """The type of a speaker that is a noun phrase without a name."""
    if is_nationality_noun(head):
        return "unnamed"
    if head.pos_ == "PROPN" and head.ent_type_ == "PERSON" and not is_role(head):
        return "person"
    kind = noun_kind(head)
    if kind == "document" or head.lower_ == "data":
        return "organisation"
    if kind == "person" or head.lemma_.lower() in UNNAMED | STYLES:
        return "unnamed"
    is_group = (
        head.lower_ in QUANTIFIERS
        or head.lemma_.lower() in SHARES
        or head.tag_ in ("NNS", "NNPS")
        or head.pos_ in ("NUM", "PRON", "DET", "ADJ")
    )
    is_one = kind is None and head.tag_ in ("NN", "NNP")
    if is_one and any(child.dep_ == "relcl" and _has_who(child) for child in head.rights):
        return "unnamed"
    lemma = head.lemma_.lower()
    if kind == "people" or is_group or (lemma in TEAMS and lemma not in ORGANISATIONS):
        return "group"
    return "organisation"
