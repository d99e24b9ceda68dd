"""Every line of a page is accounted for, with the signs that decided."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.model import Role
from tui.pages import roles
from tui.pages.explain import explain, explained
from tui.pages.lines import split

PAGE = "河口船厂搬家\n\n本报讯（记者 张渡）昨日放晴，河口的老船厂拉响了最后一次汽笛。\n\n(下转04版)\n"


def test_a_headline_is_explained_by_what_it_stands_above() -> None:
    head, body, jump = explained(PAGE)
    assert (head.role, head.article, head.begins) == (Role.HEADLINE, 1, True)
    assert ("ahead_source", roles.WEIGHTS["ahead_source"]["H"]) in head.signs
    assert (body.role, jump.role, jump.number) == (Role.BODY, Role.JUMP, 5)


def test_the_table_has_a_row_for_each_line() -> None:
    text = explain(PAGE)
    assert "headline" in text
    assert "ahead_source+2.5" in text
    assert explain("").count("\n") == 0


@given(st.text(max_size=300))
def test_every_line_that_holds_text_is_explained_once(text: str) -> None:
    assert [line.number for line in explained(text)] == [line.number for line in split(text)]


def test_every_sign_with_a_weight_can_speak_and_every_place_can_be_left() -> None:
    kinds = set(roles.KINDS)
    assert all(set(weights) <= kinds for weights in roles.WEIGHTS.values())
    assert set(roles.PLACES.values()) <= kinds
    assert set(roles.CLOSING) == set(roles.PLACES)
    assert all(set(arcs) <= set(roles.PLACES) for arcs in roles.ARCS.values())
