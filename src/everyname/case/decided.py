"""Which decisions a stage left in force in the ledger, so that it can tell whether they still are.

A ledger that was restored from a backup may not know the latest of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from everyname.case.stage import write_json
from everyname.ledger import Correction, Judgement, LedgerReader, Ruling, Withdrawal

_DECISIONS: Mapping[
    str, Callable[[LedgerReader], Sequence[Judgement | Correction | Withdrawal | Ruling]]
] = {
    "judgement": LedgerReader.judgements,
    "correction": LedgerReader.corrections,
    "withdrawal": LedgerReader.withdrawals,
    "ruling": LedgerReader.rulings,
}


def write_decided(path: Path, ledger: LedgerReader, kinds: Sequence[str]) -> None:
    """Note the decisions in force.

    Parameters
    ----------
    path
        The JSON file.
    ledger
        The ledger.
    kinds
        judgement, correction, withdrawal, ruling: those that the stage enters.
    """
    write_json(path, {kind: _ids(ledger, kind) for kind in kinds})


def still_decided(path: Path, ledger: LedgerReader) -> bool:
    """Whether the ledger has just those decisions in force that were noted."""
    noted = json.loads(path.read_text(encoding="utf-8"))
    return all(ids == _ids(ledger, kind) for kind, ids in noted.items())


def _ids(ledger: LedgerReader, kind: str) -> list[str]:
    return [decision.id for decision in _DECISIONS[kind](ledger)]
