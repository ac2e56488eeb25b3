"""Which people the mentions of a set of articles mean: by full names first, short names by their article."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from quotes.lexicon.given_names import formal_names, given_gender, is_given_name
from quotes.lexicon.titles import COURTESY, TITLES
from quotes.names.person import Person, compatible, parse_person, words
from quotes.speakers.disjoint_sets import Key, Union
from quotes.speakers.name_variants import spelt_out, variant_keys, variants
from quotes.speakers.records import Cluster, Neighbourhood, Unit, name_key, only

_MANY = 200  # candidates for one short name beyond which nothing short of its own article can tell


def _read_person(unit: Unit) -> None:
    """Fill in what the unit's name and aliases tell: the fullest form, gender and titles."""
    named = [parse_person(unit.name), *(parse_person(alias) for alias in unit.aliases)]
    unit.person = named[0]
    for other in named[1:]:
        mine = unit.person
        fits = other.surname == mine.surname and (not mine.given or compatible(mine, other))
        fits = fits or (not mine.given and other.given[:1] == (mine.surname,))  # "Ellie", "Ellie Marsh"
        if fits and len(other.given) > len(unit.person.given) and other.suffix == unit.person.suffix:
            unit.person = other
    courtesy = [p.gender for p in named if p.surname == unit.person.surname and p.gender]
    pronouns = Counter(row.mention.pronouns for row in unit.rows if row.mention.pronouns in ("he", "she"))
    said = "he" if pronouns["he"] > pronouns["she"] else "she" if pronouns["she"] > pronouns["he"] else None
    unit.gender = named[0].gender or said or (courtesy[0] if courtesy else None)
    described = {
        word for row in unit.rows for word in words(row.mention.description or "") if word in TITLES
    } - set(COURTESY)
    unit.titles = frozenset(described).union(*(p.titles for p in named if p.surname == unit.person.surname))


def _short_names(unit: Unit) -> set[str]:
    """The shorter names that the article itself uses for a person with a full name ("Peña Nieto",
    "Hillary")."""
    full = words(unit.person.display)
    shorts = set()
    for alias in unit.aliases:
        part = words(parse_person(alias).display)
        # "Peña Nieto" ends "Enrique Peña Nieto"; "Donald Trump" is no short form of "Donald J. Trump"
        if (len(part) == 1 and part[0] in full[:-1]) or (
            0 < len(part) < len(full) and full[-len(part) :] == part
        ):
            shorts.add(" ".join(part))
    return shorts


def _unite_forms(forms: Iterable[Person]) -> tuple[Union, set[Key]]:
    """Join the forms that can only mean one person; return the sets and the forms that can mean several."""
    blocks: dict[Key, list[Person]] = defaultdict(list)
    for person in forms:
        for formal in formal_names(person.given[0]):
            blocks[person.surname, person.suffix, formal].append(person)
            if len(formal) > 1:  # found by those with an initial for a first name, or by a middle name
                blocks[person.surname, person.suffix, formal[0], "initial"].append(person)
        if len(person.given[0]) == 1:
            blocks[person.surname, person.suffix, person.given[0], "initial"].append(person)
            for second in person.given[1:2]:
                blocks[person.surname, person.suffix, second].append(person)
    near: dict[Key, set[Person]] = defaultdict(set)
    for key, block in blocks.items():
        for a in block:
            if isinstance(key, tuple) and len(key) == 4 and len(a.given[0]) > 1:
                continue
            for b in block:
                if a.form != b.form and compatible(a, b):
                    near[a.form].add(b)
                    near[b.form].add(a)
    unsure: set[Key] = set()
    for form, others in near.items():
        some = sorted(others, key=lambda person: person.form)
        if any(not compatible(a, b) for at, a in enumerate(some) for b in some[:at]):
            unsure.add(form)
    union = Union()
    for form, others in near.items():
        for other in others:
            if form not in unsure and other.form not in unsure:
                union.join(form, other.form)
    return union, unsure


def _endings(units: list[Unit], shorts: dict[int, set[str]]) -> set[str]:
    """Names of two words that are short for one of three: "Peña Nieto" for "Enrique Peña Nieto".

    Some article must use them so, or have both, unless they do not begin with a given name. Notes them in
    ``shorts``.
    """
    shown: dict[str, set[str]] = defaultdict(set)
    surnames: set[str] = set()
    for unit in units:
        name = words(unit.person.display)
        shown[unit.article].add(" ".join(name))
        if len(name) > 1 and len(name[0]) > 1 and not is_given_name(name[0]):
            surnames.add(" ".join(name))
    for unit in units:
        full = words(unit.person.display)
        if id(unit) in shorts and unit.person.suffix == "":
            tails = {" ".join(full[at:]) for at in range(1, len(full) - 1) if len(full[at]) > 1}
            shorts[id(unit)] |= tails & (shown[unit.article] | surnames)
    return {short for some in shorts.values() for short in some if " " in short}


def link_people(units: list[Unit]) -> list[Cluster]:
    for unit in units:
        _read_person(unit)
    shorts = {id(unit): _short_names(unit) for unit in units if unit.person.given}
    endings = _endings(units, shorts)
    full = [
        unit for unit in units if unit.person.given and " ".join(words(unit.person.display)) not in endings
    ]
    union, unsure = _unite_forms({unit.person.form: unit.person for unit in full}.values())
    for form, other in variants(full):
        if not {form, other} & unsure:
            union.join(form, other)
    clusters: dict[Key, Cluster] = defaultdict(lambda: Cluster("person"))
    called: dict[str, set[Key]] = defaultdict(set)  # surname or ending -> whom it can mean, in the whole set
    here: dict[str, dict[str, set[Key]]] = defaultdict(lambda: defaultdict(set))  # the same by article
    by_article: dict[str, list[Unit]] = defaultdict(list)
    settled: dict[int, Key] = {}
    for unit in full:
        if unit.person.form not in unsure:
            by_article[unit.article].append(unit)
    waiting = []
    for unit in full:
        home = union.find(unit.person.form)
        if unit.person.form in unsure:
            same = only(
                union.find(other.person.form)
                for other in by_article[unit.article]
                if compatible(unit.person, other.person)
            )
            home = home if same is None else same
        settled[id(unit)] = home
        clusters[home].units.append(unit)
    for unit in full:
        home = settled[id(unit)]
        surname = f"{unit.person.surname} {unit.person.suffix}".strip()
        out = spelt_out(unit.person)
        names = {surname, unit.person.surname, *shorts[id(unit)], *([out.surname] if out else [])}
        for name in names:
            here[unit.article][name].add(home)
        called[surname].add(home)
        if out:
            called[out.surname].add(home)
        for name in shorts[id(unit)] & endings:
            called[name].add(home)
        if unit.person.suffix:
            called[unit.person.surname].add(home)
    gender = {home: _gender(cluster.units) for home, cluster in clusters.items()}
    titles = {home: frozenset().union(*(u.titles for u in c.units)) for home, c in clusters.items()}
    sure = {id(unit) for unit in full}
    lone: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        if id(unit) in sure:
            continue
        name = (
            " ".join(words(unit.person.display))
            if unit.person.given
            else (f"{unit.person.surname} {unit.person.suffix}".strip())
        )
        fits: set[Key] = set()
        near = here[unit.article].get(name, set())
        for pool in (near, called.get(name, set()) - near):
            fits = (
                set()
                if len(pool) > _MANY
                else {
                    home
                    for home in pool
                    if not (unit.gender and gender[home] and unit.gender != gender[home])
                }
            )
            if len(fits) > 1 and unit.titles:
                fits = {home for home in fits if titles[home] & unit.titles} or fits
            if len(fits) > 1 and unit.gender:
                fits = {home for home in fits if gender[home] == unit.gender} or fits
            if fits:
                break
        same = only(fits)
        if same is not None:
            waiting.append((same, unit))
        elif fits or len(called.get(name, ())) > _MANY:
            clusters["local", name, unit.article, unit.gender].units.append(unit)
            clusters["local", name, unit.article, unit.gender].local = True
        else:
            lone[name].append(unit)
    for same, unit in waiting:
        clusters[same].units.append(unit)
    for name, some in lone.items():
        genders = {unit.gender for unit in some if unit.gender}
        for unit in some:
            # "Maria" of two articles is hardly one person, "Putin" is.
            local = is_given_name(name) or (len(genders) > 1 and not unit.gender)
            key = ("lone", name, unit.article if local else "", unit.gender if len(genders) > 1 else "")
            clusters[key].units.append(unit)
            clusters[key].local = local
    return list(clusters.values())


def _gender(units: list[Unit]) -> str | None:
    votes: Counter[str] = Counter()
    for unit in units:
        if unit.gender:
            votes[unit.gender] += unit.count
    if votes["he"] != votes["she"]:
        return votes.most_common(1)[0][0]
    named = {given_gender(unit.person.given[0]) for unit in units if unit.person.given} - {None}
    return named.pop() if len(named) == 1 and not votes else None


def person_neighbourhoods(units: list[Unit]) -> list[Neighbourhood]:
    """With whom each of one article's people has to be looked at: whatever ``link_people`` compares.

    Those of one surname, and a compound name with those whom it is short for. "Hillary" is settled by her
    article alone where one person in it is called so.
    """
    for unit in units:
        _read_person(unit)
    shorts = [_short_names(unit) if unit.person.given else set() for unit in units]
    found = []
    for unit, short in zip(units, shorts, strict=True):
        shown = " ".join(words(unit.person.display))
        meant = {
            other.person.form
            for other, names in zip(units, shorts, strict=True)
            if shown in names and not (unit.gender and other.gender and unit.gender != other.gender)
        }
        ties = {shown, *short}
        parsed = parse_person(unit.name)
        names = set(map(name_key, (unit.name, unit.person.display or unit.name, parsed.display)))
        if not unit.person.given and len(meant) == 1 and next(iter(meant))[1] != unit.person.surname:
            found.append(Neighbourhood(frozenset(), frozenset(ties | names)))
            continue
        keys = {f"surname {surname}" for surname in (unit.person.surname, parsed.surname)}
        keys.update(names, (name_key(name) for name in short if " " in name))
        if unit.person.given:
            keys |= variant_keys(unit)
        found.append(Neighbourhood(frozenset(keys), frozenset(ties)))
    return found
