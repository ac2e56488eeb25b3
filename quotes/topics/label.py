"""What a topic is called: phrases that many of its statements have and those of other topics have not.

Class-based TF-IDF (Grootendorst, "BERTopic", 2022), of words and of phrases that neither begin nor end with a function
word, counted once a story, so that no article decides alone.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from quotes.lexicon.words import word_set
from quotes.topics.records import TopicStatement
from quotes.topics.settings import LABEL_WORDS, MAX_PHRASE

_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_STEM = re.compile(r"(?:'s|’s|(?<=[^\Ws])s)$")
MIN_LETTERS = 3
MIN_OF_PHRASE = 3  # how often a phrase of several words occurs at least, a story counting four times at most


def labels(topics: Sequence[Sequence[TopicStatement]]) -> list[tuple[str, ...]]:
    """For each topic the words and phrases that tell it from the others, the most telling first; never none."""
    counted = [_phrases(topic) for topic in topics]
    frequency: Counter[tuple[str, ...]] = Counter()
    for numbers, _ in counted:
        frequency.update(numbers.keys())
    return [_telling(numbers, surfaces, frequency, len(topics)) for numbers, surfaces in counted]


def slug(label: str) -> str:
    """A label as an id: a permalink.

    >>> slug("Palm oil, Côte d’Ivoire")
    'palm-oil-cote-d-ivoire'
    """
    plain = unicodedata.normalize("NFKD", label)
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    return re.sub(r"[\W_]+", "-", plain).strip("-") or "topic"


def _phrases(
    topic: Iterable[TopicStatement],
) -> tuple[Counter[tuple[str, ...]], dict[tuple[str, ...], Counter[str]]]:
    """How often each phrase occurs, and how it is written. A story counts a phrase as the root of its number."""
    of_story: dict[str, Counter[tuple[str, ...]]] = {}
    surfaces: dict[tuple[str, ...], Counter[str]] = {}
    for statement in topic:
        seen: set[tuple[str, ...]] = set()
        words = _WORD.findall(statement.text)
        plain = [_plain(word) for word in words]
        for first in range(len(words)):
            for last in range(first + 1, min(first + MAX_PHRASE, len(words)) + 1):
                if _is_empty(plain[first]) or _is_empty(plain[last - 1]):
                    continue
                phrase = tuple(plain[first:last])
                seen.add(phrase)
                written = _written(words[first:last])
                surfaces.setdefault(phrase, Counter())[written] += (
                    first > 0
                )  # the first word has a capital anyway
        of_story.setdefault(statement.story, Counter()).update(seen)
    numbers: Counter[tuple[str, ...]] = Counter()
    for story in of_story.values():
        for phrase, n in story.items():
            numbers[phrase] += 1 + min(n - 1, 3)
    return numbers, surfaces


def _telling(
    numbers: Counter[tuple[str, ...]],
    surfaces: dict[tuple[str, ...], Counter[str]],
    frequency: Counter[tuple[str, ...]],
    topics: int,
) -> tuple[str, ...]:
    def score(phrase: tuple[str, ...]) -> float:
        rare = math.log(1 + topics / frequency[phrase])
        return round(numbers[phrase] * rare * (1 + 0.4 * (len(phrase) - 1)), 6)

    often = [phrase for phrase, n in numbers.items() if n >= (MIN_OF_PHRASE if len(phrase) > 1 else 1)]
    ranked = sorted(often, key=lambda phrase: (-score(phrase), phrase))
    chosen: list[tuple[str, ...]] = []
    for phrase in ranked:
        if all(not set(phrase) & set(other) for other in chosen):
            chosen.append(phrase)
        if len(chosen) == LABEL_WORDS:
            break
    return tuple(surfaces[phrase].most_common(1)[0][0] for phrase in chosen) or ("untitled",)


def _plain(word: str) -> str:
    return _STEM.sub("", word.casefold().replace("’", "'"))


def _is_empty(word: str) -> bool:
    listed = any(form in _empty_words() for form in (word, f"{word}s"))
    return listed or len(word) < MIN_LETTERS or not word[0].isalpha()


@lru_cache(maxsize=1)
def _empty_words() -> frozenset[str]:
    return word_set("function_words") | word_set("topic_stop_words")


def _written(words: Sequence[str]) -> str:
    return " ".join([*words[:-1], re.sub(r"['’]s$", "", words[-1])])
