"""Whether the text says that words were said: polarity and determinacy of an attribution.

After the attribution features of the Penn Discourse TreeBank (Prasad et al. 2008): polarity is negative in "she never
said", determinacy is indeterminate in "if she says", "would have said". Looked for in the parse, on the cue's word and
on the words that it depends on, never in the content: "said he would not" is an assertion.
"""

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from quotes.lexicon.cues import is_speech
from quotes.lexicon.words import word_set
from quotes.nlp.dependents import FINITE_TAGS, dependent, dependents, word_offsets
from quotes.nlp.dependents import NOMINAL_SUBJECT_DEPS as SUBJECTS
from quotes.quotations.attribution import Offsets, token_span
from quotes.quotations.governors import (
    CLAUSE_LINKS,
    CONDITIONS,
    FORGED_THINGS,
    INFINITIVE_LINKS,
    NOUN_LINKS,
    is_participle_clause,
    words_about,
)
from quotes.text.quotation_marks import CLOSING
from quotes.text.spans import overlaps_any

NEGATIONS = frozenset(["not", "n't", "n’t", "never", "no", "neither", "nor", "nowhere"])
FRONTED_NEGATIONS = frozenset(["no", "none", "never", "neither", "nowhere"])
NEGATED_SUBJECTS = frozenset(["nobody", "none", "neither", "nothing"])
ONLY = frozenset("only just merely simply alone solely".split())  # "did not only say X, but Y": X was said
PREVENTING_PREPOSITIONS = frozenset(["without", "instead", "rather", "than", "far"])
UNREAL_MODALS = frozenset(["could", "might", "may", "should"])
BINDING_MODALS = frozenset(["must", "ought", "need"])
WOULD = frozenset(["would", "'d", "’d"])
WILL = frozenset(["will", "'ll", "’ll", "shall"])
# "she never said this. “We are broke.”"
POINTING_WORDS = frozenset("this that it these so such anything".split())
INDEFINITES = frozenset(["few", "many", "most", "others", "plenty", "some"])
FIRST_PERSONS = frozenset(["i", "we"])
PERCEPTION_LEMMAS = frozenset(["hear", "see", "overhear"])
THINKING_LEMMAS = frozenset("think believe claim mean suggest imply remember recall happen".split())
SEEMING_LEMMAS = frozenset(["appear", "seem"])  # "the clip was cut so that she appears to say"
HIDING_LEMMAS = frozenset(["conceal", "disguise", "hide"])  # "does not hide that he was there"
DENYING_LEMMAS = frozenset(["deny", "dispute", "refute"])
AUXILIARIES = frozenset(["aux", "auxpass"])
PASSIVES = frozenset(["auxpass", "nsubjpass"])
# others' words
REPORTING_LEMMAS = frozenset("ascribe attribute cite credit misquote paraphrase quote report".split())
PREDICATES = frozenset(["acomp", "attr", "oprd"])
FALSE_ADVERBS = word_set("quotations/false_adverbs")
FALSE_WORDS = word_set("quotations/false_words")
NEGATED_YET_SAID = word_set("quotations/negated_yet_said")
UNFULFILLED_WORDS = word_set("quotations/unfulfilled_words")
IMAGINED_WORDS = word_set("quotations/imagined_words")
EVIDENCE_NOUNS = word_set("quotations/evidence_nouns")
BARELY = frozenset(["sooner", "hardly", "scarcely", "barely"])
EXCEPTIONS = frozenset(["but", "except", "besides", "save"])  # "nobody but Ruiz said"
SHOWING_LEMMAS = frozenset(["have", "show", "depict", "feature"])  # "a fake video has Ruiz saying"


def is_asserted(verb: Token, content: Sequence[Offsets]) -> bool:
    """Whether the text says that the words were said, of a content whose cue's main word is ``verb``.

    False for "never said", "did not tweet", "falsely quoted as saying", "would have said", "if she says", "should say".
    """
    if verb.lemma_ in HIDING_LEMMAS:
        return _is_negated(verb, content)
    after = verb.nbor(1).lower_ if verb.i + 1 < len(verb.doc) else ""
    # "could not say enough", "could not have been clearer"
    compared = [child for child in verb.rights if child.tag_ in ("JJR", "RBR") and not _is_in(child, content)]
    is_praise = after == "enough" or bool(compared)
    if is_praise or _is_behind_sentence(verb, content):
        return True
    return not any(_says_otherwise(word, below, content) for word, below in words_about(verb, content))


def _is_behind_sentence(verb: Token, content: Sequence[Offsets]) -> bool:
    """Whether the words follow the verb's sentence, whose negation is of something else: "did not smile. “Go home.”".

    Not so in "she never said this: “We are broke.”".
    """
    first = token_span(verb.doc, content[0])
    at = first.start - 1 if first is not None else 0
    while at > verb.i and (verb.doc[at].is_space or verb.doc[at].is_quote):
        at -= 1
    if at <= verb.i:
        return False
    if verb.doc[at].text == ":":
        return not is_speech(verb.text) and not _is_false_predicate(verb, content)
    points = {token.lower_ for token in verb.rights} & POINTING_WORDS
    return verb.doc[at].text in (".", "!", "?") and not points


def _says_otherwise(word: Token, below: Token | None, content: Sequence[Offsets]) -> bool:
    """Whether a word of the path, seen from the one below it, says that nothing was said."""
    if below is None:
        tests = (_is_negated, _is_unreal, _is_conditional, _is_if_she_were_to, _is_asked, _is_imperative)
        # who is "wrongly quoted" has not said it, who "wrongly said" it has
        by_adverb = not _is_own_falsehood(word, content)
        if word.lemma_ == "be" and _is_false_predicate(word, content):
            return True  # "the remark is false: “…”"
        return _is_false(word, content, by_adverb=by_adverb) or any(test(word, content) for test in tests)
    if below.dep_ == "conj":
        shares = below.tag_ in ("VB", "VBN") and not _children(below, SUBJECTS | AUXILIARIES, content)
        joined = any(child.lower_ in ("or", "nor") for child in word.children if child.dep_ == "cc")
        return (shares or joined) and (_is_negated(word, content) or _is_unreal(word, content))
    is_one_verb = word.lemma_ == "do" and below.dep_ in ("advcl", "ccomp") and below.tag_ in ("VB", "VBP")
    if is_one_verb and not _children(below, AUXILIARIES, content):
        return _is_negated(word, content)  # "did not, as some wrote, say": parsed as two
    if below.dep_ == "advcl" or is_participle_clause(below):
        imagined = word.lemma_ in IMAGINED_WORDS and _is_imperative(word, content)
        lacks = below.tag_ == "VBG" and any(map(_is_no_evidence, word.children))
        return imagined or lacks or _is_conditional(word, content)
    if below.dep_ in NOUN_LINKS:
        shown = word.lemma_ in SHOWING_LEMMAS and _is_false(word, content)
        imagined = word.lemma_ in IMAGINED_WORDS and _is_imperative(word, content)
        made = word.lemma_ == "make" and below.dep_ == "dobj" and _is_negated(word, content)
        return shown or imagined or made or (below.pos_ == "NOUN" and _is_false_predicate(word, content))
    # "did not answer on the day that the Gazette said": what is told of a thing
    of_thing = word.pos_ != "NOUN" and below.dep_ == "prep" and dependent(below, "pcomp") is None
    if below.dep_ in INFINITIVE_LINKS and not of_thing and _is_unfulfilled(word, below, content):
        return True
    if below.tag_ == "VB" and word.lemma_ in SEEMING_LEMMAS and is_speech(below.text):
        return True
    is_evidence = word.lemma_.lower() in EVIDENCE_NOUNS  # "no record of Ruiz saying"
    if (below.dep_ in CLAUSE_LINKS or is_evidence) and _is_unbelieved(word, content):
        return True
    return _is_false(word, content)


def _outside(words: Iterable[Token], content: Sequence[Offsets]) -> list[Token]:
    """Those words that are none of the content."""
    return [word for word in words if not _is_in(word, content)]


def _children(word: Token, deps: frozenset[str], content: Sequence[Offsets]) -> list[Token]:
    return _outside(dependents(word, *deps), content)


def _is_in(token: Token, content: Sequence[Offsets]) -> bool:
    return overlaps_any(word_offsets(token), content)


def _is_negated(word: Token, content: Sequence[Offsets]) -> bool:
    """Whether a verb is negated by a word of its own or by its subject: "never said", "nobody said"."""
    for child in _outside(word.children, content):
        negates = child.dep_ == "neg" or child.lower_ in NEGATIONS
        if negates and child.dep_ not in ("det", "cc", "intj", "preconj") and child.i < word.i + 3:
            after = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
            if after not in ONLY:
                return True
        if (child.dep_ in SUBJECTS and _is_nobody(child)) or _is_at_no_point(child, word):
            return True
        if child.i < word.i and (child.lower_ in ("nearly", "almost") or _is_all_but(word)):
            return True
        if child.lower_ == "once" and child.i and child.nbor(-1).lower_ in ("not", "never"):
            return True
    return False


def _is_all_but(verb: Token) -> bool:
    """Whether something was nearly done: "all but said"."""
    return [token.lower_ for token in verb.doc[max(verb.i - 2, 0) : verb.i]] == ["all", "but"]


def _is_at_no_point(adverbial: Token, verb: Token) -> bool:
    """Whether an adverbial before a verb negates it: "at no point did she say", "in none of her books does she say"."""
    if adverbial.dep_ not in ("prep", "advmod", "npadvmod") or adverbial.i > verb.i:
        return False
    inverted = any(
        aux.i < subject.i
        for aux in verb.lefts
        for subject in verb.lefts
        if aux.dep_ in AUXILIARIES and subject.dep_ in SUBJECTS
    )
    return inverted and any(token.lower_ in FRONTED_NEGATIONS for token in adverbial.subtree)


def _is_nobody(subject: Token) -> bool:
    """Whether there is nobody, or nothing of the kind: "no one", "none of them", "no official"."""
    following = [token.lower_ for token in subject.doc[subject.i + 1 : subject.i + 3]]
    if following[:1] and (following[0] in EXCEPTIONS or following == ["other", "than"]):
        return False
    no_one = subject.lower_ in ("one", "body") and subject.i > 0 and subject.nbor(-1).lower_ == "no"
    of = {
        child.lower_
        for child in subject.children
        if child.dep_ in ("det", "neg", "advmod", "preconj") and child.nbor(1).lower_ not in ("fewer", "less")
    }
    barely = subject.lower_.startswith("any") and bool(of & BARELY)  # "hardly anybody said"
    return subject.lower_ in NEGATED_SUBJECTS or no_one or barely or bool({"no", "neither"} & of)


def _is_unreal(word: Token, content: Sequence[Offsets]) -> bool:
    """Whether a modal says that it was or is not so: "would have said", "should say", "might say"."""
    auxiliaries = {child.lower_ for child in _children(word, AUXILIARIES, content)}
    if not auxiliaries or word.lemma_ in PERCEPTION_LEMMAS:
        return False
    if "could" in auxiliaries and "have" not in auxiliaries and ONLY & {child.lower_ for child in word.lefts}:
        return False  # "could only say “sorry”"
    if "have" in auxiliaries and auxiliaries & (WOULD | UNREAL_MODALS | BINDING_MODALS):
        return True
    subjects = _children(word, SUBJECTS, content)
    is_own = FIRST_PERSONS & {noun.lower_ for noun in subjects}  # "I should say", but "we should be saying"
    if is_own and word.tag_ != "VBG" and not auxiliaries & {"could", "might"}:
        return False
    if auxiliaries & (UNREAL_MODALS | BINDING_MODALS):
        return True
    if not auxiliaries & (WOULD | WILL):
        return False
    clauses = _children(word, frozenset(["advcl"]), content)
    # "some will say", "many critics would argue"
    by_anyone = any(token.lower_ in INDEFINITES for noun in subjects for token in (noun, *noun.lefts))
    return by_anyone or any(_is_conditional(clause, content) for clause in clauses)


def _is_conditional(word: Token, content: Sequence[Offsets]) -> bool:
    """Whether a clause is a condition: "if she says", "unless he says", "had she said", "as if to say"."""
    for child in _outside(word.lefts, content):
        if child.dep_ in ("mark", "advmod", "prep") and child.lower_ in CONDITIONS:
            concedes = child.lower_ == "though" and not (child.i and child.nbor(-1).lower_ == "as")
            if not concedes:
                return True
    subject = next(iter(_children(word, SUBJECTS, content)), None)
    if word.dep_ != "advcl" or subject is None:
        return False
    if BARELY & {word.head.lower_, *(child.lower_ for child in word.lefts)}:
        return False  # "no sooner had she sat down than", "hardly had she spoken when": it was so
    auxiliaries = _children(word, AUXILIARIES, content)
    return any(aux.lower_ in ("had", "should", "were") and aux.i < subject.i for aux in auxiliaries)


def _is_if_she_were_to(verb: Token, content: Sequence[Offsets]) -> bool:
    """Whether a verb is that of a condition with "were" at its beginning: "were the mayor to say"."""
    first = verb.sent[0]
    return first.lower_ == "were" and verb.tag_ == "VB" and verb.i > 0 and verb.nbor(-1).lower_ == "to"


def _is_false(word: Token, content: Sequence[Offsets], *, by_adverb: bool = True) -> bool:
    """Whether a word, its adverb or its subject says that it is not genuine: "falsely quoted", "a fake tweet said".

    Who "falsely said" something has said it.
    """
    children = _outside(word.children, content)
    falsely = by_adverb and any(c.dep_ == "advmod" and c.lower_ in FALSE_ADVERBS for c in children)
    nouns = [child for child in children if child.dep_ in ("nsubj", "nsubjpass", "dobj")]
    nouns += [noun for child in children if child.dep_ == "agent" for noun in child.children]
    is_false = bool({word.lemma_.lower(), word.lower_} & FALSE_WORDS)
    return is_false or falsely or any(map(_is_false_noun, nouns))


def _is_own_falsehood(word: Token, content: Sequence[Offsets]) -> bool:
    """Whether who speaks says something false: "she wrongly claimed" was said, "she was wrongly quoted" was not."""
    told_by_others = word.lemma_.lower() in REPORTING_LEMMAS or _children(word, PASSIVES, content)
    return bool(_children(word, frozenset(["nsubj"]), content)) or not told_by_others


def _is_false_noun(noun: Token) -> bool:
    """Whether a noun is of something made up: "a hoax", "a doctored video", "false quotes"; no "fake doctor"."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return False
    lemma = noun.lemma_.lower()
    if {lemma, noun.lower_} & FALSE_WORDS:
        return True
    of = {child.lower_ for child in noun.children if child.dep_ in ("amod", "compound", "nmod")}
    generated = "generated" in of and "ai" in {token.lower_ for token in noun.subtree}
    return lemma in FORGED_THINGS and (generated or bool(of & (FALSE_WORDS | {"false"})))


def _is_false_predicate(word: Token, content: Sequence[Offsets]) -> bool:
    """Whether a verb says of its subject or object that it is made up: "the quote is fake", "invented a quote"."""
    told = _children(word, PREDICATES | {"ccomp"}, content)
    words = {form for child in told for form in (child.lemma_.lower(), child.lower_)} | {word.lemma_.lower()}
    return bool(words & (FALSE_WORDS | {"false"}))


def _is_unfulfilled(word: Token, below: Token, content: Sequence[Offsets]) -> bool:
    """Whether the word above "to say", "saying" means that it was not done: "refrained from", "is expected to"."""
    lemma = word.lemma_.lower()
    if below.dep_ == "pcomp" and below.tag_ in FINITE_TAGS:
        return False  # "angry about what he called"
    if below.dep_ == "pcomp" and word.lower_ in PREVENTING_PREPOSITIONS | {"of"}:
        above = word.head.lower_ if word.dep_ in ("prep", "pcomp") else ""
        if word.i and word.nbor(-1).lower_ in PREVENTING_PREPOSITIONS:
            return True  # "instead of", where the parser has the two apart
        return word.lower_ in PREVENTING_PREPOSITIONS or above in PREVENTING_PREPOSITIONS | {"short", "verge"}
    predicate = word.head if word.dep_ in PREDICATES else word
    negated = _is_negated(word, content) or (predicate != word and _is_negated(predicate, content))
    if lemma in NEGATED_YET_SAID or word.lower_ in NEGATED_YET_SAID:
        return not negated and lemma in UNFULFILLED_WORDS
    if negated or lemma in UNFULFILLED_WORDS or word.lower_ in UNFULFILLED_WORDS:
        return True
    return lemma in IMAGINED_WORDS or _is_unreal(word, content) or _is_conditional(word, content)


def _is_unbelieved(word: Token, content: Sequence[Offsets]) -> bool:
    """Whether the word above "that she said" means that she did not: "it is not true that", "no evidence that"."""
    lemma = word.lemma_.lower()
    if lemma in DENYING_LEMMAS | IMAGINED_WORDS:
        return True
    if lemma in EVIDENCE_NOUNS and word.pos_ == "NOUN":
        return _is_nobody(word) or _is_negated(word.head, content)
    if lemma in THINKING_LEMMAS | SHOWING_LEMMAS and _is_negated(word, content):
        return True
    if any(map(_is_no_evidence, _children(word, SUBJECTS, content))):  # "no evidence exists that"
        return True
    predicates = {child.lower_ for child in word.children if child.dep_ in ("acomp", "attr")}
    if predicates & {"true", "correct", "certain", "clear"} and _is_negated(word, content):
        return True
    return bool(predicates & {"false", "untrue", "unclear", "lie", "myth", "unproven", "incorrect"})


def _is_no_evidence(noun: Token) -> bool:
    """Whether a noun says that there is none of what would show it: "no record"."""
    return noun.lemma_.lower() in EVIDENCE_NOUNS and _is_nobody(noun)


def _is_asked(word: Token, content: Sequence[Offsets]) -> bool:
    """Whether the reporter asks whether it was said: "Did the mayor say “we are broke”?"."""
    subject = next(iter(_children(word, SUBJECTS, content)), None)
    last = word.sent[-1]
    before = last.nbor(-1).text if last.i else ""
    if subject is None or last.text != "?" or (_is_in(last, content) and before not in CLOSING):
        return False  # the question mark is the speaker's
    asks_how = any(child.tag_ == "WRB" for child in word.children)
    return not asks_how and any(aux.i < subject.i for aux in _children(word, AUXILIARIES, content))


def _is_imperative(word: Token, content: Sequence[Offsets]) -> bool:
    """Whether the reader is told to say it: "Tell him “no”", "Let us say"."""
    if word.tag_ != "VB" or word.dep_ != "ROOT" or _children(word, SUBJECTS | AUXILIARIES, content):
        return False
    return word.i == word.sent.start or word.nbor(-1).lower_ in ("please", "just", "and", "not", ",")
