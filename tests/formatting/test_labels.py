"""Things of one title are told apart by their names."""

from hypothesis import given
from hypothesis import strategies as st

from realpolitik.sim.formatting.labels import labels


def test_only_titles_that_repeat_have_names_behind_them() -> None:
    titles = {"a": "War", "b": "War", "c": "Peace"}
    names = {"a": "08_cold", "b": "08_warm", "c": "calm"}
    expected = {"a": "War (08_cold)", "b": "War (08_warm)", "c": "Peace"}
    assert labels(titles, names) == expected


def test_where_names_repeat_too_the_keys_tell() -> None:
    titles, names = dict.fromkeys(("x", "x (2)"), "War"), dict.fromkeys(("x", "x (2)"), "x")
    assert labels(titles, names) == {"x": "War (x)", "x (2)": "War (x (2))"}


@given(st.dictionaries(st.sampled_from("abcd"), st.tuples(*2 * [st.sampled_from("TUV")])))
def test_labels_are_one_of_a_kind(things: dict[str, tuple[str, str]]) -> None:
    titles = {key: title for key, (title, _) in things.items()}
    found = labels(titles, {key: name for key, (_, name) in things.items()})
    assert len(set(found.values())) == len(things)
