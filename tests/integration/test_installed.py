"""How packages were installed, by what pip writes down."""

from lineal.doors.installed import is_released


def test_packages_of_an_index_are_released() -> None:
    """Others can get them; a package that is not there, nobody."""
    assert is_released("click")
    assert not is_released("no-such-package-of-anybody")
