"""Files signed as a whole by OpenPGP (``.gpg``, ``.pgp``): who signed is the document, the signed file a member."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path, PurePosixPath

from extraction.document import BlockKind
from extraction.draft import Draft
from extraction.errors import RogatioError
from extraction.media_type import OPENPGP
from extraction.members import Budget, Reading, Unpacking
from extraction.openpgp import ENCRYPTED, LITERAL, SIGNATURE, Malformed, literal, packets, signature, unarmoured

UNNAMED = "file"  # name of the signed file where neither it nor that of the container is known
EXTENSIONS = frozenset({".asc", ".gpg", ".pgp", ".sig"})


def read_openpgp(path: Path, scratch: Path, *, name: str = "", budget: Budget = Budget()) -> Reading:  # noqa: B008
    """Read ``path``, received under ``name``; the signed file is written to ``scratch``.

    There is no document if nobody signed. Raises ``extraction.signature_alone`` if the file holds signatures of another
    file, ``encryption_unsupported``, ``malformed``, and what :meth:`extraction.members.Unpacking.attach` does.
    """
    try:
        found = list(packets(unarmoured(path.read_bytes())))
        contents = [literal(body) for kind, body in found if kind == LITERAL]
        signed = [signature(body) for kind, body in found if kind == SIGNATURE]
    except Malformed as error:
        raise RogatioError("extraction.malformed", media_type=OPENPGP) from error
    if any(kind in ENCRYPTED for kind, _ in found):
        raise RogatioError("extraction.encryption_unsupported")
    if not contents:
        raise RogatioError("extraction.signature_alone" if signed else "extraction.malformed", media_type=OPENPGP)
    unpacking = Unpacking(scratch, budget)
    for one in contents:
        unpacking.attach(one.name or _name_within(name), io.BytesIO(one.content))
    if not signed:
        return Reading(None, tuple(unpacking.members))
    draft = Draft()
    draft.add(BlockKind.PARAGRAPH, "\n".join(", ".join(filter(None, (one.signer, one.time))) for one in signed))
    draft.warn("signature_openpgp")
    document = draft.document(OPENPGP, "openpgp_file")
    return Reading(replace(document, metadata={"signatures": "\n".join(map(str, signed))}), tuple(unpacking.members))


def _name_within(name: str) -> str:
    shown = PurePosixPath(name)
    return shown.name.removesuffix(shown.suffix) if shown.suffix.lower() in EXTENSIONS and shown.stem else UNNAMED
