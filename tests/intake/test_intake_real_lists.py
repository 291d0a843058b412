import tomllib

import pytest
from lists import found

from everyname.intake import Mapping, convert, propose


@pytest.mark.shared
@pytest.mark.parametrize("folder", ["police", "gaza-moh", "benchmark"])
def test_every_cell_of_real_lists_is_accounted_for(shared, folder):
    paths = sorted((shared / "data" / "lists" / folder).glob("*.[cx][sl][vs]*"))
    assert paths
    for path in paths:
        table = found(path)
        mapping = Mapping.from_content(tomllib.loads(propose(table).toml(path.stem)), path.name)
        conversion = convert(table, mapping, "d" * 64, path.name)
        # Counts only: the cells are about real people and must not be printed.
        account = conversion.account.without_notes()
        assert account.adds_up, account
        recorded = sum(len(record.cells) for record in conversion.records)
        silent = account.rows - account.records
        assert account.headers + recorded + silent * len(table.columns) >= account.cells
        assert account.records > 0, account
