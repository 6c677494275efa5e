"""Links: which ones open on this machine only."""

import pytest

from ui.links import is_local


@pytest.mark.parametrize(
    ("link", "local"),
    [
        ("http://localhost:8501/school?subject=math", True),
        ("http://127.0.0.1:8501/", True),
        ("http://[::1]:8501/", True),
        ("http://10.0.0.5:8501/school", False),
        ("https://zhunsheng.bureau.example/school", False),
    ],
)
def test_a_link_of_the_machine_itself_is_told_from_others(link: str, local: bool) -> None:
    assert is_local(link) is local
