"""How an article describes a person: the title before the name, the apposition after it."""

from spacy.tokens import Span, Token

from quotes.chains import lexicon
from quotes.names import TITLES
from quotes.rolewords import ROLES

MOST = 14  # words of a description
_SKIP = frozenset({"-", "–", "&", "/", "’s", "'s"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def is_role(token: Token) -> bool:
    """Whether a word says what somebody is: "adviser", "President"."""
    word = token.lemma_.lower().rstrip(".")
    return word in TITLES or (
        token.pos_ in ("NOUN", "PROPN") and (word in lexicon().exclusively_person_words or word in ROLES)
    )


def before(name: Span) -> str | None:
    """The title before a name: "White House economic adviser" before "Kevin Hassett"."""
    doc, start = name.doc, name.start
    if not start or not is_role(doc[start - 1]):
        return None
    first = start
    while first and start - first < MOST:
        token = doc[first - 1]
        if token.is_space or token.tag_ in ("DT", "PRP$", "CC", "IN"):
            break
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") and token.text not in _SKIP:
            break
        first -= 1
    while first < start and (doc[first].text in _SKIP or doc[first].tag_ in ("POS", "CD")):
        first += 1
    text = doc[first:start].text.strip()
    courtesy = {"mr", "mrs", "ms", "miss", "dr", "sir"}
    return text if text and text.lower().rstrip(".") not in courtesy else None


def after(name: Span) -> str | None:
    """The apposition after a name: "nominee" in "Donald Trump, the nominee, said"."""
    doc, at = name.doc, name.end
    if at + 1 >= len(doc) or doc[at].text != ",":
        return None
    at += 1
    if doc[at].like_num and at + 2 < len(doc) and doc[at + 1].text == ",":  # an age
        at += 2
    if doc[at].tag_ not in ("DT", "NN", "JJ", "NNP", "PRP$") or doc[at].text[:1] in "“\"'":
        return None
    role = None
    end = at
    while end < len(doc) and end - at <= MOST:
        token = doc[end]
        if (
            token.text in (",", ".", ";", ":", "(", "—", "–", "“", '"')
            or token.is_space
            or token.is_sent_start
        ):
            break
        if token.tag_ in _FINITE or token.tag_ in ("WP", "WDT", "WP$"):
            end = -1
            break
        if role is None and is_role(token) and (end + 1 >= len(doc) or doc[end + 1].pos_ != "PROPN"):
            role = token
        end += 1
    if end < 0 or end - at > MOST or role is None or any(t.tag_ == "IN" for t in doc[at : role.i]):
        return None
    if doc[at].tag_ == "DT":
        at += 1
    return doc[at:end].text.strip() or None
