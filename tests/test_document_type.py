"""Type of a document with its evidence."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from nlp.annotations import Hints
from nlp.document_kinds import is_legislation
from nlp.document_type import find_document_type
from nlp.title import find_title

ARTICLES = "\n".join(f"Artículo {n}. El que cometa este delito será sancionado con prisión." for n in range(1, 12))

TYPES = [
    (
        "CARTA ROGATORIA\nEl Juez exhortante solicita la declaración del testigo.\nHECHOS\nSe dictó sentencia.",
        "rogatory_letter",
    ),
    ("CARTA ROGATÓRIA\nO Doutor João, Juiz Federal, FAZ SABER à Justiça rogada.", "rogatory_letter"),
    ("COMMISSION ROGATOIRE INTERNATIONALE\nNous, juge d'instruction, prions les autorités.", "rogatory_letter"),
    # the heading of an article is enough, whatever the title
    ("# Ley 1/2020\n\n## Artículo 1\n\nEl que oculte bienes será castigado con prisión de un año.", "statute"),
    ("Artículo 1\nLa extradición se concederá por tratado.", "statute"),
    # one expression of laws in a commentary names no type
    ("Dans l’article XVI il est dit que les États parties coopèrent entre eux. La presse l’a rapporté.", "unknown"),
    (
        "El nuevo régimen se publicó ayer; la exposición de motivos, breve, no lo explica. Los autores discrepan.",
        "unknown",
    ),
    ("A lei nova entra em vigor em janeiro. Quem perde com a mudança? Muitos comentadores duvidam dela.", "unknown"),
    ("Royal Assent was given last week, and shopkeepers complain that nobody told them.", "unknown"),
    # decisions by how they speak of what they decide
    ("APELAÇÕES CÍVEIS. DIREITO ADMINISTRATIVO. CONVERSÃO DA MOEDA. RECURSO CONHECIDO E NÃO PROVIDO.", "judgment"),
    ("Corresponde a esta Corte de Apelaciones decidir el recurso de apelación interpuesto por la Fiscal.", "judgment"),
    ("12. The appellant submits that the learned judge erred. In my judgment he did not.", "judgment"),
    ("Le moyen fait grief à l’arrêt attaqué de rejeter la demande.", "judgment"),
    ("INTERNATIONAL LETTER OF REQUEST\nTo the competent judicial authorities of Peru", "rogatory_letter"),
    ("SOLICITUD DE ASISTENCIA JUDICIAL INTERNACIONAL\nAutoridad requirente: Fiscalía", "mla_request"),
    ("FORMULÁRIO DE AUXÍLIO JURÍDICO EM MATÉRIA PENAL\n1. Destinatário", "mla_request"),
    ("REQUEST FOR MUTUAL LEGAL ASSISTANCE\nFacts\nAssistance requested", "mla_request"),
    ("DEMANDE D’ENTRAIDE PÉNALE INTERNATIONALE\nExposé des faits", "mla_request"),
    ("ORDEN EUROPEA DE INVESTIGACIÓN\nSECCIÓN A\nEstado de emisión", "eio"),
    ("SOLICITUD DE EXTRADICIÓN\nLa persona reclamada", "extradition_request"),
    ("European Production Order Certificate (EPOC)\nSection A", "epoc"),
    ("LEY 599 DE 2000\nPor la cual se expide el Código Penal\nEL CONGRESO DE COLOMBIA\n" + ARTICLES, "statute"),
    ("CÓDIGO PENAL FEDERAL\n" + ARTICLES, "code"),
    ("# Code pénal\n##### Article 111-1\nx\n##### Article 111-2\ny\n##### Article 111-3\nz", "code"),
    ("DECRETO LEGISLATIVO N° 1106\n" + ARTICLES, "decree_with_force_of_law"),
    (
        "Lei nº 9.613, de 3 de março de 1998\nO PRESIDENTE DA REPÚBLICA Faço saber que\nArt. 1º Ocultar\nArt. 2º x",
        "statute",
    ),
    ("Proceeds of Crime Act 2002\nBE IT ENACTED\n1 The Agency", "statute"),
    ("PROYECTO DE LEY\nExposición de motivos", "bill"),
    (
        "# ESTABLECE CÓDIGO PENAL\nTeniendo presente que el H. Congreso Nacional ha dado su aprobación al siguiente"
        f"\n\nProyecto de ley:\n\n''CÓDIGO PENAL\n{ARTICLES}",
        "code",
    ),
    (f"El Senado ha dado su aprobación al siguiente\nPROYECTO DE LEY:\n{ARTICLES}", "bill"),
    ("CONVENIO SOBRE LA CIBERDELINCUENCIA\nLas Partes Contratantes han convenido lo siguiente", "treaty"),
    ("Directiva (UE) 2018/1673 del Parlamento Europeo\nArtículo 1", "eu_act"),
    ("Council Regulation (EC) No 6/2002 of 12 December 2001 on Community designs\nArticle 1", "eu_act"),
    ("Council Directive 91/308/EEC of 10 June 1991\nArticle 1", "eu_act"),
    ("SENTENCIA 123/2020\nANTECEDENTES DE HECHO\nPRIMERO.\nFUNDAMENTOS DE DERECHO\nFALLO", "judgment"),
    ("ACÓRDÃO\nEMENTA\nx\nRELATÓRIO\ny\nVOTO\nz", "judgment"),
    ("COUR DE CASSATION\nArrêt n° 123\nFaits et procédure\nPAR CES MOTIFS\nRejette le pourvoi", "judgment"),
    ("[2019] UKSC 1\nJUDGMENT\nBefore Lord Reed\nThe facts", "judgment"),
    ("OFICIO N.º 123/2024\nMe dirijo a usted para remitir la comisión rogatoria.", "official_letter"),
    ("NOTA VERBAL\nLa Embajada presenta sus saludos", "note_verbale"),
    ("EXTRACTO DE CUENTA\n01/02/2024 100,00", "bank_record"),
    ("Movimientos\n\nFecha\tConcepto\tCuenta\tImporte\n01/02/2024\tDepósito\t123\t100,00", "bank_record"),
    ("Data\tDescrição\tOrdenante\tConta\tMontante\tMoeda\n01/02/2024\tx\ty\t1\t100,00\tEUR", "bank_record"),
    ("Account;Date;Details;Debit;Credit;Balance\n1;01/02/2024;x;;100.00;100.00", "bank_record"),
    ("Date\tLibellé\tDébit\tCrédit\tSolde\n01/02/2024\tx\t1\t\t1", "bank_record"),
    ("La fecha de la cuenta y su importe constan en el concepto del informe. Se adjunta.", "unknown"),
    ("REPLY TO A REQUEST FOR ASSISTANCE\nReceipt of your request is acknowledged.", "mla_response"),
    (
        "COURT OF APPEAL\nBackground\nIt was contrary to section 2 of the Criminal Justice Act 2010."
        "\nReasons for decision\nThe appeal is dismissed.",
        "judgment",
    ),
    ("Règlement grand-ducal du 31 juillet 1987 déterminant l'organisation\nArt. 1er. x\nArt. 2. y", "regulation"),
    ("# Orden de 15 de enero de 1973 por la que se dictan normas\nArtículo 1.\nArtículo 2.", "regulation"),
    ("Núm. 36 exento.- Santiago\nVistos:\nDecreto con fuerza de ley N° 1\nArtículo 1.\nArtículo 2.", "regulation"),
    ("# RESOLUCIÓN 230 DE 1990\n### por la cual se decide sobre una solicitud de extradición.", "extradition_decision"),
    ("# The Constitution of the United States\n## Article I\nSection 1. x\nSection 2. y", "constitution"),
    ("CORTE CONSTITUCIONAL DEL ECUADOR Quito, 21 de marzo SENTENCIA N.o 109-18 CASO N.o 0194", "judgment"),
    ("Decreto-Legislativo n.º 4/2015 de 11 de Novembro\nArtigo 1.º x\nArtigo 2.º y", "decree_with_force_of_law"),
    ("# A and others v B\n**Case Number** :Suit 27\n**Coram** :Choo J\n1 The story", "judgment"),
    ("1994021048\n17 FEVRIER 1994. - La Constitution coordonnée.\nArticle 1er. x\nArt. 2. y", "constitution"),
    ("Decreto de Aprovação da Constituição, de 10 de abril\nArtigo 1.º x\nArtigo 2.º y", "constitution"),
    (
        "Expédition\nDélivrée à\nNuméro de répertoire : 2023/1\nDate du prononcé : 4 mai 2023\nLe travailleur",
        "judgment",
    ),
    ("2ª TURMA RECURSAL DOS JUIZADOS ESPECIAIS\nAutos nº. 0001\nRecurso: 0001234 RI\nVistos.", "judgment"),
    ("Apelante: A. B.\nApelado: C. D.\nRelator: Des. X\nTrata-se de apelação.", "judgment"),
    ("Tribunal de Apelaciones\nMinistro redactor: Dr. X\nMontevideo, 2 de mayo", "judgment"),
    (
        "GAZETTE\nLEGAL NOTICE NO. 9 OF 2023\nTRAFFIC ACT 2005\nTRAFFIC (FEES) REGULATIONS 2023\nTitle.\n1. x",
        "regulation",
    ),
    (
        "MINISTRY OF JUSTICE\nMutual Assistance Act 2009, assented to on 12 August 2009\n"
        "To the Central Authority of Peru\nLetter of request: hearing of a witness.",
        "rogatory_letter",
    ),
    (
        "FISCALÍA\nAcuerdo n.º 12 de 4 de enero de 2019\nA las autoridades de España\nCarta rogatoria.",
        "rogatory_letter",
    ),
    (
        "PROCURADORIA\nLei n.º 144/99, de 31 de agosto\nAo Ministério Público de Angola\n"
        "Pedido de auxílio judiciário mútuo.",
        "mla_request",
    ),
    (
        "PARQUET\nLoi n° 2004-204 du 9 mars 2004\nAu Procureur général de Dakar\nCommission rogatoire.",
        "rogatory_letter",
    ),
    (
        "Article 1er :\nLe directeur est nommé.\nArticle 2 :\nIl exerce.\nArticle 3 :\nLe présent arrêté sera publié.\n"
        "Visas:\nVU La Constitution ;",
        "regulation",
    ),
    ("BERMUDA STATUTORY INSTRUMENT\nFISHERIES REGULATIONS 1972\n1 These Regulations may be cited\n2 x", "regulation"),
    ("Portaria\nArtigo 1.º\nx\nArtigo 2.º\nA presente portaria entra em vigor.\nArtigo 3.º\ny", "regulation"),
    (
        "N° C.20.1.F SOCIÉTÉ X, demanderesse en cassation, contre Y. Le pourvoi en cassation est dirigé "
        "contre l’arrêt rendu le 4 mai 2019 par la cour d’appel.",
        "judgment",
    ),
    ("DECISÃO ARBITRAL\nA Requerente, X, S.A., veio requerer a constituição do tribunal.", "judgment"),
    ("hola", "unknown"),
    ("", "unknown"),
    ("A C U E R D O  Y  S E N T E N C I A\nEn la ciudad de Asunción, los Ministros de la Sala Penal", "judgment"),
    ("CONSEIL D'ÉTAT, SECTION DU CONTENTIEUX ADMINISTRATIF\nA R R Ê T\nno 265.478 du 20 janvier 2026", "judgment"),
    ("Vu la procédure suivante :\nPar une requête enregistrée le 28 mai 2024, M. B... demande au tribunal", "judgment"),
    ("EN SALA PLENA\nMAGISTRADA\nPONENTE: CARMEN NAVAS\nEXPEDIENTE N° AA10-L-2024-000036", "judgment"),
    ("Poder Judiciário\nTRIBUNAL REGIONAL FEDERAL\nDESPACHO/DECISÃO\nDiante dos embargos, intime-se.", "judgment"),
    (
        "THE EASTERN CARIBBEAN SUPREME COURT ANTIGUA IN THE HIGH COURT OF JUSTICE CLAIM NO. ANUHCV2021/0010 BETWEEN:",
        "judgment",
    ),
    (
        "Santiago, treinta y uno de enero de dos mil catorce.\nVISTOS Y CONSIDERANDO:\nQue el Senado ha remitido copia "
        "del\nproyecto de ley, conforme al\nartículo 93 y al\nartículo 74 de la Constitución.\nSE RESUELVE:",
        "judgment",
    ),
    ("RESOLUCIÓN V-03/2026\nPOR CUANTO: La Ley 65 establece las funciones del ministro.\nRESUELVO", "regulation"),
    ("PORTARIA SUSEP Nº 8538, DE 17 DE ABRIL DE 2026\nArt. 1º Fica alterado o art. 2º\nArt. 2º Vigência", "regulation"),
    ("PRINCE SOUVERAIN DE MONACO\nVu la loi n° 975 du 12 juillet 1975\nAvons Ordonné et Ordonnons :", "regulation"),
    ("RÈGLEMENT\n111.20.1\ndu Fonds cantonal\nLE CONSEIL D'ÉTAT DU CANTON\nArt. 1 But\nArt. 2 Fonds", "regulation"),
    (
        "COMISIÓN AGRARIA Resolución 196/2022 VISTO. La presente resolución. Esta resolución. Esta resolución",
        "regulation",
    ),
    (
        "Le Président de la République,\nVu la Constitution,\nPrend le décret-loi :\nLe présent décret-loi. "
        "Le présent décret-loi. Le présent décret-loi.",
        "decree_with_force_of_law",
    ),
    ("CHAPTER 3\nMARRIAGE LEGACIES LAW\n1. The title of this Law. 2. The administration under this Law.", "statute"),
    (
        "Par Loi n° 1.572 une parcelle est désaffectée.\nTel est l'objet du présent projet de loi.\nLe présent projet "
        "de loi est simple. Le présent projet de loi",
        "bill",
    ),
    ("A C U E R D O La Suprema Corte de la Provincia procede al dictado de la sentencia definitiva", "judgment"),
    ("MEDIO DE CONTROL DE\nNULIDAD ELECTORAL - Medidas cautelares\nConsejera ponente: Rocío Araújo", "judgment"),
    ("DIREITO DO CONSUMIDOR. APELAÇÃO INTERPOSTA EM SEDE DE AÇÃO DE REVISÃO DE CONTRATO BANCÁRIO.", "judgment"),
    ("Ordenanza que regula el Programa de Incentivos\nORDENANZA Nº D000496-2025\nEl alcalde", "regulation"),
]


@pytest.mark.parametrize(("text", "expected"), TYPES)
def test_type(text: str, expected: str) -> None:
    found = find_document_type(text)
    assert found.label == expected
    assert 0 <= found.confidence <= 1
    if expected != "unknown":
        assert found.evidence
        assert all(0 <= span.start < span.end <= len(text) for span in found.evidence)
        assert all(span.value for span in found.evidence)


def test_a_request_that_quotes_law_and_judgments_stays_a_request() -> None:
    text = (
        "CARTA ROGATORIA\nFUNDAMENTO LEGAL\nConvención de Palermo\nHECHOS\nLa sentencia condenatoria y el fallo del "
        "tribunal quedaron firmes. SENTENCIA. Considerando lo anterior, se resuelve.\nTRANSCRIPCIÓN DE NORMAS\n"
        + ARTICLES
    )
    assert find_document_type(text).label == "rogatory_letter"


def test_hint_wins() -> None:
    assert find_document_type("SENTENCIA", Hints(document_type="warrant")).label == "warrant"


def test_a_title_that_the_text_lacks() -> None:
    text = "Article 1\nx\nArticle 2\ny\nArticle 3\nz\nArticle 4\n"
    assert find_document_type(text, title="Code de procédure pénale").label == "code"


def test_families() -> None:
    assert is_legislation("code")
    assert is_legislation("treaty")
    assert not is_legislation("judgment")
    assert not is_legislation("rogatory_letter")


@pytest.mark.parametrize(
    ("text", "stated", "label"),
    [
        ("Der Beklagte trägt die Kosten.", "judgment", "judgment"),
        ("ORDER\nThe appellant may show cause.", "judgment", "interlocutory_order"),
        ("Verordnung (EU) Nr. 575/2013", "eu_act", "eu_act"),
        ("LEY N° 599 DE 2000\nEL CONGRESO DE COLOMBIA", "act", "statute"),
    ],
)
def test_a_kind_stated_by_the_metadata_counts_for_judgments_and_union_acts(text: str, stated: str, label: str) -> None:
    assert find_document_type(text, stated=stated).label == label


ENACTED = "ENACTED by the Parliament as follows:\nSection 1. This Act may be cited as the Bail Act, 2021.\nSection 2. x"


@pytest.mark.parametrize(
    "text",
    [
        f"OBJECTS AND REASONS\nThis Bill would amend the Bail Act.\nA Bill entitled\nAn Act to amend\n{ENACTED}",
        f"JAMAICA\nA BILL\nENTITLED\nAN ACT to amend the Bail Act.\nBE IT ENACTED by the Senate:\n{ENACTED}",
        f"HOUSE OF COMMONS OF CANADA\nBILL C-26\nAn Act respecting bail\n{ENACTED}",
        f"EXPLANATORY MEMORANDUM\n1. The Bill seeks to make provision for bail.\nAN ACT to provide\n{ENACTED}",
        f"El Senado y la Cámara de Diputados\nPROYECTO DE LEY\nLEY DE CIBERDELITO\n{ARTICLES}",
        f"EXPOSICIÓN DE MOTIVOS\nEl presente proyecto de ley sanciona el lavado.\nLEY CONTRA EL LAVADO\n{ARTICLES}",
        "O presente projeto de lei visa alterar o Código Penal.\nLEI DE COMBATE\nArt. 1º X\nArt. 2º Y\nArt. 3º Z",
        "Le présent projet de loi vise le trafic.\nLOI PORTANT RÉPRESSION\nArticle 1er.- X\nArticle 2.- Y\nArticle 3.-",
    ],
)
def test_a_bill_is_no_law_though_it_is_laid_out_as_one(text: str) -> None:
    assert find_document_type(text).label == "bill"


LETTERS_UNDER_AN_ACT = [
    "CORTE SUPREMA\nEl Salvador\nConvención Interamericana sobre Recepción de Pruebas\nSan Salvador, 3 de noviembre de 2026\nSeñores Autoridad Central de México\nSolicito recibir declaración a Ana Ruiz.",
    "MINISTÈRE DE LA JUSTICE\nSénégal\nLoi n° 2018-03 du 23 février 2018\nDakar, le 3 novembre 2026\nMonsieur le Ministre de la Justice, Paris\nVeuillez faire entendre Mme Awa Diop.",
    "PROCURADORIA-GERAL DA REPÚBLICA\nMoçambique\nLei n.º 12/2020, de 23 de Dezembro\nExcelentíssimo Senhor Procurador-Geral, Lisboa\nSolicita-se a audição de Ana Mabunda.",
    "PODER JUDICIAL\nCosta Rica\nLey n.° 8422 de 6 de octubre de 2004\nDestinatario: Fiscalía General, Panamá\nSe pide el registro del inmueble.",
    "MINISTÉRIO PÚBLICO\nLei n.º 144/99, de 31 de Agosto\nAssunto: audição de testemunha\nSolicita-se a audição.",
    "ATTORNEY GENERAL\nSaint Lucia\nTreaty with Canada\nRe 9/2026\nEvidence is requested from Jan Frank.\nYours sincerely\nA. Singh",
]  # fmt: skip


@pytest.mark.parametrize("text", LETTERS_UNDER_AN_ACT)
def test_an_act_in_the_head_of_a_letter_is_no_title(text: str) -> None:
    assert not is_legislation(find_document_type(text).label)


def test_a_bill_sent_with_a_letter_remains_a_bill() -> None:
    text = f"PROYECTO DE LEY\n{ARTICLES}\nSaludo a usted atentamente\nEl Ministro"
    assert find_document_type(text).label == "bill"


def test_a_law_addressed_to_an_authority_within_its_articles_remains_a_law() -> None:
    text = f"ACUERDO n.º 12\nTegucigalpa, 4 de enero de 2019\nAl Ministerio de Finanzas\n{ARTICLES}"
    assert is_legislation(find_document_type(text).label)


@pytest.mark.parametrize(
    "text",
    [
        f"CHAPTER 9:03\nBAIL ACT\nAn Act to amend\n{ENACTED}\nThis Bill will",
        f"BILLS OF EXCHANGE ACT 1882\nA bill is negotiated when it is transferred.\nThis bill will\n{ENACTED}",
        f"LEY ORGÁNICA 10/1995\nEXPOSICIÓN DE MOTIVOS\nEl presente proyecto de ley sanciona el lavado.\n{ARTICLES}",
        "LOI n° 2020-1 du 3 janvier 2020\nLe présent projet de loi\nArticle 1er\nArticle 2\nArticle 3",
    ],
)
def test_a_law_that_speaks_of_its_bill_is_a_law(text: str) -> None:
    assert find_document_type(text).label == "statute"


def test_a_bill_without_a_title_has_the_short_title_of_its_law() -> None:
    text = f"OBJECTS AND REASONS\nThis Bill would amend the Bail Act.\n{ENACTED}"
    assert find_title(text, (), find_document_type(text)) == "Bail Act, 2021"


def test_a_decision_laid_out_as_a_request_is_none() -> None:
    text = """1/8
Chambre Contentieuse
Décision 30/2025 du 13 février 2026
Numéro de dossier : DOS-2025-01597
Objet : Plainte relative à l’absence de suite réservée à une demande d’effacement
La Chambre Contentieuse de l’Autorité de protection des données, constituée de son président siégeant seul, a pris la décision suivante.
I. Faits
La plaignante a demandé l’effacement de ses données le 3 mars 2025. La société n’a pas répondu dans le mois. La plainte a été déclarée recevable le 2 juin 2025.
II. Motivation
La Chambre Contentieuse constate que le responsable du traitement n’a pas donné suite à la demande dans le délai prescrit. Les pièces du dossier montrent que la demande lui est bien parvenue. Le responsable du traitement est tenu de fournir à la personne concernée des informations sur les mesures prises.
III. Mesures demandées
La plaignante demande que ses données soient effacées et qu’il soit ordonné à la société de lui répondre.
IV. Publication de la décision
Vu l’importance de la transparence, la présente décision est publiée sur le site internet de l’Autorité. Il n’est pas nécessaire que les données d’identification des parties soient communiquées.
Cette décision peut faire l’objet d’un recours devant la Cour des marchés dans un délai de trente jours à compter de la notification.
"""
    assert find_document_type(text).label == "unknown"


def test_an_act_named_by_its_kind_alone_has_the_title_below() -> None:
    kind = "RÉSOLUTION\n\nRÉSOLUTION APPROUVANT LE PLAN\n\nD'ACTION NATIONAL\n\n(PAN)\n\nVu la Constitution ;\n"
    assert find_title(kind, (), find_document_type(kind)) == "RÉSOLUTION APPROUVANT LE PLAN D'ACTION NATIONAL"
    alone = "DECRETO\n\nEl Presidente de la República decreta:\n\nArtículo 1. Rige.\n"
    assert find_title(alone, (), find_document_type(alone)) == "DECRETO"
