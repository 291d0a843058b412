import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyname.vocabulary import SAME_NAME_FROM, NameLikeness, PartPair, compare_names

SAME = [
    ("Masri, Samir", "Samir al-Masri"),
    ("سمير علي المصري", "Samir Ali Masri"),
    ("محمد علي حسن", "Mohammed Hassan Ali"),
    ("Əliyev Hüseyn Cəfər oğlu", "Гусейн Джафарович Алиев"),
    ("Саша Приклад", "Oleksandr Pryklad"),
    ("Olha Ivanova", "Ольга Иванов"),
    ("Գարեգին Հակոբյան", "Акопян Гарегин"),
    ("דוד כהן", "David Cohen"),
    ("Χρήστος Παπάς", "Christos Papas"),
    ("दिनेश कुमार", "Dinesh Kumar"),
    ("王小明", "Xiao-Ming Wang"),
    ("S. Masri", "Samir Masri"),
    ("JC Example", "Jean-Claude Example"),
    ("SamirMasri", "Samir Masri"),
    ("Samir Ma sri", "Samir Davit Masri"),
    ("Samir Samir Masri", "Samir Masri"),
    ("Samir Davit Masri", "Samir Masri"),
    ("Abu Khalid Samir Masri", "Samir Masri"),
    ("Abdul Karim Masri", "Karim Masri"),
    ("Jim Example", "James Example"),
    ("Samir Exampel", "Samir Example"),
    ("Sam1r Example", "Samir Example"),
    ("Aram Example Jr", "Aram Example"),
]
DIFFERENT = [
    ("Karim Masri", "Salim Masri"),
    ("Hassan Masri", "Hussein Masri"),
    ("حسن المصري", "Hussein al-Masri"),
    ("Samir Masri", "Samira Masri"),
    ("Maria Example", "Mario Example"),
    ("Sasha Example", "Pasha Example"),
    ("Samir Ali Masri", "Samir Omar Masri"),
    ("Samir Hassan al-Masri", "Samir Hassan al-Shami"),
    ("Иван Петрович Примеров", "Иван Николаевич Примеров"),
    ("Ivan Petrovich Sample", "Petr Sample"),
    ("Ali bin Hasan", "Hasan bin Ali"),
    ("A. Masri", "Samir Masri"),
    ("Hans O Example", "Hans Joachim Example"),
    ("Samir", "Samir Masri"),
    ("Aram Example Jr", "Aram Example Sr"),
    ("王小明", "王小红"),
    ("Unknown", "Samir Masri"),
    ("", "Samir Masri"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_that_can_be_of_one_person(one, other):
    assert compare_names(one, other).possible


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_that_can_hardly_be_of_one_person(one, other):
    assert compare_names(one, other).score < SAME_NAME_FROM


def test_what_two_names_have_in_common():
    found = compare_names("Əliyev Hüseyn Cəfər oğlu", "Гусейн Джафарович Примеров")

    assert found.pairs == (
        PartPair("huseyn", "guseyn", "another spelling", 0.97),
        PartPair("jafar", "dzhafarovich", "father's name", 0.9),
    )
    assert (found.left, found.right) == (("aliyev",), ("primerov",))
    assert found.words == (
        "Huseyn and guseyn are spellings of one name; jafar and dzhafarovich name the same father; "
        "only the first has aliyev; only the second has primerov."
    )


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("Aram Example", "Example, Aram", "Aram and example are the same."),
        ("Aram", "Sample", "The two names have no part in common."),
        (
            "Bob Ivanova",
            "Robert Ivanov",
            (
                "Bob and robert are one name, one of them in short; "
                "ivanova and ivanov are forms of one surname."
            ),
        ),
        (
            "A. Exampel",
            "Aram Example",
            "A and aram agree as an initial; exampel and example differ by a few letters.",
        ),
        (
            "Aram bin Davit",
            "Davit bin Aram",
            "Aram and davit are the same; father and child are exchanged.",
        ),
    ],
)
def test_the_reason_in_words(one, other, words):
    assert compare_names(one, other).words == words


NAMES = st.lists(
    st.sampled_from(["Aram", "Davit", "Карим", "سمير", "Hüseyn", "J.", "Bob", "bin", "Иванова"]),
    min_size=1,
    max_size=5,
).map(" ".join)


@given(NAMES, NAMES)
def test_the_score_does_not_depend_on_which_name_comes_first(one, other):
    there, back = compare_names(one, other), compare_names(other, one)

    assert there.score == back.score
    assert 0 <= there.score <= 1


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_can_be_compared(one, other):
    found = compare_names(one, other)

    assert isinstance(found, NameLikeness)
    assert 0 <= found.score <= 1
    assert found.words.endswith(".")


@given(st.lists(st.sampled_from(["Aram", "Davit", "Karim", "Sample"]), min_size=1, unique=True))
def test_a_name_is_wholly_like_itself(parts):
    assert compare_names(" ".join(parts), " ".join(reversed(parts))).score == 1
