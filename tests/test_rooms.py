"""Workspaces: members only, and each member sees only what his or her access allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
import zstandard
from desk import Desk
from room_records import QUESTION, comparison, laws
from sqlalchemy import update

from app.accounts.accounts import add_account
from app.comparison.changes import changes
from app.comparison.table import Comparison
from app.comparison.visibility import visible_part
from app.rooms.comments import CellKey, comment, comments, resolve, withdraw
from app.rooms.rooms import close_room, open_room, remove_member, rename, room, rooms, set_member
from app.rooms.schema import RoomVersionRow
from app.rooms.snapshots import freeze, open_snapshot, snapshots
from extraction.errors import RogatioError
from indexing.access import Principal
from indexing.store.writing import writing

PARIS = Principal("paris", frozenset({"public", "paris"}))
LIMA = Principal("lima", frozenset({"public"}))
STRANGER = Principal("stranger", frozenset({"public", "paris"}))
PENALTY = CellKey("structure", "penalty", "FR")


class Table(Desk):
    """A desk with a room of two authorities, of which only one may see the third law."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.laws = laws(self)
        self.comparison = comparison(self, self.laws)
        self.room = open_room(self.store, PARIS, "Grupo  de trabajo", QUESTION).id
        set_member(self.store, PARIS, self.room, "lima", "member")

    def seen_by(self, principal: Principal, number: int) -> Comparison:
        return open_snapshot(self.store, self.store.access(principal), principal, self.room, number).comparison


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    made = Table(tmp_path_factory.mktemp("rooms"))
    yield made
    made.installation.close()


def refused(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(RogatioError, match=code):
        act()


def test_nobody_without_an_account_becomes_a_member_where_there_are_accounts(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    add_account(desk.store, "paris", "officer", author="local")
    add_account(desk.store, "lima", "officer", author="local")
    made = open_room(desk.store, PARIS, "Grupo", QUESTION).id
    set_member(desk.store, PARIS, made, "lima", "member")
    for absent in ("zzz.absent", "nobody", "local"):
        refused("no_such_account", partial(set_member, desk.store, PARIS, made, absent, "member"))
    assert [member.principal for member in room(desk.store, PARIS, made).members] == ["paris", "lima"]
    desk.installation.close()


def test_a_room_is_there_for_its_members_alone(desk: Table) -> None:
    assert [one.name for one in rooms(desk.store, LIMA)] == ["Grupo de trabajo"]
    assert room(desk.store, LIMA, desk.room).role == "member"
    assert rooms(desk.store, STRANGER) == ()
    access = desk.store.access(STRANGER)
    for act in (
        lambda: room(desk.store, STRANGER, desk.room),
        lambda: rename(desk.store, STRANGER, desk.room, "x"),
        lambda: close_room(desk.store, STRANGER, desk.room),
        lambda: set_member(desk.store, STRANGER, desk.room, "stranger", "owner"),
        lambda: remove_member(desk.store, STRANGER, desk.room, "lima"),
        lambda: comment(desk.store, access, STRANGER, desk.room, PENALTY, "x"),
        lambda: comments(desk.store, access, STRANGER, desk.room),
        lambda: snapshots(desk.store, STRANGER, desk.room),
        lambda: open_snapshot(desk.store, access, STRANGER, desk.room, 1),
        lambda: freeze(desk.installation, STRANGER, desk.room, desk.comparison),
    ):
        refused("no_such_room", act)


def test_each_role_does_its_part(desk: Table) -> None:
    made = open_room(desk.store, PARIS, "Roles", QUESTION).id
    set_member(desk.store, PARIS, made, "lima", "reader")
    access = desk.store.access(LIMA)
    refused("not_your_part", lambda: comment(desk.store, access, LIMA, made, PENALTY, "x"))
    refused("not_your_part", lambda: freeze(desk.installation, LIMA, made, desk.comparison))
    refused("not_your_part", lambda: set_member(desk.store, LIMA, made, "lima", "owner"))
    refused("not_your_part", lambda: rename(desk.store, LIMA, made, "x"))
    refused("not_your_part", lambda: close_room(desk.store, LIMA, made))
    refused("not_your_part", lambda: remove_member(desk.store, LIMA, made, "paris"))
    refused("last_owner", lambda: set_member(desk.store, PARIS, made, "paris", "reader"))
    refused("last_owner", lambda: remove_member(desk.store, PARIS, made, "paris"))
    refused("no_such_role", lambda: set_member(desk.store, PARIS, made, "lima", "king"))
    refused("no_such_role", lambda: set_member(desk.store, PARIS, made, " ", "reader"))
    remove_member(desk.store, LIMA, made, "lima")
    refused("no_such_room", lambda: room(desk.store, LIMA, made))
    close_room(desk.store, PARIS, made)
    refused("no_such_room", lambda: room(desk.store, PARIS, made))


def test_a_frozen_version_never_changes_and_says_so(desk: Table) -> None:
    first = freeze(desk.installation, PARIS, desk.room, desk.comparison, "Borrador")
    assert (first.author, first.label) == ("paris", "Borrador")
    found = desk.seen_by(PARIS, first.number)
    assert next(row.cells for row in found.rows)[0] == desk.comparison.rows[0].cells[0]
    assert next(one.number for one in snapshots(desk.store, LIMA, desk.room)) == first.number
    with writing(desk.store) as session:
        row = update(RoomVersionRow).where(RoomVersionRow.room == desk.room, RoomVersionRow.number == first.number)
        kept = session.get_one(RoomVersionRow, 1).content
        forged = zstandard.compress(zstandard.decompress(kept).replace(b"seis meses", b"seis horas"))
        session.execute(row.values(content=forged))
    refused("version_damaged", lambda: desk.seen_by(PARIS, first.number))
    with writing(desk.store) as session:
        session.execute(row.values(content=kept))
    assert desk.seen_by(PARIS, first.number) == found
    refused("no_such_version", lambda: desk.seen_by(PARIS, 999))


def test_what_a_member_may_not_see_is_neither_shown_nor_counted(desk: Table) -> None:
    made = freeze(desk.installation, PARIS, desk.room, desk.comparison)
    own, right = desk.seen_by(PARIS, made.number), desk.seen_by(LIMA, made.number)
    assert [column.jurisdiction for column in own.columns] == ["ES", "FR", "PE"]
    assert "zarzaparrilla" in str(own)
    assert [column.jurisdiction for column in right.columns] == ["ES", "FR"]
    assert "zarzaparrilla" not in str(right)
    common = [one for row in right.rows for one in row.common]
    assert max(column for one in common for column in one.columns) < 2
    assert {row.found for row in right.rows} == {(0, 1)}
    access = desk.store.access(LIMA)
    assert desk.laws["secret.md"] not in open_snapshot(desk.store, access, LIMA, desk.room, made.number).sources
    less = visible_part(desk.comparison, access)
    assert less.columns == tuple(replace(column) for column in desk.comparison.columns[:2])


def test_not_a_word_of_an_authority_s_files_is_kept(desk: Table) -> None:
    freeze(desk.installation, PARIS, desk.room, desk.comparison)
    with desk.store.database.connect() as connection:
        kept = connection.exec_driver_sql("SELECT content FROM room_versions").scalars().all()
    contents = [zstandard.decompress(one) for one in kept]
    assert any(b"seis meses" in one for one in contents)
    assert not [one for one in contents if b"zarzaparrilla" in one or b"un a\xc3\xb1o" in one]


def test_who_may_see_a_file_no_more_sees_it_in_no_version(desk: Table) -> None:
    made = freeze(desk.installation, PARIS, desk.room, desk.comparison)
    less = Principal("paris", frozenset({"public"}))
    found = open_snapshot(desk.store, desk.store.access(less), less, desk.room, made.number)
    assert "zarzaparrilla" not in str(found)


def test_comments_are_answered_resolved_and_withdrawn(desk: Table) -> None:
    own, right = desk.store.access(PARIS), desk.store.access(LIMA)
    head = comment(desk.store, own, PARIS, desk.room, PENALTY, " ¿Y la multa? ")
    answer = comment(desk.store, right, LIMA, desk.room, PENALTY, "375 000 €", parent=head.id)
    again = comment(desk.store, own, PARIS, desk.room, PENALTY, "Gracias", parent=answer.id)
    assert (answer.parent, again.parent, again.cell) == (head.id, head.id, PENALTY)
    resolve(desk.store, right, LIMA, desk.room, head.id)
    found = {one.id: one for one in comments(desk.store, own, PARIS, desk.room)}
    assert (found[head.id].text, found[head.id].resolved_by) == ("¿Y la multa?", "lima")
    refused("no_such_comment", lambda: resolve(desk.store, own, PARIS, desk.room, answer.id))
    resolve(desk.store, own, PARIS, desk.room, head.id, done=False)
    refused("not_your_part", lambda: withdraw(desk.store, right, LIMA, desk.room, head.id))
    refused("comment_empty", lambda: comment(desk.store, own, PARIS, desk.room, PENALTY, "  "))
    withdraw(desk.store, own, PARIS, desk.room, head.id)
    assert not {head.id, answer.id} & {one.id for one in comments(desk.store, own, PARIS, desk.room)}


def test_what_is_said_of_a_hidden_cell_is_hidden_with_all_its_answers(desk: Table) -> None:
    own, right = desk.store.access(PARIS), desk.store.access(LIMA)
    cell = CellKey("structure", "conduct", "PE")
    head = comment(desk.store, own, PARIS, desk.room, cell, "zarzaparrilla", quoted=["paris"])
    comment(desk.store, own, PARIS, desk.room, cell, "sí", parent=head.id)
    assert [one for one in comments(desk.store, right, LIMA, desk.room) if one.cell == cell] == []
    assert len([one for one in comments(desk.store, own, PARIS, desk.room) if one.cell == cell]) == 2
    for act in (
        lambda: comment(desk.store, right, LIMA, desk.room, cell, "x", parent=head.id),
        lambda: resolve(desk.store, right, LIMA, desk.room, head.id),
        lambda: withdraw(desk.store, right, LIMA, desk.room, head.id),
    ):
        refused("no_such_comment", act)


def test_a_comment_of_another_room_is_not_in_this_one(desk: Table) -> None:
    other = open_room(desk.store, PARIS, "Other", QUESTION).id
    access = desk.store.access(PARIS)
    elsewhere = comment(desk.store, access, PARIS, other, PENALTY, "x")
    refused("no_such_comment", lambda: resolve(desk.store, access, PARIS, desk.room, elsewhere.id))
    refused("no_such_comment", lambda: comment(desk.store, access, PARIS, desk.room, PENALTY, "x", parent=elsewhere.id))


def test_what_changed_since_a_version(desk: Table) -> None:
    then = desk.comparison
    cells = then.rows[1].cells
    (quoted,) = cells[0].quotations
    longer = replace(cells[0], quotations=(replace(quoted, text="prisión de seis meses a ocho años"),))
    now = replace(
        then, rows=(then.rows[0], replace(then.rows[1], cells=(longer, replace(cells[1], quotations=()), cells[2])))
    )
    found = {(one.element, one.jurisdiction): one for one in changes(then, now)}
    assert found["penalty", "ES"].kind == "changed"
    assert found["penalty", "ES"].pieces()[0].text.startswith(f"{found['penalty', 'ES'].now[0].pinpoint}: ")
    reported = [(one.kind, one.text.strip()) for one in found["penalty", "ES"].pieces() if one.kind != "equal"]
    assert reported == [("delete", "seis"), ("insert", "ocho")]
    assert found["penalty", "FR"].kind == "removed"
    assert found["conduct", "ES"].kind == "same"
    assert {one.kind for one in changes(now, then) if one.jurisdiction == "FR" and one.element == "penalty"} == {
        "added"
    }
