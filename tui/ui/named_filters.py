"""What is done to named filters, as changes that can be undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tui.errors import UsageError
from tui.language import _
from tui.library.annotations import Change, Key, now
from tui.library.entries import check, clean_filter_name
from tui.model import DIGITS, NamedFilter

_LAST = len(DIGITS)


def in_order(filters: Iterable[NamedFilter]) -> tuple[NamedFilter, ...]:
    """Those with a digit first, as the keys lie; the others by name."""
    return tuple(sorted(filters, key=lambda one: (DIGITS.index(one.digit) if one.digit else _LAST, one.name)))


def named(filters: Iterable[NamedFilter], query: str) -> str:
    """The name of the filter that asks for `query`; empty where none does."""
    wanted = query.strip()
    return next((one.name for one in filters if wanted and one.query == wanted), "")


def keep(filters: Iterable[NamedFilter], name: str, query: str) -> Change:
    """Keep a query under a name; what had that name asks for it from now on."""
    name = clean_filter_name(name)
    known = next((one for one in filters if one.name == name), NamedFilter(name, ""))
    return Change(_("filter {name}").format(name=name), put=(replace(known, query=query.strip(), modified=now()),))


def rename(one: NamedFilter, name: str) -> Change:
    """Give a filter another name."""
    new = replace(one, name=clean_filter_name(name), modified=now())
    label = _("filter {name} is {new} now").format(name=one.name, new=new.name)
    return Change(label, put=(new,), remove=(Key.filter(one.name),))


def give_digit(filters: Iterable[NamedFilter], one: NamedFilter, digit: str) -> Change:
    """Make a filter the one that a digit applies; take the digit away where it is that already."""
    if one.digit == digit:
        label = _("filter {name} without a digit").format(name=one.name)
        return Change(label, put=(replace(one, digit="", modified=now()),))
    others = [replace(other, digit="", modified=now()) for other in filters if other.digit == digit]
    put = (*others, replace(one, digit=digit, modified=now()))
    return Change(_("digit {digit} for filter {name}").format(digit=digit, name=one.name), put=put)


def delete(one: NamedFilter) -> Change:
    """Delete a filter."""
    return Change(_("filter {name} deleted").format(name=one.name), remove=(Key.filter(one.name),))


def wrong_name(name: str, taken: Iterable[str] = ()) -> str:
    """What is wrong with a name; empty where nothing is."""
    try:
        clean = clean_filter_name(name)
        check(NamedFilter(clean, ""))
    except UsageError as error:
        return str(error)
    return _("There is a filter {name} already").format(name=clean) if clean in set(taken) else ""
