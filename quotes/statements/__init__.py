"""Quotations of many articles -> statements, as text reuse is detected. No database, no spaCy, no model.

``normalise`` (comparable words), ``exact`` (equal words), ``fingerprints`` and ``blocking`` (what is compared),
``pair``, ``contradiction`` and ``compare`` (the decision on a pair), ``cluster``, ``unattributed`` (what has no sure
speaker), ``affected`` (what a change can reach), ``group`` (the door), ``settings`` (the thresholds).
"""
