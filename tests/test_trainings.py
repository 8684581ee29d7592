"""Trainings and benchmarks: each module can be imported, and trainings learn what separates a few rows."""

import importlib
from pathlib import Path

import numpy as np
import pytest

from models.concept_tags import train as concept_tags
from models.document_types import train as document_types
from models.encoder import concepts
from models.labelled_letters import BLIND, GOLD, labelled_letters
from models.provision_selection import train as provision_selection
from models.request_authorities import train as authorities
from models.request_checks import train as checks
from models.request_declarations import train as declarations
from models.request_enclosures import train as enclosures
from models.request_procedures import train as procedures
from models.request_references import train as references
from models.request_roles import train as roles
from models.request_states import train as states
from models.request_types import train as types
from nlp.annotations import DocumentType
from nlp.document_family import Features, RuleFindings, likely_families
from nlp.provision_roles.classifier import ROLES
from nlp.provision_roles.subject_classifier import SubjectWeights
from nlp.requests.enclosures.evidence import Piece
from nlp.requests.persons.role_classifier import CLASSES, Linear
from nlp.requests.weights import feature_probability

ROOT = Path(__file__).parent.parent
SCRIPTS = sorted(
    ".".join(file.relative_to(ROOT).with_suffix("").parts)
    for folder in ("models", "benchmarks")
    for file in (ROOT / folder).rglob("*.py")
)
LETTERS = 8
SIGN, NO_SIGN = {"every": 1.0, "sign": 1.0}, {"every": 1.0, "other": 1.0}


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_training_and_benchmark_can_be_imported(name: str) -> None:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name not in ("torch", "transformers"):
            raise
        pytest.skip(f"{error.name} is not installed (pip install '.[training]')")


def test_weights_are_fitted_to_the_open_sets_alone() -> None:
    sets = {letter.letters for letter in labelled_letters()}
    assert sets | BLIND == {path.stem for path in GOLD.glob("requests*.jsonl")}
    assert not BLIND & sets


def likelier(weights: dict[str, float]) -> bool:
    """Return whether the sign is likely by the weights, and what has no sign is not."""
    return feature_probability(NO_SIGN, weights) < 0.5 < feature_probability(SIGN, weights)


def test_families_of_documents_are_told_by_words_of_several_publishers() -> None:
    def made(source: str, label: str, word: str) -> document_types.Example:
        rules = RuleFindings({}, {}, {}, DocumentType("unknown", 0.0, "made"))
        found = Features(frozenset({word, f"{word} {source}"}), {"constant": 1.0})
        return document_types.Example(source, "en", label, "within", False, rules, found)

    publishers = [f"{state}/publisher" for state in ("AA", "BB", "CC", "DD", "EE")]
    examples = [made(name, *row) for name in publishers for row in (("statute", "enact"), ("judgment", "appeal"))]
    trained = document_types.fit(examples)
    assert set(trained.words) == {"enact", "appeal"}
    for example in examples:
        likely = likely_families(example.features, trained)
        assert max(likely, key=lambda name: likely[name]) == example.family


def test_references_are_told_by_the_features_of_labelled_ones() -> None:
    example = references.Example("made", (SIGN, NO_SIGN), (frozenset({"12/2020"}), frozenset()), frozenset({"12/2020"}))
    weights = references.fit([example] * LETTERS)
    assert likelier(weights)
    assert references.figures([example], weights) == (1.0, 1.0)


def test_enclosures_are_told_by_the_features_of_labelled_ones() -> None:
    pieces = [Piece(0, 5, SIGN), Piece(6, 9, NO_SIGN)]
    example = enclosures.Example("made", pieces, ["a decision", "a reason"], frozenset({0}), ["decision"])
    weights = enclosures.fit([example] * LETTERS)
    assert likelier(weights)


def test_the_authority_is_the_candidate_with_the_features_of_labelled_ones() -> None:
    example = authorities.Example("made", (NO_SIGN, SIGN), ("a bank", "a court"), (0.0, 1.0), (False, True))
    weights = authorities.fit([example] * LETTERS)
    assert authorities.count_right([example], weights) == 1
    turned = authorities.Example("made", (SIGN, NO_SIGN), ("a bank", "a court"), (0.0, 1.0), (False, True))
    assert authorities.count_right([turned], weights) == 0


def test_states_of_a_letter_are_told_by_the_features_of_labelled_ones() -> None:
    features = {"es": {"signs": 1.0}, "br": {"addressed": 1.0}}
    weights = states.fit([states.Example("made", features, ("es", "br"))] * LETTERS)
    turned = {"fr": {"addressed": 1.0}, "pe": {"signs": 1.0}}
    unseen = states.Example("made", turned, ("pe", "fr"))
    assert [states.count_right([unseen], weights, position) for position in (0, 1)] == [1, 1]


def test_the_type_of_a_letter_is_told_by_the_features_of_labelled_ones() -> None:
    examples = [types.Example("made", {name: 1.0}, name) for name in ("extradition", "freezing")] * LETTERS
    weights = types.fit(examples)
    assert [types.best(example, weights) for example in examples[:2]] == ["extradition", "freezing"]


def test_concepts_are_told_by_the_vectors_of_their_facts() -> None:
    vectors = np.eye(2, 4, dtype=np.float32)[np.array([0, 1] * LETTERS)]
    fitted = concepts.fit(vectors, np.array([0, 1] * LETTERS))
    assert (vectors[:2] @ fitted.T).argmax(axis=1).tolist() == [0, 1]


def test_subjects_of_provisions_are_told_by_their_features() -> None:
    candidates = {"fraud": {"cued": 1.0}, "theft": {"cued": 0.0}}
    weights = concept_tags.fitted([concept_tags.Example({"concepts": ["fraud"], "also": []}, candidates)] * LETTERS)
    assert weights.probability({"cued": 0.0}) < weights.probability({"cued": 1.0})


def test_weights_of_subjects_move_from_those_in_use_towards_new_labels() -> None:
    prior = SubjectWeights({"cued": 1.0, "seen": 0.5}, 0.0, 0.6, 0.4)
    candidates = {"fraud": {"cued": 0.0, "seen": 1.0}, "theft": {"cued": 1.0, "seen": 1.0}}
    labelled = concept_tags.Example({"concepts": ["fraud"], "also": []}, candidates)
    few, many = (concept_tags.fitted_towards(prior, [labelled] * count).weights for count in (LETTERS, 20 * LETTERS))
    assert prior.weights["cued"] > few["cued"] > many["cued"]
    assert few["seen"] == many["seen"] == prior.weights["seen"]


def test_a_concept_that_is_only_also_right_counts_less_for_the_weights() -> None:
    prior = SubjectWeights({"cued": 0.0}, 0.0, 0.6, 0.4)
    candidates = {"fraud": {"cued": 1.0}, "theft": {"cued": 0.0}}
    rows = ({"concepts": ["fraud"], "also": []}, {"concepts": [], "also": ["fraud"]})
    exact, also = (
        concept_tags.fitted_towards(prior, [concept_tags.Example(row, candidates)] * LETTERS).weights["cued"]
        for row in rows
    )
    assert exact > also > 0


@pytest.mark.parametrize("training", ["checks", "procedures"])
def test_alarms_and_procedures_are_told_by_the_features_of_labelled_ones(training: str) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed (pip install '.[training]')")
    rows = ((SIGN, True), (NO_SIGN, False))
    if training == "checks":
        weighed = tuple(checks.Weighed(features, right, is_alarm=True) for features, right in rows)
        weights = checks.fit([checks.CheckedLetter("made", weighed, 1)] * LETTERS)
    else:
        weights = procedures.fit(rows * LETTERS)
    assert feature_probability(NO_SIGN, weights) < feature_probability(SIGN, weights)


def test_declarations_and_roles_of_provisions_are_told_by_their_values() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed (pip install '.[training]')")
    vectors, truth = np.eye(2, dtype=np.float32).repeat(LETTERS, axis=0), np.array([True] * LETTERS + [False] * LETTERS)
    weights, _ = declarations._fit(vectors, truth, vectors[:1], truth[:1])
    assert weights[0] > weights[1]
    look = provision_selection.fitted([{"a": 1.0}, {"a": 0.0}] * LETTERS, [ROLES[0], ROLES[1]] * LETTERS)
    assert look.probabilities([{"a": 1.0}, {"a": 0.0}]).argmax(axis=1).tolist() == [0, 1]


def test_stored_weights_of_roles_learn_from_further_names_and_keep_what_these_do_not_tell() -> None:
    suspect, victim = CLASSES.index("suspect"), CLASSES.index("victim")
    stored = Linear(np.zeros((2, len(CLASSES)), np.float32), np.zeros(len(CLASSES), np.float32))
    stored.weights[0, suspect] = 1.0
    stored.weights[1, suspect] = 1.0
    rows = np.array([[1.0, 0.0]] * 400, np.float32)
    names = roles.Examples(rows, np.full(400, victim), np.ones(400, np.float32), np.zeros(400, np.int64))
    moved = roles.further(names, stored)
    assert moved.likely(rows)[0].argmax() == victim
    assert stored.likely(rows)[0].argmax() == suspect
    assert (moved.weights[1] == stored.weights[1]).all()
