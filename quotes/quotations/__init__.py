"""Within an article: a Doc and the encoder's logits in, attributions (content, cue, source, relay) out.

``passes.find_attributions`` is the door: it decodes, then runs the passes in a fixed order. In the order of reading:

- ``attribution``: what is handed from pass to pass; ``settings``: the thresholds; ``decoder``, ``span_linking``: logits
  -> attributions, ``label_probabilities``: how likely each is.
- ``boundaries`` with ``introductions``, ``asides``, ``time_stamps``: contents agree with the quotation marks.
- ``layout``: what no sentence says, in ``transcripts``, ``interviews``, ``dialogue``, ``blocks``; ``name_lines`` and
  ``opening_words`` beside a quotation.
- ``clauses``: what the parse says; of sources ``sources``, ``whole_sources``, ``hearings``, ``datelines``; of cues
  ``missed_cues``, ``according``, ``predicates``, ``denied_claims``.
- ``continued``: paragraphs that go on; ``relays``: who passed it on; ``edges``, ``endings``: where words begin and end.
- ``acts``, ``polarity``, ``governors``: what is done with the words, and whether they were said; ``occasion``: when
  and where.
- ``filter``, ``topics``: what is kept; ``calibration``: how sure it is; ``logistic``: the regressions of these.
- ``unseen``: where all is wanted, cues that the tagger does not see.
"""
