"""Whether a content claims something, or only names what somebody talks about, owns, calls or asks for.

A bare noun phrase is a content where it is a claim ("denied any involvement", "announced the closure of the mine"), and
none in "claimed a pension", "explained the rules", "announced the winner", "unveiled the “Green Dawn” plan".
"""

import re

from spacy.tokens import Doc, Span, Token

from quotes.lexicon.cues import is_speech
from quotes.lexicon.cues import kind as kind_of_cue
from quotes.lexicon.roles import KIN, MEN, ROLES, UNNAMED, WOMEN
from quotes.lexicon.words import word_set
from quotes.nlp.dependents import dependent, dependents
from quotes.quotations.attribution import Attribution, token_span
from quotes.quotations.sources import SPOKEN_NOUNS
from quotes.text.quotation_marks import pairs
from quotes.types import Act, QuoteType

CLAIMED_NOUNS = word_set("quotations/claimed_nouns")
TOPIC_VERBS = word_set("quotations/topic_verbs")
DENIED_THINGS = word_set("quotations/denied_things")
NAMING_VERBS = word_set("quotations/naming_verbs")
OTHERS_CLAIMS = word_set("statements/claim_nouns")
NICKNAMING_LEMMAS = frozenset(["christen", "nickname", "rename"])
REFUSING_LEMMAS = frozenset(["dismiss", "rebuff", "refuse", "reject", "repudiate"])
TALKING_LEMMAS = frozenset(["chat", "speak", "talk", "write", "ask", "joke", "tweet", "post"])
TOPIC_PREPOSITIONS = frozenset(["about", "on", "of"])
DEMONSTRATIVES = frozenset(["this", "that", "these", "those", "such"])
ADDRESSING_LEMMAS = frozenset(["announce", "warn", "introduce"])
PERSON_NOUNS = ROLES | KIN | MEN | WOMEN | UNNAMED | word_set("quotations/announced_persons")
# "the closure of the “Green Dawn”" is a claim, "his “Green Dawn” tariffs" are none.
NOMINALISATION = re.compile(
    r"(?:tion|sion|ment|ing|al|ence|ance|ancy|ency|ure|ship|ity|ness|ory|dom|sis|ism|th|launch|start|end|return)s?\Z"
)
WORD = re.compile(r"[^\W\d_]+")


def is_topic(doc: Doc, text: str, attribution: Attribution, kind: QuoteType, *, is_clause: bool) -> bool:
    """Whether a content is a mere topic, name or addressee, of which nothing is said."""
    cue = token_span(doc, attribution.cue)
    content = token_span(doc, (attribution.content[0][0], attribution.content[-1][1]))
    if cue is None or content is None:
        return False
    if kind == "mixed" and _is_acted_on(content, cue.root):
        return True
    if kind != "indirect" and cue.root.lemma_ in NICKNAMING_LEMMAS:
        return True  # "nicknamed the robber “the Gentleman”"
    if kind == "indirect" and (_is_refused(content, cue.root) or _is_discerned(cue.root)):
        return True
    if is_clause:
        return False
    verb = cue.root
    if kind == "direct":
        return attribution.source is None and verb.lemma_ in NAMING_VERBS and verb.tag_ == "VBN"
    if any(token.pos_ in ("VERB", "AUX") or token.lower_ == "as" for token in content):
        return False
    if kind == "mixed":
        claims = any(token.pos_ == "NOUN" and NOMINALISATION.search(token.lower_) for token in content)
        return not claims and _names_only(text, attribution)
    if len(attribution.content) > 1 or verb.pos_ != "VERB":
        return False
    return _points_back(content) or _is_modified(content, verb) or _is_bare_object(content, verb)


def _is_acted_on(content: Span, cue: Token) -> bool:
    """Whether something is done with words, which is no saying: "the words “never again” were put on a wall"."""
    verb = cue.head if cue.dep_ == "auxpass" else cue
    head = content.root
    says = is_speech(verb.text) and verb.lemma_ != "put"  # "as Ruiz put it" is never a passive
    return head.dep_ == "nsubjpass" and head.head == verb and not says


def _is_refused(content: Span, verb: Token) -> bool:
    """Whether a thing is turned down, and no claim: "rejected [the attempt to delay it]", "dismissed [the appeal]"."""
    head = content.root
    judged = any(token.lower_ == "as" for token in verb.children)  # "dismissed it as a stunt"
    is_thing = head.head == verb and head.dep_ == "dobj" and head.lemma_.lower() not in OTHERS_CLAIMS
    return is_thing and verb.lemma_ in REFUSING_LEMMAS and (verb.lemma_ != "dismiss" or not judged)


def _is_discerned(verb: Token) -> bool:
    """Whether somebody sees, and tells nobody: "you can't tell that it is larger"."""
    can = any(token.lower_ in ("can", "could", "ca") for token in dependents(verb, "aux"))
    return verb.lemma_ == "tell" and can and dependent(verb, "dobj", "dative", "iobj") is None


def is_question_of_nobody(doc: Doc, attribution: Attribution, act: Act) -> bool:
    """Whether a question without marks is only what an answer is to: "[Asked if she would resign], Ruiz said no"."""
    cue = token_span(doc, attribution.cue)
    if act != "asks" or cue is None or attribution.source is not None:
        return False
    verb = next((token for token in cue if token.tag_ in ("VBN", "VBD")), None)
    return verb is not None and dependent(verb, "aux", "nsubj", "nsubjpass") is None


def is_brief_claim(doc: Doc, attribution: Attribution) -> bool:
    """Whether a bare noun phrase is a claim: "denied any involvement", "claimed victory", "accused him of fraud".

    No "denied him entry", "claimed a pension". The training articles have too few of them to learn it from.
    """
    cue, content = token_span(doc, attribution.cue), token_span(doc, attribution.content[0])
    if cue is None or content is None or attribution.source is None or len(attribution.content) > 1:
        return False
    verb, head = next((token for token in cue if token.pos_ == "VERB"), cue.root), content.root
    noun = head.lemma_.lower()
    if verb.lemma_ == "accuse":
        return head.dep_ in ("pobj", "pcomp") and head.head.lower_ == "of"
    if head.head != verb or head.dep_ != "dobj" or head.pos_ != "NOUN" or len(content) < 2:
        return False  # "denies assault" tells no more than that somebody pleads not guilty
    if verb.lemma_ == "claim":
        return noun in CLAIMED_NOUNS
    given = dependent(verb, "dative") is not None
    return verb.lemma_ == "deny" and noun not in DENIED_THINGS | PERSON_NOUNS and not given


def _points_back(content: Span) -> bool:
    """Whether a content only points to what was said before: "these allegations"."""
    noun = content.root.lemma_.lower()
    return len(content) <= 3 and content[0].lower_ in DEMONSTRATIVES and noun in SPOKEN_NOUNS


def _is_modified(content: Span, verb: Token) -> bool:
    """Whether a content is a mere thing of which the cue tells something: "a gesture [confirmed] by the Gazette"."""
    noun = content.root
    is_participle = verb.dep_ in ("acl", "relcl") and verb.head == noun and verb.tag_ == "VBN"
    return is_participle and noun.pos_ == "NOUN" and len(content) <= 3


def _is_bare_object(content: Span, verb: Token) -> bool:
    """Whether a noun phrase is what a verb does something with, or to whom, rather than what it says."""
    head = content.root
    about = head.head if head.dep_ == "pobj" else verb
    if about.lower_ in TOPIC_PREPOSITIONS and about.head == verb and verb.lemma_ in TALKING_LEMMAS:
        return True  # "talked about the weather"
    if about.lower_ in ("about", "on") and about.head.pos_ == "NOUN" and about.head.head == verb:
        return True  # "told a joke about a parrot": of 17 such phrases of training articles none is required or speech
    if head.head != verb or head.dep_ not in ("dobj", "dative", "attr", "oprd", "nsubj"):
        return False
    lemma = verb.lemma_
    if lemma in TOPIC_VERBS:
        return True
    if lemma == "claim":
        return head.lemma_.lower() not in CLAIMED_NOUNS
    # "challenged Ada Moe over the money": of 14 in training articles none is required or speech
    is_told_off = kind_of_cue(verb.text) == "speech" and lemma not in NAMING_VERBS
    if is_told_off and head.ent_type_ == "PERSON" and head.dep_ == "dobj":
        return True
    is_person = head.ent_type_ == "PERSON" or head.pos_ == "PRON" or head.lemma_.lower() in PERSON_NOUNS
    return lemma in ADDRESSING_LEMMAS and is_person


def _names_only(text: str, attribution: Attribution) -> bool:
    """Whether all that is in marks is a name within a noun phrase: "his sweeping “Green Dawn” plan"."""
    for start, end in attribution.content:
        for pair in pairs(text[start:end]):
            words = WORD.findall(text, start + pair.start, start + pair.end)
            within = pair.end < end - start  # a noun follows
            if not within or not all(word[0].isupper() for word in words):
                return False
    return True
