"""Sieves: rules that are tried in order, the surest first, until one decides (Lee et al. 2011).

Lee, Peirsman, Chang, Chambers, Surdeanu and Jurafsky (2011), "Stanford's multi-pass sieve coreference resolution
system at the CoNLL-2011 shared task".
"""

import logging
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Final, Literal, TypeVar

from quotes.coreference.referents import Antecedent

logger = logging.getLogger(__name__)
Case = TypeVar("Case")


class Decision(Enum):
    """What a sieve may say besides an antecedent and None (the next one is asked)."""

    OPEN = "open"  # no antecedent, and no later sieve may find one


OPEN: Final = Decision.OPEN
Verdict = Antecedent | Literal[Decision.OPEN] | None
Sieve = Callable[[Case], Verdict]


def first_verdict(sieves: Sequence[Sieve[Case]], case: Case) -> Antecedent | None:
    """The antecedent that the first sieve with a verdict finds; None where it leaves the case open, or none has one.

    Which sieve decided is logged at DEBUG level.
    """
    for sieve in sieves:
        verdict = sieve(case)
        if verdict is not None:
            if verdict is OPEN:
                logger.debug("%s: left open by %s", case, sieve.__name__)
                return None
            logger.debug("%s: %s by %s (%.2f)", case, verdict.referent, sieve.__name__, verdict.confidence)
            return verdict
    return None
