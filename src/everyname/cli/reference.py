"""The command reference, made from the help texts.

``python -m everyname.cli.reference > docs/commands.md`` writes it.
"""

from __future__ import annotations

import click

WIDTH = 88


def reference(group: click.Group) -> str:
    """Write every command's help as one Markdown page.

    Parameters
    ----------
    group
        The command with its subcommands.
    """
    parts = [
        "# Commands\n",
        "Made from the help texts: every command shows its own with `--help`.\n",
    ]
    for name, command in group.commands.items():
        context = click.Context(
            command,
            info_name=f"everyname {name}",
            terminal_width=WIDTH,
            max_content_width=WIDTH,
            help_option_names=["-h", "--help"],
        )
        parts.append(f"## everyname {name}\n\n```text\n{command.get_help(context).strip()}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    import everyname.cli.main  # noqa: F401 - registers the commands
    from everyname.cli.app import app

    click.echo(reference(app), nl=False)
