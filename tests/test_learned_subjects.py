"""Concepts of provisions by the learned decision over candidates of rules, words and vectors."""

from __future__ import annotations

from dataclasses import replace

import pytest
from engine_records import made

from extraction.document import Document
from indexing.records.passages import with_learned_concepts
from indexing.settings import Settings
from indexing.vectors.encoder import FOLDER, open_encoder
from nlp.annotations import Annotations, DocumentType, Unit
from nlp.concepts.provision_cues import read_cues
from nlp.concepts.tagging import mentions_in
from nlp.provision_roles.learned_subjects import learned_subject_tags, subject_place
from nlp.provision_roles.nearest_concepts import encoder_version, nearness
from nlp.provision_roles.subject_classifier import SubjectWeights, chosen_subjects, subject_features
from nlp.provision_roles.subjects import subject_tags
from nlp.structure.structure import find_structure

SHIPPED = pytest.mark.skipif(not (FOLDER / "model.onnx").exists(), reason="models/encoder holds no model")
WEIGHTS = SubjectWeights({}, 0.0, least=0.6, least_best=0.4)
LAW = """Article 12

Les frais de la remise sont à la charge de l'Etat qui l'a demandée, dès qu'il a reçu la personne réclamée.

Article 13

Celui qui s'abstient de venir en aide à une personne exposée à un grave péril, alors qu'il le pouvait sans danger,
est puni d'un an d'emprisonnement.
"""
EXPECTED = {"art. 12": "COOPCOST", "art. 13": "OMISSION"}


@pytest.mark.parametrize(
    ("probable", "chosen"),
    [
        ({"HOM": 0.9, "ASSAULT": 0.7, "ROB": 0.5}, {"HOM", "ASSAULT"}),
        ({"HOM": 0.45, "ASSAULT": 0.44}, {"HOM"}),
        ({"HOM": 0.3}, set()),
        ({}, set()),
    ],
)
def test_the_best_candidate_needs_less_than_others(probable: dict[str, float], chosen: set[str]) -> None:
    assert set(chosen_subjects(probable, WEIGHTS)) == chosen


def test_the_concept_of_the_own_heading_needs_less_than_that_of_the_chapter() -> None:
    probable = {"EAW": 0.95, "DUALCRIM": 0.5, "EAWISSUE": 0.5}
    assert set(chosen_subjects(probable, WEIGHTS, {"DUALCRIM", "EAWREF"})) == {"EAW", "DUALCRIM"}


@SHIPPED
def test_provisions_that_do_not_name_their_concept_get_it_by_their_vectors() -> None:
    encoder = open_encoder(Settings(FOLDER))
    assert encoder is not None
    units = find_structure(LAW, (), document_type="code", language="fr", jurisdiction="BJ")
    vectors = {(u.label, u.end): encoder.passages([LAW[u.start : u.end]])[0] for u in units}
    learned = learned_subject_tags(LAW, units, "fr", "BJ", "", vectors)
    tagged = {unit.label: {tag.concept for tag in tags} for unit, tags in learned}
    assert {label for label, concept in EXPECTED.items() if concept in tagged[label]} == EXPECTED.keys()


@SHIPPED
def test_provisions_without_vectors_are_decided_by_the_rules() -> None:
    units = find_structure(LAW, (), document_type="code", language="fr", jurisdiction="BJ")
    learned = list(learned_subject_tags(LAW, units, "fr", "BJ", "", {}))
    assert learned == list(subject_tags(LAW, units, "fr", "BJ"))


@SHIPPED
def test_the_nearest_concept_of_a_concept_is_itself() -> None:
    encoder = open_encoder(Settings(FOLDER))
    assert encoder is not None
    found = nearness(encoder.query("extradición de nacionales"))
    assert found is not None
    assert "EXTRNAT" in found.nearest()[:3]
    assert found.features("no such concept") == {}


@SHIPPED
@pytest.mark.parametrize(("version", "changed"), [(encoder_version(), True), ("other@1", False)])
def test_only_vectors_of_the_models_encoder_change_the_concepts_of_records(version: str, changed: bool) -> None:
    encoder = open_encoder(Settings(FOLDER))
    assert encoder is not None
    text = (
        "Article 12 Les frais d'exécution de la demande d'entraide sont à la charge de l'Etat requis, sauf dépenses "
        "extraordinaires."
    )
    unit = Unit(0, len(text), "art. 12", "article", (), "", 1.0, "test")
    records = made("law", text, language="fr", document_type="code", jurisdiction="BJ", units=(unit,))
    vector = encoder.passages([text])[0].astype("<f2").tobytes()
    own = [replace(record, vectors=(vector,), encoder=version) for record in records]
    document = Document(text, (), (), "text/plain", "test")
    annotations = Annotations(DocumentType("code", 1.0, "test"), (), (unit,), (), "", "BJ", "", (), "test")
    learned = with_learned_concepts(own, document, annotations, own[0].facts)
    assert (("CONCEPT", "COOPCOST") in {pair for record in learned for pair in record.entities}) is changed


MANY = """Section 2

Where a constable finds a person on land and the occupier complains of trespass, the constable may direct the person to
leave. The occupier need not prove damage caused by the trespass, and a trespass that ends at once is disregarded.
"""


def test_labels_of_the_whole_provision_are_counted_weak_ones_too() -> None:
    unit = Unit(0, len(MANY), "s. 2", "article", (), "", 1.0, "test")
    counts = mentions_in(MANY, read_cues(MANY, unit, 0, "en", "JM"))
    assert counts["TRESP"] == 3
    assert max(counts, key=lambda code: counts[code]) == "TRESP"


@SHIPPED
def test_a_concept_that_is_only_named_by_weak_labels_is_a_candidate() -> None:
    encoder = open_encoder(Settings(FOLDER))
    assert encoder is not None
    unit = Unit(0, len(MANY), "s. 2", "article", (), "", 1.0, "test")
    cued = [(unit, read_cues(MANY, unit, 0, "en", "JM"))]
    place = subject_place(MANY, cued, [()], 0, encoder.passages([MANY])[0])
    assert place is not None
    features = subject_features(place)["TRESP"]
    assert (features["mentions_first"], features["mentions_lead"]) == (1.0, 0.0)
    others = (own for code, own in subject_features(place).items() if code not in place.mentioned)
    assert all(own["mentions"] == own["mentions_first"] == 0.0 for own in others)


@SHIPPED
@pytest.mark.parametrize(("heading", "candidate"), [("Imprisonment", True), ("Damage", False)])
def test_imprisonment_is_a_candidate_only_where_the_heading_names_it(heading: str, candidate: bool) -> None:
    encoder = open_encoder(Settings(FOLDER))
    assert encoder is not None
    text = f"7. {heading}\n\nA person who damages a wall is liable to imprisonment for a term of two years."
    unit = Unit(0, len(text), "s. 7", "article", (), heading, 1.0, "test")
    cued = [(unit, read_cues(text, unit, 0, "en", "JM"))]
    place = subject_place(text, cued, [()], 0, encoder.passages([text])[0])
    assert place is not None
    assert ("PRISON" in subject_features(place)) is candidate


@SHIPPED
@pytest.mark.parametrize(
    ("heading", "path", "candidate"),
    [("", ("Transitorios",), False), ("Ministerio público", ("Transitorios",), True), ("", ("Capítulo I",), True)],
)
def test_a_transitional_clause_is_not_about_an_institution_that_it_names(
    heading: str, path: tuple[str, ...], candidate: bool
) -> None:
    encoder = open_encoder(Settings(FOLDER))
    assert encoder is not None
    text = f"Tercero. {heading}\n\nEl personal de la Fiscalía y del Ministerio Público conserva sus derechos laborales."
    unit = Unit(0, len(text), "art. 3 transitorio", "article", path, heading, 1.0, "test")
    cued = [(unit, read_cues(text, unit, 0, "es", "MX"))]
    place = subject_place(text, cued, [()], 0, encoder.passages([text])[0])
    assert place is not None
    assert ("PROSEC" in subject_features(place)) is candidate
