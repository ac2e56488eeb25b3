"""Options that several commands share, as one parameter of each: a dataclass whose fields are options."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, is_dataclass
from functools import wraps
from typing import Any, get_type_hints


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """A command as typer takes it: every parameter that is a dataclass is replaced by the fields of that dataclass.

    An option is so described once, and the command gets all options of a group as one value.
    """
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, Any] = {name: kind for name, kind in hints.items() if is_dataclass(kind)}

    @wraps(command)
    def run(**given: Any) -> None:
        for name, kind in groups.items():
            given[name] = kind(**{one.name: given.pop(one.name) for one in fields(kind)})
        command(**given)

    signature = inspect.signature(command)
    parameters = [
        part for one in signature.parameters.values() for part in _parameters(one, hints[one.name], groups)
    ]
    run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters} | {"return": None}
    return run


def _parameters(one: inspect.Parameter, hint: Any, groups: dict[str, Any]) -> Iterator[inspect.Parameter]:
    if one.name not in groups:
        yield one.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hint)
        return
    own = get_type_hints(groups[one.name], include_extras=True)
    for field in fields(groups[one.name]):
        default = inspect.Parameter.empty if field.default is MISSING else field.default
        yield inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=own[field.name]
        )
