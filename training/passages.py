"""Passages made from patterns, for what news seldom shows: a newcomer speaks, an answer, a name on the wrong list.

Each pattern is filled several times with names of either sex, whatever their given name is; the pronoun tells.
``{a}`` to ``{c}`` are full names, ``{m}`` that of the other sex, ``{A}`` their surnames, ``{x}`` and ``{y}``
organisations, ``{he}``, ``{his}`` the pronouns of the one who is meant, ``{she}``, ``{her}`` the others.
``[1]`` to ``[3]`` are contents, ``[?]`` answers; ``<x|y>`` is one of several words. ``{r}`` and ``{s}`` are people by
their work, ``{p}`` several of them, ``{k}`` a relative, ``{h}`` a man or a woman, ``{o}`` a body, ``{d}`` a document.
What follows ``=>`` is whom each content belongs to: a letter, or the words of a noun phrase, or "-" for nobody. More
of them are in ``frames``.
"""

import random
import re
from collections.abc import Iterator, Sequence

from frames import ANSWER_REPLIES, INTRODUCED, OPENINGS, REPLIES, TURNS

from quotes.lexicon.given_names import given_gender

TURN_COPIES = 1  # of each turn, for each copy of a pattern
TURN_BREAKS = (" ", "\n\n")  # between an opening and a turn
ANY_NAME_SHARE = 0.4  # of passages, in which a given name says nothing of the pronoun
GIVEN_NAMES = (
    "Anna Boris Carla David Elena Frank Greta Henry Irene Jakob Karin Louis Maria Nils Olga Peter Rosa Stefan Tilda "
    "Victor Wanda Xavier Yara Zoran Lindsay Robin Kim Sasha Jamie Morgan Casey Jordan Taylor Andrea Nicola Jean Noor "
    "Amal Ola Yuki Sam Alex Charlie Leslie Marion Evelyn Hilary Dana Drew Max Billie Jo Ira Shirley "
    "Beverley Ashley Ariel Kai"
).split()
SURNAMES = (
    "Albers Bakker Costa Dorn Egan Farkas Grieve Holm Ivens Jansky Keller Lorca Marek Novak Osei Petit Quist Rahn "
    "Silva Thoma Ulrich Vidal Weiss Yilmaz Zeller Abbott Barlow Conway Dalton Eriksen Foster Gibbons Hewitt "
    "Ibarra Jennings"
).split()
ORGANISATIONS = (
    "Nordbank|Valtek|Brixon|Halden Group|Orvex|Castell Foods|Lumina Energy|Pellworm|Arden Rail".split("|")
)
ROLES = (
    "teacher nurse baker farmer driver dentist plumber florist clerk referee gardener porter librarian vet guard "
    "lawyer doctor waiter manager pilot mechanic neighbour officer trainer"
).split()
GROUPS = (
    "farmers ferrymen teachers guards families neighbours judges critics fans guests nurses miners".split()
)
BODIES = "committee board court council ministry union commission agency club bank".split()
DOCUMENTS = "report letter study affidavit survey memo".split()
KIN = {"he": ["son", "brother", "father", "nephew"], "she": ["daughter", "sister", "mother", "niece"]}
CONTENTS = (
    "it will take years|we have waited long enough|the roof was leaking again|nobody told us anything|"
    "the road is closed|there is nothing to hide|prices will rise|the boat was late|this is a good day|"
    "the numbers do not add up|the bridge is safe|we will try again|the test had failed|the plan needs work|"
    "it was too cold|the doors were locked"
).split("|")
ANSWERS = "never|of course not|only on Sundays|perhaps|in the kitchen|twice|about a year ago|not yet".split(
    "|"
)
PATTERNS = r"""
{a} said [1].\n\n{b} disagreed. “[2],” {he} said. => a b
{a} said [1].\n\n{b} was not so sure. {He} said [2]. => a b
“[1],” said {a}. “[2],” {he} added.\n\n{b} took the prize. “[3],” {he} said. => a a b
{a} opposes the plan. “[1],” {he} said.\n\n{b} backs it. “[2],” {he} said. => a b
{a} said [1]. {b} agreed. “[2],” {he} said. => a b
“[1],” said chairman {a}. Captain {b} was happy. “[2],” {he} said. => a b
Chief executive {a} left on Friday. {His} deputy, {b}, will follow. “[1],” {he} said. => b
{a} lost everything in the flood. Two doors down, {b} had more luck. “[1],” {he} said. => b
{a} told the court that [1]. Witness {b} contradicted {him}. “[2],” {he} said. => a b
For {b}, the choice was easy. “[1],” {he} said. => b
{a} said [1].\n\nFor {b}, it is not that simple. “[2],” {he} said. => a b
{a} met {b} on Monday. {He} said [1]. => a
{a} thanked {b} for the visit. “[1],” {he} said. => a
{a} lost to {b} in the final. “[1],” {he} said. => a
{a}, who succeeded {b} in May, was calm. “[1],” {he} said. => a
“[1],” said {a}. “[2],” {he} said. => a a
{a} said [1].\n\n“[2],” {he} added. => a a
{a} said [1]. {He} said [2]. => a a
{a} said that {b} had promised help. {He} said [1]. => a
{a} asked {b} if the shop was open. “[?],” {he} said. => b
“Where is the key?” {a} asked {b}. “[?],” {he} replied. => b
{a} asked {b} whether it hurt. {He} answered: “[?].” => b
Reporter {a} asked {b} about the money. “[?],” {he} said. => b
{a} asked the {r} for a ride. “[?],” {he} replied. => the_r
Asked about the fire, {a} said: “[?].” => a
{a} asked {b} to wait. {He} also asked for the keys. “[1],” {he} said. => a
A man stopped {a} in the street. “[1],” he said. => A_man
A woman stopped {a} in the street. “[1],” she said. => A_woman
A {r} called {a} at night. “[1],” {he} said. => A_r
The {r} opened the door. {He} said [1]. The {s} shook {his} head. {He} said [2]. => the_r the_s
{a} would not talk. {His} {r} did. “[1],” {he} said. => His_r
{a} took {his} daughter to the harbour. The {r} greeted her. “[1],” {she} said. => The_r
{a} bought bread. The {r} laughed. “[1],” {he} said. => The_r
{x} sued {y} on Monday. {y} denied the claim. “[1],” it said. => y
{x} sued {y} on Monday. The company said [1]. => x
{x} left the talks with {y}. It said [1]. => x
{x} said [1]. {y} had no such doubts. “[2],” it said. => x y
{a}, a {r} from the coast, lost the boat. The {r} said [1]. => a
{a} met a {r} at the fair. The {r} said [1]. => the_r
Mayor {a} opened the school. “[1],” the mayor said. => a
Mayor {a} opened the school. The {n}-year-old said [1]. => a
The club has sold {a}. “[1],” the striker said. => a
Boss {a} was pleased with the win. “[1],” the Italian said. => a
Boss {a} praised {b} after the win. “[1],” the Dutchman said. => a
Dr {a} saw the boy first. The doctor said [1]. => a
President {a} met Vice President {b}. The president said [1]. => a
President {a} met Vice President {b}. The vice president said [1]. => b
Former governor {a} and Governor {b} spoke. The former governor said [1]. => a
{a} and {his} lawyer, {b}, came late. The lawyer said [1]. => b
{a}'s lawyer, {b}, came late. {A}'s lawyer said [1]. => b
{a}'s lawyer, {b}, came late. {C}'s lawyer said [1]. => C's_lawyer
{a} came with {his} wife, {b}. {A}'s wife said [1]. => b
A spokesman for {x} said [1]. The spokesman added that [2]. => A_spokesman A_spokesman
{a} closed the window. “[1].” => a
“[1],” said {a}. “[2].” => a a
“[1],” said {a}. Above the gate hung a banner. “[2].” => a -
“[1]?” {a} asked.\n\n“[?].” => a -
{a} (they/them) won the race. “[1],” they said. => a
{a}, who uses they/them pronouns, sang again. “[1],” they said. => a
{a} and {b} won the race. “[1],” they said. => a_and_b
{a} said [1]. The neighbours were angry. “[2],” they said. => a The_neighbours
If {a} were a woman, who would mind? {He} said [1]. => a
“[1],” said {a}. “[2],” said {b}. “[3],” {he} added. => a b b
{a} said [1]. {b} did not comment. {A} said [2]. {He} said [3]. => a a a
Police arrested {a} on Friday. {His} mother, {b}, wept. “[1],” she said. => b
“[1],” said {a}, {his} hand on the door. “[2],” {b} said. “[3],” {he} said. => a b b
Minister {a} was jeered at the fair. Farmer {b} shouted. “[1],” {he} told the minister. => b
{a} told {b} that [1]. {He} said [2]. => a a
{m} met {a}. “[1],” {he} said. => a
{m} met {a} on Monday. {He} said [1]. => a
{a} met {m}. “[1],” {he} said. => a
{m} said [1]. {a} was there too. “[2],” {he} said. => m a
{a} said [1]. {m} laughed. “[2],” {he} said. => a a
“[1],” said {m}. {a} shook {his} head. “[2],” {he} said. => m a
“[1],” said {a} to {m}. “[2],” {he} said. => a a
Former president {a} met President {b}. The president said [1]. => b
Vice President {a} spoke. The president said [1]. => The_president
Former minister {a} spoke. The minister said [1]. => The_minister
{a}, a banker, spoke. The former minister said [1]. => The_former_minister
{a} opened the fair. A novelist read aloud. The novelist said [1]. => The_novelist
French striker {a} scored twice. The Frenchman said [1]. => a
Republican nominee {a} spoke in Ohio. The Republican nominee said [1]. => a
{a} spoke in the hall. {B}'s doctor said [1]. => B's_doctor
Governor {a} met Mayor {b}. The mayor said [1]. => b
Governor {a} met Mayor {b}. The Ohio governor said [1]. => a
A judge stopped the sale. Judge {a} said [1]. The judge said [2]. => a a
Deputy Commissioner {a} visited the camp. The DC said [1]. => a
Superintendent of Police {a} met {b}. “[1],” the SP said. => a
Chief Justice of India {a} heard the case. The court will sit again in May. The CJI said [1]. => a
Chief Minister {a} opened the bridge with {b}. “[1],” the CM added. => a
{a} met {b} on Monday. {He} left early.\nIt was hot in the hall. “[1],” {he} said. => a
{a} spoke with {b} in the hall. {He} came late. Every seat was taken. “[1],” {he} said. => a
{a} visited {b} in May. {He} stayed for a week.\n\nThe roads were bad.\n\n“[1],” {he} said. => a
{A}: I spoke to {b} on Monday. {He} said [1].\n\n{C}: What did {he} say about the road?\n\n{A}: {He} said [2]. => b b
{A}: I met {b} at the fair. {He} told me that [1].\n\n{C}: That is news. => b
{A}: {b} called me. {He} said [1].\n\n{C}: {He} told me that [2]. => b b
"""


def passages(copies: int, seed: int) -> Iterator[tuple[str, str, list[tuple[tuple[int, int], str | None]]]]:
    """Of each pattern or turn its name, and copies of it: text, and the place of each content with who says it."""
    chance = random.Random(seed)
    for number, (pattern, targets) in enumerate((*_lines(PATTERNS), *_lines(INTRODUCED))):
        for _ in range(copies):
            yield f"pattern-{number:03}", *_filled(pattern, targets.split(), chance)
    openings = list(_lines(OPENINGS))
    with_person = [frame for frame in openings if "{a}" in frame[0].lower()]
    for number, (turn, target) in enumerate(_lines(TURNS)):
        for _ in range(TURN_COPIES * copies):
            goes_on = re.search(r"\{(?:A|He|His|his|him)\}", turn) is not None
            opening, targets = chance.choice(with_person if goes_on else openings)
            replies = list(_lines(ANSWER_REPLIES if target.startswith("?") else REPLIES))
            reply, _ = chance.choices(replies, [int(weight) for _, weight in replies])[0]
            speaker = target.removeprefix("?")
            if speaker == "a" and "{a}" not in opening:
                speaker = "A"
            text = f"{opening}{chance.choice(TURN_BREAKS)}{turn} {reply}"
            yield f"turn-{number:03}", *_filled(text, [*targets.split(), speaker], chance)


def _lines(frames: str) -> Iterator[tuple[str, str]]:
    """Each frame with what stands behind its arrow."""
    for line in frames.splitlines():
        if line.strip():
            pattern, _, targets = line.partition("=>")
            yield pattern.strip().replace("\\n", "\n"), targets.strip()


def _filled(
    pattern: str, targets: Sequence[str], chance: random.Random
) -> tuple[str, list[tuple[tuple[int, int], str | None]]]:
    """A pattern with words in its places: the text, and the place of each content with its speaker's name."""
    pattern = re.sub(r"<([^<>]*)>", lambda match: chance.choice(match[1].split("|")), pattern)
    fillers = _fillers(chance)
    text = re.sub(r"\{(\w+)\}", lambda match: fillers[match[1]], pattern)
    text = re.sub(r"  +", " ", text).replace(" .", ".")
    contents, answers = chance.sample(CONTENTS, 4), chance.sample(ANSWERS, 2)
    spans: list[tuple[int, int]] = []
    while match := re.search(r"\[(\d|\?)\]", text):
        content = answers.pop() if match[1] == "?" else contents.pop()
        if text[match.start() - 1] in '“"':
            content = content[0].upper() + content[1:]
        spans.append((match.start(), match.start() + len(content)))
        text = text[: match.start()] + content + text[match.end() :]
    return text, [(span, _name(target, fillers)) for span, target in zip(spans, targets, strict=True)]


def _fillers(chance: random.Random) -> dict[str, str]:
    """The words of one copy, by their place."""
    surnames, roles = chance.sample(SURNAMES, 4), chance.sample(ROLES, 2)
    sex = chance.choice(["he", "she"])
    (he, his, him), (she, her) = (
        (("he", "his", "him"), ("she", "her")) if sex == "he" else (("she", "her", "her"), ("he", "his"))
    )
    organisations, group = chance.sample(ORGANISATIONS, 2), chance.choice(GROUPS)
    names = zip("abcm", _given_names(sex, chance), surnames, strict=True)
    fillers = {letter: f"{given} {surname}" for letter, given, surname in names}
    fillers |= {letter.upper(): surname for letter, surname in zip("abcm", surnames, strict=True)}
    fillers |= {"he": he, "his": his, "him": him, "she": she, "her": her}
    fillers |= {"He": he.title(), "His": his.title(), "She": she.title()}
    fillers |= {"x": organisations[0], "y": organisations[1], "r": roles[0], "s": roles[1]}
    fillers |= {"p": group, "P": group.title(), "k": chance.choice(KIN[sex])}
    fillers |= {"o": chance.choice(BODIES), "d": chance.choice(DOCUMENTS)}
    return fillers | {"h": "man" if sex == "he" else "woman", "n": str(chance.randint(21, 80))}


def _given_names(pronoun: str, chance: random.Random) -> list[str]:
    """Three given names for whom a pronoun can mean, and one of the other sex; in some passages any three."""
    fitting = [name for name in GIVEN_NAMES if given_gender(name.lower()) in (pronoun, None)]
    others = [name for name in GIVEN_NAMES if given_gender(name.lower()) not in (pronoun, None)]
    pool = GIVEN_NAMES if chance.random() < ANY_NAME_SHARE else fitting
    names = chance.sample(pool, 3)
    return [*names, chance.choice([name for name in others if name not in names])]


def _name(target: str, fillers: dict[str, str]) -> str | None:
    """The name that a target means."""
    if target == "-":
        return None
    if target == "a_and_b":
        return f"{fillers['a']} and {fillers['b']}"
    if target.startswith("A_"):
        return f"A {fillers.get(target[2:], target[2:])}"
    owner, _, rest = target.partition("'s_")
    if rest:
        return f"{fillers[owner]}'s {rest}"
    return " ".join(fillers.get(w, w) if len(w) == 1 or w in ("His", "his") else w for w in target.split("_"))
