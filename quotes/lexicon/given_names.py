"""Given names: what they are shortened to, and whose they are (data, and three questions about it)."""

from quotes.lexicon.words import _set

# A formal given name, then what it is shortened to.
_NICKNAMES = """
alexander alex al sandy|alexandra alex sandra|albert al bert|andrew andy drew|anthony tony
antonio tony|arthur art|barbara barb|benjamin ben benny|bernard bernie|catherine kate katie cathy
charles charlie chuck|christopher chris|christine chris chrissy|christina chris tina|cynthia cindy
daniel dan danny|david dave|deborah deb debbie|donald don donny|dorothy dot|douglas doug
edward ed eddie ted|edwin ed|elizabeth liz beth betsy lizzie eliza|eugene gene|frances fran
francis frank|franklin frank|frederick fred|gerald gerry jerry|gregory greg|harold hal harry
henry hank harry|howard howie|jacob jake|james jim jimmy jamie|janet jan|jeffrey jeff
jeffery jeff|jennifer jen jenny|jessica jess|john johnny jack|jonathan jon|joseph joe joey
joshua josh|judith judy|katherine kate katie kathy|kathleen kathy|kenneth ken kenny|kimberly kim
lawrence larry|laurence larry|leonard len lenny leo|lewis lew|louis lou|margaret maggie peggy meg
martin marty|matthew matt|megan meg|michael mike mickey|mitchell mitch|nancy nan
nathaniel nate nat|nicholas nick|norman norm|pamela pam|patricia pat patty|patrick pat|peter pete
philip phil|phillip phil|raymond ray|rebecca becky|richard rick dick rich
robert bob bobby rob robbie|ronald ron ronnie|samuel sam|samantha sam|sandra sandy|sarah sally
stephen steve|steven steve|stuart stu|susan sue susie|suzanne sue|terrence terry
theodore ted teddy|theresa terry|thomas tom tommy|timothy tim|victoria vicky|vincent vince
virginia ginny|walter walt|wesley wes|william bill will billy willie|zachary zach
"""
# Given names, besides those above, of men, of women, and of both.
# Those that are mostly surnames (Graham, Blair) are left out.
_MEN = _set(
    """aaron abdul abraham adam adrian ahmed alan ali amir andre andreas anton ben brandon brent brian bruce
    bryan carl carlos christian claude colin craig curtis darren darryl derek dennis diego dmitri dominic
    duncan dylan eduardo elias elliott emmanuel enrique eric erik ernest ethan fernando felix gabriel gavin
    george giovanni glenn gustav hans hassan hector hugh hugo ibrahim igor ivan jason javier jeremy jesus
    joaquin joel johan johannes jorge jose juan julian karl keith klaus kurt kyle leon leonard liam luca
    lucas luis luke mahmoud malcolm manuel marcel marco marcus mario mark miguel mohamed mohammed muhammad
    mustafa nathan neil nigel noah oleg oliver omar oscar pablo paul pedro pierre pietro piotr rafael ralph
    ramon ricardo roger roland rolf roman roy russell ryan scott sean sebastian sergei sergio seth shane
    simon stefan sven terence toby todd trevor troy victor vladimir wayne werner yusuf"""
)
_WOMEN = _set(
    """abigail adele agnes aisha alice alicia alison amanda amelia amy ana anastasia ann angela anita anna anne
    annette april astrid audrey beatrice beth bianca brenda bridget camilla carla carmen carol carolina
    caroline carolyn cecilia charlotte chloe claire clara claudia courtney crystal daniela danielle dawn
    debra denise diana diane donna doris edith eileen elaine elena eleanor elisa ella ellen elsa emily emma
    erica erika esther eva evelyn fatima fiona florence gabriela gabrielle gina gloria grace greta hannah
    heather heidi helen helena ingrid irene iris isabel isabella jane jasmine jeanne jill joan joanna
    johanna josephine joyce judy julia juliana julie karen karin katrina kristen kristin laura lauren leah
    lena lesley lillian linda lisa lois lorraine louise lucia lucy lydia madeleine madison maria marie
    marianne marilyn martha martina mary maya melanie melissa mia michelle mildred miriam molly monica
    monika nadia naomi natalia natalie nicole nina nora norma olga olivia paula penelope petra phyllis
    rachel regina renee rhonda rita rosa rose rosemary ruth sabrina sara selma sharon sheila shirley silvia
    sofia sonia sophia sophie stella stephanie sylvia tamara tanya tara tatiana teresa theresa tina tracy
    ursula valerie vanessa vera veronica vivian wanda wendy yolanda yvonne zoe"""
)
_EITHER = _set("alexis andrea ashley casey dana jamie jean jessie robin")
_GIVEN = _MEN | _WOMEN | _EITHER
_NICK: dict[str, frozenset[str]] = {}
for _line in _NICKNAMES.replace("\n", "|").split("|"):
    _formal, *_short = _line.split() or [""]
    for _name in _short:
        _NICK[_name] = _NICK.get(_name, frozenset()) | {_formal}
_WOMEN_IN_FULL = _set(
    """alexandra barbara catherine christine christina cynthia deborah dorothy elizabeth frances janet jennifer
    jessica judith katherine kathleen kimberly margaret megan nancy pamela patricia rebecca samantha sandra
    sarah susan suzanne theresa victoria virginia"""
)
_FORMAL = frozenset(formal for formals in _NICK.values() for formal in formals)


def formal_names(name: str) -> frozenset[str]:
    """The given names that ``name`` can be short for, itself among them ("bill": "bill", "william")."""
    return _NICK.get(name, frozenset()) | {name}


def is_given_name(name: str) -> bool:
    """Whether a folded word alone reads as a given name rather than a surname."""
    return name in _FORMAL or name in _NICK or name in _GIVEN


def given_gender(name: str) -> str | None:
    """ "he" or "she" for a folded given name that is one sex's alone, as far as is known.

    >>> given_gender("bill"), given_gender("liz"), given_gender("pat"), given_gender("tilda")
    ('he', 'she', None, None)
    """
    if name in _EITHER:
        return None
    formal = _NICK.get(name, frozenset()) | ({name} & _FORMAL)
    women = name in _WOMEN or bool(formal & _WOMEN_IN_FULL)
    men = name in _MEN or bool(formal - _WOMEN_IN_FULL)
    return None if women == men else "she" if women else "he"
