"""What holds of the quotations of any text, tried on texts that Hypothesis makes and shrinks."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.util import filter_spans
from support import random_texts
from support.random_texts import plain, random_text, violations

import quotes
from quotes.text.encoding import replace_surrogates

ANYTHING = {
    "derandomize": True,
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
}


@cache
def pipeline() -> Language:
    """A pipeline that keeps nothing but quotations on the Doc."""
    return quotes.load(coreference="needed", thoughts=True)


@st.composite
def splices(draw: st.DrawFn) -> str:
    """A stretch of a sentence, put where another sentence is cut."""
    outer, inner = (draw(st.sampled_from(random_texts.SENTENCES)) for _ in range(2))
    start, end = sorted(draw(st.integers(0, len(inner))) for _ in range(2))
    place = draw(st.integers(0, len(outer)))
    return outer[:place] + inner[start:end] + outer[place:]


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Quotations within quotations, with marks that fit and marks that do not."""
    opening = st.sampled_from(["“", "‘", '"', "'", "«", "„", "(", "“‘", "''", "> "])
    closing = st.sampled_from(["”", "’", '"', "'", "»", "”,", "?”", "’”", "''", ""])
    saying = st.sampled_from(
        ["", " she said.", " Tom Bell asked", " who said ", ": ", ", according to the ministry"]
    )
    return st.tuples(opening, inner, closing, saying).map("".join)


SENTENCES = st.sampled_from(random_texts.SENTENCES)
PIECES = st.sampled_from((*random_texts.MARKS, *random_texts.LAYOUT, *random_texts.WORDS))
RARITIES = st.sampled_from((*random_texts.INVISIBLE, *random_texts.SCRIPTS, *random_texts.LONG))
CHARACTERS = st.text(st.characters(), max_size=12)  # halves of surrogate pairs too
NESTED = st.recursive(SENTENCES | PIECES, nested, max_leaves=4)
PARTS = st.one_of(SENTENCES, splices(), NESTED, PIECES, RARITIES, CHARACTERS)
BREAKS = st.sampled_from([" ", " ", "", "\n", "\n\n"])
PART = st.tuples(PARTS, BREAKS).map("".join)
TEXTS = (st.lists(PART, max_size=6) | st.lists(PART, min_size=6, max_size=24)).map("".join)


@settings(max_examples=400, **ANYTHING)
@given(TEXTS)
def test_any_text_is_read_and_its_offsets_hold(text: str) -> None:
    doc = pipeline()(text)
    assert doc.text == replace_surrogates(text)
    assert len(doc.text) == len(text)
    assert not violations(doc.text, doc._.quotes)


@settings(max_examples=50, **ANYTHING)
@given(st.lists(TEXTS, max_size=5), st.integers(1, 4))
def test_neither_order_nor_batches_matter(texts: list[str], batch_size: int) -> None:
    alone = [plain(pipeline()(text)) for text in texts]
    assert [plain(doc) for doc in pipeline().pipe(texts, batch_size=batch_size)] == alone
    assert [plain(doc) for doc in pipeline().pipe(texts[::-1], batch_size=batch_size)] == alone[::-1]


@settings(max_examples=50, **ANYTHING)
@given(TEXTS)
def test_quotations_survive_what_spacy_does_to_a_doc(text: str) -> None:
    doc = pipeline()(text)
    before = doc._.quotes
    saved = DocBin(store_user_data=False, docs=[doc]).to_bytes()
    assert next(DocBin().from_bytes(saved).get_docs(doc.vocab))._.quotes == before
    assert Doc(doc.vocab).from_bytes(doc.to_bytes(exclude=["user_data"]))._.quotes == before
    joined = Doc.from_docs([doc, doc])
    assert len(joined._.quotes) == 2 * len(before)
    assert not violations(joined.text, joined._.quotes)
    with doc.retokenize() as retokenizer:
        for span in filter_spans([*doc.ents, *doc.noun_chunks]):
            retokenizer.merge(span)
    assert doc._.quotes == before


READ = """
import json, sys
sys.path.insert(0, sys.argv[1])
import quotes
from support.random_texts import plain, random_text, violations
seeds, database = json.loads(sys.argv[2]), sys.argv[3]
docs = quotes.load().pipe(map(random_text, seeds), batch_size=len(seeds))
read = {str(seed): plain(doc) for seed, doc in zip(seeds, docs, strict=True)}
texts = {seed: random_text(seed).encode("utf-8", "replace").decode().replace("\\0", " ") for seed in seeds}
quotes.extract((quotes.Article(str(seed), text, f"{seed}.txt") for seed, text in texts.items()), database)
with quotes.open(database) as store:
    print(json.dumps([read, sorted(store.export(), key=lambda row: row["id"])], sort_keys=True))
"""


def read_with(hash_seed: str, seeds: list[int], database: Path) -> "subprocess.Popen[str]":
    """A process that prints what it finds in random texts, and a database of them; ``hash_seed`` orders its sets."""
    command = [sys.executable, "-c", READ, str(Path(__file__).parent), json.dumps(seeds), str(database)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONHASHSEED": hash_seed}
    )


def test_neither_the_process_nor_its_hash_seed_nor_the_order_matters(tmp_path: Path) -> None:
    seeds = list(range(70_000, 70_060))
    processes = [read_with("1", seeds, tmp_path / "1.db"), read_with("2", seeds[::-1], tmp_path / "2.db")]
    (read, linked), other = (json.loads(process.communicate()[0]) for process in processes)
    assert other == [read, linked]
    here = quotes.load()
    assert read == {str(seed): json.loads(json.dumps(plain(here(random_text(seed))))) for seed in seeds}
    assert sum(map(len, read.values())) > 100
    assert len({row["statement"] for row in linked}) < len(linked) > 100
