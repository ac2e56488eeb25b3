"""Words for people, bodies and documents that say things (data, no logic)."""

from quotes.lexicon.words import _set

# Which of "he", "she", "they" and "it" a pronoun goes with.
KIND = {
    **dict.fromkeys(("he", "his", "him", "himself"), "he"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "she"),
    **dict.fromkeys(("they", "their", "them", "theirs", "themselves"), "they"),
    **dict.fromkeys(("it", "its", "itself"), "it"),
}
FIRST_PERSON = _set("i me my mine myself we us our ours ourselves")
RELATIVE = _set("who that which whom whose")
DEFINITE = _set("the this that his her their its our my")

# Roles besides those that coreferee's list of words for persons has.
ROLES = _set(
    """mogul businessman businesswoman billionaire nominee frontrunner front-runner founder ceo rep sen gov
    republican democrat independent congressman congresswoman incumbent whip surrogate aide star host
    principal head headteacher teacher pupil dean trainer engineer editor farmer neighbour neighbor pastor nun
    monk soldier constable boss co-founder member organizer organiser moderator singer rapper painter goalkeeper
    midfielder quarterback jockey sailor driver trucker pilot barista survivor witness medic attaché mp mep"""
)
# Whoever is called this has no name in the text.
UNNAMED = _set(
    """source official person people aide spokesman spokeswoman spokesperson insider diplomat staffer employee
    witness executive adviser advisor operative colleague friend somebody someone individual"""
)
# Several people in one word.
TEAMS = _set(
    """team campaign couple staff family group committee party police government company band crew audience
    crowd public board council side delegation administration office department agency firm union network
    press media congress senate house majority generation coalition pair duo trio half number"""
)
# What a body may be called.
BODIES = _set(
    """company firm bank newspaper paper magazine network agency department court union group organization
    organisation university school party campaign committee council commission board bureau institute center
    centre foundation association alliance bloc coalition ministry administration government church team
    club airline automaker retailer maker giant startup outlet site website journal post times office"""
)
# Of those, what a body may be called whose name does not say so.
GENERIC = _set(
    """company firm group organization organisation agency network newspaper paper magazine outlet site website
    bank team club airline automaker retailer maker giant startup"""
)
# What a place may be called, and the label that its name then has.
PLACES = dict.fromkeys(("city", "state", "country", "nation", "town", "county"), "GPE")
# Words that the names of newspapers have instead.
PRESS = dict.fromkeys(("newspaper", "paper"), _set("post times journal tribune herald news guardian gazette"))
# Titles as they stand before names, and in full.
TITLES_IN_FULL = {
    "sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "dr": "doctor",
    "prof": "professor", "congressman": "representative", "congresswoman": "representative",
    "ceo": "executive", "sec": "secretary", "capt": "captain", "lt": "lieutenant",
}  # fmt: skip
# What the press calls a person whom it has named, although nobody holds it as a title.
EPITHETS = _set(
    """billionaire businessman businesswoman mogul magnate tycoon developer candidate nominee republican
    democrat frontrunner front-runner hopeful contender challenger incumbent lawmaker star veteran native
    midfielder striker defender goalkeeper winger footballer golfer boxer cyclist sprinter swimmer quarterback pitcher
    singer rapper actor actress musician comedian presenter pensioner teenager youngster
    banker economist entrepreneur industrialist financier investor philanthropist politician statesman stateswoman
    novelist author writer playwright poet screenwriter filmmaker artist painter sculptor photographer designer
    architect composer songwriter guitarist pianist dancer historian philosopher academic scientist physicist chemist
    biologist expert scholar researcher astronaut astronomer explorer activist campaigner broadcaster chef"""
)
# Relatives: which one is told by whose.
KIN = _set(
    """wife husband spouse widow widower fiance fiancee fiancé fiancée girlfriend boyfriend partner son daughter father
    mother brother sister uncle aunt cousin nephew niece grandson granddaughter grandfather grandmother stepson
    stepdaughter stepfather stepmother twin"""
)
# Nouns of one sex only, besides those in -woman and -sman.
MEN = _set(
    """man gentleman boy guy bloke lad chap father dad grandfather grandpa husband ex-husband son grandson stepson
    brother stepbrother uncle nephew stepfather widower boyfriend ex-boyfriend fiancé groom bridegroom schoolboy
    patriarch monk policeman fireman gunman fisherman"""
)
WOMEN = _set(
    """lady girl mother mom mum grandmother grandma wife ex-wife daughter granddaughter stepdaughter sister stepsister
    aunt niece stepmother widow girlfriend ex-girlfriend fiancée bride bridesmaid schoolgirl matriarch nun housewife
    actress heroine waitress hostess stewardess heiress landlady ballerina"""
)
NEUTRAL = _set("ombudsman talisman")  # although they end in -sman
# A plain word for a role, and the titles whose holders it can mean.
HOLDERS = {
    "judge": _set("justice magistrate"), "justice": _set("judge"), "lawyer": _set("attorney counsel"),
    "attorney": _set("lawyer counsel"), "doctor": _set("physician"), "physician": _set("doctor"),
    "lawmaker": _set("senator representative congressman congresswoman delegate assemblyman assemblywoman"),
    "legislator": _set("senator representative congressman congresswoman delegate assemblyman assemblywoman"),
    "congressman": _set("representative"), "congresswoman": _set("representative"),
    "adviser": _set("advisor"), "advisor": _set("adviser"), "aide": _set("adviser advisor"),
    "spokesman": _set("spokesperson"), "spokeswoman": _set("spokesperson"),
    "spokesperson": _set("spokesman spokeswoman"), "chairman": _set("chair chairperson"),
    "chairwoman": _set("chair chairperson"), "chair": _set("chairman chairwoman chairperson"),
    "boss": _set("chief executive"), "academic": _set("professor"), "scholar": _set("professor"),
    "billionaire": _set("mogul tycoon"), "diplomat": _set("ambassador envoy"), "envoy": _set("ambassador"),
    "prosecutor": _set("attorney"), "officer": _set("sergeant lieutenant captain detective"),
}  # fmt: skip
DOCUMENTS = _set(
    """report memo article study survey poll letter statement ad advert video film book document brief filing
    lawsuit complaint ruling order law bill rule regulation plan data analysis estimate transcript editorial
    column post tweet message email release announcement website story page paper review documentary"""
)
# What the members of a party are told by.
PARTIES = {
    "gop": "republican", "republican": "republican", "democratic": "democrat", "democrat": "democrat",
    "libertarian": "libertarian", "green": "green", "conservative": "conservative", "tory": "conservative",
    "labour": "labour", "liberal": "liberal",
}  # fmt: skip
# Before a title they make another of it: a deputy mayor is not the mayor.
RANKS = _set("vice deputy assistant associate")
# Words before a title that do not tell one holder from another.
GENERAL = _set("late new own longtime")
# Words that say of which place or rank an office is; the article may leave them out beside the name.
LEVELS = _set("state federal u.s. us local national county city")
