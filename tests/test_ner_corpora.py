"""Corpora of the entity model: how each format is read, on small invented texts."""

import json
import subprocess
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from models.ner.brat import brat_rows
from models.ner.corpora import read_gathered
from models.ner.detokenise import contract, detokenise
from models.ner.newspaper import newspaper_rows
from models.ner.pairs import read_pairs
from models.ner.parliament import label_pairs
from models.ner.repositories import open_repository
from models.ner.speech import Row
from models.ner.tokens import token_rows
from models.ner.treebank import treebank_rows

NER = Path(__file__).parent.parent / "models" / "ner"

NAMES = [PER, ORG, LOC] = ["PERSON", "ORGANISATION", "LOCATION"]
SOURCES = yaml.safe_load((NER / "sources.yaml").read_text(encoding="utf-8"))


def source(**more: object) -> dict[str, object]:
    return {"name": "made", "language": "pt", "marked": NAMES, **more}


def named(row: Row) -> list[tuple[str, str]]:
    """Return the marked words of a row with their labels, unknown stretches under "?"."""
    text = str(row["text"])
    marks = [*row["spans"], *([*stretch, "?"] for stretch in row["unknown"])]  # type: ignore[misc]
    return [(text[start:end], label) for start, end, label in sorted(map(tuple, marks))]


def tagged(line: str) -> str:
    """Write "a/ART b/N" as a newspaper's page has it, a word on each line."""
    return "\n".join("_".join(word.rsplit("/", 1)) for word in line.split())


# -- brat ----------------------------------------------------------------------------------------------------------


def test_marks_beside_a_text_become_spans_and_what_has_no_name_of_ours_is_unknown() -> None:
    text, marks = "Nombre: Ana Paz. Calle Sol 4. NHC: 1234.", ["#1\tnote T1\tx"]
    for label, words in (("NAME", "Ana Paz"), ("STREET", "Calle Sol 4"), ("ID", "1234")):
        marks.append(f"T1\t{label} {text.index(words)} {text.index(words) + len(words)}\t{words}")
    labels = {"NAME": "PERSON", "STREET": "unknown", "ID": "PERSON"}
    [row] = brat_rows(source(labels=labels), {"1.txt": text, "1.ann": "\n".join(marks)})
    assert row["text"] == text
    assert named(row) == [("Ana Paz", "PERSON"), ("Calle Sol 4", "?"), ("1234", "?")]


def test_a_long_document_is_cut_between_sentences_and_never_inside_a_mark() -> None:
    sentence = "El informe no dice nada de eso. "
    text = sentence * 18 + "Firmado: Dra. Ana Paz. " + sentence * 18
    start = text.index("Dra. Ana")
    files = {"1.txt": text, "1.ann": f"T1\tNAME {start} {start + 12}\tDra. Ana Paz\n"}
    rows = list(brat_rows(source(labels={"NAME": "PERSON"}), files))
    assert [named(row) for row in rows if row["spans"]] == [[("Dra. Ana Paz", "PERSON")]]
    assert all(len(str(row["text"])) <= 700 for row in rows)


# -- tokens --------------------------------------------------------------------------------------------------------

LINES = """A O
empresa O
Oi B-ORG
S.A I-ORG
comprou O
terras O
em O
Goiás B-LOC
. O

O O
preço O
subiu O
muito O
e O
ninguém O
soube O
disso O
. O
"""


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, [("Oi S.A", "ORGANISATION"), ("Goiás", "LOCATION")]),
        ({"unknown": {"LOC": "Goiás"}}, [("Oi S.A", "ORGANISATION"), ("Goiás", "?")]),
        ({"broken": "terras"}, None),
    ],
)
def test_tokens_on_lines(more: dict[str, object], expected: list[tuple[str, str]] | None) -> None:
    rows = list(token_rows(source(sentences="lines", labels={"ORG": "ORGANISATION", "LOC": "LOCATION"}, **more), LINES))
    assert [named(row) for row in rows] == ([expected] if expected else [])  # the sentence without a name is left out
    assert not rows or rows[0]["text"] == "A empresa Oi S.A comprou terras em Goiás."


def test_a_running_text_is_cut_at_ends_of_sentences() -> None:
    words = ["M.|I-PER", "Dupont|I-PER", *["dit|O"] * 8, ".|O", *["il|O"] * 8, "Paris|I-LOC", ".|O"]
    content = "\n".join(word.replace("|", " ") for word in words)
    labels = {"PER": "PERSON", "LOC": "LOCATION"}
    rows = list(token_rows(source(language="fr", sentences="ends", labels=labels), content))
    assert [named(row) for row in rows] == [[("M. Dupont", "PERSON")], [("Paris", "LOCATION")]]


# -- the newspaper -------------------------------------------------------------------------------------------------

NEWSPAPER = source(sports="es", labels={**{name: name for name in NAMES}, "doubtful": "unknown"})
COMMON = "disse/V que/KS não/ADV sabe/V ./."


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"Ontem/ADV o/ART Banco/NPROP do/NPROP Sul/NPROP {COMMON}", [("Banco do Sul", ORG)]),
        (f"O/ART médico/N Zulmiro/NPROP Prates/NPROP {COMMON}", [("Zulmiro Prates", PER)]),
        (f"Zulmiro/NPROP Prates/NPROP ,/, 45/NUM ,/, {COMMON}", [("Zulmiro Prates", PER)]),
        (f"Em/PREP|+ a/ART Argentina/NPROP ele/PROPESS {COMMON}", [("Argentina", LOC)]),
        (f"A/ART Copa/NPROP do/NPROP Mundo/NPROP acabou/V e/KC ele/PROPESS {COMMON}", []),
        (f"Em/PREP Belém/NPROP (/( PA/NPROP )/) ele/PROPESS {COMMON}", [("Belém", LOC), ("PA", LOC)]),
        (
            f"A/ART Associação/NPROP de/NPROP Xadrez/NPROP (/( Axal/NPROP )/) {COMMON}",
            [("Associação de Xadrez", ORG), ("Axal", ORG)],
        ),
        # Nothing says what this is, beside one of which it is said.
        (f"Em/PREP Lima/NPROP o/ART Zurp/NPROP {COMMON}", [("Lima", LOC), ("Zurp", "?")]),
        # The corpus calls the first word of the name common, so that its edge is not known.
        (f"Lima/NPROP e/KC a/ART Casa/N de/PREP Paris/NPROP {COMMON}", [("Lima", LOC), ("Casa", "?"), ("Paris", "?")]),
    ],
)  # fmt: skip
def test_what_indicates_a_proper_noun(line: str, expected: list[tuple[str, str]]) -> None:
    rows = [row for row in newspaper_rows(NEWSPAPER, {"br.txt": tagged(line)}) if row["spans"] or not expected]
    assert [named(row) for row in rows] == [expected]


def test_a_page_that_names_someone_in_full_reports_the_surname() -> None:
    page = tagged(f"O/ART médico/N Zulmiro/NPROP Prates/NPROP {COMMON} Mas/KC o/ART Prates/NPROP {COMMON}")
    assert [named(row) for row in newspaper_rows(NEWSPAPER, {"br.txt": page})][1] == [("Prates", "PERSON")]
    other = {"br.txt": page, "mu.txt": tagged(f"Mas/KC o/ART Prates/NPROP {COMMON}")}
    assert len(list(newspaper_rows(NEWSPAPER, other))) == 2  # on another page nothing is known of it


def test_on_a_page_of_sports_a_town_may_be_its_club() -> None:
    page = tagged(f"Em/PREP Lima/NPROP o/ART Santos/NPROP {COMMON}")
    found = {name: named(row)[1] for name in ("br.txt", "es.txt") for row in newspaper_rows(NEWSPAPER, {name: page})}
    assert found == {"br.txt": ("Santos", "LOCATION"), "es.txt": ("Santos", "?")}


def test_words_that_a_corpus_parts_are_put_together() -> None:
    line = "O/ART Senado/NPROP reuniu/V|+ se/PROPESS em/PREP|+ aquela/PROADJ sala/N de/PREP|+ a/ART Câmara/NPROP ./."
    [row] = newspaper_rows(NEWSPAPER, {"br.txt": tagged(line)})
    assert row["text"] == "O Senado reuniu-se naquela sala da Câmara."
    assert named(row) == [("Senado", "ORGANISATION"), ("Câmara", "ORGANISATION")]


@pytest.mark.parametrize(
    ("words", "text"),
    [("em ele", "nele"), ("De esses", "Desses"), ("por o", "pelo"), ("deve -se", "deve-se"), ("vê -lo", "vê-lo")],
)
def test_portuguese_words_as_written(words: str, text: str) -> None:
    joined, _ = contract(words.split(), [])
    assert detokenise(joined, "pt")[0] == text


# -- the treebank --------------------------------------------------------------------------------------------------

TREE = """(
 (S (sn.e-SUJ *0*)
    (sn-SUJ (da0ms0 El el) (ncms000 juez juez) (np0000p Ana_Paz Ana_Paz)) (Fpa -Fpa- -Fpa-) (np0000o IU IU) (Fpt -Fpt- -Fpt-)
    (vmip3s0 vive vivir) (sps00 en en) (np0000l Soria Soria) (Fc , ,) (rg no no)
    (sps00 en en) (np0000o {acts} {acts}) (Fp . .)))
"""  # noqa: E501


@pytest.mark.parametrize(
    ("acts", "expected"), [("Endesa", "ORGANISATION"), ("Soria", "?"), ("España", "?"), ("Gobierno", "?")]
)
def test_leaves_of_a_tree_say_what_a_noun_names(acts: str, expected: str) -> None:
    labels = {"np0000p": "PERSON", "np0000o": "ORGANISATION", "np0000l": "LOCATION", "doubtful": "unknown"}
    spanish = source(language="es", labels=labels, broken="ZZ")
    [row] = treebank_rows(spanish, {"1.tbf": TREE.format(acts=acts)})
    assert row["text"] == f"El juez Ana Paz (IU) vive en Soria, no en {acts}."
    assert named(row) == [("Ana Paz", "PERSON"), ("IU", "ORGANISATION"), ("Soria", "LOCATION"), (acts, expected)]
    assert not list(treebank_rows(spanish, {"1.tbf": TREE.format(acts="ZZNM")}))


# -- the parliament ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "I thank Mr de la Cruz and the Commission.", [("de la Cruz", PER), ("Commission", ORG)]),
        ("en", "The Fisheries Committee met in Lisbon.", [("Fisheries Committee", ORG), ("Lisbon", LOC)]),
        ("en", "We reject the Treaty of Lisbon and the Zorp.", [("Zorp", "?")]),
        ("es", "La Comisión de Pesca oyó al Sr. Díaz.", [("Comisión de Pesca", ORG), ("Díaz", PER)]),
        ("es", "Ni la Estrategia Europa basta.", [("Estrategia", "?"), ("Europa", "?")]),
        ("fr", "Le Parlement européen siège en France.", [("Parlement européen", ORG), ("France", LOC)]),
    ],
)  # fmt: skip
def test_speech_of_a_parliament(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    usual = {"en": "and so the rest of what we do", "es": "y así la ni el del resto", "fr": "et ainsi le reste"}
    row, _ = label_pairs([{language: text}, {language: usual[language]}], {})
    assert named(row) == expected


def test_a_name_that_the_english_pipeline_knows_is_carried_to_the_other_language() -> None:
    pair = {"en": "so then Ana Paz spoke in Zorpville.", "es": "y después Ana Paz habló en Zorpville."}
    english, spanish = label_pairs([pair], {pair["en"]: [(8, 15, "PERSON"), (25, 34, "GPE")]})
    assert named(english) == named(spanish) == [("Ana Paz", "PERSON"), ("Zorpville", "LOCATION")]
    assert [named(row) for row in label_pairs([pair], {})] == [[("Ana Paz", "?"), ("Zorpville", "?")]] * 2


# -- files ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def repositories(tmp_path: Path) -> Path:
    """A folder with one repository of one commit."""
    place = tmp_path / "someone+texts"
    (place / "parts").mkdir(parents=True)
    (place / "a.en").write_text("A sentence of some length.\nShort.\nThe well-known known fact of it.\n")
    (place / "a.es").write_text("Una frase de cierta longitud.\nCorta.\nUn hecho bien conocido por todos.\n")
    (place / "parts" / "2.txt").write_text("dos")
    (place / "parts" / "1.txt").write_text("uno")
    with zipfile.ZipFile(place / "b.zip", "w") as archive:
        archive.writestr("b/1.txt", "Não".encode("iso-8859-1"))
        archive.writestr("b/README", "no")
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "a"]):
        subprocess.run(["git", "-C", str(place), *command], check=True)
    return tmp_path


def digest(*paths: Path) -> str:
    return sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def test_files_are_read_at_a_commit_and_only_as_they_were_named(repositories: Path) -> None:
    place = repositories / "someone+texts"
    repository = open_repository("someone/texts", "HEAD", repositories)
    parts = [place / "parts" / name for name in ("1.txt", "2.txt")]
    assert repository.read_folder("parts", digest(*parts)) == {"1.txt": "uno", "2.txt": "dos"}
    packed = {"path": "b.zip", "sha256": digest(place / "b.zip"), "suffix": ".txt", "encoding": "iso-8859-1"}
    assert repository.read_zip(packed) == {"1.txt": "Não"}
    with pytest.raises(ValueError, match=r"a\.en is not the file"):
        repository.read("a.en", "0" * 64)


def test_pairs_are_the_sound_sentences(repositories: Path) -> None:
    place = repositories / "someone+texts"
    files = {code: {"path": f"a.{code}", "sha256": digest(place / f"a.{code}")} for code in ("en", "es")}
    part = {"repository": "someone/texts", "commit": "HEAD", "tokenised": False, "files": [files]}
    expected = [{"en": "A sentence of some length.", "es": "Una frase de cierta longitud."}]
    assert read_pairs([part, part], repositories) == expected


def test_gathered_rows_are_read_by_corpus_and_language(tmp_path: Path) -> None:
    row = {
        "corpus": "made",
        "language": "pt",
        "text": "Ana",
        "spans": [[0, 3, "PERSON"]],
        "unknown": [],
        "marked": NAMES,
    }
    (tmp_path / "made.jsonl").write_text(json.dumps(row) + "\n")
    (tmp_path / "parliament.jsonl").write_text(json.dumps({"en": "A pair", "es": "Un par"}) + "\n")
    [found] = read_gathered(tmp_path)
    assert (found.corpus, found.spans, found.part) == ("made-pt", ((0, 3, "PERSON"),), "train")
    assert found.marked == frozenset(NAMES)


@pytest.mark.parametrize("entry", SOURCES, ids=lambda entry: str(entry["name"]))
def test_every_source_says_where_it_is_from_and_what_allows_it(entry: dict[str, object]) -> None:
    assert entry["title"]
    assert entry["licence"]
    assert "test" not in json.dumps(entry["parts"])
    for part in entry["parts"]:  # type: ignore[attr-defined]
        assert len(part["commit"]) == 40
        files = [file for pair in part.get("files", []) for file in pair.values()] or [part]
        assert all(len(file["sha256"]) == 64 for file in files)


def test_no_name_is_listed_as_two_things() -> None:
    lists = yaml.safe_load((NER / "newspaper.yaml").read_text(encoding="utf-8"))
    kinds = ["persons", "organisations", "places", "nothing", "doubtful"]
    names = [name for kind in kinds for name in dict.fromkeys(lists[kind])]
    assert sorted(names) == sorted(set(names))
