"""A corpus beyond one machine: shards that any engine can run, linking by partition, databases of what is asked for.

``extract`` reads articles shard by shard, each into one Parquet file; ``link`` ties the quotations of all shards
together; ``build`` makes a database of them, or of a slice. All three go on where an earlier run ended, and their
tasks run in processes of this machine or, with ``engine="ray"``, of a cluster. ``docs/scale.md`` is the guide.

Modules: ``rows`` (articles with nested quotations, as dicts and in Arrow), ``corpus`` (what is in the folder, and how
targets are cut into shards), ``shards`` (one shard, a pure function), ``tasks``, ``engines`` and
``ray_engine`` (what is run, and who runs it), ``extraction`` (the door to reading),
``steps``, ``statement_steps``, ``hubs`` and ``linking`` (the same for linking), ``exchange``, ``results`` and
``components`` (what linking hands on, leaves, and divides by), ``building`` (databases).
"""

from quotes.distributed.building import build
from quotes.distributed.extraction import ShardOutcome, extract
from quotes.distributed.linking import link

__all__ = ["ShardOutcome", "build", "extract", "link"]
