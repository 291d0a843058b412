"""The documentation says what the command does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest

from everyname.case import CaseFile
from everyname.cli.app import app
from everyname.cli.main import main  # noqa: F401 - registers the commands
from everyname.cli.reference import reference
from everyname.counts import COUNTABLE
from everyname.intake import Mapping
from everyname.intake.column_section import ColumnSection, JoinedSection
from everyname.intake.mapping import AlsoSection
from everyname.vocabulary import FATE, FIELDS

ROOT = Path(__file__).parents[2]


def test_the_command_reference_is_what_help_says():
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == reference(app)


def test_every_command_in_the_readme_exists():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    used = set(re.findall(r"^\$ everyname (\w+)", text, re.MULTILINE))
    assert {"new", "map", "run", "verify"} <= used <= set(app.commands)


def test_the_python_example_in_the_readme_runs(capsys):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own documentation
    assert "Chapman" in capsys.readouterr().out


@pytest.mark.parametrize(("page", "model"), [("case.md", CaseFile), ("lists.md", Mapping)])
def test_every_setting_is_documented(page, model):
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    for name, field in model.model_fields.items():
        settings = getattr(field.annotation, "model_fields", {})
        assert f"[{name}]" in text or f'[{name}."' in text, name
        for setting in settings:
            assert f"`{setting}`" in text or f"`{setting} = " in text, f"{name}.{setting}"


def test_every_setting_of_a_column_and_of_a_further_record_is_documented():
    text = (ROOT / "docs" / "lists.md").read_text(encoding="utf-8")
    for model in (ColumnSection, JoinedSection, AlsoSection):
        for name, field in model.model_fields.items():
            assert f"`{field.alias or name}`" in text, name


def test_every_class_and_fate_is_documented():
    text = (ROOT / "docs" / "case.md").read_text(encoding="utf-8")
    for name in (*COUNTABLE, *(code for code in FATE.codes if code != "unknown")):
        assert f"`{name}`" in text, name


def test_every_field_is_documented():
    text = (ROOT / "docs" / "lists.md").read_text(encoding="utf-8")
    for name, field in FIELDS.items():
        assert f"| `{name}` | {field.help} |" in text, name


def test_the_python_examples_about_linkage_print_what_is_said(capsys):
    text = (ROOT / "docs" / "linkage.md").read_text(encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    said = []
    for code in examples:
        exec(compile(code, "linkage.md", "exec"), {})  # noqa: S102 - our own documentation
        said.append(capsys.readouterr().out)
    assert said == [
        "['P1', 'P2', 'P1', 'P3'] 3\nThey count as one person.\n",
        "1.0 0.5555555555555555 100.0\n",
        "((0, 2), (1, 4), (3,), (5,))\n",
    ]


def test_the_mappings_in_the_documentation_are_read():
    text = (ROOT / "docs" / "lists.md").read_text(encoding="utf-8")
    shown = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    assert len(shown) == 2
    for example in shown:
        content = {"source": {"name": "X"}, "columns": {}, **tomllib.loads(example)}
        Mapping.from_content(content, "lists.md")


def test_every_option_has_its_own_line_in_the_reference():
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for command in app.commands.values():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.opts[0] in text
