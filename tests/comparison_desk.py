"""Installation with invented laws of four countries, for the tests of comparisons."""

from __future__ import annotations

from pathlib import Path

from desk import Desk

COLLECTION = "comparison"
LAWS = {
    "ES": (
        "Ley 5/2031 contra el blanqueo de capitales",
        "2031-01-01",
        """## Artículo 1. Blanqueo de capitales.

El que adquiera o transmita bienes, sabiendo que provienen de un delito, será castigado con prisión de seis meses a \
seis años y multa.

## Artículo 2. Agravación.

La pena del blanqueo de capitales se impondrá en su mitad superior cuando los hechos se cometan por una organización.

## Artículo 3. Registro.

El registro de fundaciones se llevará en el ministerio, que publicará el blanqueo de capitales en su memoria.
""",
    ),
    "BR": (
        "Lei nº 77, de 2 de maio de 2031, sobre a lavagem de dinheiro",
        "2031-05-02",
        """Art. 1º Ocultar, na lavagem de dinheiro, a origem de bens, direitos ou valores.

Pena: reclusão, de 3 (três) a 10 (dez) anos, e multa.

Art. 2º Esta Lei entra em vigor na data de sua publicação.
""",
    ),
    "IE": (
        "Criminal Justice (Money Laundering) Act 2031",
        "2031-03-01",
        """## 1. Money laundering.

(1) A person commits an offence of money laundering if—

(a) the person acquires or conceals property that is the proceeds of a crime, and

(b) the person knows or is reckless as to that fact.

(2) A person guilty of an offence under this section is liable on conviction on indictment to imprisonment for a term \
not exceeding 14 years.

## 2. Short title.

This Act may be cited as the Criminal Justice (Money Laundering) Act 2031.
""",
    ),
    "FR": (
        "Code des infractions financières",
        "",
        """## Article 1

Le blanchiment est le fait de dissimuler l'origine des biens d'autrui en connaissance de cause.

Le blanchiment est puni de cinq ans d'emprisonnement et de 375 000 euros d'amende.

## Article 2

La tentative du blanchiment est punie des mêmes peines.
""",
    ),
}
LATER_SPANISH = "El que adquiera bienes será castigado con prisión de uno a ocho años por blanqueo de capitales."


def comparison_desk(folder: Path, collection: str = COLLECTION) -> Desk:
    """Return an installation that holds the laws; that of Spain in two versions."""
    desk = Desk(folder)
    fill(desk, collection)
    return desk


def fill(desk: Desk, collection: str) -> None:
    for country, (title, start, text) in LAWS.items():
        _bring(desk, collection, country, title, start, text)
    title, _, _ = LAWS["ES"]
    _bring(desk, collection, "ES", title, "2040-01-01", f"## Artículo 1. Blanqueo de capitales.\n\n{LATER_SPANISH}\n")


def _bring(desk: Desk, collection: str, country: str, title: str, start: str, text: str) -> None:
    days = f'in_force_from: "{start}"\n' if start else ""
    whole = f'---\ntitle: "{title}"\nidentifier: "{country}-1"\n{days}---\n# {title}\n\n{text}'
    desk.bring(f"{country}-{start or 'undated'}.md", whole, collection, jurisdiction=country, document_type="statute")
