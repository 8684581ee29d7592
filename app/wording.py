"""The catalogue of wording for pages, command line and exports, by key and language.

A key names a capability and a text: ``search.remove_all``, ``command_line.ingest.help``. Sentences of errors
(``resources/messages.yaml`` of each package) and labels of codes (``resources/labels.yaml``) are separate.
"""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

VARIETIES = {"pt-PT": "pt"}  # the catalogue of a variety has only what differs from its language


def base_language(variety: str) -> str:
    """Return the language (es, pt, en or fr) of a language or variety."""
    return VARIETIES.get(variety, variety)


@cache
def catalogue(language: str) -> Translations:
    """Compile the ``.po`` file of ``language`` (es, pt, en, fr, or a key of ``VARIETIES``) in memory."""
    with files("app").joinpath(f"translations/{language}.po").open("rb") as source:
        messages = read_po(source, locale=base_language(language))
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    translations = Translations(compiled)
    if language in VARIETIES:
        translations.add_fallback(catalogue(base_language(language)))
    return translations


def has_wording(key: str) -> bool:
    return catalogue("en").gettext(key) != key


def wording(key: str, language: str, **facts: object) -> str:
    """Return the text of ``key`` in ``language``, filled with facts; raises ``KeyError`` if missing."""
    words: str = catalogue(language).gettext(key)
    if words == key:
        raise KeyError(key)
    return words.format(**facts)
