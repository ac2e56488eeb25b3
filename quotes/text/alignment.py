"""How two sequences line up: runs that both have, and the edits that turn the one into the other.

The one place that knows the algorithm (Ratcliff and Obershelp 1988, "gestalt pattern matching", as ``difflib`` has
it), so that it can be exchanged: every threshold on its results would have to be fitted again.
"""

from collections.abc import Hashable, Sequence
from difflib import Match, SequenceMatcher
from functools import cached_property

Block = Match  # a run that both have: where it starts in ``a`` and in ``b``, and its ``size``
# "equal", "replace", "delete" or "insert"; start and end in ``a``, in ``b``
Edit = tuple[str, int, int, int, int]


class Alignment:
    """Two aligned sequences.

    >>> Alignment("we will never leave".split(), "we never leave".split()).blocks
    [Match(a=0, b=0, size=1), Match(a=2, b=1, size=2)]
    """

    def __init__(self, a: Sequence[Hashable], b: Sequence[Hashable]) -> None:
        self._matcher = SequenceMatcher(None, a, b, autojunk=False)

    @cached_property
    def longest_run(self) -> Block:
        """The longest run that both have, the first of them; of size 0 when there is none."""
        return self._matcher.find_longest_match()

    @cached_property
    def blocks(self) -> list[Block]:
        """The runs that both have, in order, none of size 0."""
        return [block for block in self._matcher.get_matching_blocks() if block.size]

    @cached_property
    def edits(self) -> list[Edit]:
        """What turns ``a`` into ``b``, in order."""
        return [*self._matcher.get_opcodes()]


def similarity(a: Sequence[Hashable], b: Sequence[Hashable], least: float = 0.0) -> float:
    """Twice the number of aligned items by the number of all, 0 to 1; 0 when it is below ``least``.

    >>> similarity("bridge", "bridges", 0.9)
    0.9230769230769231
    >>> similarity("bridge", "budget", 0.9)
    0.0
    """
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.quick_ratio() < least:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= least else 0.0
