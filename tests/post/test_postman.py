"""Letters on their way: against a real SMTP server on loopback that refuses, drops and stalls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DBAPIError

from kiosk.core import clock
from kiosk.core.db import Database, DatabaseAway, Tx
from kiosk.post import queries, service
from kiosk.post.carrier import Answer
from kiosk.post.models import Attachment, Letter, LetterState
from kiosk.post.worker import KILLED, MAY_HAVE_ARRIVED, NOT_MADE, Maker, Pace, Postman
from tests.support import mail_server, patience
from tests.support.house import House, founded
from tests.support.mail_server import MailServer

pytestmark = pytest.mark.slow

QUICK = Pace(look_s=0.05, trouble_s=0.02, first=timedelta(milliseconds=20))


@dataclass
class Post:
    """A house, its postman, and the mail server."""

    house: House
    server: MailServer
    postmen: list[Postman] = field(default_factory=list)

    async def write(self, cause: str = "test 1", **words: Any) -> int:
        told = {"to": "ana@example.com", "subject": "Receipt 1", "plain": "7.00", "html": "<p>7.00</p>"} | words

        async def write(tx: Tx) -> int:
            return service.write(tx, cause=cause, by=self.house.by, **told)

        return await self.house.db.run(write)

    def start(self, *, pace: Pace = QUICK, makers: dict[str, Maker] | None = None, **way: Any) -> Postman:
        postman = Postman(self.house.db, self.server.way(**way), makers, pace)
        postman.start()
        self.postmen.append(postman)
        return postman

    async def letter(self, letter_id: int) -> Letter:
        return (await self.house.look(queries.letter, letter_id))[0]

    async def becomes(self, letter_id: int, *states: LetterState, tries: int = 1) -> Letter:
        async def look() -> Letter | None:
            letter = await self.letter(letter_id)
            return letter if letter.state in states and letter.tries >= tries else None

        return await patience.until(look, f"the letter to be {states}")

    @property
    def names(self) -> list[str]:
        return [letter.message["Message-ID"] for letter in self.server.letters]


@pytest.fixture
async def post(db: Database) -> AsyncIterator[Post]:
    async with mail_server.served() as server:
        made = Post(await founded(db), server)
        yield made
        for postman in made.postmen:
            await postman.stop()


async def test_a_letter_is_sent_once_with_everything_in_it(post: Post) -> None:
    post.start()
    letter_id = await post.write(enclosed=[("receipt-1.pdf", "application/pdf", b"%PDF-1.4")])
    letter = await post.becomes(letter_id, LetterState.SENT)
    await asyncio.sleep(0.2)
    (taken,) = post.server.letters
    assert (taken.to, taken.message["Subject"], letter.tries) == (["ana@example.com"], "Receipt 1", 1)
    assert [part.get_filename() for part in taken.message.iter_attachments()] == ["receipt-1.pdf"]
    assert letter.sent_at is not None


async def test_nothing_is_held_in_the_database_while_the_server_listens(post: Post) -> None:
    async def others_write() -> None:
        await post.house.db.run(lambda tx: tx.draw("something else"), seconds=2)

    post.server.meanwhile = others_write
    post.start()
    await post.becomes(await post.write(), LetterState.SENT)
    assert len(post.server.letters) == 1


async def test_a_letter_that_was_rolled_back_never_goes(post: Post) -> None:
    post.start()

    async def regret(tx: Tx) -> None:
        service.write(tx, cause="test 9", to="ana@example.com", subject="", plain="", html="", by=post.house.by)
        raise RuntimeError("regretted")

    with pytest.raises(RuntimeError, match="regretted"):
        await post.house.db.run(regret)
    await post.becomes(await post.write(), LetterState.SENT)
    assert len(post.server.letters) == 1


async def test_the_same_cause_writes_one_letter_and_the_refusal_names_no_guest(post: Post) -> None:
    await post.write("test 1")
    with pytest.raises(DBAPIError) as refused:
        await post.write("test 1", to="guest@example.com", plain="Tiramisù")
    assert "guest@example.com" not in str(refused.value)
    assert "Tiramis" not in str(refused.value)


async def test_an_error_of_the_database_does_not_tell_what_was_to_be_written(post: Post) -> None:
    nobody = insert(Letter).values(id=1, to_address="guest@example.com", subject="x" * 3)
    with pytest.raises(DBAPIError) as refused:
        await post.house.db.run(lambda tx: tx.change(nobody))
    assert "INSERT INTO letters" in str(refused.value)
    assert "guest@example.com" not in str(refused.value)


async def test_letters_wait_for_a_server_that_is_away_and_one_try_tells_for_all(post: Post) -> None:
    await post.server.close()
    ids = [await post.write(f"test {number}") for number in range(3)]
    post.start(pace=Pace(look_s=0.05, trouble_s=0.02, first=timedelta(seconds=1)))
    waiting = await post.becomes(ids[0], LetterState.QUEUED)
    assert waiting.trouble is not None
    assert waiting.trouble.startswith("The mail server was not reached (")
    await post.server.open()
    for letter_id in ids:
        await post.becomes(letter_id, LetterState.SENT)
    assert len(set(post.names)) == len(post.names) == 3


@pytest.mark.parametrize("fault", ["full", "later", "drop before the text", "stall"])
async def test_what_was_surely_not_taken_is_tried_again(post: Post, fault: str) -> None:
    post.server.next_times(fault, fault)
    post.start(each_s=0.2, whole_s=0.2)
    letter = await post.becomes(await post.write(), LetterState.SENT, tries=3)
    assert (letter.tries, letter.trouble, post.server.seen) == (3, None, [fault, fault])
    assert len(post.server.letters) == 1


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("nobody", "The mail server said 550 5.1.1 <ana@example.com> is nobody here"),
        ("spam", "The mail server said 554 5.7.1 We do not like it"),
    ],
)
async def test_a_letter_refused_for_good_is_given_up_and_holds_up_no_other(post: Post, fault: str, told: str) -> None:
    post.server.next_times(fault)
    refused, other = await post.write("test 1"), await post.write("test 2")
    post.start()
    await post.becomes(other, LetterState.SENT)
    letter = await post.becomes(refused, LetterState.FAILED)
    assert (letter.trouble, letter.tries, len(post.server.letters)) == (told, 1, 1)


@pytest.mark.parametrize("fault", ["drop after the text", "fall silent after the text"])
async def test_what_nobody_knows_goes_once_more_under_the_same_name(post: Post, fault: str) -> None:
    post.server.next_times(fault)
    post.start(text_s=0.2)
    letter = await post.becomes(await post.write(), LetterState.SENT, tries=2)
    assert letter.tries == 2
    assert post.names == [f"<{letter.id}.letter@small.example>"] * 2


async def test_what_nobody_knows_twice_is_not_sent_a_third_time(post: Post) -> None:
    post.server.next_times("drop after the text", "later", "drop after the text")
    post.start(text_s=0.2)
    letter = await post.becomes(await post.write(), LetterState.FAILED)
    await asyncio.sleep(0.2)
    assert (letter.trouble, letter.tries, len(post.names)) == (MAY_HAVE_ARRIVED, 3, 2)


async def test_a_kiosk_stopped_while_the_server_listened_sends_it_once_more(post: Post) -> None:
    listening, never = asyncio.Event(), asyncio.Event()

    async def listen() -> None:
        listening.set()
        await never.wait()

    post.server.meanwhile = listen
    first = post.start()
    letter_id = await post.write()
    await asyncio.wait_for(listening.wait(), patience.COMES)
    assert (await post.letter(letter_id)).state is LetterState.SENDING
    await first.stop()
    post.server.meanwhile = None
    assert (await post.letter(letter_id)).state is LetterState.SENDING
    seen = _told_in_between(post, letter_id)
    post.start()
    await post.becomes(letter_id, LetterState.SENT)
    assert await seen() == KILLED
    assert post.names == [f"<{letter_id}.letter@small.example>"]


async def test_a_kiosk_stopped_twice_while_the_server_listened_does_not_send_it_a_third_time(post: Post) -> None:
    listening = asyncio.Event()

    async def hold() -> None:
        listening.set()
        await asyncio.sleep(patience.COMES)

    post.server.meanwhile = hold
    letter_id = await post.write()
    for _ in range(2):
        postman = post.start()
        await asyncio.wait_for(listening.wait(), patience.COMES)
        await postman.stop()
        listening.clear()
    post.server.meanwhile = None
    post.start()
    letter = await post.becomes(letter_id, LetterState.FAILED, LetterState.SENT, tries=0)
    assert (letter.state, letter.trouble, post.names) == (LetterState.FAILED, MAY_HAVE_ARRIVED, [])


def _told_in_between(post: Post, letter_id: int) -> Callable[[], Any]:
    """What the letter said of itself while the server listened again."""
    told: list[str | None] = []

    async def look() -> None:
        told.append((await post.letter(letter_id)).trouble)

    post.server.meanwhile = look

    async def seen() -> str | None:
        return told[-1]

    return seen


async def test_nothing_is_sent_in_the_clear_where_the_house_wants_it_secret(post: Post) -> None:
    post.start(tls="starttls")
    letter_id = await post.write()
    letter = await post.becomes(letter_id, LetterState.QUEUED)
    assert post.server.letters == []
    assert letter.trouble is not None


async def test_a_password_is_told_to_the_server_and_a_wrong_one_waits_for_the_right(post: Post) -> None:
    postman = post.start(user="kiosk", password=SecretStr("wrong"))
    letter_id = await post.write()
    letter = await post.becomes(letter_id, LetterState.QUEUED)
    assert letter.trouble is not None
    assert letter.trouble.startswith("The mail server said 535")
    await postman.stop()
    post.start(user="kiosk", password=SecretStr("s3cret"))
    await post.becomes(letter_id, LetterState.SENT)


async def test_a_letter_nobody_takes_for_a_day_is_given_up_with_the_last_word(post: Post) -> None:
    post.server.next_times("full")
    letter_id = await post.write()
    a_day_ago = clock.now() - timedelta(hours=25)
    await post.house.db.run(lambda tx: tx.change(update(Letter).values(queued_at=a_day_ago)))
    post.start()
    letter = await post.becomes(letter_id, LetterState.FAILED)
    assert letter.trouble == "Given up after a day. The mail server said 452 4.2.2 The mailbox is full"


async def test_what_is_enclosed_is_made_once_and_the_same_goes_with_each_try(post: Post) -> None:
    made: list[str] = []

    async def make(cause: str) -> bytes:
        made.append(cause)
        return b"%PDF " + str(len(made)).encode()

    post.server.next_times("later")
    post.start(makers={"test": make})
    await post.becomes(await post.write(enclosed=[("r.pdf", "application/pdf", b"")]), LetterState.SENT)
    (taken,) = post.server.letters
    (file,) = taken.message.iter_attachments()
    assert (file.get_content(), made) == (b"%PDF 1", ["test 1"])


async def test_what_cannot_be_made_holds_up_no_other_letter(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    async def make(_cause: str) -> bytes:
        raise RuntimeError("no ink")

    post.start(makers={"test": make})
    broken = await post.write("test 1", enclosed=[("r.pdf", "application/pdf", b"")])
    await post.becomes(await post.write("test 2"), LetterState.SENT)
    assert (await post.becomes(broken, LetterState.QUEUED)).trouble == NOT_MADE
    assert "ana@example.com" not in caplog.text


async def test_a_database_that_is_away_when_the_server_answers_does_not_make_a_second_letter(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    know, failures = Postman._know, iter([DatabaseAway(), DatabaseAway()])

    async def forgetful(self: Postman, tx: Tx, letter: Letter, answer: Answer) -> None:
        for trouble in failures:
            raise trouble
        await know(self, tx, letter, answer)

    monkeypatch.setattr(Postman, "_know", forgetful)
    post.start()
    await post.becomes(await post.write(), LetterState.SENT)
    assert len(post.server.letters) == 1


async def test_a_fault_of_ours_while_the_server_listens_leaves_the_letter_in_doubt_and_goes_on(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    know, faults = Postman._know, iter([RuntimeError("ours")])

    async def clumsy(self: Postman, tx: Tx, letter: Letter, answer: Answer) -> None:
        for fault in faults:
            raise fault
        await know(self, tx, letter, answer)

    monkeypatch.setattr(Postman, "_know", clumsy)
    post.start()
    letter = await post.becomes(await post.write(), LetterState.SENT)
    assert post.names == [f"<{letter.id}.letter@small.example>"] * 2


async def test_letters_are_forgotten_after_a_month_and_those_that_wait_are_not(post: Post) -> None:
    old, waiting = await post.write("test 1", enclosed=[("r.pdf", "application/pdf", b"x")]), await post.write("test 2")
    long_ago = clock.now() - timedelta(days=31)

    async def age(tx: Tx) -> None:
        await tx.change(update(Letter).where(Letter.id == old).values(state=LetterState.SENT, queued_at=long_ago))
        await tx.change(update(Letter).where(Letter.id == waiting).values(next_at=clock.now() + timedelta(days=1)))

    await post.house.db.run(age)
    post.start()

    async def look() -> bool:
        async with post.house.db.read() as read:
            letters = (await read.session.scalars(select(Letter.id))).all()
            files = (await read.session.scalars(select(Attachment.id))).all()
        return (list(letters), list(files)) == ([waiting], [])

    await patience.until(look, "the old letter to be forgotten")


async def test_without_a_mail_server_letters_wait_and_nothing_runs(post: Post) -> None:
    postman = Postman(post.house.db, None)
    postman.start()
    letter_id = await post.write()
    await postman.stop()
    assert (await post.letter(letter_id)).state is LetterState.QUEUED
