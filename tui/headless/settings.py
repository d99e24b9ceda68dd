"""The command `config`."""

from __future__ import annotations

import json
from dataclasses import asdict, replace

from tui.display import visible
from tui.errors import DONE


def config(what: str) -> int:
    """Print the settings, the paths of what the program keeps, or the keys."""
    from tui.settings import data_folder, load_settings, settings_path

    if what == "locate":
        print(visible(f"settings  {settings_path()}\ndata      {data_folder()}"))
        return DONE
    settings = load_settings(settings_path())
    if what == "show":
        print(
            visible(
                "\n".join(
                    f"{name} = {json.dumps(value, ensure_ascii=False)}"
                    for name, value in asdict(replace(settings, file=None)).items()
                    if name != "file"
                )
            )
        )
    else:
        from tui.ui.commands import key_table
        from tui.ui.remapping import commands_of

        print(visible(key_table(commands_of(settings))))
    return DONE
