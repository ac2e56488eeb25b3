"""Whether two contents of one speaker report the same utterance: the decision on a pair.

Four kinds of evidence, the first two strong by themselves: a long run of words in common, the speaker's own
quoted words found in the other wording, most words of the shorter in a narrow window of the longer, and a
paraphrase (see ``paraphrase``). Against all stand a claim turned round, other numbers, other
names.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import groupby, pairwise

from quotes.paraphrase import is_paraphrase
from quotes.wordforms import ANTONYMS, NEGATIONS, PRONOUN, STOP, Wording, is_number

DAYS_PARAPHRASE = 21  # a position repeated later than that is another statement
DAYS_FRAGMENT = 60
DAYS_TWO_WORDS = 3
TELLING = 6  # words with meaning from which equal words are one utterance however long ago


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
UNLIKE = 0.3  # cosine below which two wordings go together only as parts of a third, word by word


def compare(
    a: Wording, b: Wording, cosine: float | None, *, days: int | None = None, same_article: bool = False,
    flipped: bool = False,
) -> Relation:  # fmt: skip
    """Decide on a pair of contents by one speaker.

    ``cosine`` of their embeddings (None: unknown, then only words decide), ``days`` between the articles
    (None: unknown), ``flipped``: exactly one of them is denied by its cue.
    """
    short, long = sorted((a, b), key=lambda w: (len(w.words), w.words, w.quoted))
    if not short.words:
        return NOTHING
    matcher = SequenceMatcher(None, short.words, long.words, autojunk=False)
    run = matcher.find_longest_match()
    run_words = short.words[run.a : run.a + run.size]
    run_content = sum(word not in STOP for word in run_words)
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
    solid = sum(block.size for block in matcher.get_matching_blocks() if block.size >= 5)
    long_run = run.size >= 8 and solid >= 0.5 * len(short.words)
    turned = _turned(short, long, matcher, long_run, start, end)
    kept = _quoted_words_kept(short, long, turned=turned)
    conflict = (
        (turned and not (kept and kept[0] >= 3)) != flipped
        or _other_numbers(short, inside, long)
        or (not long_run and _other_names(short, long, start, end))
        or _replaced(short, long, matcher)
    )
    close = cover >= 0.6 or near >= 0.6
    if conflict:
        return Relation(False, conflict=close)

    share = max(run.size, solid) / len(short.words)
    soon = days is None or days <= DAYS_PARAPHRASE
    reported = share >= 0.8 and run_content >= 4 and near >= 0.5 and soon
    enough = run_content >= 3 if days is None or days <= DAYS_FRAGMENT else run_content >= TELLING
    strange = len(set(mine) - long.content) / len(set(mine)) if mine else 0.0  # words the longer has not
    enough = enough and (strange <= 0.25 or (run.size >= 10 and run_content >= 5))
    if run.size >= 6 and enough and ((share >= 0.5 and quoted) or reported or run.size >= 15):
        return Relation(True, 0.9 + 0.1 * share, share >= 0.8, verbatim=run.size >= 8 and run_content >= 4)
    cut = sum(block.size for block in matcher.get_matching_blocks() if block.size >= 2) / len(short.words)
    # an ellipsis may hide words; two words of the reporter's ("illegal immigration") are a topic
    few = 2 if soon and any(short.quoted) else 4 if soon else TELLING
    if cut == 1 and quoted and len(mine) >= few:
        return Relation(True, 0.9, True)
    if not (days is None or days <= DAYS_FRAGMENT):
        return apart
    least = 2 if days is None or days <= DAYS_TWO_WORDS else 3 if soon else 4
    if kept and near >= 0.3 and kept[0] >= least:
        return Relation(True, 0.7 + 0.2 * near, kept[1] == len(short.words))
    if same_article or not soon:
        return apart
    if near >= 0.25 and (days is None or days <= DAYS_TWO_WORDS) and _quoted_words_moved(short, long):
        return Relation(True, 0.55 + 0.2 * near)
    if cover >= 0.66 and content_cover >= 0.7 and shared >= 3 and near >= 0.5 and (
        any(short.quoted) or any(long.quoted)
    ):  # fmt: skip
        return Relation(True, 0.5 + 0.3 * cover, cover >= 0.8)
    if cosine is not None and is_paraphrase(short, long, cosine):
        return Relation(True, 0.5 * cosine + 0.2 * shared / len(set(mine)))
    return apart


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


def _negations(words: tuple[str, ...]) -> int:
    return sum(word in NEGATIONS for word in words)


def _turned(
    short: Wording, long: Wording, matcher: SequenceMatcher, long_run: bool, start: int, end: int
) -> bool:
    """Whether one says what the other denies: an odd number of negations more, or a word for its opposite."""
    while (
        start > 0 and long.sentence[start - 1] == long.sentence[start] and end - start < len(short.words) + 6
    ):
        start -= 1  # the "not" may stand before the words they share
        if long.words[start] in NEGATIONS:
            break
    if not long_run:
        theirs = long.words[start:end]
        extra = {
            frozenset((x, y)) for x in set(short.words) - set(theirs) for y in set(theirs) - set(short.words)
        }
        odd = (_negations(short.words) - _negations(theirs)) % 2 == 1
        return odd != bool(extra & ANTONYMS)
    for tag, i, j, m, n in matcher.get_opcodes():
        if (
            tag == "equal"
            or max(j - i, n - m) > 4
            or (tag != "replace" and (j in (len(short.words),) or i == 0))
        ):
            continue
        mine, theirs = short.words[i:j], long.words[m:n]
        if (_negations(mine) - _negations(theirs)) % 2:
            return True
        if any(frozenset((x, y)) in ANTONYMS for x in mine for y in theirs):
            return True
    return False


def _other_numbers(short: Wording, inside: tuple[str, ...], long: Wording) -> bool:
    mine = short.numbers
    if not mine or not long.numbers:
        return False
    theirs = long.numbers & frozenset(inside)
    return bool(_unmatched(mine, long.numbers)) and bool(_unmatched(theirs, mine))


def _unmatched(some: frozenset[str], others: frozenset[str]) -> set[str]:
    """Numbers without a counterpart; "34" counterparts "34.5"."""
    whole = {other.partition(".")[0] for other in others}
    return {n for n in some - others if n not in whole and n.partition(".")[0] not in others}


def _names(words: tuple[str, ...], flags: tuple[bool, ...]) -> set[str]:
    some = zip(words, flags, strict=True)
    return {word[:4] for word, named in some if named and len(word) > 1 and word not in STOP}


def _other_names(short: Wording, long: Wording, start: int, end: int) -> bool:
    """Whether both name somebody or something and nothing of it is common."""
    mine = _names(short.words, short.name)
    theirs = _names(long.words[start:end], long.name[start:end]) if mine else set()
    if not theirs:
        return False
    everywhere = {word[:4] for word in long.words}, {word[:4] for word in short.words}
    return not mine & everywhere[0] and not theirs & everywhere[1]


def _replaced(short: Wording, long: Wording, matcher: SequenceMatcher) -> bool:
    """Whether a name or a number stands where the other has a different one, beside words they share."""
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return False
    head = Match(max(0, blocks[0].a - 3), max(0, blocks[0].b - 3), 0)
    last = blocks[-1].a + blocks[-1].size, blocks[-1].b + blocks[-1].size
    tail = Match(min(len(short.words), last[0] + 3), min(len(long.words), last[1] + 3), 0)
    for left, right in pairwise([head, *blocks, tail]):
        mine = slice(left.a + left.size, right.a)
        theirs = slice(left.b + left.size, right.b)
        if not 0 < mine.stop - mine.start <= 3 or not 0 < theirs.stop - theirs.start <= 3:
            continue
        if left.size + right.size < 3:
            continue
        x = _names(short.words[mine], short.capital[mine]) - {word[:4] for word in long.words}
        y = _names(long.words[theirs], long.capital[theirs]) - {word[:4] for word in short.words}
        if x and y and PRONOUN not in long.words[theirs] + short.words[mine]:
            return True
        p = frozenset(word for word in short.words[mine] if is_number(word))
        q = frozenset(word for word in long.words[theirs] if is_number(word))
        if p and q and _unmatched(p, q) and _unmatched(q, p):
            return True
    return False


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
            content = sum(word not in STOP or word in ("well", "go") for word in fragment)
            if end - start < 2 or (content < 2 and end - start < 4):
                continue
            for at in range(len(other.words) - len(fragment) + 1):
                if other.words[at : at + len(fragment)] != fragment:
                    continue
                before = one.words[max(0, start - 3) : start], other.words[max(0, at - 3) : at]
                if not turned or not all(before) or (_negations(before[0]) - _negations(before[1])) % 2 == 0:
                    best = max(best or (0, 0), (max(content, 1) + (end - start >= 4), end - start))
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
                and (_negations(one.words[max(0, start - 3) : end]) - _negations(inside)) % 2 == 0
            ):
                return True
    return False
