"""What a process runs worlds with, and how it is told apart."""

from realpolitik.sim.experiments.software import differing, software, unlike


def test_only_another_package_makes_a_worker_unable() -> None:
    ours = software()
    theirs = {**ours, "python": "3.99.0", "numpy": "9.0"}
    assert unlike(ours, theirs) == ""
    assert "code is other" in unlike(ours, {**ours, "code": "0" * 16})
    assert "code is other" in unlike(ours, {name: ours[name] for name in ours if name != "code"})
    assert list(differing(ours, theirs)) == [
        f"python 3.99.0 there, {ours['python']} here",
        f"numpy 9.0 there, {ours['numpy']} here",
    ]
