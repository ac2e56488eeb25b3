"""Within an article: a Doc and the encoder's logits in, attributions (content, cue, source, relay) out.

``passes.find_attributions`` is the door. It decodes (``decoder``, ``span_linking``) and runs the passes ``boundaries``,
``layout``, ``clauses`` with ``sources``, ``relays``. ``filter`` says what is kept, ``calibration`` how sure it is.
"""
