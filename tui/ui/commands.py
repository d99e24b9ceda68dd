"""Every command of the screen, declared once: its keys, its footer and help text, its row in the README's table.

A command's id names the widget that carries it out and, behind the dot, the action there: `reader.next-word` is the
reader's `action_next_word`. What changes notes and marks is a deed: the screen does it, on whatever stands under the
cursor of that widget. Keys have Textual's names. Labels and helps go to the catalog of messages as they stand here, and
are translated when they are shown. Nothing here needs Textual.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from tui.language import N_
from tui.model import DIGITS
from tui.ui.keys import key_label as key_label  # noqa: PLC0414 - it is the one to import from here, too


class Where(StrEnum):
    """Where a command's keys work."""

    LIBRARY = "library"  # everywhere on the main screen
    LIST = "list"
    READER = "reader"
    PANEL = "panel"


class Group(StrEnum):
    """The headings of the help."""

    MOVING = N_("Moving")
    FINDING = N_("Finding")
    MARKING = N_("Marking")
    SCREEN = N_("The screen")


class Deed(StrEnum):
    """What can be done to a passage or an article."""

    HIGHLIGHT = "highlight"
    NOTE = "note"
    TAGS = "tags"
    COLOUR = "colour"
    DELETE = "delete"
    STAR = "star"
    READ = "read"
    MEND = "mend"
    IMPRINT = "imprint"
    BORDERS = "borders"
    COPY = "copy"  # copying changes nothing, and is allowed where nothing else is
    CITE = "cite"


# Commands of list and reader that the screen carries out: they ask something, or lead to other articles.
_BEYOND = frozenset(
    (
        *(f"list.{name}" for name in ("facets", "copies")),
        *(f"reader.{name}" for name in ("outline", "set-mark", "find", "find-word", "copies")),
    )
)


@dataclass(frozen=True, slots=True)
class Command:
    """Something a key does.

    Attributes:
        id: `where.what-it-does`.
        keys: The keys that call it, the first one shown in the footer.
        label: One or two words for the footer.
        help: What it does, as one phrase.
        group: Its heading in the help.
        footer: Its rank in the footer, 1 first; 0 keeps it out.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: Group
    footer: int = 0

    @property
    def where(self) -> Where:
        """Where its keys work."""
        return Where(self.id.partition(".")[0])

    @property
    def action(self) -> str:
        """The action that carries it out."""
        name = self.id.partition(".")[2]
        if name.startswith(_NAMED):
            return f"screen.named_filter('{name.removeprefix(_NAMED)}')"
        if name.startswith(_FAVOURITE):
            return f"screen.tag('{name.removeprefix(_FAVOURITE)}')"
        if self.id in _BEYOND:
            return f"screen.{name.replace('-', '_')}"
        return f"screen.do('{name}')" if name in set(Deed) else name.replace("-", "_")


SELECTED = (
    "reader.highlight",
    "reader.note",
    "reader.tags",
    "reader.copy",
    "reader.grow",
    "reader.shrink",
    "reader.other-end",
    "library.back",
)
"""What can be done with a selection, in the footer's order while there is one."""

_MOVING, _FINDING, _MARKING, _SCREEN = Group
_FAVOURITE = "tag-"  # and the digit that the tag has in the codebook
_NAMED = "filter-"  # and the digit that the named filter has

COMMANDS = (
    # The list
    Command("list.open", ("enter", "l", "right"), "Read", "Read the article", _SCREEN, 1),
    Command("list.down", ("j", "down"), "Down", "Down one article", _MOVING),
    Command("list.up", ("k", "up"), "Up", "Up one article", _MOVING),
    Command("list.page-down", ("space", "pagedown"), "Page down", "Down a screen", _MOVING),
    Command("list.page-up", ("pageup",), "Page up", "Up a screen", _MOVING),
    Command("list.half-down", ("ctrl+d",), "Half down", "Down half a screen", _MOVING),
    Command("list.half-up", ("ctrl+u",), "Half up", "Up half a screen", _MOVING),
    Command("list.top", ("g", "home"), "Top", "The first article", _MOVING),
    Command("list.bottom", ("G", "end"), "Bottom", "The last article", _MOVING),
    Command("list.copies", ("D",), "Copies", "Pick one of the story's other copies and read it", _MOVING),
    Command("list.star", ("s",), "Star", "Star the article, or take the star away", _MARKING, 5),
    Command("list.read", ("r",), "Read/unread", "Mark the article read or unread", _MARKING, 6),
    Command("list.imprint", ("I",), "Imprint", "Set the page's paper, date, number and section", _MARKING),
    Command("list.note", ("a",), "Note", "Write a note on the article", _MARKING, 3),
    Command("list.tags", ("t",), "Tags", "Tag the article", _MARKING, 4),
    Command("list.cite", ("Y",), "Cite", "Copy the article's citation", _MARKING),
    Command("list.facets", ("f",), "Facets", "What the articles found consist of: narrow the filter", _FINDING, 7),
    *(
        Command(
            f"list.{_NAMED}{digit}",
            (digit,),
            "Named filter",
            "Apply the named filter that has this digit",
            _FINDING,
        )
        for digit in DIGITS
    ),
    # The reader
    Command("reader.left", ("h", "left"), "Left", "Back one character", _MOVING),
    Command("reader.right", ("l", "right"), "Right", "On one character", _MOVING),
    Command("reader.down", ("j", "down"), "Down", "Down one line", _MOVING),
    Command("reader.up", ("k", "up"), "Up", "Up one line", _MOVING),
    Command("reader.next-word", ("w",), "Word", "On one word", _MOVING, 11),
    Command("reader.previous-word", ("b",), "Word back", "Back one word", _MOVING),
    Command("reader.word-end", ("e",), "Word end", "To the end of the word", _MOVING),
    Command("reader.next-sentence", ("right_parenthesis",), "Sentence", "On one sentence", _MOVING, 12),
    Command("reader.previous-sentence", ("left_parenthesis",), "Sentence back", "Back one sentence", _MOVING),
    Command("reader.next-paragraph", ("right_curly_bracket",), "Paragraph", "On one paragraph", _MOVING, 13),
    Command("reader.previous-paragraph", ("left_curly_bracket",), "Paragraph back", "Back one paragraph", _MOVING),
    Command("reader.next-subhead", ("greater_than_sign",), "Subhead", "To the next subhead", _MOVING),
    Command("reader.previous-subhead", ("less_than_sign",), "Subhead back", "To the subhead before", _MOVING),
    Command("reader.line-start", ("circumflex_accent", "home"), "Line start", "To the start of the line", _MOVING),
    Command("reader.line-end", ("dollar_sign", "end"), "Line end", "To the end of the line", _MOVING),
    Command("reader.page-down", ("space", "pagedown"), "Page down", "On one screen", _MOVING, 14),
    Command("reader.page-up", ("pageup",), "Page up", "Back one screen", _MOVING),
    Command("reader.half-down", ("ctrl+d",), "Half down", "On half a screen", _MOVING),
    Command("reader.half-up", ("ctrl+u",), "Half up", "Back half a screen", _MOVING),
    Command("reader.top", ("g",), "Top", "To the head of the article", _MOVING),
    Command("reader.bottom", ("G",), "Bottom", "To the end of the article", _MOVING),
    Command("reader.next-article", ("J",), "Next article", "Read the next article of the list", _MOVING, 15),
    Command("reader.previous-article", ("K",), "Previous article", "Read the article before", _MOVING),
    Command("reader.follow", ("f",), "Continue", "Go to the story's other part, on another page", _MOVING, 16),
    Command("reader.copies", ("D",), "Copies", "Pick one of the story's other copies and read it", _MOVING),
    Command("reader.page", ("p",), "Page", "The page itself, line for line, and back", _MOVING, 16),
    Command("reader.outline", ("O",), "Outline", "Pick one of the article's heads and go to it", _MOVING),
    Command("reader.set-mark", ("m",), "Set mark", "Give the place here a letter, to come back to it", _MOVING),
    Command("reader.find", ("ctrl+f", "F"), "Find", "Find in the article", _FINDING),
    Command(
        "reader.find-word",
        ("asterisk",),
        "Find word",
        "Filter the articles by the selection, or by the word here",
        _FINDING,
    ),
    Command("reader.next-hit", ("n",), "Next hit", "To the next hit of the find, or else of the filter", _FINDING, 10),
    Command("reader.previous-hit", ("N",), "Previous hit", "To the hit before", _FINDING),
    Command("reader.next-annotation", ("right_square_bracket",), "Next mark", "To the next annotation", _FINDING),
    Command(
        "reader.previous-annotation", ("left_square_bracket",), "Previous mark", "To the annotation before", _FINDING
    ),
    Command("reader.select", ("v",), "Select", "Begin a selection; any motion extends it", _MARKING, 1),
    Command(
        "reader.select-sentence", ("V",), "Sentence", "Select the sentence, then the paragraph, then all", _MARKING, 2
    ),
    Command(
        "reader.grow", ("plus", "equals_sign"), "Grow", "Select the word, the sentence, the paragraph, all", _MARKING
    ),
    Command("reader.shrink", ("minus",), "Shrink", "Shrink the selection again, step by step", _MARKING),
    Command("reader.other-end", ("o",), "Other end", "To the other end of the selection, to move that one", _MARKING),
    Command("reader.highlight", ("H",), "Highlight", "Highlight the selection", _MARKING, 3),
    Command(
        "reader.note", ("a",), "Note", "Write a note on the selection, the highlight here, or the article", _MARKING, 4
    ),
    Command("reader.tags", ("t",), "Tags", "Tag the selection, the highlight here, or the article", _MARKING, 5),
    *(
        Command(
            f"reader.{_FAVOURITE}{digit}",
            (digit,),
            "Tag",
            "Put the tag that has this digit in the codebook on, or take it off",
            _MARKING,
        )
        for digit in DIGITS
    ),
    Command("reader.colour", ("c",), "Colour", "Give the highlight here its next colour", _MARKING, 7),
    Command(
        "reader.borders", ("E",), "Borders", "Move the borders of the highlight here: motions, then Enter", _MARKING
    ),
    Command("reader.delete", ("d",), "Delete", "Delete the annotation here", _MARKING, 8),
    Command("reader.mend", ("M",), "Mend", "Mend what the parser got wrong: borders, paragraphs, roles", _MARKING, 17),
    Command("reader.imprint", ("I",), "Imprint", "Set the page's paper, date, number and section", _MARKING),
    Command("reader.copy", ("y",), "Copy", "Copy the selection, the highlight here, or the sentence", _MARKING),
    Command("reader.cite", ("Y",), "Cite", "Copy the same as a quotation, with its citation", _MARKING),
    Command("reader.star", ("s",), "Star", "Star the article, or take the star away", _MARKING, 9),
    # The panel
    Command("panel.jump", ("enter",), "Go to it", "Go to the passage", _MOVING, 1),
    Command("panel.down", ("j", "down"), "Down", "Down one annotation", _MOVING),
    Command("panel.up", ("k", "up"), "Up", "Up one annotation", _MOVING),
    Command("panel.top", ("g", "home"), "Top", "The first annotation", _MOVING),
    Command("panel.bottom", ("G", "end"), "Bottom", "The last annotation", _MOVING),
    Command("panel.note", ("a", "e"), "Edit note", "Edit the note", _MARKING, 2),
    Command("panel.tags", ("t",), "Tags", "Edit the tags", _MARKING, 3),
    *(
        Command(
            f"panel.{_FAVOURITE}{digit}",
            (digit,),
            "Tag",
            "Put the tag that has this digit in the codebook on, or take it off",
            _MARKING,
        )
        for digit in DIGITS
    ),
    Command("panel.colour", ("c",), "Colour", "Give the highlight its next colour", _MARKING, 4),
    Command("panel.delete", ("d",), "Delete", "Delete the annotation", _MARKING, 5),
    Command(
        "panel.filter", ("f",), "Narrow", "Show only the annotations with these words, tags, this colour", _FINDING, 6
    ),
    Command("panel.end-left", ("h",), "End back", "The passage's end back one character", _MARKING, 7),
    Command("panel.end-right", ("l",), "End on", "The passage's end on one character", _MARKING, 8),
    Command("panel.end-word-left", ("b",), "End back a word", "The passage's end back one word", _MARKING),
    Command("panel.end-word-right", ("w",), "End on a word", "The passage's end on one word", _MARKING),
    Command("panel.start-left", ("H",), "Start back", "The passage's start back one character", _MARKING),
    Command("panel.start-right", ("L",), "Start on", "The passage's start on one character", _MARKING),
    Command("panel.start-word-left", ("B",), "Start back a word", "The passage's start back one word", _MARKING),
    Command("panel.start-word-right", ("W",), "Start on a word", "The passage's start on one word", _MARKING),
    Command("panel.copy", ("y",), "Copy", "Copy the passage", _MARKING),
    Command("panel.cite", ("Y",), "Cite", "Copy the passage as a quotation, with its citation", _MARKING),
    # Everywhere
    Command("library.filter", ("slash",), "Filter", "Filter the articles by what they say", _FINDING, 20),
    Command("library.filters", ("semicolon",), "Filters", "Filters with names: apply one, keep this", _FINDING, 21),
    Command(
        "library.grammar",
        ("f1",),
        "Grammar",
        "What the filter understands: words, fields, dates, patterns",
        _FINDING,
    ),
    Command(
        "library.statistics",
        ("percent_sign",),
        "Statistics",
        "Statistics of the filter: over time, by paper, collocates, key words",
        _FINDING,
    ),
    Command("library.fold", ("z",), "Fold", "Fold repeated stories into one row, and back", _FINDING),
    Command(
        "library.codebook",
        ("C",),
        "Codebook",
        "The codebook: every tag, its name, colour, digit and description",
        _MARKING,
        25,
    ),
    Command(
        "library.review",
        ("R",),
        "Review",
        "Settle the notes whose pages have changed: accept a place, choose one, or leave it",
        _MARKING,
    ),
    Command("library.anchor-here", ("P",), "Anchor here", "Put the note from the review on the selection", _MARKING),
    Command("library.trash", ("T",), "Trash", "What was deleted: look, bring it back, or empty the trash", _MARKING),
    Command(
        "library.concordance",
        ("X",),
        "Concordance",
        "The concordance: every hit in its line, of the filter, or of the selection or the word in the reader",
        _FINDING,
    ),
    Command("library.undo", ("u",), "Undo", "Undo the last change", _MARKING, 21),
    Command("library.redo", ("ctrl+r",), "Redo", "Do it again", _MARKING),
    Command("library.draft", ("A",), "Unfinished note", "Go on with an unfinished note", _MARKING),
    Command("library.merge", ("ampersand",), "Merge", "Merge the conflict copies that lie beside your notes", _MARKING),
    Command("library.jump-back", ("ctrl+o", "alt+left"), "Go back", "Back to where the last jump began", _MOVING),
    Command("library.jump-forth", ("ctrl+n", "alt+right"), "Go forth", "Forth again, to where a jump led", _MOVING),
    Command(
        "library.go-to-mark",
        ("apostrophe", "grave_accent"),
        "Go to mark",
        "Go to the mark of a letter, in any article; '' before the last jump",
        _MOVING,
    ),
    Command("library.next-pane", ("tab",), "Next pane", "To the next pane", _SCREEN, 22),
    Command("library.previous-pane", ("shift+tab",), "Previous pane", "To the pane before", _SCREEN),
    Command("library.problems", ("exclamation_mark",), "Problems", "List the files that could not be read", _SCREEN),
    Command(
        "library.reload",
        ("f5",),
        "Read anew",
        "Read the notes and the pages anew, as other programs have left them",
        _SCREEN,
    ),
    Command("library.help", ("question_mark",), "Keys", "Show every key", _SCREEN, 2),
    Command("library.palette", ("ctrl+p", "colon"), "Commands", "Find what can be done here and do it", _SCREEN, 19),
    Command(
        "library.back",
        ("q", "escape"),
        "Back",
        "Back: out of the selection, the pane, the filter",
        _SCREEN,
        23,
    ),
    Command("library.quit", ("Q", "ctrl+q"), "Quit", "Quit; everything is saved already", _SCREEN, 24),
)


def key_of(commands: Iterable[Command], id: str) -> str:  # noqa: A002 - the field's own name
    """The first key of a command as it is shown, for a message that names it; the command's id where it has none."""
    return next((key_label(command.keys[0]) for command in commands if command.id == id), id)


def useful(commands: Iterable[Command], here: Where, *, selected: bool) -> list[Command]:
    """The commands that work in a pane, the most useful first.

    Args:
        commands: Every command.
        here: The pane.
        selected: Whether something is selected there, which is then what one means to do something with.
    """

    def rank(command: Command) -> tuple[int, int]:
        if selected and command.id in SELECTED:
            return 0, SELECTED.index(command.id)
        return (1, command.footer) if command.footer else (2 if command.where is here else 3, 0)

    return sorted((one for one in commands if one.where in (here, Where.LIBRARY)), key=rank)


def folded(commands: Iterable[Command]) -> tuple[tuple[Command, ...], ...]:
    """The commands, those that follow each other and do the same together: the ten digits are one row of a table."""
    return tuple(tuple(group) for _, group in groupby(commands, key=lambda command: command.help))


def _code(text: str) -> str:
    """Text as Markdown's code."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def key_table(commands: tuple[Command, ...] = COMMANDS) -> str:
    """Every command as the rows of a Markdown table, under its heading, a heading a place."""
    titles = {Where.LIST: "In the list", Where.READER: "In the reader", Where.PANEL: "In the annotation panel"}
    parts = []
    for where in (Where.LIST, Where.READER, Where.PANEL, Where.LIBRARY):
        rows = [
            f"| {' '.join(_code(key_label(key)) for command in group for key in command.keys)} | {group[0].help} "
            f"| {' … '.join(f'`{command.id}`' for command in dict.fromkeys((group[0], group[-1])))} |"
            for group in folded(command for command in commands if command.where is where)
        ]
        parts.append(
            "\n".join([f"**{titles.get(where, 'Everywhere')}**", "", "| key | | command |", "|---|---|---|", *rows])
        )
    return "\n\n".join(parts) + "\n"
