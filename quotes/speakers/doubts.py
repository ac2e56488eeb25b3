"""Speakers across articles about whom a person should decide: namesakes in one entry, and one person in two.

Nothing here merges or splits: it lists what the names leave open, with what the articles say for it. The evidence is
that of record linkage beside the name: role, place, pronouns, publication, year, and the company, that is who else is
quoted in the same article. What each counts for namesakes is fitted (``namesakes``); for one person in two entries it
was set by hand on the people of 200 articles of world news, where a score only puts the pairs in order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Literal

from quotes.names.organisation import parse_organisation
from quotes.names.person import Person, compatible, name_words, parse_person, within_one_edit
from quotes.speakers.namesakes import OFFICE_WORDS, Appearance, apart, places, roles
from quotes.speakers.settings import SETTINGS
from quotes.text.normalise import fold

DoubtKind = Literal["namesakes", "one-person"]
MIN_SCORE = 0.45
MAX_BLOCK = 60  # people that share a word of their names; a commoner word tells nothing
MIN_WORD = 4  # letters of a word by which names are compared
MIN_ALIKE = 0.7  # similarity of given names that are perhaps two spellings of one


@dataclass(frozen=True, slots=True)
class Profile:
    """A speaker with all appearances."""

    id: str
    name: str
    type: str
    appearances: tuple[Appearance, ...]


@dataclass(frozen=True, slots=True)
class SpeakerDoubt:
    """One question: whether an entry is two people, or two entries are one.

    ``evidence``: in words, the strongest first. ``articles``: for an entry that is perhaps two, those of the other.
    """

    kind: DoubtKind
    speaker: str
    other: str | None
    score: float
    evidence: tuple[str, ...]
    articles: tuple[str, ...] = ()


def speaker_doubts(profiles: Iterable[Profile]) -> list[SpeakerDoubt]:
    """All doubts, the most likely first. The order of ``profiles`` does not matter."""
    known = sorted(profiles, key=lambda profile: profile.id)
    doubts = [doubt for profile in known if (doubt := _namesakes(profile)) is not None]
    doubts += _in_two(known)
    return sorted(doubts, key=lambda doubt: (-doubt.score, doubt.kind, doubt.speaker, doubt.other or ""))


# Namesakes in one entry


def _namesakes(profile: Profile) -> SpeakerDoubt | None:
    """The doubt whether an entry is two people or two countries' offices, if there is one."""
    if profile.type == "organisation":
        return _shared_office(profile)
    if profile.type != "person" or len(profile.appearances) < 2:
        return None
    best: tuple[float, list[str], Appearance, Appearance] | None = None
    for one, other in combinations(profile.appearances[:MAX_BLOCK], 2):
        score, evidence = apart(one, other)
        if score >= SETTINGS.min_namesakes and (best is None or score > best[0]):
            best = score, evidence, one, other
    if best is None:
        return None
    score, evidence, one, other = best
    with_other = tuple(
        a.article
        for a in profile.appearances
        if a is other or (a is not one and _together(a, other) > _together(a, one))
    )
    return SpeakerDoubt("namesakes", profile.id, None, round(score, 2), tuple(evidence), with_other)


def _together(one: Appearance, other: Appearance) -> int:
    """How much two articles have in common that speaks for one person."""
    return (
        2 * len(roles(one.description) & roles(other.description))
        + len(one.company & other.company)
        + (one.publication is not None and one.publication == other.publication)
        + 2 * (one.pronouns is not None and one.pronouns == other.pronouns)
    )


def _shared_office(profile: Profile) -> SpeakerDoubt | None:
    """The doubt whether "the Supreme Court" of several publications is that of one country."""
    words = set(fold(profile.name).split())
    papers = sorted({a.publication for a in profile.appearances if a.publication})
    if len(papers) < 2 or not words <= OFFICE_WORDS or parse_organisation(profile.name).country:
        return None
    evidence = ("no country in the name", f"{len(papers)} publications: {', '.join(papers[:4])}")
    return SpeakerDoubt("namesakes", profile.id, None, min(0.9, 0.3 + 0.1 * len(papers)), evidence)


# One person in two entries


def _in_two(profiles: list[Profile]) -> Iterator[SpeakerDoubt]:
    """The doubts whether two entries are one person, by what their names have in common."""
    people = [(profile, parse_person(profile.name)) for profile in profiles if profile.type == "person"]
    blocks: dict[str, list[int]] = defaultdict(list)
    for at, (profile, person) in enumerate(people):
        for word in {
            person.surname,
            *(w for w in name_words(profile.name) if len(w) >= MIN_WORD),
            *_initials(person),
        }:
            blocks[word].append(at)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        if len(block) <= MAX_BLOCK:
            seen.update(combinations(block, 2))
    for a, b in sorted(seen):
        (one, person), (other, namesake) = people[a], people[b]
        score, evidence = _alike(person, namesake)
        if score:
            score, evidence = _as_one(one, other, score, evidence)
            if score >= MIN_SCORE:
                yield SpeakerDoubt(
                    "one-person", one.id, other.id, round(min(score, 0.95), 2), tuple(evidence)
                )


def _initials(person: Person) -> set[str]:
    """The initials of a name of several words, and a name that may be initials itself: "MBS"."""
    words = name_words(person.display)
    last = person.display.split()[-1] if person.display.split() else ""
    own = {last.lower()} if last.isupper() and 2 <= len(last) <= 4 else set()
    return own | ({"".join(word[0] for word in words)} if len(words) > 2 else set())


def _alike(a: Person, b: Person) -> tuple[float, list[str]]:
    """How much two names speak for one person, and why; 0 where they do not."""
    first, second = set(name_words(a.display)), set(name_words(b.display))
    if a.form == b.form or compatible(a, b):
        return 0.45, ["names that can be one person's"]
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) > 1 and shorter < longer:
        return 0.45, ["all of one name is in the other"]
    if not a.given or not b.given:
        if _initials(a) & _initials(b):
            return 0.3, ["initials of the other name"]
        is_bare = a.surname == b.surname and a.given != b.given
        return (0.2, ["one surname, no given name"]) if is_bare else (0.0, [])
    if a.given[0] == b.given[0] and within_one_edit(a.surname, b.surname):
        return 0.35, ["surnames of one letter's difference"]
    given = SequenceMatcher(None, "".join(a.given), "".join(b.given)).ratio()
    if (
        a.surname == b.surname
        and a.given != b.given
        and given >= MIN_ALIKE
        and len(a.given[0]) > 1 < len(b.given[0])
    ):
        return 0.25, ["given names that are spelt alike"]
    return 0.0, []


def _as_one(one: Profile, other: Profile, score: float, evidence: list[str]) -> tuple[float, list[str]]:
    """The score of a pair of names with what the articles add."""
    mine = set().union(*(roles(a.description) for a in one.appearances))
    others = set().union(*(roles(a.description) for a in other.appearances))
    here = set().union(*(places(a.description) for a in one.appearances))
    there = set().union(*(places(a.description) for a in other.appearances))
    if mine & others:
        if here and there and not here & there:
            score -= 0.15
        else:
            score += 0.25
            evidence.append(f"both {', '.join(sorted(mine & others))}")
    elif mine and others:
        score -= 0.15
    pronouns = (
        {a.pronouns for a in one.appearances if a.pronouns},
        {a.pronouns for a in other.appearances if a.pronouns},
    )
    if all(pronouns) and not pronouns[0] & pronouns[1]:
        score -= 0.6
    articles = {a.article for a in one.appearances}, {a.article for a in other.appearances}
    company = set().union(*(a.company for a in one.appearances)) & set().union(
        *(a.company for a in other.appearances)
    )
    if articles[0] & articles[1]:
        evidence.append("quoted in one article")
    elif company - {one.id, other.id}:
        score += 0.15
        evidence.append(f"both quoted beside {', '.join(sorted(company - {one.id, other.id})[:3])}")
    papers = {a.publication for a in one.appearances if a.publication} & {
        a.publication for a in other.appearances if a.publication
    }
    if papers:
        score += 0.1
        evidence.append(f"both in {', '.join(sorted(papers)[:3])}")
    return score, evidence
