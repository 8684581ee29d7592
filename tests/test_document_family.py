"""The family of a text: a law, a judgment, a letter or something else, by words, layout and what the rules find."""

from __future__ import annotations

from nlp.document_family import JUDGMENT, LAW, families, features
from nlp.document_type import find_document_type, rule_findings

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
JUDGMENT_FR = """Que le tribunal a rejeté la demande au motif que la partie appelante ne rapportait pas la preuve de
la faute alléguée ; que l'intimé conclut à la confirmation du jugement entrepris et à la condamnation de
l'appelante aux dépens. Attendu que la cour constate que le contrat a été résilié sans préavis ; que la
faute de l'intimé est établie par les pièces versées aux débats ; qu'il y a lieu d'infirmer le jugement et
de condamner l'intimé à payer à l'appelante la somme réclamée. Attendu que la demande de dommages et
intérêts n'est pas fondée, l'appelante ne justifiant d'aucun préjudice distinct ; qu'elle en sera déboutée.
Attendu que l'intimé, qui succombe, supportera les dépens de première instance et d'appel."""
GUIDANCE_EN = """You can claim the allowance online if your employer has not already paid it. You will need your tax
reference number and the dates on which you worked from home. We will write to you within six weeks. If
you are not sure which form to use, contact our helpline or visit your local office. This guide is
published for information only and explains how we apply the rules. For example, a nurse who buys her own
uniform may claim the cost of washing it. You should keep your receipts for five years. Further
information about other allowances is available on our website, where you can also register for our
newsletter and book an appointment. How do I change my address? Sign in to your account and choose the
page with your personal details."""


def likely(text: str) -> dict[str, float]:
    return dict(families(*rule_findings(text)))


def test_a_passage_has_the_family_of_its_words() -> None:
    for text, name in ((LAW_ES, LAW), (JUDGMENT_EN, JUDGMENT), (JUDGMENT_FR, JUDGMENT)):
        found = likely(text)
        assert max(found, key=lambda key: found[key]) == name


def test_probabilities_sum_to_one() -> None:
    assert abs(sum(likely(LAW_ES).values()) - 1) < 1e-5


def test_a_passage_of_a_judgment_without_heading_is_a_judgment() -> None:
    found = find_document_type(JUDGMENT_FR)
    assert found.label == "judgment"
    assert 0.5 <= found.confidence < 1


def test_guidance_is_of_unknown_type() -> None:
    assert find_document_type(GUIDANCE_EN).label == "unknown"


def test_words_of_short_texts_and_of_letters_decide_nothing() -> None:
    found = find_document_type(JUDGMENT_FR[:300])
    assert found == rule_findings(JUDGMENT_FR[:300])[2].found
    letter = "To the competent authority of the French Republic\n" + GUIDANCE_EN
    assert find_document_type(letter) == rule_findings(letter)[2].found


def test_features_are_of_the_beginning_and_count_words_pairs_and_beginnings_of_words() -> None:
    text = "Attendu que la demande " + "x " * 6_000 + "Zollverwaltung"
    found = features(*rule_findings(text))
    assert {"attendu", "attendu que", "~atten"} <= found.words
    assert "zollverwaltung" not in found.words


def test_words_alone_are_no_type() -> None:
    assert find_document_type("We walked to the harbour and had lunch. " * 40).label == "unknown"


def test_a_decree_of_a_president_and_ministers_is_a_regulation() -> None:
    text = (
        "Nº 30112-H\nEL PRESIDENTE DE LA REPÚBLICA\nY EL MINISTRO DE HACIENDA\nEn ejercicio de sus atribuciones,\n"
        "Decretan:\n"
        "Artículo 1º—Modifícase el artículo 4 del reglamento."
    )
    assert find_document_type(text).label == "regulation"
