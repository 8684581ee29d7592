"""How well the provisions of a comparison are selected, by models that did not see what they are measured on.

``PYTHONPATH=models/provision_selection python benchmarks/provision_roles.py`` prints, for the labels of
``provision_roles.yaml``: the precision of what is shown (at most three provisions of a country), cells where a basic
offence is among it, cells without a law that are left empty, and empty cells that are rightly empty. Once each without
the measured offences (ten parts), without the measured country, and by the model that ships for the offences that were
kept from training. It needs scikit-learn.
"""

from __future__ import annotations

from collections.abc import Sequence

from provision_role_figures import figures
from provision_role_labels import Cell, cells
from train import held_out, part_by

from nlp.provision_roles.classifier import RoleScore, model, role_scores


def main() -> None:
    own = cells()
    report("without the offence", own, held_out(own, part_by([one.concept for one in own])))
    countries = sorted({one.country for one in own})
    report("without the country", own, held_out(own, [countries.index(one.country) for one in own]))
    kept = cells(kept=True)
    report("kept offences", kept, [role_scores(one.concept, one.candidates) for one in kept])


def report(name: str, own: Sequence[Cell], scores: Sequence[Sequence[RoleScore]]) -> None:
    known = model()
    print(name, figures(own, scores, known.least_basic, known.least_shown))


if __name__ == "__main__":
    main()
