"""Bank records: the annex in which a single wrong digit matters most."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from app.demonstration import identifiers
from app.demonstration.cases import Case
from app.demonstration.words import words
from app.demonstration.writing import Draft, Paragraph


def bank_record(case: Case, rng: Random) -> Draft:
    """Return the transactions of the account of ``case``, held at a bank of the requested State."""
    about = words("states")[case.requested]
    vocabulary = words(about["language"])["bank"]
    rows = [tuple(vocabulary["columns"])]
    moment = case.date_from
    for _ in range(rng.randint(12, 60)):
        moment += timedelta(days=rng.randint(0, 9))
        amount = f"{rng.randint(100, 90_000)}{about['decimal']}{rng.randint(0, 99):02d}"
        payer = rng.choice([case.company, case.accomplice.name])
        other = identifiers.account(rng, rng.choice(["ES", "PT", "CO", "PE"]))
        rows.append(
            (moment.strftime("%d/%m/%Y"), rng.choice(vocabulary["concepts"]), payer, other, amount, about["currency"])
        )
    title = vocabulary["sheet"]
    text = "\n".join("\t".join(row) for row in rows)
    paragraphs = (Paragraph("paragraph", text, about["language"]),)
    truth: dict[str, object] = {"account": case.account, "rows": len(rows) - 1}
    return Draft("bank_record", case.requested, title, "", paragraphs, truth, tuple(rows))
