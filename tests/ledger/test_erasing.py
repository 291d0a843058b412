"""What an erasure removes, what it keeps, and what comes after it."""

import shutil
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from synthetic import (
    ADA,
    BEN,
    BYTES,
    CLEO,
    DOCUMENT,
    FILE,
    HOSPITAL,
    deliver,
    names,
    noon,
    person,
    tampering,
)

from everyname.errors import LedgerAltered, LedgerError
from everyname.ledger import (
    Assignment,
    Document,
    Judgement,
    Keys,
    Ledger,
    Originals,
    attest,
    contradicted,
    erase,
    make_bundle,
    rebuild,
    replay_erasures,
    verify,
)
from everyname.ledger.canonical import canonical_json
from everyname.ledger.verify_bundle import check

ABOUT_ADA = Judgement("hospital/1", "hospital/2", "same", "R", "", "Ada Invented is Ben")
NOT_ABOUT_ADA = Judgement("hospital/2", "hospital/3", "different", "R")


def started(folder):
    """A ledger in a file, with its originals."""
    return Ledger.open(folder / "ledger.sqlite"), Originals(folder / "originals")


@pytest.fixture
def key(tmp_path):
    return Keys(tmp_path / "keys").signing()


def filled(ledger, originals):
    """Three records, of which Ada's was entered in two versions, and what people held of them."""
    originals.preserve(BYTES)
    with ledger.writing(noon) as writer:
        writer.source(HOSPITAL)
        writer.document(Document(DOCUMENT, FILE, "text/csv", len(BYTES), noon().isoformat()))
    deliver(ledger, [person("1", "Ada Invented-Before"), BEN, CLEO])
    deliver(ledger, [ADA, BEN, CLEO], mapping="m2")
    with ledger.writing(noon) as writer:
        writer.decide("judgement", [ABOUT_ADA, NOT_ABOUT_ADA])
        people = (("hospital/1", "P-1"), ("hospital/2", "P-1"), ("hospital/3", "P-3"))
        writer.assign(Assignment(people, (("P-0", "P-1"),)))
        writer.assign(Assignment((("hospital/3", "P-4"),)))


def erase_ada(ledger, originals, key, **more):
    return erase(
        ledger, originals, ["hospital/1"], by="A court", why="Order 7", key=key, now=noon, **more
    )


def everything(ledger):
    """All bytes of all tables."""
    found = []
    with ledger._reading() as connection:
        for table in ("entry", "sealed", "record", "decision", "membership", "redirect", "erased"):
            rows = connection.execute(text(f"SELECT * FROM {table}"))  # noqa: S608
            found += [repr(tuple(map(plain, row))) for row in rows]
    return "\n".join(found)


def plain(value):
    return bytes(value).decode("utf-8", "replace") if isinstance(value, bytes) else value


def test_an_erasure_removes_all_that_speaks_of_the_record_and_nothing_else(ledger, originals, key):
    filled(ledger, originals)
    assert "Ada Invented" in everything(ledger)
    done = erase_ada(ledger, originals, key)
    left = everything(ledger)
    assert "Ada" not in left
    assert "hospital/1" not in left
    assert names(ledger) == ["Ben Invented", "Cleo Invented"]
    assert ledger.judgements() == (NOT_ABOUT_ADA,)
    assert ledger.memberships() == {"hospital/2": "P-1", "hospital/3": "P-4"}
    assert ledger.redirects() == {"P-0": "P-1"}
    assert (done.erasure.by, done.erasure.why) == ("A court", "Order 7")
    assert len(done.erasure.targets) == 2 + 1 + 1  # both versions, a judgement, an assignment
    assert ledger.erasures() == (done.erasure,)
    assert list(verify(ledger, originals, key.verifier)) == []


def test_checkpoints_and_proofs_from_before_stay_valid(ledger, originals, key):
    filled(ledger, originals)
    note = attest(ledger, key)
    (number,) = ledger.numbers_of(ADA.id)
    size = ledger.size()
    before = make_bundle([ledger.proved(number, size)], note, key.verifier.text)
    erase_ada(ledger, originals, key)
    assert list(contradicted(ledger, note, key.verifier, "before")) == []
    after = make_bundle([ledger.proved(number, size)], note, key.verifier.text)
    assert f"Entry {number} (record" in check(before)[1]
    assert "Ada" in check(before)[1]
    assert check(after)[1].endswith("Its content is not here: erased or withheld.")


def test_a_list_that_still_holds_the_record_does_not_bring_it_back(ledger, originals, key):
    filled(ledger, originals)
    erase_ada(ledger, originals, key)
    again = person("1", "Ada Invented-Otherwise")
    # The previous delivery listed it.
    assert ledger.deliver(FILE, DOCUMENT, "m3", [again, BEN, CLEO]) == (0, 1)
    assert deliver(ledger, [ADA, BEN, CLEO], mapping="m4") == (0, 0)
    assert names(ledger) == ["Ben Invented", "Cleo Invented"]
    assert list(verify(ledger, originals, key.verifier)) == []


def test_what_is_not_there_cannot_be_erased(ledger, originals, key):
    filled(ledger, originals)
    size = ledger.size()
    with pytest.raises(LedgerError, match="nothing to erase"):
        erase(ledger, originals, ["hospital/9"], by="A court", why="Order 7", key=key)
    assert ledger.size() == size


def test_an_original_goes_too_when_that_is_ordered(ledger, originals, key):
    filled(ledger, originals)
    erase_ada(ledger, originals, key, documents=[DOCUMENT])
    assert not originals.path(DOCUMENT).exists()
    assert list(verify(ledger, originals, key.verifier)) == []
    originals.preserve(BYTES)
    assert [e.found for e in verify(ledger, originals, key.verifier)] == [
        "this original was erased and is there again"
    ]


def test_an_erasure_that_nobody_signed_for_is_found(ledger, originals, key, tmp_path):
    filled(ledger, originals)
    stranger = Keys(tmp_path / "other").signing()
    done = erase_ada(ledger, originals, stranger)
    found = [error.found for error in verify(ledger, originals, key.verifier)]
    assert found[0] == f"the erasure of entry {done.number} is not signed with the ledger's key"
    assert len(found) == 1 + len(done.erasure.targets)


def test_rebuilt_after_an_erasure_nothing_comes_back(ledger, originals, key):
    filled(ledger, originals)
    erase_ada(ledger, originals, key)
    before = everything(ledger)
    rebuild(ledger)
    assert sorted(everything(ledger).splitlines()) == sorted(before.splitlines())
    assert list(verify(ledger, originals, key.verifier)) == []


def test_after_a_restore_the_erasure_is_carried_out_again(tmp_path, key):
    ledger, originals = started(tmp_path / "case")
    filled(ledger, originals)
    ledger.close()
    backup = tmp_path / "backup.sqlite"
    shutil.copy(ledger.database.path, backup)
    note = erase_ada(ledger, originals, key).erasure.note
    with Ledger.open(backup) as restored:
        assert "Ada Invented" in names(restored)
        assert replay_erasures(restored, originals, [note], key, noon) == 1
        assert names(restored) == ["Ben Invented", "Cleo Invented"]
        assert "Ada" not in everything(restored)
        assert list(verify(restored, originals, key.verifier)) == []
        # Nothing is left to do, and nothing is entered for it.
        size = restored.size()
        assert replay_erasures(restored, originals, [note], key, noon) == 0
        assert restored.size() == size


def test_an_order_with_another_signature_is_not_carried_out(tmp_path, key):
    ledger, originals = started(tmp_path / "case")
    filled(ledger, originals)
    stranger = Keys(tmp_path / "other").signing()
    note = erase_ada(ledger, originals, stranger).erasure.note
    with pytest.raises(LedgerAltered):
        replay_erasures(ledger, originals, [note], key)


def test_no_byte_is_left_in_the_files(tmp_path, key):
    ledger, originals = started(tmp_path / "case")
    filled(ledger, originals)
    files = [ledger.database.path, *ledger.database.beside]
    assert any(b"Ada Invented" in f.read_bytes() for f in files if f.exists())
    salt = ledger.proved(4, ledger.size()).salt
    erase_ada(ledger, originals, key)
    for file in files:
        if file.exists():
            data = file.read_bytes()
            assert b"Ada" not in data
            assert b"hospital/1" not in data
            assert salt not in data


def test_while_somebody_reads_the_bytes_are_said_to_be_there_still(tmp_path, key):
    ledger, originals = started(tmp_path / "case")
    filled(ledger, originals)
    with Ledger.open(ledger.database.path) as other, other._reading() as connection:
        list(connection.execute(text("SELECT * FROM sealed LIMIT 1")))
        with pytest.raises(LedgerError, match="somebody reads the ledger"):
            erase_ada(ledger, originals, key)
    size = ledger.size()
    erase_ada(ledger, originals, key)
    assert ledger.size() == size
    assert b"Ada" not in ledger.database.path.read_bytes()


def test_no_byte_is_left_in_the_tables_of_the_server(new_address, server, originals, key):
    ledger = Ledger.open(new_address())
    filled(ledger, originals)
    name = f"Dora Invented-{uuid4().hex}"  # other tests have ledgers on the same server
    deliver(ledger, [person("4", name)], file="other.csv")

    def holding():
        with ledger._reading() as connection:
            connection.execute(text("CHECKPOINT"))
        files = [file for file in (server.data / "base").rglob("*") if file.is_file()]
        return [str(file) for file in files if name.encode() in file.read_bytes()]

    assert holding() != []
    erase(ledger, originals, ["hospital/4"], by="A court", why="Order 7", key=key)
    assert holding() == []
    ledger.close()


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    deliveries=st.lists(
        st.lists(st.sampled_from([ADA, BEN, CLEO]), unique=True), min_size=1, max_size=4
    ),
    erased=st.sampled_from(["hospital/1", "hospital/2", "hospital/3"]),
)
def test_whatever_was_delivered_and_erased_all_is_sound(tmp_path_factory, deliveries, erased):
    folder = tmp_path_factory.mktemp("case")
    ledger, originals = started(folder)
    key = Keys(folder / "keys").signing()
    for records in deliveries:
        deliver(ledger, records)
    present = {record.reference for records in deliveries for record in records}
    if erased not in present:
        with pytest.raises(LedgerError, match="nothing to erase"):
            erase(ledger, originals, [erased], by="A court", why="Order", key=key)
    else:
        erase(ledger, originals, [erased], by="A court", why="Order", key=key)
        for records in deliveries:
            deliver(ledger, records)
        expected = [r.value("name") for r in deliveries[-1] if r.reference != erased]
        assert names(ledger) == expected
    assert list(verify(ledger, originals, key.verifier)) == []
    ledger.close()


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr("everyname.ledger.writer.BATCH", 10)


def interrupted_by(act):
    """Forty records, and something that happens after the twentieth."""
    for number in range(1, 41):
        if number == 21:
            act()
        yield person(str(number), f"Invented {number}")


@pytest.mark.usefixtures("small_batches")
def test_what_is_erased_while_it_is_imported_does_not_come_back(ledger, originals, key):
    with ledger.writing(noon) as writer:
        writer.source(HOSPITAL)
    deliver(ledger, [person(str(number), f"Invented {number}") for number in (3, 38)])

    def act():
        with Ledger.open(ledger.database) as other:
            erase(other, originals, ["hospital/38"], by="A court", why="Order 7", key=key)

    with pytest.raises(LedgerError, match="one of its records was erased"):
        ledger.deliver(FILE, DOCUMENT, "m2", interrupted_by(act))
    ledger.deliver(FILE, DOCUMENT, "m2", interrupted_by(lambda: None))
    assert names(ledger) == [f"Invented {number}" for number in range(1, 41) if number != 38]
    assert list(verify(ledger, originals, key.verifier)) == []


@pytest.mark.usefixtures("small_batches")
def test_tables_made_again_during_an_import_lose_nothing(ledger, originals, key):
    with pytest.raises(LedgerError, match="not listed any more"):
        ledger.deliver(FILE, DOCUMENT, "m1", interrupted_by(lambda: rebuild(ledger)))
    ledger.deliver(FILE, DOCUMENT, "m1", interrupted_by(lambda: None))
    assert len(names(ledger)) == 40
    assert list(verify(ledger, originals, key.verifier)) == []


def test_an_order_holds_in_a_backup_from_before_the_record_came(tmp_path, key):
    ledger, originals = started(tmp_path / "case")
    with ledger.writing(noon) as writer:
        writer.source(HOSPITAL)
    ledger.close()
    backup = tmp_path / "backup.sqlite"
    shutil.copy(ledger.database.path, backup)
    deliver(ledger, [ADA, BEN])
    note = erase_ada(ledger, originals, key).erasure.note
    with Ledger.open(backup) as restored:
        assert replay_erasures(restored, originals, [note], key, noon) == 1
        deliver(restored, [ADA, BEN])
        assert names(restored) == ["Ben Invented"]
        assert list(verify(restored, originals, key.verifier)) == []


def test_an_order_covers_who_gave_it_and_why(ledger, originals, key):
    filled(ledger, originals)
    erasure = erase_ada(ledger, originals, key).erasure
    assert erasure.signed_by(key.verifier)
    assert not replace(erasure, by="Somebody else").signed_by(key.verifier)
    assert not replace(erasure, why="Another ground").signed_by(key.verifier)


@pytest.mark.parametrize("kind", ["document", "erasure", "assignment", "source", "note", "record"])
@pytest.mark.parametrize("content", [{}, [], "x", {"sha256": "/etc/hostname"}, {"changes": [1]}])
def test_nonsense_with_a_commitment_is_named_and_the_rest_is_read(
    ledger, originals, key, kind, content
):
    filled(ledger, originals)
    with ledger.writing(noon) as writer:
        writer._log(kind, [canonical_json(content)])
        writer.append("custody", [{"document": DOCUMENT}])
    salt, number = b"\0" * 16, ledger.size()
    with tampering(ledger) as execute:
        execute("UPDATE sealed SET salt = ? WHERE seq = ?", salt, number)
    found = [str(error) for error in verify(ledger, originals, key.verifier)]
    assert any(f"entry {number - 1} " in said or "SHA-256" in said for said in found)
    assert any(f"the content of entry {number} was altered" in said for said in found)
