"""Many writers at once, and a reader that follows them: no gap, nothing twice, nothing missed."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from synthetic import DOCUMENT, HOSPITAL, noon, person

from everyname.ledger import Ledger, LedgerReader, Source, verify
from everyname.ledger.merkle import leaf_hash, verify_consistency, verify_inclusion

WRITERS, TRANSACTIONS = 8, 10


def write(ledger, writer_number):
    """Ten transactions of two entries each, and a delivery of two records."""
    for n in range(TRANSACTIONS):
        name = f"{writer_number}-{n}"
        with ledger.writing(noon) as writer:
            for part in ("a", "b"):
                writer.source(Source(key=f"{name}{part}", name="Invented"))
    people = [person(f"{writer_number}{n}", f"Invented {n}") for n in range(2)]
    ledger.deliver(f"{writer_number}.csv", DOCUMENT, "m1", people, now=noon)


class Follower:
    """Reads every entry as soon as there is one, and proves that it stays where it is."""

    def __init__(self, place):
        self.over = threading.Event()
        self.names, self.sizes = [], [0]
        self._place = place

    def follow(self):
        with LedgerReader(self._place) as reader:
            root = reader.root(0)
            while True:
                last_round = self.over.is_set()
                old, size = self.sizes[-1], reader.size()
                new_root = reader.root(size)
                if old:
                    proof = reader.grown_from(old, size)
                    assert verify_consistency(old, size, root, new_root, proof)
                for seq in range(old + 1, size + 1):
                    self._read(reader.proved(seq, size), seq, size, new_root)
                self.sizes.append(size)
                root = new_root
                if last_round:
                    return

    def _read(self, entry, seq, size, root):
        body = json.loads(entry.body)
        assert body["seq"] == seq
        assert verify_inclusion(leaf_hash(entry.body), seq - 1, size, entry.proof, root)
        # The first entry's salt is a secret of the ledger's: it is proved without its content.
        content = json.loads(entry.content) if seq > 1 else {"key": HOSPITAL.key}
        self.names.append(content.get("key", body["kind"]))


@pytest.mark.parametrize("shared", [False, True], ids=["each its own", "one for all"])
def test_eight_writers_leave_no_gap_and_a_follower_misses_nothing(new_place, originals, shared):
    place = new_place()
    with Ledger.open(place) as ledger:
        with ledger.writing(noon) as writer:
            writer.source(HOSPITAL)
        follower = Follower(place)

        def one(number):
            if shared:
                write(ledger, number)
            else:
                with Ledger.open(place) as own:
                    write(own, number)

        with ThreadPoolExecutor(WRITERS + 1) as pool:
            following = pool.submit(follower.follow)
            try:
                writing = [pool.submit(one, number) for number in range(WRITERS)]
                for done in writing:
                    done.result()
            finally:
                follower.over.set()
            following.result()
        expected = [
            f"{writer}-{n}{part}"
            for writer in range(WRITERS)
            for n in range(TRANSACTIONS)
            for part in ("a", "b")
        ]
        expected += [f"{writer}{n}" for writer in range(WRITERS) for n in range(2)]
        expected.append(HOSPITAL.key)
        expected += [kind for kind in ("arrival", "delivery") for _ in range(WRITERS)]
        assert sorted(follower.names) == sorted(expected)
        assert ledger.size() == len(expected)
        # The two entries of a transaction stand together, and appear together.
        first = [name for name in follower.names if name.endswith("a")]
        position = {name: at for at, name in enumerate(follower.names)}
        assert all(position[f"{name[:-1]}b"] == position[name] + 1 for name in first)
        assert not {position[name] + 1 for name in first} & set(follower.sizes)
        # It did follow, and did not only read the end.
        assert len(set(follower.sizes)) >= 3
        assert list(verify(ledger, originals)) == []


def test_verification_is_not_confused_by_writers(new_place, originals):
    place, over = new_place(), threading.Event()

    def keep_writing():
        n = 0
        with Ledger.open(place) as own:
            while not over.is_set():
                n += 1
                people = [person(f"{n}{m}", f"Invented {m}") for m in range(20)]
                own.deliver(f"{n}.csv", DOCUMENT, "m1", people)

    with Ledger.open(place), ThreadPoolExecutor(1) as pool:
        writing = pool.submit(keep_writing)
        try:
            found, sizes = [], []
            with LedgerReader(place) as reader:
                for _ in range(8):
                    sizes.append(reader.size())
                    found += verify(reader, originals)
                sizes.append(reader.size())
        finally:
            over.set()
        writing.result()
    assert found == []
    assert sizes[0] < sizes[-1]
