"""Places: countries and towns (GPE) or other locations (LOC); and what newswire's Misc names are."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


COUNTRIES = frozenset(  # and towns, which one of the words below would make a LOC
    name.replace("_", " ")
    for name in _words(
        """south_africa central_african_republic north_korea south_korea south_sudan ivory_coast cape_town
        cape_verde rhode_island long_island salt_lake_city gulf marshall_islands solomon_islands
        cayman_islands faroe_islands virgin_islands cook_islands falkland_islands british_virgin_islands
        west_bengal west_virginia hong_kong"""
    )
)
LAST_WORDS = _words(
    """river lake mountain mountains mount ocean sea valley desert island islands isle isles coast
    peninsula gulf bay strait straits basin range hills cape canal archipelago reef falls glacier forest
    delta plateau rift crescent belt volcano hemisphere border plains channel highlands"""
)
FIRST_WORDS = _words("lake mount river gulf cape strait bay")
REGIONS = _words(
    """europe asia africa america americas antarctica arctic oceania eurasia caribbean pacific atlantic
    mediterranean balkans sahel sahara maghreb levant earth mars moon west east north south amazon
    middle-east scandinavia himalayas himalaya andes alps siberia mideast sun jupiter venus"""
)
_DIRECTION = (
    "north|south|east|west|central|southern|northern|eastern|western|southeast|south-east|south east|"
    "sub-saharan|latin|north-east|northeast|northwest|southwest|mid"
)
_REGION = (
    "europe|asia|africa|america|americas|middle east|far east|near east|asia[ -]pacific|indo[ -]pacific|"
    "horn of africa|persian gulf|west indies|pacific|atlantic|west|east|north|south|hemisphere|coast|midwest|"
    "global south|global north"
)
PART_OF_THE_WORLD = re.compile(rf"(the )?(({_DIRECTION})[ -]+)*({_REGION})")

DATE = re.compile(
    r"(mon|tues|wednes|thurs|fri|satur|sun)day$|(19|20)\d\d$|"
    r"(january|february|march|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
LAW = re.compile(
    r"\b(act|agreement|treaty|constitution|accords?|pact|bill|protocol|amendment|law|code|declaration|charter)\b",
    re.IGNORECASE,
)
EVENT = re.compile(
    r"\b(wars?|cup|games|festival|olympics|conference|summit|championships?|league|tournament|revolution|"
    r"holocaust|genocide|day|prix|forum|election|referendum|uprising|open|hurricane|cop ?\d+|expo|"
    r"exposition|convention|ramadan|christmas|easter|eid|haj|hajj|biennale|awards?|libertadores|copa)\b",
    re.IGNORECASE,
)


def location_label(name: str) -> str:
    """LOC for a continent, another part of the world, a water, a mountain or the like, else GPE."""
    name = name.lower().strip().removeprefix("the ")
    words = name.split()
    if name in COUNTRIES:
        return "GPE"
    if PART_OF_THE_WORLD.fullmatch(name) or name in REGIONS:
        return "LOC"
    return "LOC" if words and (words[-1] in LAST_WORDS or words[0] in FIRST_WORDS) else "GPE"


def misc_label(name: str) -> str | None:
    """DATE, LAW or EVENT where a word of the name says so, else None."""
    if DATE.match(name):
        return "DATE"
    if LAW.search(name):
        return "LAW"
    return "EVENT" if EVENT.search(name) else None
