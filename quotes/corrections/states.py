"""What becomes of corrections that are applied one after the other."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable

APPLIED = "applied"  # a state; the others are "overruled by ID" and "does not apply: why"


class NotApplicable(Exception):
    """Why a correction cannot be applied."""


class States:
    """The states of corrections. Those that no longer hold when a later one has been applied are overruled by it."""

    def __init__(self) -> None:
        self._holds: dict[str, Callable[[], bool]] = {}
        self._touching: defaultdict[Hashable, list[str]] = defaultdict(list)
        self._overruled_by: dict[str, str] = {}
        self._not_applicable: dict[str, str] = {}

    def not_applicable(self, ident: str, reason: NotApplicable) -> None:
        """Note that a correction could not be applied."""
        self._not_applicable[ident] = f"does not apply: {reason}"

    def applied(self, ident: str, holds: Callable[[], bool], things: Iterable[Hashable]) -> None:
        """Note that a correction was applied to these things; ``holds`` tells whether it still does."""
        for thing in set(things):
            for earlier in self._touching[thing]:
                if earlier not in self._overruled_by and not self._holds[earlier]():
                    self._overruled_by[earlier] = ident
            self._touching[thing].append(ident)
        self._holds[ident] = holds

    def by_id(self) -> dict[str, str]:
        """The state of each correction."""
        states = dict(self._not_applicable)
        for ident, holds in self._holds.items():
            # a third correction may have made it true again
            overruled = ident in self._overruled_by and not holds()
            states[ident] = f"overruled by {self._overruled_by[ident]}" if overruled else APPLIED
        return states
