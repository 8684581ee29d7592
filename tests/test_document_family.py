"""The family of a passage without heading, by its words."""

from __future__ import annotations

from nlp.document_family import JUDGMENT, LAW, family
from nlp.document_type import find_document_type

LAW_ES = """Artículo 14. El Ministerio llevará un registro de las personas autorizadas. Artículo 15. La presente ley
entrará en vigor el día de su publicación en el diario oficial. Artículo 16. El Poder Ejecutivo dictará
el reglamento de esta ley en el plazo de noventa días. Artículo 17. Las autoridades de la administración
pública deberán adoptar las medidas que sean necesarias para el cumplimiento de sus disposiciones.
Artículo 18. El director podrá delegar sus funciones."""
JUDGMENT_EN = """The appellant contends that the learned judge erred in refusing leave. Counsel for the respondent
submitted that the court below had no jurisdiction to hear the application and that the claimant had not
discharged the burden of proof. I am satisfied on the evidence before me that the defendant was not
given notice of the hearing. In my view the appeal must succeed, and the order of the High Court is set
aside with costs to the appellant in this court and below. The respondent relied on the affidavit of the
first witness, whose evidence the trial judge rejected as unreliable."""


def test_a_passage_has_the_family_of_its_words() -> None:
    assert family(LAW_ES)[0] == LAW
    assert family(JUDGMENT_EN)[0] == JUDGMENT


def test_a_text_of_few_known_words_has_no_family() -> None:
    assert family("Gracias, un saludo") == ("", 0.0)


def test_words_alone_are_no_type() -> None:
    assert find_document_type("We walked to the harbour and had lunch. " * 40).label == "unknown"


def test_a_decree_of_a_president_and_ministers_is_a_regulation() -> None:
    text = (
        "Nº 30112-H\nEL PRESIDENTE DE LA REPÚBLICA\nY EL MINISTRO DE HACIENDA\nEn ejercicio de sus atribuciones,\n"
        "Decretan:\n"
        "Artículo 1º—Modifícase el artículo 4 del reglamento."
    )
    assert find_document_type(text).label == "regulation"
