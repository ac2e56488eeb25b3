"""A store in, the same store consistent out: what is linked when, and decisions of people.

- ``index``: an article is stored with what it is looked up by; ``link``: the door to linking, with ``quotations``,
  ``speakers``, ``duplicates``, ``denials`` and, when they are asked for, ``topics``.
- ``blocks``: mentions that blocking keys connect; ``embeddings``, ``likeness``: what is near in meaning.
- ``decisions``, ``quotation_decisions``: what a person says -> a correction; ``doubts``, ``speaker_doubts``: what to
  look at first.
- ``removal``, ``withdrawals``, ``erase``: articles and people taken out.
"""
