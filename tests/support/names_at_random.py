"""Mentions drawn from few names, so that everything that can clash does: for tests of linking as a whole."""

import random

from quotes.speakers.resolve import SpeakerMention
from quotes.types import Mention

GIVEN = ["Bill", "William", "J.", "John", "Jane", "Maria", "George W.", "George H.W.", "George", "Luis"]
SURNAMES = [
    "Marsh", "Vega", "Torres", "Vega Torres", "Holt", "Washington", "Maria", "Vega-Holt", "Brückner", "Brueckner",
    "Lindholm", "Lindholme",
]  # fmt: skip
TITLES = ["Mr. ", "Mrs. ", "Senator ", "President ", "", "", ""]
DESCRIPTIONS = [None, None, "senator", "the president", "a lawyer", "Senator"]
ORGANISATIONS = [
    "the Treasury", "U.S. Treasury Department", "Department of the Treasury", "UK Treasury", "Washington",
    "International Monetary Fund", "IMF", "the IMF", "International Mountain Federation", "the company",
    "The Company", "The Harbour Times", "The Times", "the Times", "Times", "Norden Bank", "Holt Inc.",
]  # fmt: skip
OTHERS = [
    Mention("Republicans", "group"),
    Mention("republicans", "group"),
    Mention("Bill Marsh and Jane Holt", "person"),
    Mention("A White House official", "unnamed"),
    Mention("an official", "person"),
    Mention("the official", "organisation"),
    Mention("Norden Bank", "person"),
    Mention("Norden Bank", "group"),
]


def mention(chance: random.Random) -> Mention:
    """One mention."""
    kind = chance.random()
    if kind < 0.1:
        return chance.choice(OTHERS)
    if kind < 0.35:
        aliases = chance.sample(ORGANISATIONS, chance.choice([0, 0, 0, 1, 2]))
        return Mention(chance.choice(ORGANISATIONS), "organisation", None, tuple(aliases))
    given, surname = chance.choice(GIVEN), chance.choice(SURNAMES)
    full = f"{given} {surname}" + chance.choice(["", "", "", "", " Jr."])
    if chance.random() < 0.1:
        full = f"{given} {surname} {chance.choice(SURNAMES)}"
    forms = [f"{chance.choice(TITLES)}{surname}", full, given, f"{given} {surname.split()[0]}", surname]
    name = chance.choice([full, full, full, forms[0], given, forms[3]])
    return Mention(
        name,
        "person",
        chance.choice(DESCRIPTIONS),
        tuple(chance.sample(forms, chance.choice([0, 0, 1, 2]))),
        chance.choice([None, None, "he", "she"]),
    )


def article(chance: random.Random, name: str, most: int = 5) -> list[SpeakerMention]:
    """Mentions of one article."""
    return [SpeakerMention(f"{name}-{at}", name, mention(chance)) for at in range(chance.randint(0, most))]
