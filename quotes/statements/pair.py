"""Two contents of one speaker side by side: what the evidence for one utterance, and against it, looks at."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby, pairwise

from quotes.statements.negation import differ_in_polarity, is_edit_turned, is_window_turned
from quotes.statements.normalise import STOP_WORDS, NormalisedText
from quotes.statements.paraphrase import BY_STEM, WordSimilarity
from quotes.statements.settings import PAIR, TIME
from quotes.text.alignment import Alignment


class Pair:
    """A pair of normalised contents, the shorter one first. What is costly is computed when it is asked for.

    ``cosine`` of their embeddings (None: unknown, then only words decide), ``days`` between the articles (None:
    unknown), ``flipped``: exactly one of them is denied by its cue, ``similarity`` of single words.
    """

    def __init__(
        self,
        a: NormalisedText,
        b: NormalisedText,
        cosine: float | None = None,
        *,
        days: int | None = None,
        same_article: bool = False,
        flipped: bool = False,
        similarity: WordSimilarity = BY_STEM,
    ) -> None:
        swap = (len(b.words), b.words, b.quoted) < (len(a.words), a.words, a.quoted)
        self.short, self.long = (b, a) if swap else (a, b)
        self.size = len(self.short.words)
        self.cosine, self.same_article, self.flipped = cosine, same_article, flipped
        self.days = days = 0 if same_article else days
        self.similarity = similarity
        self.nearness = PAIR.unknown_cosine if cosine is None else cosine
        self.in_fragment_time = days is None or days <= TIME.fragment
        self.in_paraphrase_time = days is None or days <= TIME.paraphrase
        self.in_learned_time = days is None or days <= TIME.learned
        self.aligned = Alignment(self.short.words, self.long.words)
        self.word_features: dict[str, float] | None = None  # which both stages of the decision ask for

    def set_cosine(self, cosine: float) -> None:
        """Note the cosine of the embeddings, which were made after the words were compared."""
        self.cosine = self.nearness = cosine

    # the longest run of equal words

    @cached_property
    def run(self) -> tuple[str, ...]:
        """The longest run of words that both have."""
        block = self.aligned.longest_run
        return self.short.words[block.a : block.a + block.size]

    @cached_property
    def run_content(self) -> int:
        """The content words of the run."""
        return content_weight(self.run)

    @cached_property
    def run_is_quoted(self) -> bool:
        """Whether one of the two has some of the run in quotation marks."""
        block = self.aligned.longest_run
        return any(self.short.quoted[block.a : block.a + block.size]) or any(
            self.long.quoted[block.b : block.b + block.size]
        )

    @cached_property
    def in_blocks(self) -> int:
        """How many words stand in aligned blocks that are more than chance."""
        return sum(block.size for block in self.aligned.blocks if block.size >= PAIR.min_block)

    @cached_property
    def has_long_run(self) -> bool:
        """Whether the two are so much the same that a conflict must stand in one of the edits."""
        return (
            self.aligned.longest_run.size >= PAIR.min_long_run
            and self.in_blocks >= PAIR.min_long_run_share * self.size
        )

    # the window of the longer one

    @cached_property
    def window(self) -> tuple[int, int]:
        """The stretch of the longer one that speaks of the same."""
        return window(self.short.words, self.long.words)

    @cached_property
    def inside(self) -> tuple[str, ...]:
        """The words of the window."""
        start, end = self.window
        return self.long.words[start:end]

    @cached_property
    def cover(self) -> float:
        """The share of the shorter one's words that the window has."""
        return shared_word_count(self.short.words, self.inside) / self.size

    # content words, wherever they are

    @cached_property
    def shared(self) -> int:
        """How many different content words both have."""
        return len(self.short.content & self.long.content)

    @property
    def new_share(self) -> float:
        """The share of the shorter one's content words that the longer has not."""
        content = self.short.content
        return len(content - self.long.content) / len(content) if content else 0.0

    # fragments in quotation marks

    @cached_property
    def has_turned_words(self) -> bool:
        """Whether the words of one say what the other denies."""
        if self.has_long_run:
            return is_edit_turned(self.short, self.long, self.aligned)
        return is_window_turned(self.short, self.long, self.window)

    @cached_property
    def kept(self) -> tuple[int, int, tuple[str, ...]] | None:
        """The longest whole fragment in quotation marks of one that the other has word by word.

        Returns how much it weighs (its content words, at least two, one more when it is long), its length and its
        words. None, too, when just before it one has a negation and the other has not.
        """
        best: tuple[int, int, tuple[str, ...]] | None = None
        for one, other in ((self.short, self.long), (self.long, self.short)):
            for start, end in fragments(one):
                fragment, size = one.words[start:end], end - start
                content, long = content_weight(fragment), size >= PAIR.long_fragment
                if not content or size < PAIR.min_fragment:
                    continue
                if content < PAIR.min_fragment_content and not long:
                    continue
                for at in range(len(other.words) - size + 1):
                    if other.words[at : at + size] == fragment and not self._is_denied(one, start, other, at):
                        best = max(best or (0, 0, ()), (content + long, size, fragment))
        return best

    def _is_denied(self, one: NormalisedText, start: int, other: NormalisedText, at: int) -> bool:
        """Whether, of turned words, one has a negation just before a fragment and the other has not."""
        if not self.has_turned_words:
            return False
        lead = PAIR.fragment_lead
        before, others = one.words[max(0, start - lead) : start], other.words[max(0, at - lead) : at]
        comparable = (bool(before) and bool(others)) or self.has_long_run
        return comparable and differ_in_polarity(before, others)

    @property
    def has_moved_fragment(self) -> bool:
        """Whether most words of a longer fragment in quotation marks stand close together in the other as well."""
        verbatim = all(self.short.quoted) and all(self.long.quoted)
        share = PAIR.min_moved_content_share_verbatim if verbatim else PAIR.min_moved_content_share
        return any(
            _is_moved(one, start, end, other, share)
            for one, other in ((self.short, self.long), (self.long, self.short))
            for start, end in fragments(one)
            if PAIR.min_moved_fragment <= end - start <= PAIR.max_moved_fragment
        )


def _is_moved(one: NormalisedText, start: int, end: int, other: NormalisedText, min_share: float) -> bool:
    """Whether most words of a fragment stand close together in another text, and nothing denies them in one alone."""
    fragment = one.words[start:end]
    low, high = window(fragment, other.words)
    inside = other.words[low:high]
    common = [word for word in set(fragment) & set(inside) if word not in STOP_WORDS]
    content = {word for word in fragment if word not in STOP_WORDS}
    return (
        len(common) >= PAIR.min_moved_content
        and len(common) >= min_share * len(content)
        and max(map(len, common)) >= PAIR.min_moved_letters
        and shared_word_count(fragment, inside) >= PAIR.min_moved_overlap * len(fragment)
        and not differ_in_polarity(one.words[max(0, start - PAIR.fragment_lead) : end], inside)
    )


def content_weight(words: Sequence[str]) -> int:
    """How many of the words have a meaning of their own; "going well" has, though neither word has."""
    return sum(word not in STOP_WORDS for word in words) + 2 * (("go", "well") in pairwise(words))


def shared_word_count(a: Sequence[str], b: Sequence[str]) -> int:
    """How many words both have, each as often as both have it."""
    return (Counter(a) & Counter(b)).total()


def longest_whole(length: int) -> int:
    """The length up to which a text is, as a whole, the window for a shorter one of this length."""
    return length + 2 + length // 3


def window(short: Sequence[str], long: Sequence[str]) -> tuple[int, int]:
    """The stretch of ``long``, little longer than ``short``, that has most of its words: its start and end."""
    size = longest_whole(len(short))
    if len(long) <= size:
        return 0, len(long)
    need, have, best, at = Counter(short), Counter[str](), -1, 0
    hits = 0
    for end, word in enumerate(long):
        have[word] += 1
        hits += have[word] <= need[word]
        if end >= size:
            old = long[end - size]
            hits -= have[old] <= need[old]
            have[old] -= 1
        if hits > best:
            best, at = hits, max(0, end + 1 - size)
    end = at + size
    wanted = set(short)
    while end - 1 > at and long[end - 1] not in wanted:
        end -= 1
    while at < end - 1 and long[at] not in wanted:
        at += 1
    return at, end


def fragments(text: NormalisedText) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch of quoted words."""
    at = 0
    for quoted, run in groupby(text.quoted):
        size = len(list(run))
        if quoted:
            yield at, at + size
        at += size
