"""Selection of the provisions of a comparison, by models not trained on the measured cells.

``python -m benchmarks.provision_roles`` prints, for the labels of
``provision_roles.yaml``: the precision of the provisions shown (at most three of a country), cells that include a basic
offence, cells without a provision that are left empty, and empty cells that are correctly empty. Each is measured
without the measured offences (ten parts), without the measured country, and with the shipped model on the offences held
out from training. It requires scikit-learn.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.provision_role_figures import figures
from benchmarks.provision_role_labels import Cell, cells
from models.provision_selection.train import held_out, part_by
from nlp.provision_roles.classifier import RoleScore, model, role_scores


def main() -> None:
    own = cells()
    report("without the offence", own, held_out(own, part_by([cell.concept for cell in own])))
    countries = sorted({cell.country for cell in own})
    report("without the country", own, held_out(own, [countries.index(cell.country) for cell in own]))
    kept = cells(kept=True)
    report("kept offences", kept, [role_scores(cell.concept, cell.candidates) for cell in kept])


def report(name: str, own: Sequence[Cell], scores: Sequence[Sequence[RoleScore]]) -> None:
    known = model()
    print(name, figures(own, scores, known.least_basic, known.least_shown))


if __name__ == "__main__":
    main()
