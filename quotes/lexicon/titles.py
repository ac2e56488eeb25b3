"""Courtesy titles and offices that stand before names."""

from quotes.lexicon.words import _set

COURTESY = {"mr": "he", "mister": "he", "sir": "he", "lord": "he", "mrs": "she", "ms": "she", "miss": "she",
            "madam": "she", "madame": "she", "lady": "she", "dame": "she", "baroness": "she", "mme": "she",
            "mlle": "she", "monsieur": "he", "herr": "he", "frau": "she", "senor": "he", "senora": "she"}  # fmt: skip

_SAME_TITLE = {
    "sen": "senator", "rep": "representative", "gov": "governor", "pres": "president", "dr": "doctor",
    "prof": "professor", "gen": "general", "col": "colonel", "capt": "captain", "lt": "lieutenant",
    "sgt": "sergeant", "cmdr": "commander", "adm": "admiral", "maj": "major", "rev": "reverend",
    "hon": "honorable", "sec": "secretary", "atty": "attorney", "supt": "superintendent", "del": "delegate",
    "congressman": "representative", "congresswoman": "representative", "det": "detective", "cllr": "councillor",
    "ald": "alderman", "insp": "inspector", "fr": "father", "pc": "constable", "wpc": "constable",
    "asst": "assistant", "assemblymember": "assemblyman", "assemblywoman": "assemblyman",
    "congressmember": "representative",
}  # fmt: skip

TITLES = (
    _set(
        """senator representative governor president doctor professor general colonel captain lieutenant
        sergeant commander admiral reverend honorable secretary minister chancellor premier mayor judge
        justice ambassador senators representatives attorney congressman congresswoman lawmaker commissioner
        chairman chairwoman chairperson chair director spokesman spokeswoman spokesperson speaker councillor
        councilman councilwoman officer detective sheriff superintendent delegate chief executive ceo
        treasurer inspector corporal private archbishop cardinal bishop rabbi imam father sister coach
        economist analyst adviser advisor nominee candidate leader strategist pollster lawyer marshal envoy
        deputy vice prime undersecretary constable brigadier alderman alderwoman assemblyman comptroller mp dci dsi"""
    )
    | frozenset(_SAME_TITLE)
    | frozenset(COURTESY)
)

# Titles that are common given names as well: they count as titles only before two names or more.
_ALSO_GIVEN = frozenset(["dean", "major", "del", "marshal", "earl", "rabbi", "sister", "father", "private"])
