import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.errors import LedgerError
from everyname.ledger.canonical import canonical_json, digest, length_delimited

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
KEY = st.text(st.characters(max_codepoint=127), max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("content", "encoded"),
    [
        # RFC 8785 section 3.2.2.2: the only escapes there are, hexadecimal in lower case.
        ('\b\t\n\f\r"\\\x0f\x1f', b'"\\b\\t\\n\\f\\r\\"\\\\\\u000f\\u001f"'),
        ("\u20ac$\x7f\u2028/ü😀", '"\u20ac$\x7f\u2028/ü😀"'.encode()),
        ("e\u0301", b'"e\xcc\x81"'),
        (
            {"b": 1, "a": [True, False, None], "B": "", "\n": {}},
            b'{"\\n":{},"B":"","a":[true,false,null],"b":1}',
        ),
        (2**53, b"9007199254740992"),
        (-(2**53), b"-9007199254740992"),
        ((1, "1", (2,)), b'[1,"1",[2]]'),
        (range(3), b"[0,1,2]"),
    ],
)
def test_canonical_json_is_that_of_rfc_8785(content, encoded):
    assert canonical_json(content) == encoded


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (1.0, "a float has no canonical form"),
        ({"a": [float("nan")]}, "a float has no canonical form"),
        (2**53 + 1, "9007199254740993 is larger than 2^53"),
        ({"ä": 1}, "the key 'ä' is not ASCII"),
        ({1: 2}, "the key 1 is not ASCII"),
        (b"ab", "a bytes has no canonical form"),
        ({"a": {1, 2}}, "a set has no canonical form"),
        ("half \ud800", "a lone surrogate at character 6"),
    ],
)
def test_what_has_no_canonical_form_is_refused(content, said):
    with pytest.raises(LedgerError) as caught:
        canonical_json(content)
    assert said in str(caught.value)


@given(JSON)
def test_canonical_json_can_be_read_back_whole(content):
    assert json.loads(canonical_json(content)) == content


@given(st.dictionaries(KEY, JSON, max_size=5))
def test_the_order_of_keys_does_not_matter(content):
    turned = dict(reversed(content.items()))
    assert canonical_json(turned) == canonical_json(content)


@given(st.lists(st.binary(max_size=6), max_size=4), st.lists(st.binary(max_size=6), max_size=4))
def test_different_parts_never_give_the_same_bytes(one, other):
    assert (length_delimited(*one) == length_delimited(*other)) == (one == other)


@given(st.lists(TEXT, min_size=2, max_size=4))
def test_joining_parts_gives_another_digest(parts):
    joined = ["".join(parts)]
    assert digest(*parts) != digest(*joined)


def test_length_delimited_parts_are_preceded_by_their_length():
    assert length_delimited(b"ab", b"") == b"\0\0\0\0\0\0\0\2ab" + b"\0" * 8
    assert digest("ü") == digest("ü".encode())


def test_a_digest_of_half_a_character_is_refused():
    with pytest.raises(LedgerError, match="lone surrogate"):
        digest("\udc00")
