"""The catalogue of wording for pages, command line and exports, by key and language.

A key names a capability and a text: ``search.remove_all``, ``command_line.ingest.help``. Sentences of errors
(``resources/messages.yaml`` of each package) and labels of codes (``resources/labels.yaml``) are separate.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files

from extraction.build_cache import kept

# To be increased with a change in what is stored of a catalogue.
_FORMAT = b"1\0"
VARIETIES = {"pt-PT": "pt"}  # the catalogue of a variety has only what differs from its language


class Catalogue(GNUTranslations):
    """Texts by key, also under the older names of the methods, which Flask-Babel calls.

    ``babel.support.Translations`` does the same, but its import takes a tenth of the start of a command.
    """

    ugettext = GNUTranslations.gettext
    ungettext = GNUTranslations.ngettext


def base_language(variety: str) -> str:
    """Return the language (es, pt, en or fr) of a language or variety."""
    return VARIETIES.get(variety, variety)


def worded_in(words: Mapping[str, str], variety: str) -> str:
    """Return the words of ``variety``, or else those of its language, which has the words of all its varieties."""
    return words.get(variety) or words[base_language(variety)]


@cache
def catalogue(language: str) -> Catalogue:
    """Return the texts of ``language`` (es, pt, en, fr, or a key of ``VARIETIES``)."""
    source = files("app").joinpath(f"translations/{language}.po").read_bytes()
    compiled = kept(f"app.translations.{language}", _FORMAT + source, bytes, lambda: _compiled(source, language))
    translations = Catalogue(io.BytesIO(compiled))
    if language in VARIETIES:
        translations.add_fallback(catalogue(base_language(language)))
    return translations


def _compiled(source: bytes, language: str) -> bytes:
    """Return a ``.po`` file as the ``.mo`` file of gettext."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source), locale=base_language(language)))
    return compiled.getvalue()


def has_wording(key: str) -> bool:
    """Return whether the catalogues have a key."""
    return catalogue("en").gettext(key) != key


def enumerated(parts: Iterable[str], language: str) -> str:
    """Return ``parts`` with the semicolon of ``language`` between them (French sets a space before it)."""
    return f"{wording('common.semicolon', language)} ".join(parts)


def wording(key: str, language: str, **facts: object) -> str:
    """Return the text of ``key`` in ``language``, filled with facts; raises ``KeyError`` if missing."""
    words: str = catalogue(language).gettext(key)
    if words == key:
        raise KeyError(key)
    return words.format(**facts)


def counted(key: str, count: int, language: str) -> str:
    """Return the text of ``key`` in the form for ``count``, filled with it as ``n``."""
    return catalogue(language).ngettext(key, key, count) % {"n": count}
