"""What tasks hand to other tasks: rows in Arrow files, read one group after the other."""

from array import array
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from quotes.distributed import exchange
from quotes.distributed.exchange import (
    Gathered,
    SortedNumbers,
    batch,
    read_parts,
    read_sorted,
    with_shared_keys,
    write_parts,
)

SCHEMA = pa.schema([("who", pa.string()), ("number", pa.int64())])


@pytest.mark.parametrize("in_range", [1, 3, 100])
@pytest.mark.parametrize("held", [1, 2, 3, 100])
def test_rows_of_one_text_come_together_however_few_are_held(
    held: int, in_range: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "ROWS_AT_ONCE", held)
    monkeypatch.setattr(exchange, "ROWS_IN_RANGE", in_range)
    said = [[("moe", 1), (None, 2), ("ann", 3)], [("moe", 4), ("Zoë", 5), ("", 6), ("moe", 7)]]
    paths = [tmp_path / f"{at}.arrow" for at in range(2)]
    for path, rows in zip(paths, said, strict=True):
        ours = [{"who": who, "number": number} for who, number in rows]
        write_parts(path, SCHEMA, {1: ours, 0: [{"who": "moe", "number": 0}]}, 2)
    groups = [[row["number"] for row in rows] for rows in read_sorted(paths, 1, "who")]
    assert groups == [[2, 6], [5], [3], [1, 4, 7]]


def test_rows_come_in_the_order_of_keys_and_those_without_one_are_left_out(tmp_path: Path) -> None:
    write_parts(tmp_path / "0.arrow", SCHEMA, {0: [{"who": "ann", "number": at} for at in range(6)]}, 1)

    def key(numbers: pa.Array) -> pa.Array:
        return pa.array(
            [None if number == 3 else -(number % 2) for number in numbers.to_pylist()], pa.int64()
        )

    groups = [
        [row["number"] for row in rows] for rows in read_sorted([tmp_path / "0.arrow"], 0, "number", key)
    ]
    assert groups == [[1, 5], [0, 2, 4]]
    assert [list(row) for rows in read_sorted([tmp_path / "0.arrow"], 0, "number", key) for row in rows] == [
        SCHEMA.names
    ] * 5


def test_a_partition_without_rows_has_no_group(tmp_path: Path) -> None:
    write_parts(tmp_path / "0.arrow", SCHEMA, {}, 2)
    assert list(read_sorted([tmp_path / "0.arrow"], 1, "who")) == []


def test_gathered_rows_are_written_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "ROWS_AT_ONCE", 2)
    gathered = Gathered(SCHEMA, lambda row: {"who": row[0], "number": row[1]})
    gathered.append(("ann", 1))
    gathered.extend([("moe", 2), (None, 3)])
    gathered.write(tmp_path / "0.arrow")
    rows = [tuple(row.values()) for row in read_parts([tmp_path / "0.arrow"], 0)]
    assert rows == [("ann", 1), ("moe", 2), (None, 3)]


def test_sorted_numbers_have_what_they_were_made_of() -> None:
    numbers = SortedNumbers(array("q", [-(2**63), -3, 5, 2**63 - 1]))
    assert [number for number in (-(2**63), -4, -3, 0, 5, 6, 2**63 - 1) if number in numbers] == [
        -(2**63),
        -3,
        5,
        2**63 - 1,
    ]
    assert 1 not in SortedNumbers(array("q"))


def test_columns_come_in_the_order_in_which_they_are_asked_for(tmp_path: Path) -> None:
    write_parts(tmp_path / "0.arrow", SCHEMA, {1: [{"who": "ann", "number": 7}]}, 2)
    assert batch(tmp_path / "0.arrow", 1, ["number", "who"]).to_pydict() == {"number": [7], "who": ["ann"]}
    assert batch(tmp_path / "0.arrow", 1, ["who"]).to_pylist() == [{"who": "ann"}]


def test_keys_that_no_other_has_connect_nothing() -> None:
    pairs = np.array([[0, 50], [0, 60], [1, 60], [2, 70], [1, 80], [2, 60]])
    assert with_shared_keys(pairs).tolist() == [[0, 60], [1, 60], [2, 60]]
    assert with_shared_keys(pairs[:1]).tolist() == []
