"""Words as data, one a line in ``en/``, and the questions one asks of them.

``words`` reads a list; ``cues`` and ``acts`` know verbs that report, ``roles``, ``titles`` and ``given_names`` people,
``outlets`` the press, ``called`` and ``headlines`` what is no name and no title.
"""
