"""Old places of public names: they answer for one version, with a DeprecationWarning that tells the new place."""

import warnings
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

REMOVAL_VERSION = "0.2"  # the version in which the old places are gone


def moved(module: str, places: Mapping[str, str]) -> Callable[[str], Any]:
    """The ``__getattr__`` of a module that objects have left.

    ``places``: old name -> module that has it now, or "module:new name". It raises AttributeError for other names.
    """

    def from_new_place(name: str) -> Any:
        if name not in places:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        place, _, new = places[name].partition(":")
        new = new or name
        warnings.warn(
            f"{module}.{name} is now {place}.{new}; the old place is gone in version {REMOVAL_VERSION}",
            DeprecationWarning,
            stacklevel=2,
        )
        return getattr(import_module(place), new)

    return from_new_place
