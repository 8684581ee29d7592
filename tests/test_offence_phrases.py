"""Phrases of offences by grammatical class: objects behind circumstances, offenders, states of mind, lists, prohibitions."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from nlp.elements.provision_elements import provision_elements

Row = tuple[str, str, str, list[str]]

OBJECTS: list[Row] = [
    ("en", "Whoever, being a public servant and bound not to bid for certain land, buys or bids for that land, commits an offence and shall be punished with imprisonment.", "object", ["that land"]),
    ("en", "Whoever being a clerk receives any fee shall be punished with imprisonment.", "object", ["any fee"]),
    ("en", "Whoever negligently omits to arrest that person or negligently suffers that person to escape shall be punished with imprisonment.", "object", ["that person", "that person"]),
    ("en", "Whoever omits to perform any duty, if such omission causes or is likely to cause a riot, shall be punished with imprisonment.", "object", ["any duty"]),
    ("es", "El que faltare a la verdad, de forma deliberada, en relación con los hechos, será castigado con prisión de un año.", "object", ["la verdad"]),
    ("es", "Los que administren, ostensible o encubiertamente casas de juego, serán castigados con prisión de un año.", "object", ["casas de juego"]),
    ("es", "Al que destruya los medios indispensables para la subsistencia se le impondrá prisión de un año.", "object", ["los medios indispensables para la subsistencia"]),
    ("es", "El que habiendo sido removido, por resolución firme, continúe desempeñando las funciones será castigado con prisión.", "object", ["las funciones"]),
    ("es", "El que sustraiga una cosa, total o parcialmente ajena, será castigado con prisión de un año.", "object", ["una cosa, total o parcialmente ajena"]),
    ("pt", "Favorecer a entrada do território, a qualquer título, de arma de fogo:\nPena - reclusão, de um a dois anos.", "object", ["a entrada do território", "arma de fogo"]),
    ("pt", "Submeter o preso a interrogatório, salvo se ele, assistido, consentir em prestar declarações:\nPena - detenção, de um a dois anos.", "object", ["o preso"]),
    ("fr", "Quiconque commet un faux en écritures privées est puni d'un emprisonnement d'un an.", "object", ["un faux en écritures privées"]),
    ("fr", "Quiconque conduit un véhicule de plus de 3,5 tonnes sans permis est puni d'un emprisonnement d'un an.", "object", ["un véhicule de plus de 3,5 tonnes"]),
    ("fr", "Quiconque détient des armes des catégories A ou B est puni d'un emprisonnement d'un an.", "object", ["des armes des catégories A ou B"]),
    ("fr", "Le fait de fabriquer ou de céder sans autorisation des armes à feu, leurs éléments ou des munitions est puni de cinq ans d'emprisonnement.", "object", ["des armes à feu, leurs éléments ou des munitions"]),
    ("pt", "Executar pesquisa, lavra ou extração de recursos minerais sem licença:\nPena - detenção, de seis meses a um ano.", "object", ["pesquisa, lavra ou extração de recursos minerais"]),
    ("pt", "Quem se apropriar de dinheiro ou coisa móvel que lhe tenha sido entregue é punido com pena de prisão de um a oito anos.", "object", ["dinheiro ou coisa móvel que lhe tenha sido entregue"]),
    ("pt", "Apropriar-se o funcionário público de dinheiro, valor ou bem móvel:\nPena - reclusão, de dois a doze anos.", "object", ["dinheiro, valor ou bem móvel"]),
    ("pt", "Oferecer ou prometer vantagem indevida a funcionário público:\nPena - reclusão, de dois a doze anos.", "object", ["vantagem indevida"]),
    ("pt", "Quem prometer a funcionário vantagem é punido com pena de prisão de um a cinco anos.", "object", ["vantagem"]),
    ("pt", "Exigir ou obter vantagem, a pretexto de influir em ato de funcionário:\nPena - reclusão, de dois a cinco anos.", "object", ["vantagem"]),
    ("pt", "Quem apagar ou tornar não acessíveis dados informáticos alheios é punido com pena de prisão até três anos.", "object", ["dados informáticos alheios"]),
    ("es", "El que borre o haga inaccesibles datos informáticos ajenos será castigado con prisión de un año.", "object", ["datos informáticos ajenos"]),
    ("fr", "Le fait d'occuper sans titre ou de procéder à un empiètement de toute nature est puni d'une amende de 3 750 euros.", "object", ["un empiètement de toute nature"]),
    ("fr", "Quiconque incite à l'insoumission, que cette provocation ait été ou non suivie d'effet, est puni d'un emprisonnement d'un an.", "object", ["l'insoumission"]),
    ("en", "A prisoner who possesses a telephone, or a person who supplies such a device to a prisoner, is guilty of an offence and liable to a fine.", "object", ["a telephone", "such a device"]),
    ("pt", "Expor a perigo outro meio de transporte público:\nPena - detenção, de um a dois anos.", "object", ["outro meio de transporte público"]),
    ("pt", "Retardar, indevidamente, ato de ofício, ou praticá-lo contra disposição expressa de lei:\nPena - detenção, de três meses a um ano.", "object", ["ato de ofício"]),
    ("pt", "Quem utiliza como dinheiro qualquer dos documentos será punido com detenção de um a dois anos.", "object", ["qualquer dos documentos"]),
    ("es", "El incumplimiento de las obligaciones que esta ley impone será castigado con prisión de un año.", "object", ["las obligaciones que esta ley impone"]),
    ("es", "La venta de bienes por personas que no hubieran sido autorizadas será castigada con prisión de un año.", "object", ["bienes"]),
    ("fr", "Le fait de provoquer des soldats appartenant aux forces françaises à passer à l'ennemi est puni de mort.", "object", ["des soldats appartenant aux forces françaises"]),
]  # fmt: skip

READING: list[Row] = [
    ("en", "A person who, for the purpose of corrupting a child, shows him any image shall be guilty of an offence and liable to a fine.", "mental_element", ["for the purpose of corrupting a child"]),
    ("en", "A person who, for sexual purposes, invites a child shall be liable to imprisonment for one year.", "mental_element", ["for sexual purposes"]),
    ("es", "El que ofrezca a un funcionario una dádiva para que realice, omita o retarde un acto propio de su cargo será castigado con prisión.", "mental_element", ["para que realice, omita o retarde un acto propio de su cargo"]),
    ("pt", "Invadir dispositivo informático, com o fim de obter, adulterar ou destruir dados:\nPena - reclusão, de um a quatro anos.", "mental_element", ["com o fim de obter, adulterar ou destruir dados"]),
    ("pt", "Quem, com intenção lucrativa, favorecer a entrada de estrangeiro é punido com pena de prisão de um a cinco anos.", "mental_element", ["com intenção lucrativa"]),
    ("pt", "Quem com intenção lucrativa favorecer a entrada ou o trânsito ilegal de estrangeiro é punido com pena de prisão de um a cinco anos.", "mental_element", ["com intenção lucrativa"]),
    ("pt", "Quem, sabendo que uma pessoa é vítima de tráfico utilizar os seus serviços é punido com pena de prisão de um a cinco anos.", "mental_element", ["sabendo que uma pessoa é vítima de tráfico"]),
    ("pt", "Fazer o funcionário público afirmação falsa:\nPena - reclusão, de um a três anos.", "subject", ["o funcionário público"]),
    ("pt", "Afastar-se o condutor do veículo do local:\nPena - detenção, de seis meses a um ano.", "subject", ["o condutor do veículo"]),
    ("pt", "Exportar para o exterior peles de répteis:\nPena - reclusão, de um a três anos.", "object", ["peles de répteis"]),
    ("es", "Será reprimida con prisión de uno a tres años cualquiera de las personas que formulen señalamientos falsos.", "subject", ["cualquiera de las personas"]),
    ("es", "Igual pena se aplicará al que aceptare una dádiva, así como al que, con igual finalidad, diere menos de sí.", "mental_element", ["con igual finalidad"]),
    ("fr", "Quiconque s'est approprié un carnet de santé est puni d'un emprisonnement d'un an.", "object", ["un carnet de santé"]),
    ("fr", "Quiconque a sciemment produit des pièces falsifiées est puni d'un emprisonnement d'un an.", "object", ["des pièces falsifiées"]),
    ("en", "(1) Except with permission, no person other than a soldier shall practise or take part in any drill. (2) Any person who contravenes this section is liable to a fine.", "subject", ["no person other than a soldier", "Any person"]),
    ("en", "(1) Except with permission, no person other than a soldier shall practise or take part in any drill. (2) Any person who contravenes this section is liable to a fine.", "object", ["any drill"]),
    ("es", "Queda prohibido emplear a personas menores de edad. A quien contravenga esta prohibición se le impondrá prisión de un año.", "object", ["personas menores de edad", "esta prohibición"]),
    ("en", "A person who makes any report which he or she knows to be false shall be liable to imprisonment for one year.", "mental_element", ["which he or she knows to be false"]),
    ("fr", "Quiconque accepte un chèque qu'il savait falsifié est puni d'un emprisonnement d'un an.", "mental_element", ["qu'il savait falsifié"]),
    ("en", "Whoever pretends to hold an office, knowing that he does not hold it or falsely personates any other person, shall be punished with imprisonment.", "mental_element", ["knowing that he does not hold it"]),
    ("en", "Any person in a public place who uses insulting words shall be guilty of an offence. A person who is guilty of an offence under this section shall be liable to a fine.", "penalty", ["A person who is guilty of an offence under this section shall be liable to a fine"]),
    ("fr", "Est puni d'un emprisonnement d'un an, celui qui :\na occupé des marins sans contrat ;\nn'a pas tenu les registres.", "conduct", ["a occupé", "sans contrat", "n'a pas tenu"]),
    ("fr", "Lorsqu'il est commis en réunion, le fait de pénétrer dans une enceinte est puni de six mois d'emprisonnement.", "aggravation", []),
    ("fr", "Le fait, pour toute personne qui, en zone de guerre :\n1° Dépouille un blessé est puni de dix ans d'emprisonnement ;\n2° Exerce des violences, est puni de vingt ans d'emprisonnement.", "penalty", ["est puni de dix ans d'emprisonnement", "est puni de vingt ans d'emprisonnement"]),
    ("es", "Se impondrá prisión de un año y cien días multa a quien oculte documentos que prueben la identidad.", "subject", ["a quien"]),
    ("pt", "Ocultar a origem de bens:\nPena - reclusão, de três a dez anos.\nI - O processo e o julgamento independem da condenação pela infração antecedente.", "conduct", ["Ocultar"]),
    ("pt", "Recrutar pessoa, mediante fraude:\nPena - reclusão, de três a dez anos.\nI - O consentimento da vítima é irrelevante.", "conduct", ["Recrutar", "mediante fraude"]),
    ("es", "Altere los sellos, o al que tenga en su poder precintos será castigado con prisión de un año.", "subject", ["al que"]),
]  # fmt: skip

REPEATED_AND_EXCEPTED: list[Row] = [
    ("en", "A person who fails to furnish particulars or furnishes false particulars is guilty of an offence and liable to a fine.", "object", ["particulars", "false particulars"]),
    ("en", "Any person who neglects to keep records or keeps incomplete records commits an offence and is liable to a fine.", "object", ["records", "incomplete records"]),
    ("en", "Any person who for immoral purposes entices a child is guilty of an offence and liable to imprisonment for one year.", "mental_element", ["for immoral purposes"]),
    ("en", "A person who, for the purposes of this Act, makes a false declaration is guilty of an offence and liable to a fine.", "mental_element", []),
    ("en", "A person who, for the purpose of obtaining a licence, makes a false declaration is guilty of an offence and liable to a fine.", "mental_element", ["for the purpose of obtaining a licence"]),
    ("en", "An officer who discloses, except in the course of his duties, any document in relation to a taxpayer is guilty of an offence and liable to a fine.", "object", ["any document in relation to a taxpayer"]),
    ("fr", "Quiconque divulgue, sauf dans les cas prévus par la loi, un secret professionnel est puni d'un emprisonnement d'un an.", "object", ["un secret professionnel"]),
    ("en", "Any person who sells a means of obtaining access to a protected computer is guilty of an offence and liable to a fine.", "object", ["a means of obtaining access to a protected computer"]),
    ("en", "A person shall not discharge any substance which causes or may cause a nuisance. A person who contravenes this section commits an offence.", "object", ["any substance which causes or may cause a nuisance"]),
    ("en", "Any person who publishes a statement that incites or may incite violence against a group is guilty of an offence and liable to a fine.", "object", ["a statement that incites or may incite violence against a group"]),
    ("es", "El capitán que tome dinero sobre el buque, que empeñe o venda mercaderías será castigado con prisión de un año.", "object", ["dinero", "mercaderías"]),
    ("fr", "Tout juge qui aura refusé de siéger à l'effet de retarder un procès est puni d'un emprisonnement d'un an.", "mental_element", ["à l'effet de retarder un procès"]),
    ("pt", "Todos os actos que visem perturbar a ordem pública são punidos com pena de prisão até um ano.", "conduct", ["Todos os actos que visem perturbar"]),
    ("pt", "Todo ato de discriminação contra pessoas idosas será punido com pena de reclusão de um a três anos.", "object", ["pessoas idosas"]),
    ("es", "Todo acto de violencia contra un animal será castigado con prisión de un año.", "object", ["un animal"]),
    ("es", "Será castigado con prisión de un año quien:\n1o. Destruya un registro público. 2o. Altere un sello oficial.\n3o. Oculte un expediente.", "conduct", ["Destruya", "Altere", "Oculte"]),
]  # fmt: skip

LISTED: list[Row] = [
    ("en", "Any person who obstructs an inspector or who fails to produce any licence is guilty of an offence and liable to a fine.", "object", ["an inspector", "any licence"]),
    ("en", "A person who damages a fence, or who removes any sign, is guilty of an offence and liable to a fine.", "object", ["a fence", "any sign"]),
    ("en", "Any person who harbours a person who is under sixteen years or who is a fugitive is guilty of an offence and liable to a fine.", "object", ["a person who is under sixteen years or who is a fugitive"]),
    ("en", "A person shall not sell or buy raw milk in a public market. A person who contravenes this section commits an offence.", "object", ["raw milk"]),
    ("en", "No person shall import, make or sell counterfeit currency. A person who contravenes this section commits an offence.", "object", ["counterfeit currency"]),
    ("fr", "Celui qui aura détruit un registre ou qui aura falsifié un certificat sera puni d'un emprisonnement d'un an.", "object", ["un registre", "un certificat"]),
    ("fr", "Quiconque recèle des objets volés ou qui proviennent d'un délit est puni d'un emprisonnement d'un an.", "object", ["des objets volés ou qui proviennent d'un délit"]),
    ("fr", "Celui qui aura importé, mis en vente, exporté ou détenu des armes sera puni d'un emprisonnement d'un an.", "object", ["des armes"]),
    ("fr", "Celui qui aura fabriqué, importé, mis sur le marché ou installé des appareils interdits sera puni de l'amende.", "object", ["des appareils interdits"]),
    ("fr", "Celui qui aura ouvert, endommagé ou mis hors d'usage une installation sera puni d'un emprisonnement d'un an.", "object", ["une installation"]),
    ("fr", "Celui qui, sans droit, aura copié un fichier, celui qui aura diffusé un secret, sera puni d'un emprisonnement d'un an.", "subject", ["Celui qui", "celui qui"]),
    ("es", "El que robare un documento, el que ocultare una prueba, será castigado con prisión de un año.", "subject", ["El que", "el que"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "element", "expected"), OBJECTS)
def test_an_object_is_found_behind_circumstances(language: str, text: str, element: str, expected: list[str]) -> None:
    assert _phrases(language, text, element) == expected


@pytest.mark.parametrize(("language", "text", "element", "expected"), READING)
def test_a_clause_is_read_by_its_construction(language: str, text: str, element: str, expected: list[str]) -> None:
    assert _phrases(language, text, element) == expected


@pytest.mark.parametrize(("language", "text", "element", "expected"), REPEATED_AND_EXCEPTED)
def test_repeated_verbs_exceptions_and_named_acts_are_read(
    language: str, text: str, element: str, expected: list[str]
) -> None:
    assert _phrases(language, text, element) == expected


@pytest.mark.parametrize(("language", "text", "element", "expected"), LISTED)
def test_lists_of_acts_and_of_offenders_are_read(language: str, text: str, element: str, expected: list[str]) -> None:
    assert _phrases(language, text, element) == expected


def _phrases(language: str, text: str, element: str) -> list[str]:
    parts = provision_elements(text, "art. 1", language)
    return [text[part.start : part.end] for part in parts if part.element == element]
