"""The line that says how much was found."""

from __future__ import annotations

from rich.cells import cell_len

from tui.language import _, ngettext
from tui.ui.searching import Answer


def found_line(answer: Answer, room: int) -> str:
    """How many articles were found, how many by initials, their hits and their order, as far as there is room.

    Args:
        answer: What was found.
        room: In cells; the number of articles is said all the same.
    """
    articles = _articles(answer, room)
    hits = order = initials = ""
    if more := len(answer.ids) - answer.literal:
        initials = " " + _("+ {count} by initials").format(count=f"{more:,}")
    if answer.hits:
        hits = " · " + ngettext("{count} hit", "{count} hits", answer.hits).format(count=f"{answer.hits:,}")
    if answer.ranked and answer.literal:
        order = " · " + _("best first")
    shorter = (initials + hits + order, initials + order, hits + order, order, initials)
    fitting = next((articles + rest for rest in shorter if cell_len(articles + rest) <= room), None)
    if fitting is None and initials and answer.total is not None:
        return _counted(answer.total + more)  # at least it agrees with the list
    return fitting or articles


def _articles(answer: Answer, room: int) -> str:
    if answer.total is None:
        return _("more than {count} articles").format(count=f"{answer.literal - 1:,}")
    articles = _counted(answer.total)
    if not answer.folded:
        return articles
    stories = ngettext("{articles} in {count} story", "{articles} in {count} stories", answer.literal)
    line = stories.format(articles=articles, count=f"{answer.literal:,}")
    if cell_len(line) <= room:
        return line
    return ngettext("{count} story", "{count} stories", answer.literal).format(count=f"{answer.literal:,}")


def _counted(articles: int) -> str:
    return ngettext("{count} article", "{count} articles", articles).format(count=f"{articles:,}")
