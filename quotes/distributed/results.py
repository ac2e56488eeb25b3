"""What a task that links statements leaves: statements, what is likely between them, embeddings that were made."""

from collections.abc import Mapping
from typing import Any

from quotes.distributed.exchange import Gathered, write_parts
from quotes.distributed.rows import arrow, as_plain
from quotes.distributed.steps import Task, schema_of
from quotes.linking.link import meaning
from quotes.statements.meaning import Meaning
from quotes.statements.records import QuotationLink
from quotes.types import Statement


class Results:
    """Gathers what one task of a step finds; ``write`` stores it in files that are named after the step."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.statements = Gathered(schema_of(Statement), as_plain)
        self.links = Gathered(schema_of(QuotationLink), as_plain)
        self.embeddings: dict[str, bytes] = {}

    def meaning(self) -> Meaning:
        """The meaning of contents; embeddings that are made for it are kept here."""
        return meaning(self._keep)

    def _keep(self, made: Mapping[str, bytes]) -> None:
        self.embeddings.update(made)

    def write(self, step: str) -> None:
        """Write three files."""
        made = ({"quote": quote, "vector": vector} for quote, vector in sorted(self.embeddings.items()))
        write_parts(self.task.file(f"{step}-embeddings"), embedding_schema(), {0: made}, 1)
        self.links.write(self.task.file(f"{step}-links"))
        self.statements.write(self.task.file(step))


def embedding_schema() -> Any:
    """One row an embedding: its quotation, and the vector as it is stored."""
    pa = arrow()
    return pa.schema([("quote", pa.string()), ("vector", pa.binary())])
