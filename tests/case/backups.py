"""What tests of backups ask of a case and of a restore."""

from pathlib import Path

import pytest

from everyname.case import restore
from everyname.errors import EverynameError

HERE = Path(__file__).parent
CLINIC = "case/out/originals/de/de8ab9bbcc4e7075db12e7673c4489660254b25da8ac3934f85b882c5a5cefd1"
PARISH = "case/out/originals/9a/9a5b8d166ebc221e4d381d3d5e2215a073d586c9fd130bfb99bd4af1e3c1d46e"


def contents(case):
    """Bytes of every file of a case but its database."""
    return {
        str(path.relative_to(case)): path.read_bytes()
        for path in sorted(case.rglob("*"))
        if path.is_file()
        and not path.name.startswith(("ledger.sqlite", "."))
        and path.name != "lock"
    }


def refused(file, place, **options):
    """What a restore says, which must leave nothing."""
    before = sorted(place.parent.iterdir())
    with pytest.raises(EverynameError) as caught:
        restore(file, place, **options)
    assert sorted(place.parent.iterdir()) == before
    return caught.value
