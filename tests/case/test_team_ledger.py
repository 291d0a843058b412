"""A team's ledger on PostgreSQL: what is decided, released, taken and kept is entered there too."""

from __future__ import annotations

from everyname.case import (
    CaseFolder,
    add_custody,
    prove,
    record_access,
    release,
    run,
    verify,
)
from everyname.ledger import LedgerReader


def states(result):
    return set(dict(result.stages).values())


def test_from_hand_files_to_a_release_and_a_bundle(small_case, edit, new_address):
    edit("case.toml", "[lists]", f'[ledger]\naddress = "{new_address()}"\n\n[lists]')
    for name, text in {
        "corrections": "record,field,value,reviewer\nclinic/2,age,32,R. One\n",
        "withdrawals": "record,reviewer\nparish-book/b3,The parish\n",
        "rulings": "record,field,value,reviewer\nclinic/1,sex,female,The panel\n",
    }.items():
        (small_case / "hand" / f"{name}.csv").write_text(text, encoding="utf-8")
    assert run(small_case).summary.count.best <= 5
    assert states(run(small_case)) == {"unchanged"}
    made = release(small_case, "First report")
    add_custody(small_case, "clinic.csv", "handed to the archive", by="R. One")
    prove(small_case, "clinic/2")
    with LedgerReader(CaseFolder(small_case).ledger) as ledger:
        (access,) = ledger.accesses()
        assert access.what == "clinic/2"
        assert access.who
        assert ledger.releases() == (made,)
        assert [c.value for c in ledger.corrections()] == ["32"]
        assert [w.record for w in ledger.withdrawals()] == ["parish-book/b3"]
        assert [r.value for r in ledger.rulings()] == ["female"]
        (found,) = (f for f in ledger.records() if f.record.reference == "clinic/2")
        assert found.record.values("age") == ("32",)
    assert record_access(CaseFolder(small_case).ledger, "clinic/1", "x", "R. Two").who == "R. Two"
    assert states(run(small_case)) == {"unchanged"}
    assert verify(small_case)[1] == ()
