"""Records made for tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tui.model import (
    COLOURS,
    DIGITS,
    Annotation,
    Bookmark,
    Imprint,
    Mend,
    MendKind,
    NamedFilter,
    Reading,
    Role,
    Scope,
    Span,
    Status,
    Tag,
    Trashed,
)


def made(name: str = "a1", start: int = 10, end: int = 20, **fields: Any) -> Annotation:
    values: dict[str, Any] = {
        "id": name,
        "page": "2024-01-25/晚报-02.txt",
        "scope": Scope.SPAN,
        "spans": (Span(start, end),),
        "exact": "一二三四五六七八九十",
        "created": "2024-01-25T08:00:00Z",
        "modified": "2024-01-25T08:00:00Z",
    }
    return Annotation(**{**values, **fields})


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
part_names = st.text(st.characters(categories=["L", "N", "P", "So"], exclude_characters="/"), min_size=1, max_size=6)
tag_names = st.lists(part_names, min_size=1, max_size=3).map("/".join)
pages = st.sampled_from(("晚报-01.txt", "晚报-02.txt", "2024/日报.md"))
ids = st.sampled_from(tuple(f"a{number}" for number in range(8)))


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    ends = sorted(draw(st.sets(st.integers(0, 500), min_size=2, max_size=6)))
    return tuple(Span(ends[at], ends[at + 1]) for at in range(0, len(ends) - 1, 2))


any_annotation = st.builds(
    Annotation,
    id=ids,
    page=pages,
    scope=st.sampled_from(Scope),
    spans=spans(),
    exact=texts,
    prefix=texts,
    suffix=texts,
    note=texts,
    tags=st.lists(tag_names, max_size=3, unique=True).map(tuple),
    colour=st.sampled_from(COLOURS),
    author=texts,
    created=texts,
    modified=texts,
    status=st.sampled_from(Status),
)
any_reading = st.builds(
    Reading,
    page=pages,
    start=st.integers(0, 3),
    read=st.booleans(),
    starred=st.booleans(),
    place=st.none() | st.integers(0, 500),
    modified=st.just("2024-01-25T08:00:00Z"),
)
any_tag = st.builds(
    Tag,
    name=st.sampled_from(("政策", "政策/产业", "民生")),
    colour=texts,
    description=texts,
    digit=st.sampled_from(("", *DIGITS)),
)
any_imprint = st.builds(
    Imprint,
    paper=st.sampled_from(("", "柳塘日报")),
    date=st.sampled_from(("", "2024-03-09")),
    number=st.sampled_from(("", "A5")),
    section=st.sampled_from(("", "要闻")),
)
any_mend = st.sampled_from(MendKind).flatmap(
    lambda kind: st.builds(
        Mend,
        id=ids,
        page=pages,
        kind=st.just(kind),
        spans=spans(),
        exact=texts,
        prefix=texts,
        suffix=texts,
        role=st.sampled_from(Role) if kind is MendKind.ROLE else st.none(),
        author=texts,
        created=texts,
        imprint=any_imprint if kind is MendKind.IMPRINT else st.none(),
    )
)
any_bookmark = st.builds(
    Bookmark,
    letter=st.sampled_from("abcABC"),
    page=pages,
    spans=spans(),
    exact=texts,
    prefix=texts,
    suffix=texts,
    modified=texts,
)
any_filter = st.builds(
    NamedFilter,
    name=st.sampled_from(("要闻", "茶", "渡口 灯")),
    query=st.sampled_from(("", "渡口", "-茶 “灯”", 'paper:"柳塘日报"')),
    digit=st.sampled_from(("", *DIGITS)),
    modified=texts,
)
any_trashed = st.builds(Trashed, any_annotation, st.sampled_from(("2024-01-26T08:00:00Z", "2024-01-27T08:00:00Z", "")))
any_record = any_annotation | any_reading | any_tag | any_mend | any_bookmark | any_filter | any_trashed
