"""Articles with their quotations, read by this process or by several of its own.

spaCy's ``n_process`` waits for ever for a process that was killed (by the kernel, when memory runs out). Here a process
that dies is noticed, what it had is read again one article at a time, and the article that kills is told.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing.connection import wait
from multiprocessing.context import SpawnContext
from typing import TYPE_CHECKING, Any

from quotes.errors import PipelineError
from quotes.types import Article, Failure, Quote

if TYPE_CHECKING:
    from spacy.language import Language

Loader = Callable[[], "Language"]  # can be pickled: a function of a module, or a partial of one
Found = tuple[Quote, ...] | Failure

BATCH_SIZE = 4  # articles that travel together to another process
BATCHES_AHEAD = 2  # for each process: one that it reads, one that waits for it
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")  # each process fills one core


def annotate(
    load: Loader, articles: Iterable[Article], *, processes: int = 1
) -> Iterator[tuple[Article, Found]]:
    """Each article with its quotations, or with a Failure that says why it could not be read, in their order.

    ``load`` makes the pipeline, once in each process. Articles are taken as they are needed: ``articles`` may be
    endless. Raises PipelineError when the processes cannot start, and what ``load`` and ``articles`` raise.
    """
    if processes == 1:
        nlp = load()
        for article in articles:
            yield article, _read(nlp, article)
        return
    with _Workers(load, processes) as workers:
        workers.start()
        yield from _in_order(workers, iter(articles), processes * BATCHES_AHEAD)


def _in_order(
    workers: "_Workers", articles: Iterator[Article], ahead: int
) -> Iterator[tuple[Article, Found]]:
    waiting: deque[tuple[list[Article], Future[list[Found]]]] = deque()
    for batch in iter(lambda: list(islice(articles, BATCH_SIZE)), []):
        waiting.append((batch, workers.submit(batch)))
        if len(waiting) == ahead:
            yield from workers.results(*waiting.popleft())
    while waiting:
        yield from workers.results(*waiting.popleft())


class _Workers:
    """Processes that read batches of articles; all are ended when the block is left by an exception."""

    def __init__(self, load: Loader, processes: int) -> None:
        self._load = load
        self._processes = processes
        self._context = _Context()
        self._executor = self._new_executor(processes)

    def _new_executor(self, processes: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            processes, mp_context=self._context, initializer=_initialize, initargs=(self._load,)
        )

    def __enter__(self) -> "_Workers":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: Any) -> None:
        self._executor.shutdown(wait=kind is None, cancel_futures=True)
        self._context.kill()

    def start(self) -> None:
        """Start the processes; raises what keeps them from reading, instead of telling it of each article."""
        ready = [_submit(self._executor, _pipeline) for _ in range(self._processes)]
        try:
            for future in ready:
                future.result()
        except BrokenProcessPool as error:
            raise PipelineError(
                "The processes that read articles ended before they had begun. A script that asks for several needs "
                'its own work under `if __name__ == "__main__":`; otherwise try with one process'
            ) from error

    def submit(self, batch: Sequence[Article]) -> "Future[list[Found]]":
        """The results of a batch to come, one for each article; processes that died are replaced first."""
        try:
            return _submit(self._executor, _read_batch, batch)
        except BrokenProcessPool:
            self._executor.shutdown(wait=True)
            self._executor = self._new_executor(self._processes)
            return _submit(self._executor, _read_batch, batch)

    def results(
        self, batch: Sequence[Article], future: "Future[list[Found]]"
    ) -> Iterator[tuple[Article, Found]]:
        """Each article of a batch with its result; by itself and in a new process if theirs has died."""
        try:
            found = future.result()
        except BrokenProcessPool:
            found = [self._alone(article) for article in batch]
        yield from zip(batch, found, strict=True)

    def _alone(self, article: Article) -> Found:
        with self._new_executor(1) as executor:
            try:
                found: list[Found] = _submit(executor, _read_batch, [article]).result()
                return found[0]
            except BrokenProcessPool:
                return Failure(article.path, "ended the process that read it; is there enough memory?")


class _Context(SpawnContext):
    """Remembers the processes that it starts, so that they can be ended at once.

    They are spawned: a fork would copy the threads that onnxruntime has started.
    """

    def __init__(self) -> None:
        super().__init__()
        self._started: list[Any] = []

    def Process(self, *args: Any, **options: Any) -> Any:  # type: ignore[override]
        process = super().Process(*args, **options)
        self._started.append(process)
        return process

    def kill(self) -> None:
        """End what still runs, and wait for it: nothing is lost, results are stored by this process alone."""
        for process in self._started:
            if process.pid is not None:
                process.kill()
                process.join()


def _submit(executor: ProcessPoolExecutor, function: Callable[..., Any], *args: Any) -> "Future[Any]":
    with _inherited():
        return executor.submit(function, *args)  # starts processes where there are too few


@contextmanager
def _inherited() -> Iterator[None]:
    """What a process inherits that starts here: Ctrl-C reaches this process only, and libraries take one thread."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT]) if _maskable() else None
    try:
        yield
    finally:
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _maskable() -> bool:
    return hasattr(signal, "pthread_sigmask")  # not on Windows


# In the other processes


_loader: Loader | None = None
_nlp: "Language | None" = None


def _initialize(load: Loader) -> None:
    global _loader
    _loader = load
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    """End this process when the one that started it is gone, however that ended."""
    wait([sentinel])
    os._exit(1)


def _pipeline() -> None:
    """Load the pipeline: what that raises belongs to the whole run, not to an article."""
    global _nlp
    if _nlp is None:
        assert _loader is not None
        _nlp = _loader()


def _read_batch(batch: Sequence[Article]) -> list[Found]:
    _pipeline()
    assert _nlp is not None
    return [_read(_nlp, article) for article in batch]


# In every process


def _read(nlp: "Language", article: Article) -> Found:
    try:
        return tuple(nlp(article.text)._.quotes)
    except Exception as error:
        return Failure(article.path, f"could not be read ({type(error).__name__}: {error})")
