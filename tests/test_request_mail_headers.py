"""Senders and recipients of a mail are contacts: neither their addresses nor their names are of the case."""

from __future__ import annotations

import pytest

from app.requests.matching.parties import parties_of
from nlp.pipeline import annotate
from nlp.requests.reading import read_request

MAILS = [
    (
        'De: Marta Iglesias <miglesias@fiscalia-bombarda.example>\n'
        "Para: Pedro Lacalle <p.lacalle@mp-vanuatu.example>\n"
        "CC: jramos@fiscalia-bombarda.example;\n lprado@embajada.example\n"
        "Fecha: 12 de enero de 2026\nAsunto: Solicitud de asistencia judicial\n\n"
        "La Fiscalía de Bombarda (Uruguay) solicita a las autoridades de Paraguay los datos de la cuenta de correo "
        "oculta@example.org usada por el investigado Juan Pérez Gómez.\n\n"
        'Marta Iglesias, alias "Marti", fiscal adscrita\n',
        {"oculta@example.org", "Juan Pérez Gómez"},
    ),
    (
        "De: Carla Nunes <cnunes@mpf-bombarda.example>\nEnviado: segunda-feira, 12 de janeiro de 2026\n"
        "Para: rtavares@orgao.example\nCc: hsouza@mpf-bombarda.example\nAssunto: Pedido de cooperação\n\n"
        "O Ministério Público do Brasil solicita às autoridades do Paraguai os dados do titular da conta de e-mail "
        "fornecedor77@example.org, usada por João Mendes.\nResposta a plantao@mpf-bombarda.example.\n",
        {"fornecedor77@example.org", "João Mendes"},
    ),
    (
        'To: "O\'Dell, Ann" <aodell@state.example>\nFrom: Hugh Kirwan <hkirwan@prosecution.example>\n'
        "Cc: <tmoss@prosecution.example>, Liz Fry <lfry@mission.example>\nDate: 12 January 2026\n\n"
        "The Director of Public Prosecutions of Jamaica requests the authorities of Ireland to obtain subscriber data "
        "of the account harbour.freight@example.org used by Peter Stone.\n",
        {"harbour.freight@example.org", "Peter Stone"},
    ),
    (
        "De : Anne Berthier <aberthier@cour.example>\nÀ : Marc Levasseur <mlevasseur@bureau.example>\n"
        "Cc : ploiseau@cour.example\nObjet : Demande d'entraide\n\n"
        "Le procureur de la République française demande aux autorités belges les données du titulaire de l'adresse "
        "comptoir.nord@example.org, utilisée par Paul Girard.\n",
        {"comptoir.nord@example.org", "Paul Girard"},
    ),
    # Mail of a provider for everyone: only the address itself is the sender's.
    (
        "De: fiscalia.sur@gmail.com\nPara: enlace@policia.example\nAsunto: Solicitud\n\n"
        "La Fiscalía de Bombarda (Uruguay) solicita a las autoridades de Paraguay los datos del titular de la cuenta "
        "de correo lanchero88@gmail.com.\n",
        {"lanchero88@gmail.com"},
    ),
    # A mail that is evidence, behind the letter, has no contacts of the authorities.
    (
        "CARTA ROGATORIA\n\nEn la causa seguida por estafa contra personas aún no identificadas, que desde marzo "
        "engañaron a los empleados de una naviera mediante facturas falsas con datos de cuentas en el extranjero, y "
        "por las que la naviera pagó en cuatro ocasiones, se dirige la presente a las autoridades competentes.\n\n"
        "La Fiscalía de Bombarda (Uruguay) solicita a las autoridades de Paraguay los datos del "
        "titular de la cuenta desde la cual se envió este mensaje a la víctima:\n\n"
        "De: lanchero88@example.org\nPara: botero9@example.org\nAsunto: pago\n\n"
        "El mensaje consta en la causa junto con las facturas que lo acompañaban y las declaraciones prestadas por los "
        "empleados de la naviera ante esta Fiscalía en el mes de abril.\n",
        {"lanchero88@example.org", "botero9@example.org"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MAILS)
def test_only_persons_and_addresses_of_the_case_are_matched(text: str, expected: set[str]) -> None:
    fields = read_request(text, annotate(text)).fields
    read = {
        key: [{"value": one.value, "start": one.start, "end": one.end} for one in fields.get(key, ())]
        for key in ("persons", "identifiers")
    }
    assert {party.name for party in parties_of(read)} == expected
