"""Articles in which some names of speakers are exchanged for descriptions, since few labelled ones have any.

"Holm said" becomes "the minister said" where the article calls Holm the justice minister, or, less often, a description
of somebody else's, of which the article says nothing. What is asked then is whom the description means.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from resolver_data import Gold, Reader, TrainingArticle, with_gold
from spacy.tokens import Span, Token

from quotes.coreference.candidates import Case
from quotes.coreference.descriptions import apposed_noun, apposition_after, is_person_noun, title_before
from quotes.coreference.entity import Entity, noun_gender
from quotes.coreference.resolve import SourceResolver
from quotes.lexicon.roles import KIN
from quotes.lexicon.titles import titles_in_full

MOST = 4  # names of an article that are exchanged
NOUN_ALONE_SHARE, FOREIGN_SHARE = 0.5, 0.3  # of descriptions: their noun alone; those of somebody else's
MOST_WORDS = 4
PROPER_TAGS = ("NNP", "NNPS", "NNS")
Description = tuple[str, str]  # the noun, and the words before it


def made_articles(
    articles: Sequence[TrainingArticle], copies: int, seed: int, cache: Path
) -> Iterator[TrainingArticle]:
    """Copies of articles with other names exchanged in each."""
    resolvers = [SourceResolver(article.doc, article.attributions) for article in articles]
    entities = [entity for resolver in resolvers for entity in resolver.antecedents.index.entities]
    foreign = [words for entity in entities if entity.is_person for words in descriptions(entity)]
    read = Reader(cache)
    for article, resolver in zip(articles, resolvers, strict=True):
        for copy in range(copies):
            found = made(article, resolver, foreign, random.Random(f"{seed + copy} {article.name}"))
            if found is not None:
                text, known = found
                yield with_gold(article.name, article.corpus, *read(text), known, is_made=True)


def descriptions(entity: Entity) -> list[Description]:
    """What an article calls a person: nouns for people, and the words before each that belong to it."""
    found: dict[Description, None] = {}
    for name in entity.mentions:
        noun, _ = apposed_noun(name)
        title, apposition = title_before(name), apposition_after(name)
        heads = [noun, title[-1] if title is not None else None, _head(apposition)]
        for head in filter(None, heads):
            if (words := _words(head)) is not None:
                found[words] = None
    return list(found)


def _head(apposition: Span | None) -> Token | None:
    return None if apposition is None else apposition.root


def _words(head: Token) -> Description | None:
    noun = head.lower_.rstrip(".")
    noun = titles_in_full().get(noun, noun)
    if (
        not is_person_noun(head)
        or head.tag_ in ("NNS", "NNPS")
        or not noun.isalpha()
        or noun in KIN
        or len(noun) < 4
    ):
        return None
    before = [
        t
        for t in head.lefts
        if t.dep_ in ("amod", "compound", "nmod") and t.n_lefts == 0 and t.i >= head.i - 3
    ]
    if any(t.text in ("’s", "'s", ",") or t.ent_type_ == "PERSON" for t in before):
        before = []
    return noun, " ".join(t.text if t.ent_type_ or t.text.isupper() else t.lower_ for t in before)


def made(
    article: TrainingArticle, resolver: SourceResolver, foreign: Sequence[Description], chance: random.Random
) -> tuple[str, list[Gold]] | None:
    """The text of an article with descriptions in place of names, and what is known of these quotations."""
    places: dict[tuple[int, int], tuple[str, list[int]]] = {}
    cases = [case for case in resolver.cases if _is_name(case, article)]
    chance.shuffle(cases)
    for case in cases:
        entity, source = case.referent.entity, case.source  # type: ignore[union-attr]
        words = _chosen(entity, resolver, foreign, chance)
        if words is None or len(places) == MOST:
            continue
        begins = source[0].is_sent_start or source[0].i == 0
        places[source.start_char, source.end_char] = ("The " if begins else "the ") + words, case.numbers
    if not places:
        return None
    nominals = [k for case in resolver.cases if case.form == "nominal" for k in case.numbers]
    return exchanged(article, places, nominals)


def _is_name(case: Case, article: TrainingArticle) -> bool:
    """Whether a source is the name alone of a person named before, and known to be right."""
    gold = next((g for k in case.numbers if (g := article.gold[k]) is not None), None)
    entity = case.referent.entity if case.referent is not None else None
    if gold is None or gold.unsure or not gold.is_named_person or entity is None or case.source is None:
        return False
    source = case.source
    after = source.doc[source.end] if source.end < len(source.doc) else None
    is_whole = all(
        t.i in _tokens(entity) or t.lower_.rstrip(".") in ("mr", "mrs", "ms", "dr") for t in source
    )
    is_known = entity.is_person and entity.name.split()[-1] in (gold.speaker or "")
    is_later = entity.last_mention_before(source.start) >= 0
    return (
        case.rule == "name" and is_whole and is_known and is_later and (after is None or after.tag_ != "POS")
    )


def _tokens(entity: Entity) -> set[int]:
    return {token.i for span in entity.mentions for token in span}


def _chosen(
    entity: Entity, resolver: SourceResolver, foreign: Sequence[Description], chance: random.Random
) -> str | None:
    own = descriptions(entity)
    if own and chance.random() > FOREIGN_SHARE:
        noun, before = chance.choice(own)
    else:
        noun, before = chance.choice(foreign)
        if noun in resolver.antecedents.index.by_description:
            return None
    gender = noun_gender(noun)
    if gender and entity.gender and gender != entity.gender:
        return None
    return noun if chance.random() < NOUN_ALONE_SHARE or not before else f"{before} {noun}"


def exchanged(
    article: TrainingArticle, places: dict[tuple[int, int], tuple[str, list[int]]], nominals: Sequence[int]
) -> tuple[str, list[Gold]]:
    """The text with other words at some places, and the gold of these and of the noun phrases that were there."""
    text, order, pieces, at = article.doc.text, sorted(places), list[str](), 0
    for start, end in order:
        pieces += [text[at:start], places[start, end][0]]
        at = end
    changed = "".join([*pieces, text[at:]])

    def moved(gold: Gold, **other: Any) -> Gold:
        spans = [
            tuple(i + sum(len(places[p][0]) - p[1] + p[0] for p in order if p[1] <= i) for i in s)
            for s in gold.spans
        ]
        return replace(gold, spans=spans, **other)

    known = [moved(gold) for k in nominals if (gold := article.gold[k]) is not None]
    for words, numbers in places.values():
        found = [gold for k in numbers if (gold := article.gold[k]) is not None]
        known += [moved(gold, also=[], source=words) for gold in found]
    return changed, known
