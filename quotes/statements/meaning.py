"""What contents and words mean, as embeddings that are made when they are asked for, several at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from quotes.statements.compare import Decision, compare_meaning, compare_words
from quotes.statements.exact import ExactGroup, is_far, make_pair
from quotes.statements.normalise import NormalisedText
from quotes.statements.pair import Pair
from quotes.statements.paraphrase import BY_STEM, WordSimilarity, content_surface

if TYPE_CHECKING:
    import numpy as np

PAIRS_AT_ONCE = 5_000  # that are held with what is computed for them: some 10 kB each
CompareGroups = Callable[[ExactGroup, ExactGroup], Decision]
Keep = Callable[[Mapping[str, bytes]], None]  # quotation -> its embedding, which was made


class Meaning:
    """The embeddings of contents, and how near words are in meaning.

    ``similarity`` has the model that makes embeddings, where there is one: without it only those that quotations bring
    along are known. ``keep`` is told what was made.
    """

    def __init__(self, similarity: WordSimilarity = BY_STEM, keep: Keep = lambda made: None) -> None:
        self.similarity, self._keep = similarity, keep

    def load(self, groups: Iterable[ExactGroup]) -> None:
        """Give the groups that have none the embedding of their first quotation."""
        missing: list[ExactGroup] = []
        for group in groups:
            if group.vector is None and group.text.words:
                if group.rows[0].embedding:
                    group.vector = unit_vector(group.rows[0].embedding)
                elif self.similarity.embed:
                    missing.append(group)
        made = self.embed({group.rows[0].id: group.rows[0].text for group in missing})
        for group in missing:
            group.vector = unit_vector(made[group.rows[0].id])

    def embed(self, contents: Mapping[str, str]) -> dict[str, bytes]:
        """The embeddings of contents (quotation -> content), as they are stored; there has to be a model."""
        import numpy as np

        if not contents or not self.similarity.embed:
            return {}
        rows = self.similarity.embed(list(contents.values())).astype(np.float16)
        made = {ident: row.tobytes() for ident, row in zip(contents, rows, strict=True)}
        self._keep(made)
        return made

    def load_words(self, texts: Iterable[NormalisedText]) -> None:
        """Embed the content words of these texts, as many at once as there are."""
        self.similarity.load(word for text in texts for word in content_surface(text).values())


def unit_vector(embedding: bytes) -> "np.ndarray":
    """A stored embedding as a float32 unit vector."""
    import numpy as np

    vector = np.frombuffer(embedding, dtype=np.float16).astype(np.float32)
    return vector / max(float(np.linalg.norm(vector)), 1e-6)


class Comparison:
    """The decisions on pairs of places in a list of groups, each made once, the earlier place first."""

    def __init__(self, groups: Sequence[ExactGroup], meaning: Meaning) -> None:
        self.groups, self._meaning = groups, meaning
        self._known: dict[tuple[int, int], Decision] = {}

    def __call__(self, a: int, b: int) -> Decision:
        """The decision on two places."""
        key = (a, b) if a < b else (b, a)
        if key not in self._known:
            self.prepare([key])
        return self._known[key]

    def prepare(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Decide on pairs, the smaller place first: what they mean is asked of the model for many of them at once."""
        rest = iter(pairs)
        while some := list(islice(rest, PAIRS_AT_ONCE)):
            self._decide(some)

    def _decide(self, pairs: Iterable[tuple[int, int]]) -> None:
        open_pairs: dict[tuple[int, int], Pair] = {}
        for a, b in pairs:
            if (a, b) in self._known:
                continue
            one, other = self.groups[a], self.groups[b]
            if one.overlaps(other) or is_far(one, other):
                self._known[a, b] = Decision()
                continue
            pair = make_pair(one, other, self._meaning.similarity)
            decision = compare_words(pair)
            if one.stance != other.stance:
                self._known[a, b] = _of_other_stance(one, other, pair, decision)
            elif decision is None:
                open_pairs[a, b] = pair
            else:
                self._known[a, b] = decision
        places = sorted({place for key in open_pairs for place in key})
        self._meaning.load(self.groups[place] for place in places)
        self._meaning.load_words(self.groups[place].text for place in places)
        for (a, b), pair in open_pairs.items():
            vector, another = self.groups[a].vector, self.groups[b].vector
            if vector is not None and another is not None:
                pair.set_cosine(float(vector @ another))
            self._known[a, b] = compare_meaning(pair)


def _of_other_stance(a: ExactGroup, b: ExactGroup, pair: Pair, words: Decision | None) -> Decision:
    """A question and an assertion, or what was said and what was not: never one, but the latter contradict."""
    unsaid = "not said" in (a.stance, b.stance)
    return Decision(conflict=True, denied=compare_meaning(pair).probability if unsaid and words is None
                    else words.probability if unsaid and words else 0.0)  # fmt: skip


def compare_groups(a: ExactGroup, b: ExactGroup, meaning: Meaning) -> Decision:
    """The decision on two groups alone."""
    return Comparison([a, b], meaning)(0, 1)
