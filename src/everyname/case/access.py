"""Access: what a team's ledger gives out is written down in it."""

from __future__ import annotations

import getpass

from everyname.ledger import Access, Database, Ledger, PostgreSQL, utc_now


def record_access(database: Database, what: str, why: str = "", who: str = "") -> Access | None:
    """Enter that contents leave the team, where several people share the ledger.

    Parameters
    ----------
    database
        The case's ledger. One in a file is one person's own: nothing is entered.
    what
        What is given out: a person id or a reference.
    why
        For what, or for whom.
    who
        Who takes it; empty for the account that the command runs under.

    Returns
    -------
    Access or None
        As entered; None where nothing is.

    Raises
    ------
    LedgerError
        The ledger cannot be written: then nothing may be given out.
    """
    if not isinstance(database, PostgreSQL):
        return None
    with Ledger.open(database) as ledger:
        return enter_access(ledger, what, why, who)


def enter_access(ledger: Ledger, what: str, why: str = "", who: str = "") -> Access:
    """Enter an access in a ledger of whatever kind; arguments as for `record_access`."""
    made = Access(who or _account(), utc_now().isoformat(timespec="seconds"), what, why)
    with ledger.writing() as writer:
        writer.append("access", [made.content])
    return made


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in some containers
        return "unknown account"
