"""A name in, its parts and the names that it can be the same as out.

- ``person``: given names, surname, suffix, titles; which names can be one person's.
- ``organisation``: core, office, country; acronyms and short forms.
- ``normalise``: the form in which names are compared, and their ids.
- ``suggestions``: known names that resemble a mistyped one.
"""
