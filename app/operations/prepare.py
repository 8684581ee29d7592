"""Fill the build cache of an installation: ``python -m app.operations.prepare``.

``make install`` and the bundle run it. Without it the first commands fill the cache where they may write beside the
program, and every command starts slowly where they may not.
"""

from __future__ import annotations

import compileall
from importlib.resources import files
from pathlib import Path

from app.wording import VARIETIES, catalogue
from extraction.errors import LANGUAGES
from extraction.resource import load

PACKAGES = ("extraction", "nlp", "indexing", "app")
RESOURCES = tuple(
    sorted(
        f"{package}.{Path(entry.name).stem}"
        for package in PACKAGES
        for entry in files(package).joinpath("resources").iterdir()
        if entry.name.endswith(".yaml")
    )
)
# One sentence in each language compiles the expressions of each.
_TEXT = "El juez ordenó la entrega.\n\nO juiz mandou.\n\nThe court so ordered.\n\nLe tribunal l’a ordonné."


def main() -> None:
    """Compute all that an image of the program should have ready: byte code, resources, catalogues and patterns."""
    for package in PACKAGES:
        compileall.compile_dir(str(files(package)), quiet=2)
    for name in RESOURCES:
        load(name)
    for language in (*LANGUAGES, *VARIETIES):
        catalogue(language)
    _languages()


def _languages() -> None:
    """Fill the cache with what queries and annotations need, by using it once in each language."""
    from nlp.concepts.query import concepts_of_query
    from nlp.dictionaries import is_known
    from nlp.pipeline import annotate, compile_patterns

    compile_patterns()
    annotate(_TEXT)
    for language in LANGUAGES:
        concepts_of_query("delito", language)
        is_known("casa", language)


if __name__ == "__main__":
    main()
