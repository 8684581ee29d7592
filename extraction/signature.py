"""Signatures of files: by whom, when, and whether the signed bytes are unchanged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class SignatureState(StrEnum):
    """Whether the signed bytes are those that were signed.

    ``WEAK``: they are as far as a digest tells that can be forged today; ``UNCHECKED``: unknown form or algorithm.
    """

    INTACT = "intact"
    WEAK = "weak"
    ALTERED = "altered"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature: name of the signer's certificate, time as it states it (ISO 8601), state of the signed bytes.

    ``whole`` says that nothing was added to the file afterwards. Unknown facts are empty.
    """

    signer: str
    time: str
    state: SignatureState
    whole: bool

    def __str__(self) -> str:
        return " | ".join((self.signer, self.time, self.state.value, "whole" if self.whole else "extended"))


def signature_warnings(found: Sequence[Signature]) -> list[str]:
    """Return the message codes of ``found``: that the file is signed, and what speaks against its signatures."""
    states = {signature.state for signature in found}
    codes = ["signed"] if found else []
    against = (SignatureState.ALTERED, SignatureState.WEAK, SignatureState.UNCHECKED)
    codes += [f"signature_{state.value}" for state in against if state in states]
    return codes if not found or any(signature.whole for signature in found) else [*codes, "signature_extended"]
