"""Documents: how they came, what they were made from, and through whose hands they went."""

from dataclasses import replace

import pytest
from synthetic import ADA, BYTES, DOCUMENT, HOSPITAL, deliver, noon

from everyname.ledger import Access, Custody, Document, Release, original_of, verify

LIST = Document(DOCUMENT, "hospital.csv", "text/csv", len(BYTES), "2031-08-01", "The hospital")
WHOLE = replace(
    LIST, address="https://example.org/a", captured="2031-08-01", parts=("html", "image")
)
RECEIVED = Custody(DOCUMENT, "received", "Reviewer One", "2031-08-01", "The hospital")
HANDED = Custody(DOCUMENT, "handed to the archive", "Reviewer Two", "2031-09-01")


def test_what_is_no_capture_lacks_nothing():
    assert LIST.below_minimum == ()


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, ()),
        ({"address": ""}, ("web address",)),
        ({"parts": ("image",)}, ("HTML source",)),
        ({"parts": ("html",)}, ("dated full-page image",)),
        ({"captured": ""}, ("dated full-page image",)),
        ({"parts": ()}, ("HTML source", "dated full-page image")),
        (
            {"parts": (), "address": ""},
            ("web address", "HTML source", "dated full-page image"),
        ),
        ({"parts": ("html",), "address": "", "captured": ""},
         ("web address", "dated full-page image")),
    ],
)  # fmt: skip
def test_a_capture_says_what_it_lacks(changes, missing):
    assert replace(WHOLE, **changes).below_minimum == missing


def test_a_copy_leads_to_its_original_and_a_circle_ends():
    scan = replace(LIST, sha256="a" * 64)
    text = replace(LIST, sha256="b" * 64, derived_from=scan.sha256, how="read by eye")
    table = replace(LIST, sha256="c" * 64, derived_from=text.sha256, how="typed")
    known = {document.sha256: document for document in (scan, text, table)}
    assert [original_of(d, known) for d in (table, text, scan)] == [scan, scan, scan]
    assert original_of(table, {}) == table
    circle = {"b" * 64: replace(text, derived_from="c" * 64), "c" * 64: table}
    assert original_of(table, circle) in circle.values()


def test_a_document_described_anew_is_entered_anew(ledger, originals):
    originals.preserve(BYTES)
    with ledger.writing(noon) as writer:
        assert writer.document(LIST)
        assert not writer.document(WHOLE)
        writer.append("document", [WHOLE.content])
    assert ledger.documents() == {DOCUMENT: WHOLE}
    assert ledger.size() == 2
    assert list(verify(ledger, originals)) == []


def test_a_custody_log_is_read_in_the_order_in_which_it_was_written(ledger):
    other = replace(HANDED, document="e" * 64)
    with ledger.writing(noon) as writer:
        writer.append("custody", [RECEIVED.content, other.content])
        writer.append("custody", [HANDED.content])
    assert ledger.custody(DOCUMENT) == (RECEIVED, HANDED)
    assert ledger.custody("e" * 64) == (other,)
    assert ledger.custody("f" * 64) == ()


def test_what_is_published_does_not_follow_from_who_took_kept_or_gave_it(ledger):
    assert ledger.published_size() == 0
    with ledger.writing(noon) as writer:
        writer.source(HOSPITAL)
    deliver(ledger, [ADA])
    size = ledger.size()
    release = Release("First", "2031", "R", (), ledger.root().hex())
    access = Access("R", "2031", "hospital/1")
    with ledger.writing(noon) as writer:
        for one in (release, access, HANDED):
            writer.append(one.kind, [one.content])
    assert (ledger.published_size(), ledger.size()) == (size, size + 3)
    assert (ledger.releases(), ledger.accesses()) == ((release,), (access,))
    with ledger.writing(noon) as writer:
        writer.append("document", [LIST.content])
    assert ledger.published_size() == ledger.size() == size + 4
