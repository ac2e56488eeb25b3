"""Who runs tasks: this process, processes of this machine, or a cluster."""

from collections import deque
from collections.abc import Callable, Iterable
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
    """Processes of this machine, which are started once; with one, this process itself."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._workers: list[Worker] = []
        self._idle: list[Worker] = []

    def run(self, function: Callable[[Task], Answer], tasks: Iterable[Task]) -> Answers[Task, Answer]:
        """Each task with its answer, as they are ready; what a process that died had is done again by another one."""
        if self._processes == 1:
            for task in tasks:
                yield task, function(task)
            return
        try:
            yield from self._run(function, deque(tasks))
        except BaseException:  # also when it is broken off: what is not done is not waited for
            self._end()
            raise

    def __enter__(self) -> "Processes":
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes."""
        self._end()

    def _end(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._idle.clear()

    def _run(self, function: Callable[[Task], Answer], tasks: deque[Task]) -> Answers[Task, Answer]:
        busy: dict[Worker, Task] = {}
        deaths: dict[int, int] = {}  # of each task that a process died with, by its ``id()``
        self._start(min(self._processes, len(tasks)) - len(self._workers))
        while tasks or busy:
            while tasks and len(busy) < self._processes:
                if not self._idle:
                    self._start(1)
                worker = self._idle.pop()
                busy[worker] = tasks.popleft()
                try:
                    worker.connection.send([(function, busy[worker])])
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
            self._idle.append(worker)
            yield busy.pop(worker), answer

    def _start(self, number: int) -> None:
        new = []
        for _ in range(number):
            new.append(Worker(_doer))
            self._workers.append(new[-1])  # at once: Ctrl-C may come while the next starts
        try:
            for worker in new:
                worker.loaded()
        except DIED:
            raise PipelineError(
                "A process that was to do the work ended before it had begun. A script that asks for several needs "
                'its own work under `if __name__ == "__main__":`; otherwise try with fewer'
            ) from None
        self._idle += new

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


def _doer() -> Work:
    return _attempt


def _attempt(asked: tuple[Callable[[Any], Any], Any]) -> tuple[Any, Exception | None]:
    function, task = asked
    try:
        return function(task), None
    except Exception as error:
        return None, sendable(error)
