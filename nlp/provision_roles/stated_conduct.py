"""The words of a provision that state its conduct: without a penalty in front of them and without laws that are cited.

"Será castigado con presidio mayor: a) El que oculte bienes, a sabiendas de que provienen de los delitos contemplados
en la ley N° 20.000, que sanciona el tráfico de estupefacientes; en el artículo 10 de la ley N° 17.798" is about hiding,
not about the offences of the laws in its list. The patterns are in ``resources/provision_roles.yaml``.
"""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.editorial_notes import notes_end
from nlp.folding import fold

_READ = 6_000  # characters of the body
_SIGNS = " .-*\n"
_SPACES = regex.compile(r" {2,}")


def stated_conduct(body: str, language: str) -> str:
    """Return the beginning of a provision's ``body`` from its conduct on, without cited laws and their titles.

    The editor's notes before it are left out too. The body of another language than those with patterns is returned
    unchanged.
    """
    if language not in load("nlp.provision_roles")["penalty_first"]:
        return body
    text = body[:_READ].lstrip(_SIGNS)
    noted = notes_end(fold(text), 0, len(text), language)
    text = text[noted:].lstrip(_SIGNS)
    folded = fold(text)
    if not (lead := _pattern("penalty_first", language).match(folded)) and not _cites(folded, language):
        return text if noted else body
    text = text[lead.end() :] if lead else text
    for name in ("cited_title", "cited_item"):
        ranges = [match.span() for match in _pattern(name, language).finditer(fold(text))]
        for start, end in ranges:
            text = text[:start] + " " * (end - start) + text[end:]
    return _SPACES.sub(" ", text)


def _cites(folded: str, language: str) -> bool:
    """Return whether laws are cited in a list of several."""
    return len(_pattern("cited_item", language).findall(folded)) > 1


@cache
def _pattern(name: str, language: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.provision_roles")[name].get(language, "(?!)"))
