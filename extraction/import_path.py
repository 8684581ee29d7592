"""Keeps the current folder off the import path of this process and of the Python processes that it starts.

``python -c`` and ``python -m``, by which :mod:`multiprocessing` starts its fork server, its spawned processes and its
resource tracker, put the current folder first on the path: a file ``yaml.py`` beside the documents would be executed,
and a folder ``extraction`` taken for the package. ``PYTHONSAFEPATH`` (Python 3.11) prevents it in every process that
inherits the environment, which covers those that the standard library starts for us.
"""

from __future__ import annotations

import os
import sys


def leave_out_current_folder() -> None:
    """Take the current folder off the import path of this process and of all Python processes started later."""
    os.environ["PYTHONSAFEPATH"] = "1"
    sys.path[:] = [folder for folder in sys.path if folder]  # the empty name is the current folder
