"""Universal Dependencies v2 (English) -> the ClearNLP-style scheme of spaCy's English pipelines.

``english.convert`` runs the rules in order; each is a small function that rewrites a ``tree.Tree`` in place.
"""
