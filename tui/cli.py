"""The command line: what can be said to the program, and how it answers. No screen here, and no Textual."""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from tui import __version__
from tui.display import visible_line
from tui.errors import DONE, FAILED, DamagedError, JianbaoError, UsageError
from tui.language import LANGUAGES, _, language_of, use
from tui.model import Span

if TYPE_CHECKING:
    from tui.settings import Settings

_READER_USAGE = """jianbao [FOLDER]          read; without a folder the last one, the first time the sample
       jianbao COMMAND …         without a screen: {commands}
       jianbao COMMAND --help"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program.

    Args:
        arguments: What stands behind the program's name; by default the process's own.

    Returns:
        0 done, 1 found wanting, 2 wrong use or unreadable input.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        chosen = _parse(list(sys.argv[1:] if arguments is None else arguments))
        code: int = chosen.run(chosen)
        sys.stdout.flush()
    except JianbaoError as error:
        for line in error.lines:
            print(f"jianbao: {visible_line(line)}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read standard output has had enough; what Python still flushes at its end goes nowhere.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # noqa: BLE001 - the one place where what nobody foresaw ends
        return _crashed(error)
    return code


def _crashed(error: Exception) -> int:
    """Keep the traceback for who mends the program; tell the user in one line where it is."""
    import traceback

    import platformdirs

    report = platformdirs.user_state_path("jianbao") / "crash.txt"
    try:
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text("".join(traceback.format_exception(error)), "utf-8", errors="replace")
        where = f"; a report is in {report}"
    except OSError:
        where = ""
    print(visible_line(f"jianbao: stopped by a mistake of its own ({type(error).__name__}){where}"), file=sys.stderr)
    return FAILED


def _parse(arguments: list[str]) -> argparse.Namespace:
    if arguments and arguments[0] in _COMMANDS:
        name, *rest = arguments
        parser = argparse.ArgumentParser(prog=f"jianbao {name}", description=_COMMANDS[name][0])
        _COMMANDS[name][1](parser)
        return parser.parse_intermixed_args(rest)  # a query may stand behind the options
    parser = argparse.ArgumentParser(
        prog="jianbao",
        usage=_READER_USAGE.format(commands=", ".join(_COMMANDS)),
        description="A terminal reader for Chinese newspaper pages.",
    )
    folder_help = "a folder of page texts (.txt, .md) and of articles, one a line (.jsonl)"
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help=folder_help)
    parser.add_argument("--lang", choices=LANGUAGES, help="the screen's language; else the settings' or the locale's")
    parser.add_argument("--version", action="version", version=f"jianbao {__version__}")
    parser.set_defaults(run=_read)
    return parser.parse_args(arguments)


def _read(chosen: argparse.Namespace) -> int:
    """Show a folder on the screen."""
    gc.disable()  # a start makes many objects and drops few; the screen turns it on again after its first frame
    from tui.library.library import Library
    from tui.library.sample import sample_library
    from tui.settings import data_folder, last_folder, load_settings, remember_folder, settings_path

    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise UsageError(_("reading needs a terminal; jianbao --help names the commands that do without"))
    use(chosen.lang or language_of())  # for what may be wrong with the settings
    settings = load_settings(settings_path())
    if not chosen.lang and settings.language != "auto":
        use(settings.language)
    folder = chosen.folder or last_folder() or sample_library(data_folder())
    try:
        library = Library(folder, data_folder())
    except DamagedError as error:
        _mend_damage(folder, error, settings)
        library = Library(folder, data_folder())
    with library:
        from tui.ui.terminal import settle_widths

        typed = settle_widths(settings.ambiguous)
        from tui.ui.app import run

        remember_folder(folder.resolve())
        run(library, settings, typed)
    return DONE


def _mend_damage(folder: Path, error: DamagedError, settings: Settings) -> None:
    """Let the user choose what is to stand in the place of damaged notes.

    Raises:
        DamagedError: Nothing was chosen, and nothing changed.
    """
    from tui.library.library import find_home
    from tui.recovery import with_remedy
    from tui.settings import data_folder
    from tui.ui.screens.damage import DamageApp
    from tui.ui.terminal import settle_widths

    settle_widths(settings.ambiguous)
    app = DamageApp(find_home(folder, data_folder()), error, settings)
    app.run()
    if app.failure is not None:
        raise app.failure
    if not app.mended:
        raise with_remedy(error, folder) from error


def _headless(name: str) -> ModuleType:
    """A module of commands, with all that it imports: who reads, or asks for help, does not need it."""
    return import_module(f"tui.headless.{name}")


def _folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER")


def _parse_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--format", choices=("json", "md", "explain"), default="json")
    parser.set_defaults(run=lambda chosen: _headless("pages").parse(chosen.files, chosen.format))


def _index_arguments(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("--keywords", action="store_true", help="also find the keywords of all articles")
    parser.set_defaults(run=lambda chosen: _headless("folder").index(chosen.folder, chosen.keywords))


def _search_arguments(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument(
        "query",
        metavar="QUERY",
        help='words that must all occur; "a phrase"; -not; title:word, date:2024; README.md has it all',
    )
    parser.add_argument(
        "--format", choices=("table", "jsonl", "kwic"), default="table", help="kwic: every hit in its line, aligned"
    )
    parser.add_argument("--limit", type=int, metavar="N", help="articles at most, the newest")
    parser.add_argument("--fold", action="store_true", help="of copies of one story only the newest")
    kwic = parser.add_argument_group("kwic")
    kwic.add_argument("--sort", choices=("left", "right", "date"), default="date", help="what lines are sorted by")
    kwic.add_argument("--width", type=int, metavar="N", default=120, help="cells of a line")
    kwic.add_argument("--sample", type=_count, metavar="N", help="articles at most, evenly drawn")
    parser.set_defaults(run=_search)


def _count(text: str) -> int:
    """A number of 1 or more."""
    if not (text.isascii() and text.isdecimal()) or int(text) == 0:
        raise argparse.ArgumentTypeError(f"not a number of 1 or more: {visible_line(text)}")
    return int(text)


def _search(chosen: argparse.Namespace) -> int:
    code: int
    if chosen.format == "kwic":
        from tui.headless.kwic import Shape
        from tui.search.concordance import By

        shape = Shape(By(chosen.sort), chosen.width, chosen.limit, chosen.sample)
        code = _headless("kwic").concordance(chosen.folder, chosen.query, shape)
    else:
        code = _headless("search").search(chosen.folder, chosen.query, chosen.format, chosen.limit, fold=chosen.fold)
    return code


def _stats_arguments(parser: argparse.ArgumentParser) -> None:
    from tui.headless.stats import GRAINS, LIMIT, VIEWS, Wanted
    from tui.search.tally import WIDEST, WINDOW

    _folder(parser)
    parser.add_argument("query", nargs="?", default="", metavar="QUERY", help="by default all articles")
    parser.add_argument("--view", choices=(*VIEWS, "all"), default="all")
    parser.add_argument("--by", choices=tuple(GRAINS), help="the length of a period; by default what the dates suggest")
    reach = range(1, WIDEST + 1)
    words = f"words on either side of a hit, at most {WIDEST}"
    parser.add_argument("--window", type=int, choices=reach, default=WINDOW, metavar="N", help=words)
    parser.add_argument("--format", choices=("table", "jsonl", "csv"), default="table")
    parser.add_argument("--limit", type=int, default=LIMIT, metavar="N", help="words of a view at most")

    def run(chosen: argparse.Namespace) -> int:
        views = VIEWS if chosen.view == "all" else (chosen.view,)
        wanted = Wanted(views, GRAINS.get(chosen.by), chosen.window, chosen.format, max(chosen.limit, 1))
        code: int = _headless("stats").stats(chosen.folder, chosen.query, wanted)
        return code

    parser.set_defaults(run=run)


def _annotate_arguments(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("page", metavar="PAGE", help="the page's path within the folder, or FILE.jsonl#KEY")
    parser.add_argument("start", type=int, metavar="START", help="the passage's first code point, counted from 0")
    parser.add_argument("end", type=int, metavar="END", help="the code point behind its last one")
    parser.add_argument("--note", default="", metavar="TEXT")
    parser.add_argument("--tag", action="append", default=[], dest="tags", metavar="TAG")
    parser.set_defaults(
        run=lambda chosen: _headless("notes").annotate(
            chosen.folder, chosen.page, Span(chosen.start, chosen.end), chosen.note, tuple(chosen.tags)
        )
    )


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    from tui.export.registry import FORMATS

    _folder(parser)
    parser.add_argument("--format", choices=sorted(FORMATS), required=True)
    parser.add_argument("--query", default="", metavar="QUERY", help="only annotations of articles that this finds")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="by default standard output")
    parser.add_argument("--force", action="store_true", help="replace FILE if it is there")
    parser.set_defaults(
        run=lambda chosen: _headless("notes").export(
            chosen.folder, chosen.format, chosen.query, chosen.output, chosen.force
        )
    )


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.set_defaults(run=lambda chosen: _headless("folder").check(chosen.folder))


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("name", nargs="?", metavar="NAME", help="a backup's; without it they are listed")
    parser.set_defaults(run=lambda chosen: _headless("recovery").restore(chosen.folder, chosen.name))


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("file", type=Path, metavar="FILE", help="an annotations.json, or an export as JSON")
    parser.set_defaults(run=lambda chosen: _headless("recovery").take_in(chosen.folder, chosen.file))


def _config_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("show", "locate", "keys"))
    parser.set_defaults(run=lambda chosen: _headless("settings").config(chosen.what))


_COMMANDS = {
    "parse": ("Print a page's articles.", _parse_arguments),
    "index": ("Bring a folder's catalog up to date and print counts.", _index_arguments),
    "search": ("Print the articles that a query finds, with their hits.", _search_arguments),
    "stats": ("Print how what a query finds is spread, and which words are its own.", _stats_arguments),
    "annotate": ("Annotate a passage; prints the new id once it is safe on the disk.", _annotate_arguments),
    "export": ("Export annotations.", _export_arguments),
    "import": (
        "Merge notes made elsewhere into a folder's; what is in the trash here stays there, if unchanged.",
        _import_arguments,
    ),
    "restore": ("List a folder's backups, or put one in place; what it replaces is kept.", _restore_arguments),
    "check": ("Verify a folder; exit code 1 where something is wanting.", _check_arguments),
    "config": ("Show the settings, where they lie, or the keys.", _config_arguments),
}
