"""Articles with their quotations, and any other work, done by this process or by several of its own.

spaCy's ``n_process`` waits for ever for a process that was killed (by the kernel, when memory runs out). Here a process
that dies is noticed, what it had is read again one article at a time, and the article that kills is told. Each process
has a pipe of its own, so one that dies in the middle of a message is noticed as well, and no other is disturbed.
"""

import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from quotes.errors import PipelineError
from quotes.log import logger
from quotes.types import Article, Failure, Quote

if TYPE_CHECKING:
    from spacy.language import Language

LOG = logger(__name__)

Loader = Callable[[], "Language"]  # can be pickled: a function of a module, or a partial of one
Work = Callable[[Any], Any]  # what a process does with one thing that it is sent; the answer can be pickled
Result = tuple[Quote, ...] | Failure

BATCH_SIZE = 4  # articles that travel together to another process
BATCHES_AHEAD = 2  # for each process: one that it reads, one that waits for it
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")  # each process fills one core
DIED = (EOFError, OSError)  # what sending and receiving raise when the other process is gone


def annotate(
    load: Loader, articles: Iterable[Article], *, processes: int = 1
) -> Iterator[tuple[Article, Result]]:
    """Each article with its quotations, or with a Failure that says why it could not be read, in their order.

    ``load`` makes the pipeline, once in each process. Articles are taken as they are needed: ``articles`` may be
    endless. Raises PipelineError when the processes cannot start, what ``load`` raises, and what ``articles`` raises,
    after the results of what came before that.
    """
    if processes == 1:
        nlp = load()
        for article in articles:
            yield article, _read(nlp, article)
        return
    with _Workers(partial(_reader, load), processes) as workers:
        workers.start()
        yield from workers.annotate(articles)


@dataclass(eq=False)
class _Batch:
    """Articles that travel together, and what came back."""

    articles: list[Article]
    results: list[Result] | None = None


def _batches(articles: Iterable[Article]) -> Iterator[_Batch]:
    batch: list[Article] = []
    failure: Exception | None = None
    try:
        for article in articles:
            batch.append(article)
            if len(batch) == BATCH_SIZE:
                yield _Batch(batch)
                batch = []
    except Exception as error:
        failure = error
    if batch:
        yield _Batch(batch)
    if failure:
        raise failure


class Worker:
    """A process that works. It is spawned: a fork would copy the threads that onnxruntime has started.

    ``load`` makes, in that process, the function that does the work.
    """

    def __init__(self, load: Callable[[], Work]) -> None:
        self.waiting: deque[_Batch] = deque()  # what it reads, and what it reads next
        context = get_context("spawn")
        self.connection, others = context.Pipe()
        self._process = context.Process(target=_serve, args=(others, load), daemon=True)
        with _inherited():
            self._process.start()
        others.close()  # so that the end of the process is the end of what can be received

    def loaded(self) -> None:
        """Wait until it can work; raises what ``load`` raises. Raises EOFError or OSError when it has died."""
        error = self.connection.recv()
        if error is not None:
            raise error

    def read(self, articles: Sequence[Article]) -> list[Result]:
        """The results of articles, with nothing else that waits. Raises EOFError or OSError when it has died."""
        self.connection.send(articles)
        return self.connection.recv()  # type: ignore[no-any-return]

    def end(self) -> None:
        """End it at once: nothing is lost, for results are kept by the process that asks for them."""
        self.connection.close()
        self._process.kill()
        self._process.join()


class _Workers:
    """Processes that read batches of articles; all are ended when the block is left."""

    def __init__(self, load: Callable[[], Work], processes: int) -> None:
        self._load = load
        self._processes = processes
        self._workers: list[Worker] = []

    def __enter__(self) -> "_Workers":
        return self

    def __exit__(self, *_: Any) -> None:
        for worker in self._workers:
            worker.end()

    def start(self) -> None:
        """Start the processes that are missing; raises what keeps them from reading, once and not for each article.

        Goes on with fewer where there is no memory for as many.
        """
        new = []
        while len(self._workers) < self._processes:
            new.append(Worker(self._load))
            self._workers.append(new[-1])  # at once: Ctrl-C may come while the next starts
        for worker in new:
            try:
                worker.loaded()
            except DIED:
                self._remove(worker)
        if not self._workers:
            raise PipelineError(
                "The processes that read articles ended before they had begun. A script that asks for several needs "
                'its own work under `if __name__ == "__main__":`; otherwise try with one process'
            )
        if len(self._workers) < self._processes:
            LOG.warning("going on with %d of %d processes", len(self._workers), self._processes)
            self._processes = len(self._workers)

    def annotate(self, articles: Iterable[Article]) -> Iterator[tuple[Article, Result]]:
        """Each article with its result, in their order."""
        batches = _batches(articles)
        queue: deque[_Batch] = deque()
        failure: Exception | None = None
        more = True
        while queue or more:
            while more and len(queue) < self._processes * BATCHES_AHEAD:
                try:
                    batch = next(batches)
                except StopIteration:
                    more = False
                except Exception as error:
                    more, failure = False, error
                else:
                    queue.append(batch)
                    self._send(batch)
            if queue:
                batch = queue.popleft()
                while batch.results is None:
                    self._receive()
                yield from zip(batch.articles, batch.results, strict=True)
        if failure:
            raise failure

    def _send(self, batch: _Batch) -> None:
        worker = min(self._workers, key=lambda worker: len(worker.waiting))
        worker.waiting.append(batch)
        try:
            worker.connection.send(batch.articles)
        except DIED:
            self._replace(worker)

    def _receive(self) -> None:
        """Wait for the results of a batch, or for the end of a process."""
        ready = wait([worker.connection for worker in self._workers])
        worker = next(worker for worker in self._workers if worker.connection in ready)
        try:
            results = worker.connection.recv()
        except DIED:
            self._replace(worker)
        else:
            worker.waiting.popleft().results = results

    def _replace(self, dead: Worker) -> None:
        """Read what a dead process had one article at a time, while the others rest, and start another one."""
        self._remove(dead)
        while any(worker.waiting for worker in self._workers):
            self._receive()
        for batch in dead.waiting:
            batch.results = [self._read_alone(article) for article in batch.articles]
        self.start()

    def _read_alone(self, article: Article) -> Result:
        if not self._workers:
            self.start()
        worker = self._workers[0]
        try:
            return worker.read([article])[0]
        except DIED:
            self._remove(worker)
            return Failure(article.path, "ended the process that read it; is there enough memory?")

    def _remove(self, worker: Worker) -> None:
        self._workers.remove(worker)
        worker.end()


@contextmanager
def _inherited() -> Iterator[None]:
    """What a process inherits that starts in this block: Ctrl-C reaches this process only."""
    mask = None
    if hasattr(signal, "pthread_sigmask"):  # not on Windows
        resource_tracker.ensure_running()  # the first process starts it, which lets Ctrl-C through again
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        with one_thread_each():
            yield
    finally:
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Libraries take one thread in the processes that start in this block."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(dict.fromkeys(ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


# In the other processes


def _serve(connection: Connection, load: Callable[[], Work]) -> None:
    """Load, tell what that raises, and do one batch after the other until this process is ended."""
    batches: SimpleQueue[Sequence[Any]] = SimpleQueue()
    threading.Thread(target=_take, args=(connection, batches), daemon=True).start()
    try:
        try:
            work = load()
        except Exception as error:
            connection.send(sendable(error))
            return
        connection.send(None)
        while True:
            connection.send([work(item) for item in batches.get()])
    except DIED:  # the one that started this process is ending, and nobody waits for what is sent
        os._exit(1)


def _take(connection: Connection, batches: "SimpleQueue[Sequence[Any]]") -> None:
    """Take what is sent, so that sending never waits; end this process when the one that started it is gone."""
    try:
        while True:
            batches.put(connection.recv())
    except DIED:
        os._exit(1)


def sendable(error: Exception) -> Exception:
    """The error, or another one that says the same and can be sent to another process."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return PipelineError(f"The pipeline could not be loaded ({type(error).__name__}: {error})")
    return error


# In every process


def _reader(load: Loader) -> Work:
    return partial(_read, load())


def _read(nlp: "Language", article: Article) -> Result:
    try:
        doc = nlp.make_doc(article.text)
        doc._.author = article.author  # "I" outside of quotation marks
        return tuple(nlp(doc)._.quotes)
    except Exception as error:
        return Failure(article.path, f"could not be read ({type(error).__name__}: {error})")
