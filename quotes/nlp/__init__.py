"""The embedded model: a text in, logits and annotations of a spaCy Doc out.

``tokenizer`` accepts any text, ``encoder`` gives logits and sentence embeddings, ``decoding`` searches in logits,
``syntax`` sets tags, dependencies, sentences and entities, ``morphology`` parts of speech and lemmas; ``dependents``
asks a parse: for a subject, an object, where a phrase stands.
"""
