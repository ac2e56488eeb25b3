"""Loggers of the package: one a module, all under "quotes", silent unless a program asks for them.

With level INFO ``extract`` tells each article that it has read.

>>> import logging
>>> logging.basicConfig()                              # doctest: +SKIP
>>> logging.getLogger("quotes").setLevel(logging.INFO)  # doctest: +SKIP
"""

import logging

logging.getLogger("quotes").addHandler(logging.NullHandler())


def logger(module: str) -> logging.Logger:
    """The logger of a module: ``LOG = logger(__name__)``.

    Modules that ``quotes search`` needs do not log: importing ``logging`` would be a tenth of its start.
    """
    return logging.getLogger(module)
