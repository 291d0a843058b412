"""Whether the steps that an explanation tells are those that linkage took."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from everyname.case import CaseFolder, explain_pair, run
from everyname.case.linked_records import LinkedRecords
from everyname.case.scored_records import ScoredRecords
from everyname.ledger import LedgerReader
from everyname.linkage.explanation import explain

RIVER_VALLEY = Path(__file__).parents[2] / "examples" / "river-valley"
PAIRS = 200


@pytest.fixture(scope="module")
def valley(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("valley") / "river-valley"
    shutil.copytree(RIVER_VALLEY, folder)
    run(folder)
    return folder


def test_the_steps_of_any_pair_lead_to_the_probability_that_linkage_kept(valley):
    folder = CaseFolder(valley)
    rng = np.random.default_rng(5)
    met: Counter[str] = Counter()
    with LedgerReader(folder.ledger) as ledger:
        scored, linked = ScoredRecords.of(folder, ledger), LinkedRecords(folder, ledger)
        unsure = np.flatnonzero(np.abs(scored.pairs.probability - 0.5) < 0.48)
        drawn = [*rng.permutation(len(scored.pairs))[:PAIRS], *rng.permutation(unsure)[:PAIRS]]
        pairs = scored.pairs.where(np.array(drawn))
        a, b = pairs.a.tolist(), pairs.b.tolist()
        compared = linked.compared(list(zip(a, b, strict=True)))
        for at, kept in enumerate(pairs.probability.tolist()):
            explanation = explain(
                linked.model,
                compared.levels[at].tolist(),
                {},
                {},
                within=scored.files[a[at]] == scored.files[b[at]],
                event=int(compared.event[at]),
                probability=kept,
            )
            assert explanation.probability == pytest.approx(kept, abs=1e-6)
            met.update(remark.kind for remark in explanation.remarks)
            met["conflict"] += bool(pairs.conflict[at])
    assert met["event"] > 20
    assert met["conflict"] > 20
    # No step that nobody can name.
    assert met["rest"] == 0
    most = int(np.argmax(np.where(pairs.conflict, 0, pairs.probability)))
    told = explain_pair(valley, scored.references[a[most]], scored.references[b[most]])
    assert told.explanation.probability == pytest.approx(pairs.probability[most], abs=1e-6)
