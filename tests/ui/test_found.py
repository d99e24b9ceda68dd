"""How much was found, said in the room there is."""

from __future__ import annotations

from array import array

from tui.ui.found import found_line
from tui.ui.searching import Answer

IDS = array("q", range(44))


def test_it_is_said_as_far_as_there_is_room() -> None:
    answer = Answer(None, IDS, 3, 3, ranked=True, hits=30)
    assert found_line(answer, 60) == "3 articles + 41 by initials · 30 hits · best first"
    assert found_line(answer, 45) == "3 articles + 41 by initials · best first"
    assert found_line(answer, 34) == "3 articles · 30 hits · best first"
    assert found_line(answer, 23) == "3 articles · best first"
    assert found_line(answer, 20) == "44 articles"


def test_what_is_not_known_is_not_said() -> None:
    assert found_line(Answer(None, IDS, 44, None, whole=False), 60) == "more than 43 articles"
    assert found_line(Answer(None, IDS, 44, 44, hits=0), 60) == "44 articles"
    assert found_line(Answer(None, IDS[:1], 1, 1, hits=1), 60) == "1 article · 1 hit"
    assert found_line(Answer(None, IDS[:1], 0, 0, ranked=True), 60) == "0 articles + 1 by initials"
