"""Name conflict: two known names that have nothing in common."""

from __future__ import annotations

from collections import Counter

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from everyname.linkage.comparisons import NOTHING_IN_COMMON

# One text that stands as the name of more records than both of these, the second as a share of
# all, may be a placeholder nobody has recognised, such as "withheld": it conflicts with no name.
MOST_NAMESAKES = 20
MOST_NAMESAKES_SHARE = 0.002

_SQL = f"""
SELECT {NOTHING_IN_COMMON} AS conflict
FROM wanted
JOIN (SELECT unique_id, name AS name_l, bone_parts AS bone_parts_l FROM named) AS l
  ON l.unique_id = wanted.a
JOIN (SELECT unique_id, name AS name_r, bone_parts AS bone_parts_r FROM named) AS r
  ON r.unique_id = wanted.b
ORDER BY wanted.number
"""  # noqa: S608 - no text from outside


def conflicting(table: pa.Table, a: NDArray[np.int64], b: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Find the pairs of records whose names, both known, have nothing in common.

    Victims of one event share date, place and often age: only their names tell them apart.

    Parameters
    ----------
    table
        Traits in columns, as `traits.table_of` gives them.
    a, b
        Positions of the two records of each pair, shape (n,).

    Returns
    -------
    numpy.ndarray
        bool, shape (n,).
    """
    if not len(a):
        return np.empty(0, dtype=np.bool_)
    names = table.column("name").to_pylist()
    most = max(MOST_NAMESAKES, int(MOST_NAMESAKES_SHARE * len(names)))
    namesakes = Counter(names)
    known = np.array([name is not None and namesakes[name] <= most for name in names])
    with duckdb.connect(":memory:") as connection:
        connection.register("named", table.select(["unique_id", "name", "bone_parts"]))
        numbers = pa.array(range(len(a)), pa.int64())
        connection.register("wanted", pa.table({"number": numbers, "a": a, "b": b}))
        found = connection.execute(_SQL).fetchnumpy()["conflict"]
    nothing = np.ma.filled(found, fill_value=False).astype(np.bool_)
    both: NDArray[np.bool_] = nothing & known[a] & known[b]
    return both
