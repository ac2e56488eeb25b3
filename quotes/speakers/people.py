"""Which people the mentions of a set of articles mean: by full names first, short names by their article.

A full name has a given name, or an initial. A short name is a surname ("Clinton"), a compound surname ("Peña Nieto"), a
given name ("Hillary"), or one of these with a title.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from logging import DEBUG

from quotes.lexicon.given_names import formal_names, given_gender, is_given_name
from quotes.lexicon.titles import courtesy_titles, titles
from quotes.log import logger
from quotes.names.person import Person, compatible, name_words, parse_person
from quotes.speakers.disjoint_sets import DisjointSets
from quotes.speakers.name_variants import Form, transliterated, variant_keys, variant_pairs
from quotes.speakers.records import BlockingKeys, Cluster, NameRecord, name_key, single_or_none
from quotes.speakers.settings import SETTINGS

LOG = logger(__name__)
Clusters = defaultdict[Hashable, Cluster]


def link_people(records: list[NameRecord]) -> list[Cluster]:
    """The records clustered by person.

    Full names are united where they can only mean one person. What could mean several is settled by its own article,
    or stays alone. A short name goes to the one person whom it can mean in its article, else in all articles.
    """
    for record in records:
        _read_person(record)
    short_names = {id(record): _short_names(record) for record in records if record.person.given}
    compounds = compound_surnames(records, short_names)
    full = [record for record in records if record.person.given and _shown(record) not in compounds]
    sets, ambiguous = unite_full_names(full)
    cluster_of = settle_ambiguous_names(full, sets, ambiguous)
    clusters: Clusters = defaultdict(lambda: Cluster("person"))
    for record in full:
        clusters[cluster_of[id(record)]].records.append(record)
    index = index_short_names(full, cluster_of, short_names, compounds)
    unlinked = attach_short_names([r for r in records if id(r) not in cluster_of], index, clusters)
    leave_alone(unlinked, clusters)
    return list(clusters.values())


def _read_person(record: NameRecord) -> None:
    """Fill in what the record's name and aliases tell: the fullest form, gender and titles."""
    names = [parse_person(record.name), *(parse_person(alias) for alias in record.aliases)]
    record.person = names[0]
    for other in names[1:]:
        mine = record.person
        fits = other.surname == mine.surname and (not mine.given or compatible(mine, other))
        fits = fits or (not mine.given and other.given[:1] == (mine.surname,))  # "Ellie", "Ellie Marsh"
        if fits and len(other.given) > len(mine.given) and other.suffix == mine.suffix:
            record.person = other
    namesakes = [name for name in names if name.surname == record.person.surname]
    courtesy = [name.gender for name in namesakes if name.gender]
    pronouns = Counter(mention.pronouns for mention in record.mentions if mention.pronouns in ("he", "she"))
    said = "he" if pronouns["he"] > pronouns["she"] else "she" if pronouns["she"] > pronouns["he"] else None
    record.gender = names[0].gender or said or (courtesy[0] if courtesy else None)
    described = {word for mention in record.mentions for word in name_words(mention.description or "")}
    offices = (described & titles()) - courtesy_titles().keys()
    record.titles = frozenset(offices).union(*(name.titles for name in namesakes))


def _shown(record: NameRecord) -> str:
    return " ".join(name_words(record.person.display))


def _surname(person: Person) -> str:
    return f"{person.surname} {person.suffix}".strip()


def _short_names(record: NameRecord) -> set[str]:
    """The shorter names that the article itself uses for a person with a full name ("Peña Nieto", "Hillary")."""
    full = name_words(record.person.display)
    short_names = set()
    for alias in record.aliases:
        part = name_words(parse_person(alias).display)
        # "Peña Nieto" ends "Enrique Peña Nieto"; "Donald Trump" is no short form of "Donald J. Trump"
        ends = 0 < len(part) < len(full) and full[-len(part) :] == part
        if ends or (len(part) == 1 and part[0] in full[:-1]):
            short_names.add(" ".join(part))
    return short_names


def compound_surnames(records: list[NameRecord], short_names: dict[int, set[str]]) -> set[str]:
    """Names of two words that are short for one of three: "Peña Nieto" for "Enrique Peña Nieto".

    Some article must use them so, or have both, unless they do not begin with a given name. Adds them to
    ``short_names``.
    """
    names_in_article: dict[str, set[str]] = defaultdict(set)
    surnames: set[str] = set()
    for record in records:
        name = name_words(record.person.display)
        names_in_article[record.article].add(" ".join(name))
        if len(name) > 1 and len(name[0]) > 1 and not is_given_name(name[0]):
            surnames.add(" ".join(name))
    for record in records:
        full = name_words(record.person.display)
        if id(record) in short_names and record.person.suffix == "":
            tails = {" ".join(full[at:]) for at in range(1, len(full) - 1) if len(full[at]) > 1}
            short_names[id(record)] |= tails & (names_in_article[record.article] | surnames)
    return {short for names in short_names.values() for short in names if " " in short}


# Full names


def unite_full_names(records: list[NameRecord]) -> tuple[DisjointSets, set[Form]]:
    """The forms of names in sets that can only mean one person, and the forms that can mean several."""
    compatible_with: dict[Form, set[Person]] = defaultdict(set)
    for a, b in _compatible_pairs({record.person.form: record.person for record in records}.values()):
        compatible_with[a.form].add(b)
        compatible_with[b.form].add(a)
    ambiguous = {
        form
        for form, others in compatible_with.items()
        if any(
            not compatible(a, b) for a, b in combinations(sorted(others, key=lambda person: person.form), 2)
        )
    }
    sets, debug = DisjointSets(), LOG.isEnabledFor(DEBUG)
    if debug and ambiguous:
        LOG.debug("names that several people may have: %s", sorted(ambiguous))
    pairs = ((form, other.form) for form, others in compatible_with.items() for other in others)
    for form, other in (*pairs, *variant_pairs(records)):
        if form not in ambiguous and other not in ambiguous:
            sets.union(form, other)
            if debug:
                LOG.debug("one person: %s, %s", form, other)
    return sets, ambiguous


def _compatible_pairs(names: Iterable[Person]) -> Iterator[tuple[Person, Person]]:
    """Pairs of different names that could be one person's; only those that share a block are compared."""
    by_given: dict[Hashable, list[Person]] = defaultdict(list)
    by_initial: dict[Hashable, list[Person]] = defaultdict(list)
    for person in names:
        first, key = person.given[0], (person.surname, person.suffix)
        for formal in formal_names(first):
            by_given[*key, formal].append(person)
            if len(formal) > 1:  # found by those with an initial for a first name, or by a middle name
                by_initial[*key, formal[0]].append(person)
        if len(first) == 1:
            by_initial[*key, first].append(person)
            for second in person.given[1:2]:
                by_given[*key, second].append(person)
    for block in by_given.values():
        yield from ((a, b) for a in block for b in block if a.form != b.form and compatible(a, b))
    for block in by_initial.values():
        initials = [person for person in block if len(person.given[0]) == 1]
        yield from ((a, b) for a in initials for b in block if a.form != b.form and compatible(a, b))


def settle_ambiguous_names(
    records: list[NameRecord], sets: DisjointSets, ambiguous: set[Form]
) -> dict[int, Hashable]:
    """The cluster of each record, by its ``id()``. An ambiguous name means the one whom its own article can mean."""
    unambiguous: dict[str, list[NameRecord]] = defaultdict(list)  # by article
    for record in records:
        if record.person.form not in ambiguous:
            unambiguous[record.article].append(record)
    cluster_of = {}
    for record in records:
        cluster = sets.find(record.person.form)
        if record.person.form in ambiguous:
            meant = single_or_none(
                sets.find(other.person.form)
                for other in unambiguous[record.article]
                if compatible(record.person, other.person)
            )
            cluster = cluster if meant is None else meant
        cluster_of[id(record)] = cluster
    return cluster_of


# Short names


@dataclass(slots=True)
class ShortNames:
    """Which clusters a short name can mean."""

    in_article: dict[tuple[str, str], set[Hashable]] = field(default_factory=lambda: defaultdict(set))
    anywhere: dict[str, set[Hashable]] = field(default_factory=lambda: defaultdict(set))

    def pools(self, article: str, name: str) -> tuple[set[Hashable], set[Hashable]]:
        """The clusters that a name can mean in its article, and the others that it can mean."""
        near = self.in_article.get((article, name), set())
        return near, self.anywhere.get(name, set()) - near


def index_short_names(
    records: list[NameRecord],
    cluster_of: dict[int, Hashable],
    short_names: dict[int, set[str]],
    compounds: set[str],
) -> ShortNames:
    """The short names by which the records' clusters can be meant.

    Surnames and compound surnames count in all articles, what else an article calls somebody ("Hillary") in it alone.
    """
    index = ShortNames()
    for record in records:
        cluster, person = cluster_of[id(record)], record.person
        plain = transliterated(person)
        surnames = {_surname(person), *([plain.surname] if plain else [])}
        for name in {*surnames, person.surname, *short_names[id(record)]}:
            index.in_article[record.article, name].add(cluster)
        bare = {person.surname} if person.suffix else set()
        for name in surnames | bare | (short_names[id(record)] & compounds):
            index.anywhere[name].add(cluster)
    return index


def attach_short_names(
    records: list[NameRecord], index: ShortNames, clusters: Clusters
) -> dict[str, list[NameRecord]]:
    """Put each short name into the one cluster that it can mean, or apart where there are several.

    Returns the records that can mean none of the clusters, by name.
    """
    gender = {key: _majority_gender(cluster.records) for key, cluster in clusters.items()}
    titles = {key: frozenset().union(*(r.titles for r in c.records)) for key, c in clusters.items()}
    attached: list[tuple[Hashable, NameRecord]] = []
    unlinked: dict[str, list[NameRecord]] = defaultdict(list)
    for record in records:
        name = _shown(record) if record.person.given else _surname(record.person)
        fits: set[Hashable] = set()
        for pool in index.pools(record.article, name):
            if len(pool) <= SETTINGS.max_short_name_candidates:
                fits = _fitting(record, pool, gender, titles)
            if fits:
                break
        meant = single_or_none(fits)
        if meant is not None:
            attached.append((meant, record))
        elif fits or len(index.anywhere.get(name, ())) > SETTINGS.max_short_name_candidates:
            clusters["local", name, record.article, record.gender].records.append(record)
            clusters["local", name, record.article, record.gender].local = True
            if LOG.isEnabledFor(DEBUG):
                LOG.debug("%s in %s may be any of %s", record.name, record.article, sorted(map(str, fits)))
        else:
            unlinked[name].append(record)
    for meant, record in attached:
        clusters[meant].records.append(record)
    return unlinked


def _fitting(
    record: NameRecord,
    pool: set[Hashable],
    gender: dict[Hashable, str | None],
    titles: dict[Hashable, frozenset[str]],
) -> set[Hashable]:
    """The clusters that a record can mean: none of another gender; where there are several, those of a title, of
    the same gender."""
    mine = record.gender
    fits = {key for key in pool if not (mine and gender[key] and mine != gender[key])}
    if len(fits) > 1 and record.titles:
        fits = {key for key in fits if titles[key] & record.titles} or fits
    if len(fits) > 1 and mine:
        fits = {key for key in fits if gender[key] == mine} or fits
    return fits


def leave_alone(unlinked: dict[str, list[NameRecord]], clusters: Clusters) -> None:
    """Make clusters of short names that mean nobody with a full name: one a name, or one a name and article."""
    for name, records in unlinked.items():
        genders = {record.gender for record in records if record.gender}
        for record in records:
            # "Maria" of two articles is hardly one person, "Putin" is.
            local = is_given_name(name) or (len(genders) > 1 and not record.gender)
            gender = record.gender if len(genders) > 1 else ""
            key = ("unlinked", name, record.article if local else "", gender)
            clusters[key].records.append(record)
            clusters[key].local = local


def _majority_gender(records: list[NameRecord]) -> str | None:
    votes: Counter[str] = Counter()
    for record in records:
        if record.gender:
            votes[record.gender] += record.count
    if votes["he"] != votes["she"]:
        return votes.most_common(1)[0][0]
    named = {given_gender(record.person.given[0]) for record in records if record.person.given} - {None}
    return named.pop() if len(named) == 1 and not votes else None


def person_blocking_keys(records: list[NameRecord]) -> list[BlockingKeys]:
    """The blocking keys of one article's people: whatever ``link_people`` compares shares one.

    Those of one surname do, and a compound surname with those whom it is short for. "Hillary" is settled by her
    article alone where one person in it is called so.
    """
    for record in records:
        _read_person(record)
    short_names = [_short_names(record) if record.person.given else set() for record in records]
    keys = []
    for record, short in zip(records, short_names, strict=True):
        shown, person = _shown(record), record.person
        meant = {
            other.person.form
            for other, names in zip(records, short_names, strict=True)
            if shown in names and not (record.gender and other.gender and record.gender != other.gender)
        }
        within = {shown, *short}
        parsed = parse_person(record.name)
        names = set(map(name_key, (record.name, person.display or record.name, parsed.display)))
        if not person.given and len(meant) == 1 and next(iter(meant))[1] != person.surname:
            keys.append(BlockingKeys(frozenset(), frozenset(within | names)))
            continue
        across = {f"surname {surname}" for surname in (person.surname, parsed.surname)}
        across.update(names, (name_key(name) for name in short if " " in name))
        if person.given:
            across |= variant_keys(record)
        keys.append(BlockingKeys(frozenset(across), frozenset(within)))
    return keys
