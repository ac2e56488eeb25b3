"""The word of a source that stands for it: "Schulz" in "a lawyer for the paper, David Schulz"."""

from spacy.tokens import Span, Token

from quotes.coreference.descriptions import TITLES_WITHOUT_OFFICE, is_person_noun, is_role
from quotes.coreference.entities import EntityIndex
from quotes.coreference.entity_spans import is_post_nominal
from quotes.lexicon.roles import COLLECTIVE_NOUNS, KIN
from quotes.lexicon.titles import titles
from quotes.names.person import are_letters_behind

NOUN_POS = ("NOUN", "PROPN", "ADJ")
OFFICES_WITH_FIELD = frozenset({"commissioner", "minister", "ombudsman"})  # "for" justice, never for a person
# Where the first noun phrase of a source is over: a preposition, a relative pronoun, a possessive.
PHRASE_END_TAGS = frozenset({"IN", "TO", "WP", "WDT", "WP$", "POS"})


def head_of_source(source: Span, index: EntityIndex) -> Token:
    """The head of a source: a person's name where there is one for the whole of it, else its noun.

    The parse is corrected where it takes a verb, the owner or the organisation for the head: "Ruiz's doctor" is not
    Ruiz, "the Bank of England governor" is not the bank.
    """
    root, doc = source.root, source.doc
    # a source is a noun phrase, even where the parse has seen a clause, or has its article elsewhere
    if root.pos_ in ("VERB", "AUX", "ADP") or root.dep_ == "det":
        root = next((token for token in source if _is_noun(token)), root)
    while root.is_punct and root.i > source.start:  # "John Bell Sr."
        root = doc[root.i - 1]
    root = _second_subject(root, source)
    if (named := _name_behind_office(root, source, index)) is not None:
        return named
    root = _owned_noun(root, source)
    last = source[-1]
    if root.i < last.i and is_role(last) and _is_one_organisation(doc[root.i : last.i], index):
        root = last
    if root.i + 1 < source.end and doc[root.i + 1].lower_ == "general":  # "attorney general"
        root = doc[root.i + 1]
    if root.i in index.by_token:
        return root
    if (named := _name_before_letters(root, index)) is not None:
        return named
    return _apposed_name(root, source, index) or _closing_name(source, index) or root


def _second_subject(root: Token, source: Span) -> Token:
    """The name that the parser takes for another subject of the verb: "Bell" of "analysts Tom Bell and Ana Ruiz"."""
    for token in source.doc[root.i + 1 : source.end]:
        if token.is_punct or token.tag_ in PHRASE_END_TAGS:
            return root
        if token.dep_ == root.dep_ == "nsubj" and token.head == root.head and token.pos_ == "PROPN":
            return token
    return root


def _name_before_letters(root: Token, index: EntityIndex) -> Token | None:
    """The name that letters follow: "Ann Reed MP", "Ada Eze MS", "Brenda Lee RN, OAM"; no "Harwick South MP"."""
    last = root.i
    while last and (is_post_nominal(root.doc[last]) or (last < root.i and root.doc[last].text == ",")):
        last -= 1
    if (person := index.person_at(last)) is not None:
        start = next((m.start for m in person.mentions if m.start <= last < m.end), last)
        is_place = start > 0 and root.doc[start - 1].lower_ == "the"  # that was taken for a person
        return None if is_place else root.doc[last]
    named = index.person_at(root.i - 1)
    name = next((m for m in named.mentions if m.end == root.i), None) if named else None
    words = [token.text for token in name] if name is not None else []
    return root.nbor(-1) if are_letters_behind(words, root.text) else None


def _name_behind_office(root: Token, source: Span, index: EntityIndex) -> Token | None:
    """The name that closes a source whose office has commas, "and" or "of" in it, which the parse takes for a list.

    "The public relations and brand manager of Premier Holding Arthur Moyo" is Moyo; but "a spokesman for President
    Ruiz" is not Ruiz, nor are "residents and Mayor Ruiz".
    """
    doc = source.doc
    # "Oxford-trained, former professor Niall Marsh – a critic –"
    end = next((t.i for t in source if t.text in ("–", "—") and index.person_at(t.i - 1)), source.end)
    while end > source.start and doc[end - 1].is_punct:
        end -= 1
    entity = index.person_at(end - 1)
    name = next((span for span in entity.mentions if span.end == end), None) if entity is not None else None
    if name is None or name.start <= source.start:
        return None
    if index.by_token.get(root.i) is entity and not any(t.dep_ == "conj" for t in (root, *root.children)):
        return None
    office = doc[source.start : name.start]
    if office[-1].pos_ not in ("NOUN", "PROPN") and office[-1].text != ")":
        return None
    last = max((token.i for token in office if token.tag_ in ("IN", "TO")), default=source.start)
    roles = [token.i for token in office if is_person_noun(token) and token.i not in index.by_token]
    is_courtesy = office[-1].lower_.rstrip(".") in TITLES_WITHOUT_OFFICE
    # "director for Africa Dr. Ana Ruiz", "Minister for Works Ana Ruiz"
    before = doc[name.start - 1 - is_courtesy]
    has_field = any(doc[i].lower_ in OFFICES_WITH_FIELD for i in roles)  # "Minister for Justice Ana Ruiz"
    is_title = not has_field and (is_person_noun(before) or before.lower_.rstrip(".") in titles())
    is_field = before.i in index.by_token or (before.text[:1].isupper() and not is_title)
    is_whose = (doc[last].lower_ in ("for", "to") and not is_field) or any(
        name.start - is_courtesy > i > last > source.start for i in roles
    )
    if not roles or is_whose or any(_is_another(token, index) for token in office):
        return None
    return doc[end - 1] if doc[end - 1].is_alpha else doc[name.start]


def _is_another(token: Token, index: EntityIndex) -> bool:
    """Whether a word before a name shows that others are spoken of: a name, people, "the" or "his" behind a comma."""
    if token.tag_ in ("WP", "WDT", "WP$", "VBD", "VBZ", "VBP", "MD"):
        return token.i not in index.by_token  # "WHO" is none
    if token.lower_ in COLLECTIVE_NOUNS or (token.tag_ in ("NNS", "NNPS") and is_person_noun(token)):
        return True
    if token.tag_ in ("DT", "PRP$", "CD"):
        return token.i > 0 and (token.nbor(-1).text == "," or token.nbor(-1).tag_ == "CC")
    # "Ruiz's", "Leiden-trained"
    is_owner = token.i + 1 < len(token.doc) and token.nbor().tag_ in ("POS", "HYPH")
    return index.person_at(token.i) is not None and not is_owner


def _is_noun(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN", "PRON") and token.dep_ not in ("compound", "poss")


def _owned_noun(root: Token, source: Span) -> Token:
    """The noun that a possessive owns: "doctor" for "Ruiz" in "Ruiz's doctor"; else the root itself."""
    after = source.doc[root.i + 1 : source.end]
    if len(after) > 1 and after[0].tag_ == "POS":
        for token in after[1:]:
            if token.pos_ not in NOUN_POS and token.text not in ("-", "&"):
                break
            root = token
    return root


def _is_one_organisation(words: Span, index: EntityIndex) -> bool:
    """Whether words are all of one name, and not a person's."""
    entity = index.by_token.get(words.start)
    is_one = all(index.by_token.get(token.i) is entity for token in words)
    return entity is not None and not entity.is_person and is_one


def _apposed_name(root: Token, source: Span, index: EntityIndex) -> Token | None:
    """The name in "a lawyer for the paper, David Schulz,"."""
    # "one of the authors, Ana Ruiz,"
    if root.pos_ != "NOUN" and not is_person_noun(root) and root.lower_ != "one":
        return None
    doc = source.doc
    for token in doc[root.i + 1 : source.end]:
        entity = index.person_at(token.i)
        if entity is None:
            continue
        # a title may stand before it: "the minister of the economy, Mr. Guajardo", "his niece, state Del. Ada Price"
        first = token.i - 1
        while first > root.i and doc[first].pos_ in NOUN_POS:
            first -= 1
        ends = [mention.end for mention in entity.mentions if mention.start == token.i]
        relative = doc[first - 1]
        if ends == [token.i + 1] and relative != root and relative.lemma_.lower() in KIN:
            return None  # "a lawyer for Bell's son, Robin,"
        if doc[first].text == "," and ends and (ends[0] == source.end or doc[ends[0]].is_punct):
            return token
    return None


def _closing_name(source: Span, index: EntityIndex) -> Token | None:
    """The name that closes the first noun phrase: "his wife and nominee Hillary Clinton"."""
    for token in source:
        if token.text in (",", ";") or token.tag_ in PHRASE_END_TAGS or token.lower_ == "including":
            return None
        entity = index.person_at(token.i)
        is_last = token.i + 1 >= source.end or index.by_token.get(token.i + 1) is not entity
        if entity is not None and is_last and token.dep_ not in ("poss", "conj"):
            following = source.doc[token.i + 1] if token.i + 1 < source.end else None
            if following is None or following.text == "," or following.tag_ in ("IN", "WP", "-LRB-"):
                return token
    return None
