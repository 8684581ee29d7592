"""One comparison by concept is the same table for readers of every language."""

from __future__ import annotations

from pathlib import Path

from desk import Desk

from app.comparison.comparing import build_comparison
from app.comparison.table import ComparisonRequest
from extraction.errors import LANGUAGES
from indexing.access import LOCAL_USER

LAWS = {
    "loi": "# Loi sur le blanchiment\n\n## Article 1. Blanchiment de capitaux.\n\nLe blanchiment d'argent est le fait "
    "de dissimuler l'origine de biens. Le blanchiment est puni de cinq ans d'emprisonnement.\n",
    "act": "# Money Laundering Act\n\n## 1. Money laundering.\n\nA person who conceals the proceeds of a crime commits "
    "the offence of money laundering and is liable to imprisonment for 5 years for money laundering.\n",
}


def test_a_country_of_two_languages_brings_the_same_provision_to_all_readers(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for name, text in LAWS.items():
        desk.bring(f"{name}.md", text, "public", jurisdiction="CA", document_type="statute")
    tables = [
        build_comparison(
            ComparisonRequest(concept="ML", jurisdictions=("CA",), most=1, language=language),
            desk.store.access(LOCAL_USER),
            desk.installation.engine,
            None,
            desk.store,
        )
        for language in LANGUAGES
    ]
    assert tables[0].columns[0].provisions
    assert len({tuple(one.id for one in made.columns[0].provisions) for made in tables}) == 1
    desk.installation.close()
