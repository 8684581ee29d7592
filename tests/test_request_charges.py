"""Charges stated away from a name, capacities that have changed, roles of relatives and in lists, in four languages."""

from __future__ import annotations

import pytest

from nlp.pipeline import annotate
from nlp.requests.persons.persons import find_candidates, read_persons
from nlp.requests.reading import request_context

HEADS = {
    "es": "A las autoridades judiciales competentes de Chile\n\nEl Juzgado de lo Penal N.º 2 solicita asistencia "
    "judicial en la causa 123/2025 por estafa, al amparo de la Convención Interamericana sobre Asistencia Mutua en "
    "Materia Penal.\n\n",
    "pt": "Às autoridades judiciárias competentes do Brasil\n\nO Ministério Público de Lisboa solicita auxílio "
    "judiciário no processo 77/24.0TELSB por burla qualificada, ao abrigo da Convenção da CPLP.\n\n",
    "en": "To the Central Authority of Spain\n\nThe Director of Public Prosecutions requests assistance in case 5/2025 "
    "on fraud, under the United Nations Convention against Corruption.\n\n",
    "fr": "Aux autorités judiciaires compétentes du Canada\n\nLe juge d'instruction de Lyon sollicite l'entraide "
    "judiciaire dans l'information 12/25 du chef d'escroquerie, sur le fondement de la Convention des Nations Unies "
    "contre la corruption.\n\n",
}
LETTERS = [
    (
        "es",
        "Rosa Tello Vidal recibió el dinero en marzo de 2024. La imputada cobró tres cheques. Se pide el "
        "extracto de su cuenta.",
        {"Rosa Tello Vidal": "accused"},
    ),
    (
        "es",
        "Se investiga a Pedro Luna Gil y a Marta Soria Paz por estos hechos. A ambos se les formuló "
        "imputación el 3 de mayo de 2025.",
        {"Pedro Luna Gil": "accused", "Marta Soria Paz": "accused"},
    ),
    (
        "es",
        "La causa se sigue contra Julio Mora Rey y Elsa Pino Arce. Ninguno de los dos ha sido acusado todavía.",
        {"Julio Mora Rey": "suspect", "Elsa Pino Arce": "suspect"},
    ),
    (
        "es",
        "Tomás Ruiz Vela fue acusado el 2 de abril de 2025; no así su hermano Raúl Ruiz Vela, que sigue "
        "siendo investigado.",
        {"Tomás Ruiz Vela": "accused", "Raúl Ruiz Vela": "suspect"},
    ),
    (
        "es",
        "El chofer Luis Ramos Peña, oído hasta ahora como testigo, pasó a ser investigado el 4 de mayo de 2025.",
        {"Luis Ramos Peña": "suspect"},
    ),
    (
        "es",
        "Ana Gil Soto había sido interrogada como sospechosa; hoy figura en la causa como víctima.",
        {"Ana Gil Soto": "victim"},
    ),
    (
        "pt",
        "Nos autos em que é arguida Carla Dias Neto foi deduzida acusação em 4 de março de 2025. Pede-se a "
        "notificação da arguida.",
        {"Carla Dias Neto": "accused"},
    ),
    (
        "pt",
        "Corre inquérito em que foi constituído arguido Rui Melo Faria. O prazo para deduzir acusação termina"
        " em 3 de maio.",
        {"Rui Melo Faria": "suspect"},
    ),
    (
        "pt",
        "O motorista Davi Lobo Reis, até aqui ouvido apenas como testemunha, passou a ser investigado. Pede-"
        "se a sua oitiva.",
        {"Davi Lobo Reis": "suspect"},
    ),
    (
        "pt",
        "Os irmãos Sérgio Rocha Lima e Sílvio Rocha Lima são investigados por corrupção. Ainda não foram denunciados.",
        {"Sérgio Rocha Lima": "suspect", "Sílvio Rocha Lima": "suspect"},
    ),
    (
        "pt",
        "O telemóvel pertence ao sogro da vítima, senhor Alberto Monte.",
        {"Alberto Monte": "other_party"},
    ),
    (
        "en",
        "Mr Gordon Zahra has so far been heard as a witness only, but since 4 February 2026 he is treated as "
        "a suspect.",
        {"Gordon Zahra": "suspect"},
    ),
    (
        "en",
        "Peter Holt received the money. The accused opened an account in Madrid. His trial is set for 3 May 2026.",
        {"Peter Holt": "accused"},
    ),
    (
        "en",
        "The police are investigating Mark Dunn and his wife Joan Dunn. Neither of them has been charged.",
        {"Mark Dunn": "suspect", "Joan Dunn": "suspect"},
    ),
    (
        "en",
        "The shooting was seen by the victim's brother, Neil Bacchus, who gave a statement to the police.",
        {"Neil Bacchus": "witness"},
    ),
    (
        "en",
        "The seller, Sata Oy, and its managing director Pekka Raut are suspected of having known the destination.",
        {"Sata Oy": "suspect", "Pekka Raut": "suspect"},
    ),
    (
        "fr",
        "Jean Roux et sa sœur Anne Roux ont reçu les fonds. Les inculpés ont ouvert un compte à Montréal.",
        {"Jean Roux": "accused", "Anne Roux": "accused"},
    ),
    (
        "fr",
        "Le chauffeur Karim Saïd, d'abord entendu comme témoin, est désormais considéré comme suspect.",
        {"Karim Saïd": "suspect"},
    ),
    (
        "fr",
        "Bertrand Faure a acheté les pièces. Ce dernier, placé sous contrôle judiciaire après sa mise en "
        "examen le 4 décembre 2025, affirme les avoir payées.",
        {"Bertrand Faure": "accused"},
    ),
    (
        "fr",
        "L'enquête vise Luc Morel et la société Ferro SAS. Aucune poursuite n'est engagée à ce jour.",
        {"Luc Morel": "suspect"},
    ),
    (
        "es",
        "Sindicados: 1) Byron Lemus Paz; 2) Karla Ovalle Ruiz. Ninguno ha sido ligado a proceso.",
        {"Byron Lemus Paz": "suspect", "Karla Ovalle Ruiz": "suspect"},
    ),
    (
        "es",
        "Personas contra las que se dirige el procedimiento\n1. Raúl Ansa Prado, nacido el 3 de mayo de 1970. "
        "Investigado."
        "\n2. TRADING BIDEA, S.L., con domicilio social en Madrid. Persona jurídica investigada.\n\nHechos\nSe "
        "emitieron "
        "facturas falsas.",
        {"Raúl Ansa Prado": "suspect", "TRADING BIDEA, S.L.": "suspect"},
    ),
    (
        "es",
        "Se ruega la notificación de la sentencia 88/2025 a D. Karim Alaoui, vecino de Tánger, por la que se le "
        "impone la "
        "pena de tres años de prisión.",
        {"Karim Alaoui": "convicted"},
    ),
    (
        "pt",
        "O cidadão Braima Sanhá é procurado para cumprimento de pena de prisão de seis anos. Pede-se a sua "
        "localização.",
        {"Braima Sanhá": "convicted"},
    ),
    (
        "en",
        "Section E\nName: Mario Ellul Grech\nDate of birth: 5.6.1989\nPosition in the proceedings: [X] "
        "suspected or accused "
        "person  [ ] victim  [ ] witness\nSection G\nThe above is suspected to have prepared thirty-one false "
        "invoices.",
        {"Mario Ellul Grech": "suspect"},
    ),
    (
        "en",
        "The Garda suspects that Desmond Roche, born on 4 May 1979, and a company under his control, Kilmoyle Partners "
        "Limited, took deposits from pensioners. No charge has been preferred as yet.",
        {"Desmond Roche": "suspect", "Kilmoyle Partners Limited": "suspect"},
    ),
    (
        "fr",
        "Personnes visées :\n- Abdou Sène Faye, inculpé ;\n- Marème Fall Diop, contre laquelle il n'existe que "
        "des soupçons."
        "\nPlaignante : Mme Awa Ndiaye.",
        {"Abdou Sène Faye": "accused", "Marème Fall Diop": "suspect", "Awa Ndiaye": "victim"},
    ),
    (
        "fr",
        "Le jugement du 3 avril, définitif, déclare Teva Maru coupable d'escroquerie et ordonne la confiscation "
        "de ses biens.",
        {"Teva Maru": "convicted"},
    ),
    (
        "fr",
        "Prière de faire remettre à M. Leandro Pastor, demeurant à Rosario, l'arrêt du 5 mai 2026 qui l'a "
        "condamné à quatre "
        "ans d'emprisonnement.",
        {"Leandro Pastor": "convicted"},
    ),
    # nobody is charged
    (
        "en",
        "Three persons are under suspicion; none has been charged. They are Rodney Iturbe, born on 21 September 1972, "
        "and Carol Hylton, born on 3 May 1980.",
        {"Rodney Iturbe": "suspect", "Carol Hylton": "suspect"},
    ),
    # what the accused did to somebody
    (
        "en",
        "Gordon Blackman is charged with murder. On 31 December 2024 the accused struck Fiona Ross with a bottle; she "
        "was killed.",
        {"Gordon Blackman": "accused", "Fiona Ross": "victim"},
    ),
    (
        "es",
        "Está procesado Julio Mora Rey. El procesado golpeó a Elena Ruiz Mora, quien resultó lesionada.",
        {"Julio Mora Rey": "accused", "Elena Ruiz Mora": "victim"},
    ),
    (
        "fr",
        "Le prévenu Marc Delmas a comparu. Le prévenu a frappé Mme Claire Morel, qui a été blessée.",
        {"Marc Delmas": "accused", "Claire Morel": "victim"},
    ),
    # custody and charges by their national names
    (
        "fr",
        "L'information est suivie contre Paul Garnier, né le 15 mai 1980 à Lille, commerçant, sous mandat de dépôt.",
        {"Paul Garnier": "accused"},
    ),
    (
        "pt",
        "Entre 2021 e 2023 os denunciados Cláudio Bottari Lins e Sueli Mayumi Prado ofereceram contratos falsos.",
        {"Cláudio Bottari Lins": "accused", "Sueli Mayumi Prado": "accused"},
    ),
    # an abbreviation of a document is no end of a sentence
    (
        "es",
        "Se sigue causa a Luz Adriana Parra, colombiana, C.C. 43.118.207, nacida el 5 de febrero de 1986, imputada y "
        "detenida.",
        {"Luz Adriana Parra": "accused"},
    ),
    # victims who are heard as witnesses, and parents of a victim
    (
        "pt",
        "Pede-se a oitiva de Jéssica Lorena Ramos, brasileira, nascida em 29/11/1999, na qualidade de vítima.",
        {"Jéssica Lorena Ramos": "victim"},
    ),
    (
        "fr",
        "Nous demandons l'audition, en qualité de témoins, des mères des deux premières plaignantes, Mme Dalva Pereira "
        "et Mme Ivone Amaral.",
        {"Dalva Pereira": "witness", "Ivone Amaral": "witness"},
    ),
    (
        "en",
        "The logs are sought in an investigation of tax fraud against Joaquín Pereyra.",
        {"Joaquín Pereyra": "suspect"},
    ),
    # who is said to have no part in the facts
    (
        "en",
        "The account belongs to Marlon Castillo, a haulier, against whom nothing is alleged. Proceedings are pending "
        "against Peter Walsh.",
        {"Peter Walsh": "suspect", "Marlon Castillo": "account_holder"},
    ),
    # a witness who is heard beside a suspect
    (
        "es",
        "Se recibirá declaración a Óscar Reboredo Taboada en calidad de investigado y a la contable Luz Dary Henao en "
        "la de testigo.",
        {"Luz Dary Henao": "witness"},
    ),
    (
        "pt",
        "Que Thierry Lacassagne seja ouvido na qualidade de suspeito, e a sua contabilista, Odile Fourcade, na de "
        "testemunha.",
        {"Thierry Lacassagne": "suspect", "Odile Fourcade": "witness"},
    ),
]


@pytest.mark.parametrize(("language", "words", "expected"), LETTERS, ids=[words[:40] for _, words, _ in LETTERS])
def test_roles_follow_what_the_letter_states_of_a_charge_or_a_capacity(
    language: str, words: str, expected: dict[str, str]
) -> None:
    letter = HEADS[language] + words

    persons = [proposal.value for proposal in read_persons(request_context(letter, annotate(letter)))]

    roles = {person["name"]: person["role"] for person in persons if isinstance(person, dict)}
    assert {name: roles.get(name) for name in expected} == expected


def test_who_receives_papers_for_a_company_is_no_victim_by_the_words_in_the_person_of() -> None:
    letter = HEADS["pt"] + (
        "Notifique-se a sociedade Tropical Câmbios, Lda., terceira interessada, na pessoa do seu gerente, Paulino "
        "Dembo Katito."
    )

    candidates = find_candidates(request_context(letter, annotate(letter)))

    assert {one.party.name: one.role for one in candidates}["Paulino Dembo Katito"] == "other_party"
