"""A large database with the texts and quotations of a small one, many times over.

    quotes extract articles/ --database small.db
    python benchmarks/grown.py small.db large.db [--quotations 200000]
    python benchmarks/pages.py --database large.db

Unlike what pages.py makes up, words, names, lengths and kinds are those of real articles. Each round copies every
article with its quotations and statements under other ids and on other days. Whoever has three quotations or more is
the same speaker in every round, so that some have thousands; others are somebody else each time.
"""

import argparse
import shutil
import sqlite3
from pathlib import Path

from quotes.store.database import Store

FREQUENT = 3  # quotations of a speaker who is the same in every round
DAYS = 7  # between one round and the next
KEYS = {  # table -> the columns that hold an id, each with the table whose id it is
    "articles": {"id": "articles", "copy_of": "articles"},
    "speakers": {"id": "speakers"},
    "statements": {"id": "statements", "speaker": "speakers"},
    "quotes": {"id": "quotes", "article": "articles", "speaker": "speakers", "statement": "statements"},
    "spans": {"quote": "quotes"},
    "mentions": {"quote": "quotes"},
    "embeddings": {"quote": "quotes"},
    "candidates": {"quote": "quotes"},
    "statement_links": {"statement": "statements", "other": "statements"},
    "statement_topics": {"statement": "statements"},
}
DATES = ("published", "first_published", "last_published", "said_on")
IS_DAY = "glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"


def grow(db: sqlite3.Connection, quotations: int) -> int:
    """Copy what is there until there are so many quotations; returns how many rounds that took."""
    tables = {row[0] for row in db.execute("select name from sqlite_master where type = 'table'")}
    db.execute("create temp table same as select id from speakers where quotes >= ?", (FREQUENT,))
    for table in KEYS:
        if table in tables:
            db.execute(f"create temp table first_{table} as select * from main.{table}")
    own = db.execute("select count(*) from quotes").fetchone()[0]
    rounds = -(-quotations // own) - 1
    for number in range(1, rounds + 1):
        for table, keys in KEYS.items():
            if table in tables:
                _copy(db, table, keys, number)
    db.execute("update speakers set quotes = quotes * ? where id in (select id from same)", (rounds + 1,))
    db.execute("update speakers set articles = articles * ? where id in (select id from same)", (rounds + 1,))
    return rounds


def _copy(db: sqlite3.Connection, table: str, keys: dict[str, str], number: int) -> None:
    columns = [row[1] for row in db.execute(f"pragma table_info({table})")]
    values = []
    for column in columns:
        if column in keys and keys[column] == "speakers":
            values.append(
                f"case when {column} in (select id from same) then {column} else {column} || '-{number}' end"
            )
        elif column in keys:
            values.append(f"{column} || '-{number}'")
        elif column in DATES:
            shifted = f"date({column}, '-{number * DAYS} days')"
            values.append(f"case when {column} {IS_DAY} then {shifted} else {column} end")
        else:
            values.append(column)
    where = "where id not in (select id from same)" if table == "speakers" else ""
    db.execute(
        f"insert into {table} ({', '.join(columns)}) select {', '.join(values)} from first_{table} {where}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("database", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--quotations", type=int, default=200_000)
    options = parser.parse_args()
    with Store(options.database):
        pass  # one of ours, and up to date
    shutil.copy(options.database, options.out)
    with Store(options.out) as store:
        store.db.execute("pragma foreign_keys = off")
        store.db.execute("pragma synchronous = off")
        with store.transaction():
            rounds = grow(store.db, options.quotations)
        store.analyze()
        counts = store.counts()
    print(
        f"{rounds + 1} times over: "
        + ", ".join(f"{counts[name]:,} {name}" for name in ("articles", "quotes", "speakers"))
    )


if __name__ == "__main__":
    main()
