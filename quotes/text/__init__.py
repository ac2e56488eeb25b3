"""Strings in, offsets and strings out: no words are known here but those of dates.

- ``spans``: offsets, and how they overlap; ``paragraphs``, ``sentence_ends``: where a text stops.
- ``quotation_marks``: pairs of marks, with ``elisions`` for apostrophes; ``quoted``: what stands in them,
  ``outer_marks`` and ``standing_alone``: how it is shown.
- ``encoding``, ``sanitise``, ``plain_text``: bytes, control characters, markup; ``block_quotations``: what it shows.
- ``dates``, ``time_expressions``: days as they are written, and in running text.
- ``normalise``, ``alignment``, ``word_diff``, ``highlight``: texts compared; ``identifiers``, ``plural``: texts made.
"""
