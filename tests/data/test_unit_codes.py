"""Codes of units: keyed, stable, of one length, and told apart however many there are."""

from data.home import Home
from data.pseudonym import make_keys
from data.unit_codes import codes_in_place_of_names


def test_many_units_have_codes_of_their_own(home: Home) -> None:
    units = [(f"S{number}", "school") for number in range(5000)]
    make_keys(home)
    codes = codes_in_place_of_names(home, units)
    assert len(set(codes.values())) == len(units)
    assert len({len(code) for code in codes.values()}) == 1


def test_another_store_gives_other_codes(home: Home) -> None:
    units = [("S1", "school"), ("T1", "township")]
    make_keys(home)
    codes = codes_in_place_of_names(home, units)
    assert codes == codes_in_place_of_names(home, units)
    (home.keys / "pseudonym.key").unlink()
    make_keys(home)
    assert codes != codes_in_place_of_names(home, units)
    assert [code[:2] for code in codes.values()] == ["S-", "T-"]
