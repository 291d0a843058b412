"""Judgements as OpenSanctions' nomenklatura has them, out and in."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.case import CaseFolder
from everyname.case.judgement_exchange import export_judgements, import_judgements, judgements_of
from everyname.case.resolver_edges import edge_lines, read_edges
from everyname.errors import CaseError
from everyname.ledger import Judgement, LedgerReader

MADE = (
    Judgement("clinic/1", "parish-book/b1", "same", "Ann", "2031-05-01T10:00:00+00:00", "parents"),
    Judgement("parish-book/b2", "clinic/2", "different", "Ben"),
    Judgement("clinic/2", "clinic/3", "unsure", "Ann", "2031-05-02"),
)


def named(id_, _where):
    return id_


def without_reason(judgements):
    return [
        (frozenset((j.record_a, j.record_b)), j.decision, j.reviewer, j.time) for j in judgements
    ]


def in_force(case):
    with LedgerReader(CaseFolder(case).ledger) as ledger:
        return ledger.judgements()


def test_edges_are_lines_that_nomenklatura_loads():
    lines = list(edge_lines(MADE, {frozenset(("clinic/1", "parish-book/b1")): 0.98765432}))
    assert [json.loads(line) for line in lines] == [
        ["parish-book/b1", "clinic/1", "positive", 0.987654, "Ann", "2031-05-01T10:00:00+00:00"],
        ["parish-book/b2", "clinic/2", "negative", None, "Ben", None],
        ["clinic/3", "clinic/2", "unsure", None, "Ann", "2031-05-02"],
    ]


TEXT = st.text(min_size=1).map(lambda t: " ".join(t.split())).filter(bool)
IDS = st.tuples(TEXT, TEXT).map("/".join)


@given(
    st.lists(
        st.builds(
            Judgement,
            IDS,
            IDS,
            st.sampled_from(["same", "different", "unsure"]),
            TEXT,
            st.just("") | TEXT,
        ).filter(lambda j: j.record_a != j.record_b)
    )
)
def test_what_is_written_is_read_as_it_was(judgements):
    edges, silent = read_edges("".join(edge_lines(judgements, {})), "edges.jsonl")
    back = judgements_of(edges, named)
    assert silent == 0
    assert without_reason(back) == without_reason(judgements)


def test_a_canonical_id_stands_for_its_first_record():
    text = "\n".join(
        [
            '["NK-one", "a/1", "positive", null, "Ann", "2031"]',
            '["NK-one", "a/2", "positive", 0.9, "Ben", "2032", null]',
            '["Q42", "NK-one", "positive", null, "Ben", "2033"]',
            '{"target": "Q42", "source": "a/3", "judgement": "negative", "user": "Cyn"}',
            '["b/9", "a/9", "no_judgement", 0.7, null, "2031"]',
            '["b/9", "a/9", "positive", 0.7, "Ann", "2031", "2034"]',
        ]
    )
    edges, silent = read_edges(text + "\n", "edges.jsonl")
    assert silent == 2
    assert judgements_of(edges, named) == (
        Judgement("a/2", "a/1", "same", "Ben", "2032"),
        Judgement("a/3", "a/1", "different", "Cyn"),
    )


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('["a", "b"', "e.jsonl, line 2, character 10: this is not JSON"),
        ('"a"', "e.jsonl, line 2: this line is neither a JSON list nor an object"),
        ('["a", "b"]', "e.jsonl, line 2: this line has 2 columns"),
        ('["a", "b", "maybe", 1, "x", "y"]', "line 2, column 3 (judgement): 'maybe' is not"),
        ('["a", 7, "positive", 1, "x", "y"]', "line 2, column 2 (source): 7 is not a text"),
        ('["", "b", "positive", 1, "x", "y"]', "line 2, column 1 (target): nothing is not"),
        ('["a", "a", "positive", 1, "x", "y"]', "line 2, column 2 (source): both ids are the"),
        ('["a", "b", "positive", "1", "x", "y"]', 'line 2, column 4 (score): "1" is not a number'),
        ('["a", "b", "positive", NaN, "x", "y"]', "line 2, column 4 (score): NaN is not"),
        ('["a", "b", "positive", 1, ["x"], "y"]', 'line 2, column 5 (user): ["x"] is not a text'),
        ('["a", "b", "positive", 1, null, "y"]', "line 2, column 5 (user): nobody is named"),
        ('["NK-x", "b", "negative", 1, "x", "y"]', "line 2, column 1 (target): no edge says"),
    ],
)
def test_what_is_wrong_is_said_with_line_and_column(line, says):
    with pytest.raises(CaseError, match=re.escape(says)):
        judgements_of(read_edges("\n" + line + "\n", "e.jsonl")[0], named)


@pytest.mark.parametrize("format_", ["csv", "resolver"])
def test_a_case_takes_in_what_another_gave_out(finished, tmp_path, format_):
    own = tmp_path / "own.csv"
    own.write_text(
        "record_a,record_b,decision,reviewer,time,reason\n"
        "clinic/1,parish-book/b1,same,Ann,2031,parents\n"
        "clinic/2,clinic/3,unsure,Ann,,\n",
        encoding="utf-8",
    )
    assert import_judgements(finished, own, "csv").entered == 2
    out = tmp_path / "out"
    assert export_judgements(finished, format_, out) == 2
    again = import_judgements(finished, out, format_)
    assert (again.entered, again.known, again.silent) == (0, 2, 0)
    (finished / "hand" / "judgements.csv").write_text(
        "record_a,record_b,decision,reviewer\n", encoding="utf-8"
    )
    before = in_force(finished)
    from everyname.case import run

    run(finished)
    assert in_force(finished) == ()
    assert import_judgements(finished, out, format_).entered == 2
    assert without_reason(in_force(finished)) == without_reason(before)


def test_all_of_a_file_is_taken_in_or_nothing(finished, tmp_path):
    file = tmp_path / "edges.jsonl"
    file.write_text(
        '["clinic/1", "clinic/2", "negative", null, "Ann", null]\n'
        '["clinic/1", "b404", "positive", null, "Ann", null]\n',
        encoding="utf-8",
    )
    with pytest.raises(
        CaseError,
        match=re.escape("edges.jsonl, line 2, column 2 (source): there is no record 'b404'"),
    ):
        import_judgements(finished, file, "resolver")
    file.write_text(
        '["clinic/1", "b1", "positive", null, "Ann", null]\n'
        '["b1", "clinic/2", "positive", null, "Ann", null]\n'
        '["clinic/1", "clinic/2", "negative", null, "Ann", null]\n',
        encoding="utf-8",
    )
    with pytest.raises(CaseError, match="clinic/1 and clinic/2 are called different"):
        import_judgements(finished, file, "resolver")
    assert in_force(finished) == ()
    assert not (finished / "hand" / "judgements.csv").exists()
