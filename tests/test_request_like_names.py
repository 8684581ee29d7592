"""Persons with like names are told apart: father and son, cousins; other names of one person are not."""

import pytest

from nlp.requests.persons.grouping import grouped
from nlp.requests.persons.parties import NATURAL, Mention

TWO = [
    ("O arguido {Nuno Vaz Teixeira} não se confunde com {Nuno Vaz Teixeira Filho}, seu filho.", 2),
    ("{Gareth Hughes} (d.o.b. 12/04/1985) and {Gareth Hughes Junior} (d.o.b. 04/12/2004) were charged.", 2),
    ("Se investiga a {Luis Paz Soto} y a su hijo {Luis Paz Soto Rey}.", 2),
    ("{Paul Renard} et {Paul Renard Lacroix} ont été entendus.", 2),
    ("Contra {Ana Ruiz Lara}, homónima de {Ana Ruiz}, no se dirige la causa.", 2),
    ("{Pedro Gomes Neto} transferiu o valor. Depois, {Pedro Gomes} saiu do país.", 1),
    ("{Pedro Gomes}, también conocido como {Pedro Gomes Júnior}, viajó.", 1),
    ("{Marta Soler} declaró. {Marta Soler Vidal} entregó los libros.", 1),
    ("{Marta Soler} (nombre completo: {Marta Soler Vidal}) declaró.", 1),
    ("{John Kerr}, whose full name is {John Albert Kerr}, left Cork.", 1),
]


def marked(text: str) -> tuple[str, list[Mention]]:
    """Return a text without its brackets, and what they enclose as mentions."""
    pieces, found, at = text.replace("}", "{").split("{"), [], 0
    for number, piece in enumerate(pieces):
        if number % 2:
            found.append(Mention(at, at + len(piece), piece, NATURAL))
        at += len(piece)
    return "".join(pieces), found


@pytest.mark.parametrize(("text", "persons"), TWO, ids=[text[:40] for text, _ in TWO])
def test_like_names(text: str, persons: int) -> None:
    assert len(grouped(*marked(text))) == persons


def test_later_mentions_belong_to_the_person_of_that_name() -> None:
    text, mentions = marked(
        "{Nuno Vaz Teixeira} não se confunde com {Nuno Vaz Teixeira Filho}. {Nuno Vaz Teixeira} reside em Fortaleza."
    )
    father, son = grouped(text, mentions)
    assert (father.name, len(father.mentions), son.name, len(son.mentions)) == (
        "Nuno Vaz Teixeira", 2, "Nuno Vaz Teixeira Filho", 1,
    )  # fmt: skip
