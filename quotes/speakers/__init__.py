"""Mentions of many articles -> speakers, as record linkage does it. No database, no spaCy, no model.

``records`` (what is linked), ``blocking`` (what is compared), ``people``, ``organisations`` and ``name_variants``
(which names mean one speaker), ``resolve`` (the door), ``settings`` (the thresholds).
"""
