"""Sieves: rules that are tried in order, the surest first, until one decides (Lee et al. 2011).

Lee, Peirsman, Chang, Chambers, Surdeanu and Jurafsky (2011), "Stanford's multi-pass sieve coreference resolution
system at the CoNLL-2011 shared task".
"""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Final, Literal, TypeVar

from quotes.coreference.referents import Referent
from quotes.log import logger

LOG = logger(__name__)
Case = TypeVar("Case")


class LeftOpen(Enum):
    """The verdict that a case has no antecedent, and that no later sieve may find one."""

    OPEN = "open"


OPEN: Final = LeftOpen.OPEN
Verdict = Referent | Literal[LeftOpen.OPEN] | None  # None: the next sieve is asked
Sieve = Callable[[Case], Verdict]


def first_verdict(sieves: Sequence[Sieve[Case]], case: Case) -> tuple[Referent | None, str]:
    """The referent that the first sieve with a verdict finds, and that sieve's name; None where it is open.

    Which sieve decided is logged at DEBUG level. Where none has a verdict, the name is "".
    """
    for sieve in sieves:
        verdict = sieve(case)
        if verdict is not None:
            LOG.debug("%s: %s by %s", case, "left open" if verdict is OPEN else verdict, sieve.__name__)
            return None if verdict is OPEN else verdict, sieve.__name__
    return None, ""
