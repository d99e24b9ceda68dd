"""The codebook's changes: nothing but tags changes, children follow, and the inverse brings back what was."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.made import made
from tui.errors import UsageError
from tui.library.annotations import Annotations, Change, Key, Record, key_of
from tui.library.codebook import Codebook, Entry, belongs, lineage
from tui.library.entries import check
from tui.library.state import State
from tui.model import COLOURS, DIGITS, Scope, Tag

NAMES = ("政策", "政策/产业", "政策/产业/钢", "政策/农业", "政策研究", "产业", "产业/钢", "x/y")

names = st.sampled_from(NAMES)
records = st.builds(Tag, names, st.sampled_from(("", *COLOURS, "pink")), st.sampled_from(("", "甲", "乙")), st.just(""))


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    annotations = tuple(
        made(f"a{number}", tags=tuple(tags), note=note, scope=scope)
        for number, (tags, note, scope) in enumerate(
            draw(
                st.lists(
                    st.tuples(
                        st.lists(names, unique=True, max_size=4), st.sampled_from(("", "注")), st.sampled_from(Scope)
                    ),
                    max_size=5,
                )
            )
        )
    )
    tags = draw(st.lists(records, unique_by=lambda tag: tag.name, max_size=5))
    digits = draw(st.permutations(("1", "2", "0", "", "")))
    return Codebook(annotations, tuple(replace(tag, digit=digit) for tag, digit in zip(tags, digits, strict=False)))


def state_of(book: Codebook) -> State:
    kept: tuple[Record, ...] = (*book.annotations, *book.tags)
    return State.of({key_of(record): record for record in kept})


def after(book: Codebook, change: Change) -> Codebook:
    """The codebook once the change is made; every record of it may be kept, and stands in it once."""
    for record in change.put:
        check(record)
    keys = [*(key_of(record) for record in change.put), *change.remove]
    assert len(set(keys)) == len(keys)
    state = state_of(book)
    gone = [key for key in change.remove if key in state.records]
    new = state.after(gone, {key_of(record): record for record in change.put})
    return Codebook(new.annotations, new.codebook)


CHANGES: dict[str, Callable[[Codebook, str, str], Change]] = {
    "rename": lambda book, name, other: book.rename(name, other),
    "rename to a new name": lambda book, name, _other: book.rename(name, "新"),
    "rename below itself": lambda book, name, _other: book.rename(name, f"{name}/新"),
    "merge": lambda book, name, other: book.merge(name, other),
    "delete": lambda book, name, _other: book.delete(name),
    "describe": lambda book, name, _other: book.describe(name, "一句话"),
    "recolour": lambda book, name, _other: book.recolour(name),
    "favourite": lambda book, name, _other: book.favourite(name, "1"),
}


@pytest.mark.parametrize("kind", CHANGES)
@given(codebooks(), names, names)
def test_nothing_but_tags_changes(kind: str, book: Codebook, name: str, other: str) -> None:
    new = after(book, CHANGES[kind](book, name, other))
    before = {one.id: one for one in book.annotations}
    for one in new.annotations:
        old = before.pop(one.id)
        assert replace(one, tags=old.tags, modified=old.modified) == old
        assert one == old or one.tags != old.tags
    assert all(kind == "delete" and one.scope is Scope.ARTICLE and not one.note for one in before.values())
    digits = [tag.digit for tag in new.tags if tag.digit]
    assert len(set(digits)) == len(digits)


@pytest.mark.parametrize("kind", CHANGES)
@given(book=codebooks(), name=names, other=names)
def test_the_inverse_brings_back_exactly_what_was(
    tmp_path_factory: pytest.TempPathFactory, kind: str, book: Codebook, name: str, other: str
) -> None:
    store = Annotations(tmp_path_factory.mktemp("book") / "annotations.json")
    store.apply(Change("", put=(*book.annotations, *book.tags)))
    was = Codebook.of(store)
    inverse = store.apply(CHANGES[kind](was, name, other))
    again = store.apply(inverse)
    assert Codebook.of(store) == was
    store.apply(again)
    assert Codebook.of(store) == after(was, again)


@given(codebooks(), names, st.sampled_from((*NAMES, "新", "政策/新")))
def test_renaming_takes_the_children_along(book: Codebook, name: str, new: str) -> None:
    changed = after(book, book.rename(name, new))
    for old, one in zip(
        sorted(book.annotations, key=lambda one: one.id),
        sorted(changed.annotations, key=lambda one: one.id),
        strict=True,
    ):
        expected = [new + tag[len(name) :] if belongs(tag, name) else tag for tag in old.tags]
        assert one.tags == tuple(dict.fromkeys(expected))
    expected_names = {new + one[len(name) :] if belongs(one, name) else one for one in book.names()}
    assert changed.names() == expected_names
    described = {new + tag.name[len(name) :] for tag in book.tags if belongs(tag.name, name) and tag.description}
    assert described <= {tag.name for tag in changed.tags if tag.description}


@given(codebooks(), names, names)
def test_a_merge_leaves_one_of_the_two(book: Codebook, name: str, into: str) -> None:
    changed = after(book, book.merge(name, into))
    if name != into:
        assert name not in changed.names() or belongs(name, into)
        if name in book.names():
            assert into in changed.names()
    assert {one.id for one in book.uses(name)} <= {one.id for one in changed.uses(into)} | {
        one.id for one in changed.uses(name)
    }


@given(codebooks(), names)
def test_deleting_takes_all_below_it_too(book: Codebook, name: str) -> None:
    changed = after(book, book.delete(name))
    assert changed.family(name) == ()
    assert changed.names() <= book.names()


@given(codebooks(), names, st.sampled_from((*NAMES, "新")))
def test_a_clash_is_a_tag_that_would_get_company(book: Codebook, name: str, new: str) -> None:
    clashes = book.clashes(name, new)
    changed = after(book, book.rename(name, new))
    assert len(book.names()) - len(changed.names()) == len(clashes)


@given(codebooks())
def test_the_tree_has_every_tag_and_its_parents_in_order(book: Codebook) -> None:
    entries = book.entries()
    shown = [entry.tag.name for entry in entries]
    assert {entry.tag.name for entry in entries if entry.known} == book.names()
    assert len(set(shown)) == len(shown)
    for at, entry in enumerate(entries):
        assert all(above in shown[: at + 1] for above in lineage(entry.tag.name))
        assert entry.total == len(book.uses(entry.tag.name)) >= entry.own
        if entry.depth:
            assert belongs(shown[at - 1], shown[at].rpartition("/")[0])


def test_the_tree_of_a_small_codebook() -> None:
    book = Codebook(
        (made("a", tags=("政策/产业", "政策/农业")), made("b", tags=("政策研究",))), (Tag("民生", "red", "人", "3"),)
    )
    assert book.entries() == (
        Entry(Tag("政策"), 0, 1, known=False),
        Entry(Tag("政策/产业"), 1, 1, known=True),
        Entry(Tag("政策/农业"), 1, 1, known=True),
        Entry(Tag("政策研究"), 1, 1, known=True),
        Entry(Tag("民生", "red", "人", "3"), 0, 0, known=True),
    )


def test_a_merge_keeps_what_the_other_says_and_gives_it_what_it_lacks() -> None:
    book = Codebook((), (Tag("a", "red", "甲", "1"), Tag("b", "", "乙", "")))
    assert after(book, book.merge("a", "b")).tags == (Tag("b", "red", "乙", "1"),)


def test_a_tag_merged_into_one_below_it_leaves_the_others() -> None:
    book = Codebook((made("a", tags=("政策", "政策/产业", "政策/农业")),), ())
    assert after(book, book.merge("政策", "政策/产业")).annotations[0].tags == ("政策/产业", "政策/农业")


def test_the_colours_go_round_by_way_of_none() -> None:
    book = Codebook((), (Tag("a"),))
    seen = []
    for _ in range(len(COLOURS) + 1):
        book = after(book, book.recolour("a"))
        seen.append(book.tags[0].colour)
    assert seen == [*COLOURS, ""]


def test_a_digit_has_one_tag_and_is_taken_away_by_itself() -> None:
    book = Codebook((), (Tag("a", digit="1"), Tag("b")))
    book = after(book, book.favourite("b", "1"))
    assert [tag.digit for tag in book.tags] == ["", "1"]
    assert [tag.digit for tag in after(book, book.favourite("b", "1")).tags] == ["", ""]


@pytest.mark.parametrize("name", ["", "a//b", "a\nb", "政策"])
def test_a_tag_that_can_not_be_kept_or_is_there_is_not_made(name: str) -> None:
    with pytest.raises(UsageError):
        Codebook((), (Tag("政策"),)).create(name)


def test_names_are_cleaned() -> None:
    book = Codebook((made("a", tags=("政策",)),), ())
    assert book.create(" 水 / 运 ").put == (Tag("水/运"),)
    assert after(book, book.rename("政策", " 新 / 政 ")).names() == {"新/政"}


def test_a_file_without_digits_opens_and_one_with_them_keeps_them(tmp_path: Path) -> None:
    path = tmp_path / "annotations.json"
    Annotations(path).apply(Change("", put=(Tag("民生", "red", "人"),)))
    contents = json.loads(path.read_text("utf-8"))
    for row in contents["tags"].values():
        assert row.pop("digit") == ""
    path.write_text(json.dumps(contents), "utf-8")
    store = Annotations(path)
    assert store.codebook() == (Tag("民生", "red", "人"),)
    assert store.favourite("1") is None
    store.apply(Change("", put=(Tag("民生", "red", "人", "1"), Tag("水运", digit="0"))))
    again = Annotations(path)
    assert [again.favourite(digit) for digit in DIGITS if again.favourite(digit)] == [
        Tag("民生", "red", "人", "1"),
        Tag("水运", digit="0"),
    ]
    with pytest.raises(UsageError):
        store.apply(Change("", put=(Tag("民生", digit="12"),)))


def test_a_tag_without_a_record_gets_none_by_being_renamed() -> None:
    book = Codebook((made("a", tags=("政策",)),), ())
    change = book.rename("政策", "新政")
    assert [key_of(record) for record in change.put] == [Key.annotation("a")]
