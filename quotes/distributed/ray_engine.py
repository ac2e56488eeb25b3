"""Tasks run by Ray: actors on one machine or on a cluster, each with a model of its own.

Ray Core, not Ray Data: a task is a file, and what is done is told by files. The driver gets counts only.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

from quotes.distributed.tasks import Answer, Answers, Task, check_deaths
from quotes.errors import MissingExtra
from quotes.log import logger
from quotes.workers import ONE_THREAD, one_thread_each

LOG = logger(__name__)
WORKER_MEMORY = 600 * 1024**2  # bytes: the model, the tables of spaCy, and a shard that is being written
NO_STATISTICS = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}
# Of a cluster that is started here: nobody reads its metrics, and on this machine nothing else has to go first
OWN_CLUSTER = {"RAY_enable_metrics_collection": "0", "RAY_worker_niceness": "0"}
# Nor does anybody look at its pages and logs, or add machines. Each of these is a process; Ray has no option for them
SERVICES = ("start_api_server", "start_log_monitor", "start_monitor")


class Ray:
    """Actors of a cluster: ``workers`` of them, at most one a processor.

    ``address``: of the cluster, "auto" for the one that this machine is in; by default one is started here, and ended.
    """

    def __init__(self, workers: int, address: str | None = None) -> None:
        try:
            os.environ.update(NO_STATISTICS)  # before Ray is imported: nothing is sent anywhere
            import ray
        except ImportError as error:
            raise MissingExtra("The engine ray", "ray") from error
        self._ray: Any = ray
        self._workers, self._address, self._started = workers, address, False
        # Those that are alive, which the next function finds with all that they have loaded
        self._actors: list[Any] = []

    def run(self, function: Callable[[Task], Answer], tasks: Iterable[Task]) -> Answers[Task, Answer]:
        """Each task with its answer, as they are ready; what an actor that died had is done again by another one."""
        self._start()
        try:
            yield from self._run(function, deque(tasks))
        except BaseException:  # also when it is broken off: what is not done is not waited for
            self._end_actors()
            raise

    def __enter__(self) -> "Ray":
        return self

    def __exit__(self, *_: object) -> None:
        """End the actors, and the cluster that was started here."""
        self._end_actors()
        if self._started:
            self._ray.shutdown()
            self._started = False

    def _start(self) -> None:
        """Start a cluster, or join one, once: a linking of several steps has one cluster."""
        if self._ray.is_initialized():
            return
        own = {} if self._address else {"num_cpus": self._workers, "include_dashboard": False}
        if own:
            os.environ.update({name: value for name, value in OWN_CLUSTER.items() if name not in os.environ})
        with one_thread_each(), _fewer_services() if own else nullcontext():
            self._ray.init(
                address=self._address or "local",  # by default Ray joins one that it finds on this machine
                log_to_driver=False,
                logging_level="warning",
                configure_logging=False,
                **own,
            )
        self._started = True

    def _end_actors(self) -> None:
        for actor in self._actors:
            self._ray.kill(actor)
        self._actors.clear()

    def _start_actor(self) -> Any:
        needs: dict[str, Any] = {"num_cpus": 1, "memory": WORKER_MEMORY, "max_restarts": 0}
        if self._address:  # in a cluster that is started here actors have the environment of this process
            given = dict.fromkeys(ONE_THREAD, "1") | {"PYTHONPATH": os.environ.get("PYTHONPATH", "")}
            needs["runtime_env"] = {"env_vars": given}
        self._actors.append(self._ray.remote(**needs)(_Doer).remote())
        return self._actors[-1]

    def _run(self, function: Callable[[Task], Answer], tasks: deque[Task]) -> Answers[Task, Answer]:
        ray = self._ray
        while len(self._actors) < min(self._workers, len(tasks)):
            self._start_actor()
        # an actor gets work when it answers: one that finds no place in the cluster any more holds nothing up
        coming = {actor.ready.remote(): actor for actor in self._actors}
        idle: list[Any] = []
        busy: dict[Any, tuple[Any, Task]] = {}
        deaths: dict[int, int] = {}  # of each task that an actor died with, by its ``id()``
        lost = 0  # actors that died before they had work
        while tasks or busy:
            while tasks and idle:
                doer, task = idle.pop(), tasks.popleft()
                busy[doer.do.remote(function, task)] = (doer, task)
            (ready,), _ = ray.wait([*busy, *coming], num_returns=1)
            doer, given = busy.pop(ready) if ready in busy else (coming.pop(ready), None)
            try:
                answer = ray.get(ready)
            except ray.exceptions.RayActorError:  # killed, out of memory, or its node is gone
                if given is None:
                    lost += 1
                    check_deaths(lost)
                else:
                    deaths[id(given)] = deaths.get(id(given), 0) + 1
                    LOG.warning("a worker died; what it did is done again")
                    check_deaths(deaths[id(given)])
                    tasks.appendleft(given)
                self._actors.remove(doer)
                new = self._start_actor()
                coming[new.ready.remote()] = new
            except ray.exceptions.RayTaskError as error:
                raise error.cause from None
            else:
                idle.append(doer)
                if given is not None:
                    yield given, answer


@contextmanager
def _fewer_services() -> Iterator[None]:
    """A cluster that starts in this block has none of ``SERVICES``; one of a Ray that names them otherwise has all."""
    node: Any = None
    with suppress(ImportError):
        from ray._private.node import Node as node
    before = {name: getattr(node, name) for name in SERVICES if hasattr(node, name)}
    for name in before:
        setattr(node, name, _start_nothing)
    try:
        yield
    finally:
        for name, start in before.items():
            setattr(node, name, start)


def _start_nothing(node: Any, **options: Any) -> None:
    """In place of a method of Ray's node that starts a service."""


class _Doer:
    """An actor: a process that does one task after the other."""

    def ready(self) -> None:
        """Nothing: it answers when it has a place in the cluster."""

    def do(self, function: Callable[[Any], Any], task: Any) -> Any:
        """What the function answers."""
        return function(task)
