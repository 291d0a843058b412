"""Takes documents into the ledger of a case, one after the other, until it is ended.

    python importing.py CASE

Prints the number of the document when it is on disk.
"""

import sys
from itertools import count
from pathlib import Path

from everyname.case import CaseFolder
from everyname.ledger import Document, Ledger, Locator, Record, Source, Statement, utc_now

ROWS = 200
SOURCE = Source(key="hospital", name="River Valley Hospital", language="en")


def say(what):
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main(case):
    folder = CaseFolder(Path(case))
    with Ledger.open(folder.ledger) as ledger:
        for number in count():
            data = f"document {number}\n".encode() * 500
            sha256 = folder.originals.preserve(data)
            received = utc_now().isoformat(timespec="seconds")
            with ledger.writing() as writer:
                writer.source(SOURCE)
                writer.document(Document(sha256, f"{number}.csv", "text/csv", len(data), received))
            records = [
                Record(
                    source=SOURCE.key,
                    kind="person",
                    key=f"{number}-{row}",
                    document=sha256,
                    locator=Locator("", row + 2),
                    statements=(Statement("name", f"Invented {number} {row}"),),
                    cells=(("Name", f"Invented {number} {row}"),),
                )
                for row in range(ROWS)
            ]
            ledger.deliver(f"{number}.csv", sha256, "m1", records)
            say(number)


if __name__ == "__main__":
    main(*sys.argv[1:])
