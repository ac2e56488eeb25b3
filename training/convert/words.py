"""Words that decide between rules (data, no logic). All lower case."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SPEECH = _words(
    """say tell add explain note claim ask reply announce report argue state insist suggest write declare
    observe remark admit acknowledge warn respond answer continue recall conclude comment confirm stress
    predict joke think believe maintain exclaim cry shout whisper mutter"""
)
# Adverbs that grade an adjective: they stay on it when the copula takes its place.
DEGREE = _words(
    """very so too more most less least quite rather pretty really extremely fairly as how incredibly
    highly absolutely completely totally fully particularly especially somewhat slightly nearly almost
    relatively truly super deeply perfectly terribly awfully increasingly that this way far much equally
    entirely seriously enough of overly remarkably reasonably surprisingly even all largely generally
    partly a-bit"""
)
APPROXIMATE = _words("about almost nearly approximately roughly over around some quite just only")
# "give ... to her": the preposition phrase is the dative.
GIVING = _words(
    """give send offer show hand sell lend grant award pay deny promise teach feed mail owe present pass
    write"""
)
# "want X to", "make X do": X is the subject of the lower clause, not an object.
RAISING = _words(
    """want expect allow let make have help see hear believe consider need like cause enable prefer watch
    get keep find leave love hate permit require intend feel notice observe mean imagine prove deem
    think wish estimate assume know"""
)
LINKING = _words(
    """become remain seem appear feel look sound stay turn get go grow taste smell prove end run come fall
    keep act serve"""
)
# Subordinators that stay ``mark`` even before a gerund.
SUBORDINATORS = _words(
    """that if whether because although though while unless when whereas where once lest so except provided
    albeit cause cuz"""
)
QUESTION_PREPOSITIONS = _words("about of on over into in by to with from upon regarding concerning")
TIME_PREPOSITIONS = _words("in on at during since after before because until despite")
TIME_NOUNS = _words(
    """day days week weeks month months year years today tomorrow yesterday tonight morning evening
    afternoon night time times moment hour hours minute minutes season weekend century end start
    beginning past future"""
)
TIME_NAME = re.compile(
    r"(mon|tues|wednes|thurs|fri|satur|sun)days?|\d{4}|"
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
MONTH = re.compile(
    r"jan(uary|\.)?|feb(ruary|\.)?|mar(ch|\.)?|apr(il|\.)?|may|june?|july?|aug(ust|\.)?|sept?(ember|\.)?|"
    r"oct(ober|\.)?|nov(ember|\.)?|dec(ember|\.)?",
    re.IGNORECASE,
)
NEGATIONS = frozenset(("not", "n't", "n’t"))
QUOTATION_MARKS = frozenset("\"“”‘’'`«»„") | {"``", "''"}
NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "DET", "SYM", "X"))
