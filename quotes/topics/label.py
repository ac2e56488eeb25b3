"""What a topic is called: phrases that many of its statements have and those of other topics have not.

Class-based TF-IDF (Grootendorst, "BERTopic", 2022), of words and of phrases that neither begin nor end with a function
word, in statements and headlines; what several stories have counts more, so that no article decides alone, and what is
rare in news of any kind more than what is everywhere: "government" tells no topic. Of these the first that are noun
phrases; of people the whole name.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from quotes.lexicon.given_names import is_known_given_name
from quotes.lexicon.words import word_set
from quotes.topics.records import Headline, TopicStatement
from quotes.topics.settings import (
    EXAMPLES,
    LABEL_WORDS,
    LONGER_WEIGHT,
    MAX_PHRASE,
    MAX_STORY_SHARE,
    MIN_RARITY,
    MIN_SHARE,
    MIN_STORIES,
    NAME_WEIGHT,
    PHRASES_EXAMINED,
)

Phrase = tuple[str, ...]  # of words in small letters
NounPhrases = Callable[[str], Iterable[str]]  # text -> its noun phrases, as they are written
Rarity = Callable[[str], float]  # word -> how rare it is in news of any kind

_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_STEM = re.compile(r"(?:'s|’s|(?<=[^\Ws])s)$")
_DOTTED = re.compile(r"(?:[A-Z]\.)+[A-Z]")  # "U.S", whose last dot is no part of the word
MIN_LETTERS = 3
SHOUTED_LETTERS = 5  # of a word in capitals that is no acronym
ROOT = 5  # letters
MIN_OF_PHRASE = 3  # how often a phrase of several words occurs at least, a story counting four times at most


def labels(
    topics: Sequence[Sequence[TopicStatement]],
    statements: Iterable[TopicStatement],
    headlines: Iterable[Headline] = (),
    noun_phrases: NounPhrases | None = None,
    rarity: Rarity = lambda word: MIN_RARITY,
) -> list[tuple[str, ...]]:
    """For each topic the words and phrases that tell it from all statements, the most telling first.

    ``rarity``: of words in news of any kind; without it none is too common. With ``noun_phrases`` only what is one
    wherever it was looked at: "food crisis", not "crisis hit". A topic that has nothing of the kind in two of its
    stories has no words: its stories only sound alike.
    """
    called = {one.story: one.text for one in headlines}
    counted = [_Phrases(topic, called) for topic in topics]
    known = {phrase for phrases in counted for phrase in phrases.numbers}
    of_story: dict[str, set[Phrase]] = {}
    for statement in statements:
        of_story.setdefault(statement.story, set()).update(known.intersection(_phrases(statement.text)))
    frequency = Counter(phrase for some in of_story.values() for phrase in some)
    return [_telling(phrases, frequency, len(of_story), noun_phrases, rarity) for phrases in counted]


def slug(label: str) -> str:
    """A label as an id: a permalink.

    >>> slug("Palm oil, Côte d’Ivoire")
    'palm-oil-cote-d-ivoire'
    """
    plain = unicodedata.normalize("NFKD", label)
    plain = "".join(char for char in plain if not unicodedata.combining(char)).casefold()
    return re.sub(r"[\W_]+", "-", plain).strip("-") or "topic"


class _Phrases:
    """The phrases of a topic: how often each occurs, how it is written, and texts that have it.

    A story counts a phrase as often as it has it, four times at most.
    """

    def __init__(self, topic: Sequence[TopicStatement], headlines: Mapping[str, str]) -> None:
        self.numbers: Counter[Phrase] = Counter()
        self.surfaces: dict[Phrase, Counter[str]] = {}
        self.texts: dict[Phrase, list[str]] = {}
        self.stories: dict[Phrase, int] = {}
        self.of_topic = len({statement.story for statement in topic})
        self.of_root: Counter[str] = Counter()  # how many stories have words of this beginning
        of_story: dict[str, Counter[Phrase]] = {}
        for statement in topic:
            of_story.setdefault(statement.story, Counter()).update(self._read(statement.text))
        for story, phrases in of_story.items():
            if story in headlines:
                phrases.update(self._read(headlines[story]))
            self.of_root.update({root for phrase in phrases for root in _roots(phrase)})
            for phrase, n in phrases.items():
                self.numbers[phrase] += 1 + min(n - 1, 3)
                self.stories[phrase] = self.stories.get(phrase, 0) + 1

    def is_shared(self, phrase: Phrase, rarity: Rarity) -> bool:
        """Whether two stories have the phrase, or a word of the same beginning as one in it that is not everywhere."""
        some = [word for word in phrase if rarity(word) >= MIN_RARITY or self.is_name(phrase)]
        return max((self.of_root[word[:ROOT]] for word in some), default=0) >= min(MIN_STORIES, self.of_topic)

    def is_name(self, phrase: Phrase) -> bool:
        """Whether each of its words has a capital wherever it does not stand first."""
        return all(word[:1].isupper() for word in self._surface(phrase).split())

    def written(self, phrase: Phrase) -> str:
        """As it is written most; of a family name the whole name, where some text has it."""
        if len(phrase) == 1 and self.is_name(phrase):
            longer = [one for one in self.numbers if len(one) > 1 and one[-1] == phrase[0]]
            whole = [one for one in longer if is_known_given_name(one[0]) and self.is_name(one)]
            if whole:
                phrase = min(whole, key=lambda one: (-self.numbers[one], one))
        return self._surface(phrase)

    def _surface(self, phrase: Phrase) -> str:
        ranked = self.surfaces[phrase].most_common()
        written = next((text for text, _ in ranked if not _is_shouted(text)), ranked[0][0])
        if _is_shouted(written):
            return written.title()
        return f"{written}." if _DOTTED.fullmatch(written) else written

    def _read(self, text: str) -> set[Phrase]:
        found = _phrases(text)
        for phrase, written in found.items():
            self.texts.setdefault(phrase, []).append(text)
            self.surfaces.setdefault(phrase, Counter()).update(written)
        return set(found)


def _phrases(text: str) -> dict[Phrase, Counter[str]]:
    """The phrases of a text, and how they are written: what stands first has a capital anyway, and counts nothing."""
    found: dict[Phrase, Counter[str]] = {}
    words = _WORD.findall(text)
    plain = [_plain(word) for word in words]
    for first in range(len(words)):
        for last in range(first + 1, min(first + MAX_PHRASE, len(words)) + 1):
            if _is_empty(plain[first]) or (_is_empty(plain[last - 1]) and not _is_number(plain, first, last)):
                continue
            written = found.setdefault(tuple(plain[first:last]), Counter())
            written[_written(words[first:last])] += first > 0
    return found


def _is_number(plain: Sequence[str], first: int, last: int) -> bool:
    """Whether a phrase of two words ends with a number: "Article 370"."""
    return last - first == 2 and plain[last - 1].isdigit()


def _telling(
    phrases: _Phrases,
    frequency: Counter[Phrase],
    stories: int,
    noun_phrases: NounPhrases | None,
    rarity: Rarity,
) -> tuple[str, ...]:
    numbers = phrases.numbers

    def score(phrase: Phrase) -> float:
        rare = math.log((1 + stories) / max(frequency[phrase], phrases.stories[phrase]))
        longer = 1 + LONGER_WEIGHT * (len(phrase) - 1)
        longer *= max(map(rarity, phrase)) * (NAME_WEIGHT if phrases.is_name(phrase) else 1)
        return round(numbers[phrase] * rare * longer * phrases.stories[phrase], 6)

    often = [
        phrase
        for phrase, n in numbers.items()
        if n >= (MIN_OF_PHRASE if len(phrase) > 1 else 1)
        and (max(map(rarity, phrase)) >= MIN_RARITY or phrases.is_name(phrase))
    ]
    everywhere = {phrase for phrase in often if frequency[phrase] > MAX_STORY_SHARE * stories}
    shared = {phrase for phrase in often if phrases.is_shared(phrase, rarity)}
    ranked = sorted(often, key=lambda phrase: (phrase in everywhere, -score(phrase), phrase))
    chosen: list[Phrase] = []
    alone = 0  # how many of one story have been chosen
    for phrase in ranked[: PHRASES_EXAMINED if noun_phrases else None]:
        if chosen and phrase in everywhere:
            break
        if phrase not in shared and alone == LABEL_WORDS - 1:  # one at least has to be of two stories
            continue
        new = all(not _roots(phrase) & _roots(other) for other in chosen)
        if new and (noun_phrases is None or _is_whole(phrase, phrases.texts[phrase], noun_phrases)):
            chosen.append(phrase)
            alone += phrase not in shared
        if len(chosen) == LABEL_WORDS:
            break
    if not shared.intersection(chosen):  # stories that only sound alike
        return ()
    return tuple(phrases.written(phrase) for phrase in chosen)


def _is_shouted(text: str) -> bool:
    """Whether an article has words in capitals that are no acronym: "KUWAIT: Members of parliament"."""
    return text.isupper() and len(text) >= SHOUTED_LETTERS


def _is_whole(phrase: Phrase, texts: Sequence[str], noun_phrases: NounPhrases) -> bool:
    """Whether words are a noun phrase in the texts that have them, and no part of a longer name."""
    some = sorted(set(texts), key=lambda text: (len(text), text))[:EXAMPLES]
    found = sum(phrase in {_without_office(one) for one in noun_phrases(text)} for text in some)
    return found >= MIN_SHARE * len(some)


def _without_office(noun_phrase: str) -> Phrase:
    """The words of a noun phrase, those before the first that tells something left out: "President Ida Okoro"."""
    words = tuple(map(_plain, _WORD.findall(noun_phrase)))
    return words[next((n for n, word in enumerate(words) if not _is_empty(word)), 0) :]


def _roots(phrase: Phrase) -> set[str]:
    """The beginnings of words, which "Bolivia" and "Bolivians" share."""
    return {word[:ROOT] for word in phrase}


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
