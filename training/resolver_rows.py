"""The rows from which the ranker of speakers learns: of each case of an article, and which candidates are right.

As augmentation every article is seen a second time with other sexes for some given names, so that the trees learn the
text rather than the list of names.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from resolver_data import Gold, TrainingArticle, name_parts, same_name

from quotes.coreference.candidates import Case
from quotes.coreference.features import FORM_NUMBERS
from quotes.coreference.ranker import Rows
from quotes.coreference.referents import Referent
from quotes.coreference.resolve import PASSES, SourceResolver

# How much a case of an excerpt counts, and a noun phrase there, whose name stands outside too often
EXCERPT_WEIGHT, EXCERPT_NOMINAL_WEIGHT = 0.5, 0.15
MADE_WEIGHT = 0.2  # of a description that stands where the article has a name
UNKNOWN_SHARE, SWAPPED_SHARE = 0.15, 0.12  # of people, by their given name, in the second copy of an article


@dataclass
class Block:
    """The rows of one case, which of them are right (None: not known), and in which order of its article it is."""

    order: int
    form: int
    rows: Rows
    right: list[bool] | None
    referents: list[Referent]
    weight: float = 1.0
    table: Any = None
    scores: list[int] = field(default_factory=list)


@dataclass
class Learner:
    """An article with its resolver, and the rows of a pass."""

    article: TrainingArticle
    resolver: SourceResolver
    fold: int
    blocks: list[Block] = field(default_factory=list)
    augmented: list[Block] = field(default_factory=list)

    def weight(self, case: Case) -> float:
        """How much a case counts in training."""
        if self.article.is_made:
            return MADE_WEIGHT
        if not self.article.is_excerpt:
            return 1.0
        return EXCERPT_NOMINAL_WEIGHT if case.form == "nominal" else EXCERPT_WEIGHT

    @property
    def is_measured(self) -> bool:
        """Whether it is an article of a corpus as it is."""
        return not (self.article.is_excerpt or self.article.is_made or self.article.corpus == "passages")


def build(learner: Learner, number: int, seed: int) -> None:
    """Make the rows of a pass, with the given names as they are and with some of another sex."""
    learner.blocks = case_blocks(learner, number)
    if learner.article.is_made:
        return
    chance = random.Random(f"{seed} {number} {learner.article.name}")
    people = [e for e in learner.resolver.antecedents.index.entities if e.is_person and not e.said_gender]
    genders = [entity.gender for entity in people]
    for entity in people:
        draw = chance.random()
        if draw < UNKNOWN_SHARE:
            entity.gender = None
        elif draw < UNKNOWN_SHARE + SWAPPED_SHARE and entity.gender:
            entity.gender = "she" if entity.gender == "he" else "he"
    learner.augmented = case_blocks(learner, number)
    for entity, gender in zip(people, genders, strict=True):
        entity.gender = gender


def case_blocks(learner: Learner, number: int) -> list[Block]:
    """The rows of a pass, a block for each case."""
    blocks = []
    cases, known = learner.resolver.cases, learner.article.gold
    is_trained_alone = learner.article.is_made and number == PASSES - 1  # nobody asks for the others again
    orders = [
        o for o, case in enumerate(cases) if not is_trained_alone or any(known[k] for k in case.numbers)
    ]
    for order, (referents, rows) in zip(orders, learner.resolver.rows(number, orders), strict=True):
        case = cases[order]
        gold = next((g for k in case.numbers if (g := known[k]) is not None), None)
        right = None if gold is None or gold.unsure else right_ones(learner.resolver, case, referents, gold)
        if (
            (learner.article.is_excerpt or learner.article.is_made)
            and right is not None
            and right[0]
            and gold is not None
            and gold.speaker
        ):
            right = None  # whoever it is stands outside
        blocks.append(Block(order, FORM_NUMBERS[case.form], rows, right, referents, learner.weight(case)))
    return blocks


def right_ones(resolver: SourceResolver, case: Case, referents: Sequence[Referent], gold: Gold) -> list[bool]:
    """Which of "open" and the candidates are right: the named person where there is one, else what goes by the name."""
    if not gold.speaker:
        return [True] + [False] * len(referents)
    names = []
    for referent in referents:
        mention = resolver.mentions.mention(referent, resolver._own_source(case, referent))
        names.append(mention.name if mention is not None else None)
    right = [same_name(name, gold.names) for name in names]
    people = [referent.entity is not None and referent.entity.is_person for referent in referents]
    several = [same and len(r.heads) > 1 for same, r in zip(right, referents, strict=True)]
    if " and " in gold.speaker and any(several):  # "both", by their names
        return [False, *several]
    if gold.is_named_person:
        known = [gold.speaker, *(name for name in gold.also if name_parts(name) & name_parts(gold.speaker))]
        for test in (people, [referent.entity is not None for referent in referents]):
            named = [is_one and same_name(name, known) for is_one, name in zip(test, names, strict=True)]
            if any(named):
                right = named
                break
    elif gold.type == "unnamed":
        exact = [name_parts(name) in map(name_parts, gold.names) for name in names]
        right = [one and (not person or same) for one, person, same in zip(right, people, exact, strict=True)]
    return [not any(right), *right]


def learn(articles: Sequence[TrainingArticle], folds: int, seed: int) -> list[Learner]:
    """The articles with resolvers, dealt to folds: those of the corpora by themselves, so that passages move none."""
    fold: dict[str, int] = {}
    for are_passages in (False, True):
        groups = {article.group for article in articles if (article.corpus == "passages") == are_passages}
        names = sorted(groups, key=lambda name: random.Random(f"{seed} {name}").random())
        fold |= {name: at % folds for at, name in enumerate(names)}
    return [
        Learner(article, SourceResolver(article.doc, article.attributions), fold[article.group])
        for article in articles
    ]
