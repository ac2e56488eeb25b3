"""Who runs tasks: this process, processes of this machine, or a cluster."""

from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from multiprocessing.connection import wait
from typing import Any, Literal

from quotes.distributed.tasks import Answer, Answers, Engine, Task, check_deaths
from quotes.errors import PipelineError
from quotes.log import logger
from quotes.workers import DIED, Work, Worker, sendable

LOG = logger(__name__)
EngineName = Literal["processes", "ray"]


def make_engine(name: EngineName, *, processes: int = 1, address: str | None = None) -> Engine:
    """The engine with this name; ``address`` is that of a Ray cluster. Raises MissingExtra."""
    if name == "ray":
        from quotes.distributed.ray_engine import Ray

        return Ray(processes, address)
    return Processes(processes)


class Processes:
    """Processes of this machine; with one, this process itself."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._workers: list[Worker] = []

    def run(self, function: Callable[[Task], Answer], tasks: Iterable[Task]) -> Answers[Task, Answer]:
        """Each task with its answer, as they are ready; what a process that died had is done again by another one."""
        if self._processes == 1:
            for task in tasks:
                yield task, function(task)
            return
        try:
            yield from self._run(function, deque(tasks))
        finally:
            for worker in self._workers:
                worker.end()
            self._workers.clear()

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing: processes end with what they were started for."""

    def _run(self, function: Callable[[Task], Answer], tasks: deque[Task]) -> Answers[Task, Answer]:
        busy: dict[Worker, Task] = {}
        deaths: dict[int, int] = {}  # of each task that a process died with, by its ``id()``
        load = partial(_attempting, function)
        idle = self._start(load, min(self._processes, len(tasks)))
        while tasks or busy:
            while tasks and len(busy) < self._processes:
                worker = (idle or self._start(load, 1)).pop()
                busy[worker] = tasks.popleft()
                try:
                    worker.connection.send([busy[worker]])
                except DIED:
                    self._died(worker, busy, tasks, deaths)
            ready = wait([worker.connection for worker in busy])
            worker = next(worker for worker in busy if worker.connection in ready)
            try:
                ((answer, error),) = worker.connection.recv()
            except DIED:
                self._died(worker, busy, tasks, deaths)
                continue
            if error is not None:
                raise error
            yield busy.pop(worker), answer
            idle.append(worker)

    def _start(self, load: Callable[[], Work], number: int) -> list[Worker]:
        new = []
        for _ in range(number):
            new.append(Worker(load))
            self._workers.append(new[-1])  # at once: Ctrl-C may come while the next starts
        try:
            for worker in new:
                worker.loaded()
        except DIED:
            raise PipelineError(
                "A process that was to do the work ended before it had begun. A script that asks for several needs "
                'its own work under `if __name__ == "__main__":`; otherwise try with fewer'
            ) from None
        return new

    def _died(
        self, worker: Worker, busy: dict[Worker, Task], tasks: deque[Task], deaths: dict[int, int]
    ) -> None:
        """Put the task of a process that died back, first in the queue."""
        task = busy.pop(worker)
        self._workers.remove(worker)
        worker.end()
        deaths[id(task)] = deaths.get(id(task), 0) + 1
        LOG.warning("a process died; what it did is done again")
        check_deaths(deaths[id(task)])
        tasks.appendleft(task)


def _attempting(function: Callable[[Task], Answer]) -> Work:
    return partial(_attempt, function)


def _attempt(function: Callable[[Task], Answer], task: Task) -> tuple[Any, Exception | None]:
    try:
        return function(task), None
    except Exception as error:
        return None, sendable(error)
