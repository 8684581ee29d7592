"""Selection of the provisions of a country for a comparison, and their roles."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.comparison.question import concepts_of_request, unused_words, words_to_search
from app.comparison.selection import Selection, select, surer_reasons, without_copies
from app.comparison.table import ComparisonRequest, Provision
from nlp.provision_roles.classifier import RoleScore, choose
from nlp.provision_roles.reading import read_provision

CODE = {
    "393": "Cohecho pasivo propio\nEl funcionario o servidor público que acepte o reciba donativo, promesa o cualquier "
    "otra ventaja para realizar un acto en violación de sus obligaciones será reprimido con pena privativa de libertad "
    "no menor de cinco ni mayor de ocho años.",
    "398-B": "Inhabilitación\nEn los supuestos del artículo 398-A, se le impondrá además inhabilitación.",
    "400": "Tráfico de influencias\nEl que, invocando influencias reales o simuladas, recibe donativo con el "
    "ofrecimiento de interceder ante un funcionario será reprimido con pena privativa de libertad no menor de cuatro "
    "ni mayor de seis años.",
    "185": "Hurto simple\nEl que, para obtener provecho, se apodera ilegítimamente de un bien mueble ajeno, "
    "sustrayéndolo del lugar donde se encuentra, será reprimido con pena privativa de libertad no mayor de tres años.",
}
REPEALED = {"262": "[Derogado]\nArtículo derogado por la Ley 26461, publicada el 8 de junio de 1995."}
OBLIGED = {"14": "Debida diligencia\nLos sujetos obligados comunicarán las operaciones sospechosas de cohecho pasivo."}


def provision(unit: str, text: str, document: str = "code", number: int = 0) -> Provision:
    whole = f"Artículo {unit}.- {text}"
    chapter = ("Capítulo II. Delitos cometidos por funcionarios públicos",)
    return Provision(
        f"{document}:{number}", document, "public", "Código Penal", "PE", f"art. {unit}", chapter, "es", "", 1,
        number * 1_000, number * 1_000 + len(whole), whole,
    )  # fmt: skip


def provisions(laws: dict[str, str], document: str = "code") -> list[Provision]:
    return [provision(unit, text, document, number) for number, (unit, text) in enumerate(laws.items())]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Artículo 103. Homicidio. El que matare a otro incurrirá en prisión de doscientos ocho meses.", "Homicidio"),
        ("Artículo 105.Homicidio preterintencional.*El que matare a otro será penado.", "Homicidio preterintencional"),
        ("Artículo 103.\n\nHomicidio.\n\nEl que matare a otro incurrirá en prisión.", "Homicidio"),
        ("Artículo 214. - Extorsión Será castigado quien obligue a otro a entregar una cosa.", "Extorsión"),
        ("Artículo 9. El que matare a otro será penado. Quien lo intente será penado también.", ""),
        ("Artículo 9. Queda prohibida la venta. Los comerciantes llevarán un registro.", ""),
        ("Artículo 9. Por la ley 5 de 1990. El que matare a otro será penado.", ""),
    ],
)
def test_a_heading_in_the_line_of_the_conduct(text: str, heading: str) -> None:
    label = "art. " + text.split()[1].partition(".")[0]
    assert read_provision(text, label, (), "es", "CO").heading == heading


def test_a_heading_that_only_the_whole_law_tells() -> None:
    text = "DE LA EXTORSIÓN Y DEL CHANTAJE\nEXTORSIÓN\n\nArtículo 261. Quien obligare a otro será castigado."
    assert read_provision(text, "art. 261", (), "es", "GT").heading == ""
    assert read_provision(text, "art. 261", (), "es", "GT", "EXTORSIÓN").heading_names == {"EXT": 1.0}


@pytest.mark.parametrize(
    ("code", "basic", "aggravated"),
    [
        (
            "ROB",
            "Robo\nEl que se apodera ilegítimamente de un bien mueble ajeno, empleando violencia contra la persona o "
            "amenazándola, será reprimido con pena privativa de libertad no menor de tres ni mayor de ocho años.",
            "Robo agravado\nLa pena será no menor de doce ni mayor de veinte años si el robo se comete:\n1. En "
            "inmueble habitado.\n2. Durante la noche.\n3. A mano armada.\n4. Con el concurso de dos o más personas.",
        ),
        (
            "THEFT",
            CODE["185"],
            "Hurto agravado\nLa pena será no menor de tres ni mayor de seis años si el hurto es cometido:\n1. Durante "
            "la noche.\n2. Mediante destreza, escalamiento o rotura de obstáculos.",
        ),
    ],
)
def test_a_penalty_under_the_name_of_an_aggravated_offence_is_a_special_form(
    code: str, basic: str, aggravated: str
) -> None:
    chapter = ("Título V. Delitos contra el patrimonio", basic.partition("\n")[0])
    found = [replace(each, path=chapter) for each in provisions({"188": basic, "189": aggravated})]
    compared = select(found, [code], 3).compared
    assert [(each.unit, each.role) for each in compared] == [("art. 188", "basic"), ("art. 189", "special")]


def test_repealed_provisions_are_offered_last() -> None:
    selection = select(provisions({**REPEALED, **OBLIGED}), ["AMLPREV"], 0)
    assert [provision.unit for provision in selection.offered] == ["art. 14", "art. 262"]


@pytest.mark.parametrize(
    ("concept", "label", "language", "country", "text"),
    [
        (
            "PRISCONTRA",
            "art. 368-A",
            "es",
            "PE",
            "Artículo 368-A.- Ingreso indebido de equipos o sistema de comunicación en centros de detención\nEl que "
            "ingresa indebidamente a un centro de detención o reclusión equipos o sistema de comunicación que permiten "
            "la comunicación telefónica celular del interno será reprimido con pena privativa de libertad no menor de "
            "cuatro ni mayor de seis años.",
        ),
        (
            "PRISCONTRA",
            "art. 434-35",
            "fr",
            "FR",
            "Article 434-35\nEst puni d'un an d'emprisonnement et de 15 000 euros d'amende le fait de remettre ou de "
            "faire parvenir à un détenu des sommes d'argent, correspondances, objets ou substances quelconques en "
            "dehors des cas autorisés par les règlements.",
        ),
        (
            "GROOM",
            "art. 199 septies",
            "es",
            "MX",
            "Artículo 199 Septies.- Se impondrá de cuatro a ocho años de prisión a quien haciendo uso de medios de "
            "telecomunicaciones o cualquier otro medio de transmisión de datos, contacte a una persona menor de "
            "dieciocho años de edad y le requiera imágenes de actividades sexuales explícitas, actos de connotación "
            "sexual, o le solicite un encuentro sexual.",
        ),
    ],
)
def test_an_offence_without_its_name_is_found_by_its_conduct(
    concept: str, label: str, language: str, country: str, text: str
) -> None:
    own = Provision("code:1", "code", "public", "Code", country, label, (), language, "", 1, 0, len(text), text)
    (compared,) = select([own], [concept], 3).compared
    assert compared.role == "basic"


@pytest.mark.parametrize(
    ("concept", "compared"),
    [("CORR_PASS", ("art. 393", "basic")), ("TRADINF", ("art. 400", "basic")), ("THEFT", ("art. 185", "basic"))],
)
def test_the_offence_itself_is_compared_first(concept: str, compared: tuple[str, str]) -> None:
    selection = select(provisions(CODE), (concept,), 3)
    assert [(one.unit, one.role) for one in selection.compared][:1] == [compared]
    assert {one.unit for one in (*selection.compared, *selection.offered)} == {f"art. {unit}" for unit in CODE}


@pytest.mark.parametrize("laws", [REPEALED, OBLIGED, REPEALED | OBLIGED, {}])
def test_nothing_is_compared_where_no_law_has_the_offence(laws: dict[str, str]) -> None:
    selection = select(provisions(laws), ("CORR_PASS",), 3)
    assert selection.compared == ()
    assert len(selection.offered) == len(laws)


@pytest.mark.parametrize(
    ("act", "compared"),
    [
        ("Se aplicará prisión de ocho a veinte años al que matare a otro.", ["art. 7"]),
        ("Será reprimido con prisión de uno a tres años el que por imprudencia matare a otro.", []),
        ("Será reprimido con prisión de uno a tres años el que alquilare un local sin permiso.", []),
    ],
)
def test_an_act_with_the_name_of_the_offence_is_it_without_more_words(act: str, compared: list[str]) -> None:
    text = f"ARTICULO 7. - {act}"
    one = Provision("c:7", "c", "public", "Código Penal", "AR", "art. 7", (), "es", "", 1, 0, len(text), text)
    assert [each.unit for each in select([one], ["HOM"], 3).compared] == compared


def test_homicide_is_compared_before_murder() -> None:
    laws = {
        "7": "El que matare a otro será castigado, como reo de homicidio, con prisión de diez a quince años.",
        "8": "Será castigado con prisión de quince a veinticinco años, como reo de asesinato, el que matare a otro con "
        "alevosía, por precio o con ensañamiento.",
    }
    found = [replace(each, path=(), jurisdiction="ES") for each in provisions(laws)]
    assert select(found, ["HOM"], 3).compared[0].unit == "art. 7"


@pytest.mark.parametrize(
    ("offence", "relative", "text"),
    [
        (
            *("THB", "SOM"),
            "Trata de personas\nQuien, en cualquier forma, promueva o facilite la entrada o salida del país de otra "
            "persona para que ejerza la prostitución será castigado con prisión de uno a tres años y multa.",
        ),
        (
            *("TERR", "TERFIN"),
            "Terrorismo\nQuien, para alterar el orden público, cause un incendio o un desastre ferroviario, será "
            "castigado con prisión de cinco a quince años.",
        ),
    ],
)
def test_a_provision_with_the_name_of_a_relative_is_not_the_offence(offence: str, relative: str, text: str) -> None:
    assert select(provisions({"194": text}), (relative,), 3).compared == ()
    assert [one.unit for one in select(provisions({"194": text}), (offence,), 3).compared] == ["art. 194"]


def test_a_provision_about_an_institution_is_only_offered() -> None:
    tasks = "regular el tráfico, la extracción, la venta y el trasplante de órganos, tejidos y células humanas"
    institute = provision("329", f"La competencia del Instituto de Trasplantes es nacional. Son cometidos: {tasks}.")
    selection = select([institute], ("ORGANS",), 3)
    assert (selection.compared, selection.offered) == ((), (institute,))


def test_a_provision_that_only_amends_is_only_offered() -> None:
    words = (
        "Modifícase el artículo 1 de la ley de extradición: agréganse el tráfico, la venta y el transporte de drogas."
    )
    amending = provision("32", words)
    selection = select([amending], ("DRUG",), 3)
    assert (selection.compared, selection.offered) == ((), (amending,))


@pytest.mark.parametrize("language", ["und", "de", ""])
def test_a_provision_in_a_language_without_rules_is_offered(language: str) -> None:
    unread = [replace(one, language=language) for one in provisions(CODE)]
    selection = select(unread, ("CORR_PASS",), 3)
    assert (selection.compared, len(selection.offered)) == ((), len(CODE))


@pytest.mark.parametrize("unit", ["preámbulo", "cierre", "encerramento", "preamble"])
@pytest.mark.parametrize("language", ["es", "de"])
def test_a_preamble_or_closing_formula_is_not_offered(unit: str, language: str) -> None:
    frame = replace(provision("1", "Visto el proyecto sobre cohecho pasivo, se sanciona con fuerza de ley:"), unit=unit)
    frame = replace(frame, language=language)
    assert select([frame], ("CORR_PASS",), 3) == Selection()


def test_two_copies_of_one_code_are_one_law() -> None:
    code, copy = provisions(CODE), provisions(CODE, "copy")
    assert without_copies([*code, *copy]) == code
    bare = [provision("393", CODE["393"].partition("\n")[2], "bare")]
    assert without_copies([*bare, code[0]]) == [code[0]], "the copy with a heading stays"


def test_editorial_notes_make_no_other_law() -> None:
    notes = " (Redação dada pela Lei nº 10.268, de 28 de agosto de 2001) (Vide Lei nº 12.850, de 2013) (Vigência)"
    words = "Fazer afirmação falsa como testemunha em processo judicial:\nPena - reclusão, de 2 a 4 anos, e multa."
    plain, noted = (
        replace(provision("342", text, document), language="pt", jurisdiction="BR", text=f"Art. 342. {text}")
        for document, text in (("plain", words), ("noted", words.replace("\n", notes + "\n") + notes))
    )
    assert without_copies([plain, noted]) == [plain]


def test_of_a_number_printed_twice_the_later_wording_stays() -> None:
    earlier, later = provision("221", CODE["185"], number=4), provision("221", CODE["185"] + " Y multa.", number=5)
    assert without_copies([later, earlier]) == [later]


@pytest.mark.parametrize(
    ("scores", "roles"),
    [
        ([RoleScore(0.0, 0.1, 0.8), RoleScore(0.0, 0.7, 0.1)], [(0, "basic"), (1, "special")]),
        ([RoleScore(0.0, 0.9, 0.05)], [(0, "special")]),
        ([RoleScore(0.0, 0.1, 0.8), RoleScore(0.0, 0.6, 0.4)], [(0, "basic"), (1, "special")]),
        ([RoleScore(0.0, 0.2, 0.1), RoleScore(0.6, 0.0, 0.35)], []),
        ([RoleScore(0.0, 0.1, 0.5), RoleScore(0.0, 0.1, 0.6), RoleScore(0.0, 0.1, 0.7)], [(2, "basic"), (1, "basic")]),
        ([], []),
    ],
)
def test_roles_by_thresholds(scores: list[RoleScore], roles: list[tuple[int, str]]) -> None:
    assert choose(scores, 2, least_basic=0.3, least_shown=0.6) == roles


@pytest.mark.parametrize(
    ("request_", "meant"),
    [
        (ComparisonRequest(concept="THEFT"), ("THEFT",)),
        (ComparisonRequest(query="tráfico de influencias", language="es"), ("TRADINF",)),
        (ComparisonRequest(query="tráfico de influências", language="en"), ("TRADINF",)),
        (ComparisonRequest(query="entrega vigilada", language="pt"), ("controlled_delivery",)),
        (ComparisonRequest(query="confiscation", language="es"), ("confiscation",)),
        (ComparisonRequest(query="acceso ilícito a sistema informático", language="es"), ("ILLACC",)),
        (ComparisonRequest(query="bens apreendidos no porto", language="pt"), ()),
        (ComparisonRequest(query="bens apreendidos no porto", language="en"), ()),
        (ComparisonRequest(query="blanqueo con criptomonedas", language="es"), ("ML",)),
        (ComparisonRequest(query="corruption of foreign public officials", language="en"), ("CORR_FOREIGN",)),
        (ComparisonRequest(query="suborno de funcionário estrangeiro", language="pt"), ("CORR_FOREIGN",)),
        (ComparisonRequest(query="cultural property trafficking", language="en"), ("CULT",)),
        (ComparisonRequest(query="trafficking of organs", language="en"), ("ORGANS",)),
        (ComparisonRequest(query="suplantación de identidad", language="es"), ("IDENT",)),
        (ComparisonRequest(query="usurpación de tierras", language="es"), ("USURP",)),
    ],
)
def test_words_that_name_a_concept_mean_it(request_: ComparisonRequest, meant: tuple[str, ...]) -> None:
    assert concepts_of_request(request_) == meant


@pytest.mark.parametrize(
    ("words", "searched"),
    [
        ("confiscation", ""),
        ("tráfico de influencias", ""),
        ("acceso ilícito a sistema informático", "acceso ilícito a sistema informático"),
        ("bens apreendidos no porto", "bens apreendidos no porto"),
    ],
)
def test_the_mere_name_of_a_concept_is_not_searched_as_words_too(words: str, searched: str) -> None:
    assert words_to_search(ComparisonRequest(query=words, language="es")) == searched


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("money laundering with cryptocurrency", ("cryptocurrency",)),
        ("lavado de activos con criptomonedas", ("criptomonedas",)),
        ("smuggling of mobile phones into prison", ()),
        ("extorsión México", ()),
        ("qué pena tiene el robo", ()),
        ("évasion de détenu", ()),
        ("blanqueo con criptomonedas", ("criptomonedas",)),
        ("palabras sin concepto alguno", ()),
    ],
)
def test_words_beside_the_name_of_a_concept_are_told(query: str, words: tuple[str, ...]) -> None:
    assert unused_words(ComparisonRequest(query=query, language="en")) == words


@pytest.mark.parametrize(
    ("known", "further", "expected"),
    [
        ((), ("word:lavagem",), ("word:lavagem",)),
        (("word:lavagem",), ("meaning",), ("word:lavagem",)),
        (("word:lavagem",), ("about:VIRTUAL", "concept:VIRTUAL"), ("about:VIRTUAL", "concept:VIRTUAL")),
        (("about:VIRTUAL",), ("word:lavagem",), ("about:VIRTUAL",)),
    ],
)
def test_a_tag_counts_whichever_query_found_the_provision_first(
    known: tuple[str, ...], further: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert surer_reasons(known, further) == expected
