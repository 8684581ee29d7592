"""The home folder that a database of PostgreSQL belongs to.

Originals, index and staged uploads are in the home folder. A server with another one would find nothing of what the
records name, report it as missing, and take news of alerts as looked at.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from indexing.settings import opaque_key, secret_key
from indexing.store.database import insert
from indexing.store.schema import DatabaseOwnerRow, DocumentRow


def require_own(database: Engine, home: Path) -> None:
    """Mark a database as that of ``home`` at its first use, or at the first one since marks are made.

    Homes are told apart by their ``secret_key``, so that a folder may be moved, restored or mounted elsewhere. Raises
    ``indexing.database_of_another_home``, also for a home without originals of a database that has documents.
    """
    own = opaque_key(secret_key(home), "database owner")
    with Session(database) as session:
        if session.scalar(select(DatabaseOwnerRow.digest)) is None and _may_be_of(session, home):
            marked = insert(session, DatabaseOwnerRow).values(number=1, digest=own)
            session.execute(marked.on_conflict_do_nothing())  # of two servers that start at once, one was first
            session.commit()
        if session.scalar(select(DatabaseOwnerRow.digest)) != own:
            raise RogatioError("indexing.database_of_another_home", home=home)


def _may_be_of(session: Session, home: Path) -> bool:
    """Return whether a database without a mark may be that of ``home``."""
    folder = home / "originals"
    has_originals = folder.is_dir() and any(folder.iterdir())
    return has_originals or session.scalar(select(DocumentRow.id).limit(1)) is None
