"""coreferee's English word lists, for the rules that ask of a word what coreferee knows of it."""

from functools import lru_cache
from types import SimpleNamespace

from quotes.coreference.chains.rules import LightRules


@lru_cache(maxsize=1)
def word_lists() -> SimpleNamespace:
    """coreferee's English word lists as sets: ``person_words``, ``exclusively_male_names`` and so on."""
    return SimpleNamespace(**{k: v for k, v in vars(LightRules()).items() if isinstance(v, frozenset)})
