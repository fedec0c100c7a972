"""What a record means does not depend on how it is printed; that it was changed is noticed."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from realpolitik.sim.experiments.sealing import digest_of, is_intact, rounded, sealed, unsealed

leaves = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=5)
numbers = st.floats(allow_nan=False, allow_infinity=False)
records = st.dictionaries(
    st.text(max_size=4).filter(lambda key: key != "digest"),
    st.recursive(leaves | numbers, lambda one: st.lists(one) | st.dictionaries(st.text(), one)),
)


def test_a_sum_means_the_same_however_exactly_it_was_added_up() -> None:
    assert digest_of({"high": 0.92}) == digest_of({"high": 0.9199999999999999})
    assert rounded(0.31000000000000005) == 0.31
    assert digest_of([3, 2**60]) == digest_of([3.0, float(2**60)])
    assert digest_of({"high": 0.92}) != digest_of({"high": 0.9200000001})


def test_the_order_of_keys_is_no_matter_and_that_of_lists_is() -> None:
    assert digest_of({"a": 1, "b": 2}) == digest_of({"b": 2, "a": 1})
    assert digest_of([1, 2]) != digest_of([2, 1])


@given(record=records)
@settings(max_examples=30, deadline=None)
def test_a_sealed_record_is_intact_after_it_was_written_and_read(record: dict[str, object]) -> None:
    written = json.loads(json.dumps(sealed(record)))
    assert is_intact(written)
    assert sealed(written) == written
    assert unsealed(written) == record


@settings(max_examples=30, deadline=None)
@given(record=records, key=st.text(max_size=4), value=leaves)
def test_a_record_that_means_something_else_is_not_intact(
    record: dict[str, object], key: str, value: object
) -> None:
    changed = sealed(record) | {key: value}
    assert is_intact(changed) == (digest_of(changed) == digest_of(sealed(record)))
