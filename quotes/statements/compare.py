"""Whether two contents of one speaker report the same utterance: the decision on a pair.

Four kinds of evidence, the first two strong by themselves: a long run of words in common, the speaker's own
quoted words found in the other wording, most words of the shorter in a narrow window of the longer, and a
paraphrase (see ``paraphrase``). Against all stand a claim turned round, other numbers, other
names.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from quotes.statements.contradiction import (
    exchanged,
    is_turned,
    negations,
    other_names,
    other_numbers,
    replaced,
)
from quotes.statements.fingerprints import LONG
from quotes.statements.normalise import STOP, Wording
from quotes.statements.paraphrase import WordSimilarity, is_paraphrase
from quotes.text.alignment import Alignment

DAYS_PARAPHRASE = 21  # a position repeated later than that is another statement
DAYS_FRAGMENT = 60
DAYS_TWO_WORDS = 3
TELLING = 6  # words with meaning from which equal words are one utterance however long ago

BY_STEM = WordSimilarity()


@dataclass(frozen=True, slots=True)
class Relation:
    """What two wordings have to do with each other."""

    same: bool
    score: float = 0.0  # 0 to 1, to rank the pairs that are the same
    contained: bool = False  # the shorter one is, word by word, part of the longer
    conflict: bool = False  # they speak of the same thing and contradict each other
    verbatim: bool = False  # so long a run of the same words that chance is out of the question
    akin: bool = False  # not surely the same, but close in meaning and in words
    unlike: bool = False  # not only different words: they do not even speak of similar things


NOTHING = Relation(False)
AKIN = Relation(False, akin=True)
UNRELATED = Relation(False, unlike=True)
CLOSE = 0.5  # cosine that wordings must have which have no two neighbouring words in common
UNLIKE = 0.3  # cosine below which two wordings go together only as parts of a third, word by word


def compare(
    a: Wording, b: Wording, cosine: float | None, *, days: int | None = None, same_article: bool = False,
    flipped: bool = False, similarity: WordSimilarity = BY_STEM,
) -> Relation:  # fmt: skip
    """Decide on a pair of contents by one speaker.

    ``cosine`` of their embeddings (None: unknown, then only words decide), ``days`` between the articles
    (None: unknown), ``flipped``: exactly one of them is denied by its cue, ``similarity`` of single words.
    """
    short, long = sorted((a, b), key=lambda w: (len(w.words), w.words, w.quoted))
    if not short.words:
        return NOTHING
    aligned = Alignment(short.words, long.words)
    run = aligned.longest_run
    run_words = short.words[run.a : run.a + run.size]
    run_content = weight(run_words)
    touching = run.size >= 2 and run_content > 0  # what ``candidates`` finds without embeddings
    quoted = any(short.quoted[run.a : run.a + run.size]) or any(long.quoted[run.b : run.b + run.size])
    near = 0.5 if cosine is None else cosine
    start, end = _window(short.words, long.words)
    inside = long.words[max(0, start) : end]
    cover = _overlap(short.words, inside) / len(short.words)
    mine = [word for word in short.words if word not in STOP]
    shared = len(set(mine) & long.content)
    akin = near >= 0.6 and shared >= 3 and shared >= 0.4 * len(set(mine))
    apart = AKIN if akin else NOTHING if near >= UNLIKE else UNRELATED
    content_cover = sum(word in set(inside) for word in mine) / len(mine) if mine else 0.0
    solid = sum(block.size for block in aligned.blocks if block.size >= 5)
    long_run = run.size >= 8 and solid >= 0.5 * len(short.words)
    turned = is_turned(short, long, aligned, long_run, start, end)
    kept = _quoted_words_kept(short, long, turned=turned)
    conflict = (
        (turned and not (kept and kept[0] >= 3)) != flipped
        or other_numbers(short, inside, long)
        or (not long_run and other_names(short, long, start, end))
        or replaced(short, long, aligned)
        or exchanged(short, long)
    )
    close = cover >= 0.6 or near >= 0.6
    if conflict:
        return Relation(False, conflict=close)

    share = max(run.size, solid) / len(short.words)
    recent = days is None or days <= DAYS_FRAGMENT
    soon = days is None or days <= DAYS_PARAPHRASE
    reported = share >= 0.8 and run_content >= 4 and near >= 0.5 and soon
    enough = run_content >= 3 if recent else run_content >= TELLING and run.size >= LONG
    strange = len(set(mine) - long.content) / len(set(mine)) if mine else 0.0  # words the longer has not
    enough = enough and (strange <= 0.25 or (run.size >= 10 and run_content >= 5))
    if run.size >= 6 and enough and ((share >= 0.5 and quoted) or reported or run.size >= 15):
        whole = short.words == long.words and all(short.quoted) and all(long.quoted)
        verbatim = run.size >= 8 and (whole or run_content >= 4)
        return Relation(True, 0.9 + 0.1 * share, share >= 0.8, verbatim=verbatim)
    cut = sum(block.size for block in aligned.blocks if block.size >= 2) / len(short.words)
    # an ellipsis may hide words; two words of the reporter's ("illegal immigration") are a topic
    few = 2 if soon and any(short.quoted) else 4 if soon else TELLING
    if cut == 1 and quoted and len(mine) >= few and (recent or run.size >= LONG):
        return Relation(True, 0.9, True)
    if not recent:
        return apart
    # two words, as "rigged economy", are a topic when nothing tells that they were said on one occasion
    alone = kept is not None and kept[1] <= 2 and (shared <= 2 or near < CLOSE)
    at_once = same_article or (days <= DAYS_TWO_WORDS if days is not None else not alone)
    if kept and near >= 0.3 and kept[0] >= (2 if at_once else 3 if soon else 4):
        return Relation(True, 0.7 + 0.2 * near, kept[1] == len(short.words))
    if same_article or not soon:
        return apart
    in_days = days is None or days <= DAYS_TWO_WORDS
    if near >= 0.25 and in_days and touching and _quoted_words_moved(short, long):
        return Relation(True, 0.55 + 0.2 * near)
    moved = cover >= 0.66 and content_cover >= 0.7 and shared >= 3 and (any(short.quoted) or any(long.quoted))
    if moved and near >= CLOSE and (cosine is not None or touching):
        return Relation(True, 0.5 + 0.3 * cover, cover >= 0.8)
    if cosine is not None and is_paraphrase(short, long, cosine, similarity):
        return Relation(True, 0.5 * cosine + 0.2 * shared / len(set(mine)))
    return apart


def weight(words: Sequence[str]) -> int:
    """How many of the words have a meaning of their own; "going well" has, though neither word has."""
    return sum(word not in STOP for word in words) + 2 * (("go", "well") in pairwise(words))


def _overlap(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    return (Counter(a) & Counter(b)).total()


def _window(short: tuple[str, ...], long: tuple[str, ...]) -> tuple[int, int]:
    """The stretch of ``long``, little longer than ``short``, that has most of its words."""
    size = len(short) + 2 + len(short) // 3
    if len(long) <= size:
        return 0, len(long)
    need, have, best, at = Counter(short), Counter[str](), -1, 0
    hit = 0
    for end, word in enumerate(long):
        have[word] += 1
        hit += have[word] <= need[word]
        if end >= size:
            old = long[end - size]
            hit -= have[old] <= need[old]
            have[old] -= 1
        if hit > best:
            best, at = hit, max(0, end + 1 - size)
    end = at + size
    wanted = set(short)
    while end - 1 > at and long[end - 1] not in wanted:
        end -= 1
    while at < end - 1 and long[at] not in wanted:
        at += 1
    return at, end


def _fragments(read: Wording) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch of quoted words."""
    at = 0
    for quoted, run in groupby(read.quoted):
        size = len(list(run))
        if quoted:
            yield at, at + size
        at += size


def _quoted_words_kept(short: Wording, long: Wording, *, turned: bool) -> tuple[int, int] | None:
    """The longest whole fragment in quotation marks of one that the other has word by word.

    Returns how much it weighs (its words with meaning, at least two, one more when it is long) and its
    length. None, too, when just before it one has a negation and the other has not.
    """
    best: tuple[int, int] | None = None
    for one, other in ((short, long), (long, short)):
        for start, end in _fragments(one):
            fragment = one.words[start:end]
            content = weight(fragment)
            if not content or end - start < 2 or (content < 2 and end - start < 4):
                continue
            for at in range(len(other.words) - len(fragment) + 1):
                if other.words[at : at + len(fragment)] != fragment:
                    continue
                before = one.words[max(0, start - 3) : start], other.words[max(0, at - 3) : at]
                if not turned or not all(before) or (negations(before[0]) - negations(before[1])) % 2 == 0:
                    best = max(best or (0, 0), (content + (end - start >= 4), end - start))
    return best


def _quoted_words_moved(short: Wording, long: Wording) -> bool:
    """Whether most words of a longer fragment in quotation marks stand close together in the other as
    well."""
    # where both are verbatim, a word that only one has is no matter of reporting
    least = 0.7 if all(short.quoted) and all(long.quoted) else 0.5
    for one, other in ((short, long), (long, short)):
        for start, end in _fragments(one):
            fragment = one.words[start:end]
            if not 5 <= len(fragment) <= 25:
                continue
            low, high = _window(fragment, other.words)
            inside = other.words[low:high]
            common = [word for word in set(fragment) & set(inside) if word not in STOP]
            if (
                len(common) >= 2
                and len(common) >= least * len({word for word in fragment if word not in STOP})
                and max(map(len, common)) >= 6
                and _overlap(fragment, inside) >= 0.65 * len(fragment)
                and (negations(one.words[max(0, start - 3) : end]) - negations(inside)) % 2 == 0
            ):
                return True
    return False
