"""What is run: tasks, each done by a function of a module, which writes its result to a file and returns little.

A task may be done twice: by a process that died, and again by another one.
"""

from collections.abc import Callable, Generator, Iterable
from typing import Protocol, TypeVar

from quotes.errors import PipelineError

Task = TypeVar("Task")
Answer = TypeVar("Answer")
Answers = Generator[tuple[Task, Answer], None, None]
# Of processes with one task: an article that ends its process takes a few, and there may be several
MAX_DEATHS = 30


class Engine(Protocol):
    """What runs tasks."""

    def run(self, function: Callable[[Task], Answer], tasks: Iterable[Task]) -> Answers[Task, Answer]:
        """Each task with its answer, as they are ready. Raises what ``function`` raises."""

    def __enter__(self) -> "Engine":
        """The engine, which may run several functions one after the other."""

    def __exit__(self, *_: object) -> None:
        """End what was started for it."""


def check_deaths(deaths: int) -> None:
    """Raise PipelineError when as many processes as ``MAX_DEATHS`` have died with one task."""
    if deaths >= MAX_DEATHS:
        raise PipelineError(f"{deaths} processes died with the same work.", "Is there enough memory?")
