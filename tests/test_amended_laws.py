"""Where the articles of an amended law end in an amending law, and what the quoted text calls its own."""

from nlp.annotations import Unit
from nlp.citations.citations import find_citations


def provisions(text, jurisdiction, language, units):
    spans = find_citations(text, jurisdiction=jurisdiction, language=language, units=units)
    values = {value for span in spans for value in span.attributes.get("targets", span.value).split()}
    return {tuple(value.split("#")) for value in values if "#" in value}


def test_an_amendment_ends_with_the_provision_of_the_amending_law():
    text = (
        "Artículo 1. Se modifica la Ley 39/2015, de 1 de octubre: se suprime el artículo 9.\n"
        "Artículo 2. El artículo 1 entra en vigor mañana."
    )
    place = text.index("Artículo 2")
    units = tuple(
        Unit(start, end, label, "article", (), "", 1.0, "")
        for start, end, label in ((0, place, "art. 1"), (place, len(text), "art. 2"))
    )
    assert provisions(text, "ES", "es", units) >= {("ref:es:ley:39:2015", "art-9"), ("self", "art-1")}


def test_the_quoted_text_calls_the_amended_law_its_own():
    text = 'Art. 1º A Lei nº 9.472, de 16 de julho de 1997, passa a vigorar com: "Art. 5º O art. 7º desta Lei." (NR)'
    quoted = text.index('"Art. 5')
    units = (
        Unit(0, len(text), "art. 1º", "article", (), "", 1.0, ""),
        Unit(quoted, len(text), "«art. 5º»", "quoted_article", (), "", 1.0, ""),
    )
    assert ("ref:br:lei:9472", "art-7") in provisions(text, "BR", "pt", units)
