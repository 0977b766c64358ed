"""Mail in the outbox: made once, safe to read, delivered step by step."""

import email
import email.policy
import smtplib
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from cantiere.foundation.core import outbox
from cantiere.foundation.core.models import Job, Mail, MailAttachment
from cantiere.foundation.core.outbox import delivery, smtp, tasks
from cantiere.foundation.core.outbox.backend import OutboxBackend

pytestmark = pytest.mark.django_db
SERVER = smtp.Server("127.0.0.1", 2525, tls="none")
GOOD = {"to": "anna@example.org", "subject": "Perché no?", "text": "Ciao.\n", "once": "event:1"}


@pytest.fixture
def server(settings) -> None:
    settings.CANTIERE_SMTP_URL = "smtp://127.0.0.1:2525?tls=none"


def read(mail: Mail) -> email.message.EmailMessage:
    return email.message_from_bytes(delivery.compose(mail), policy=email.policy.default)  # type: ignore[return-value]


def test_a_message_is_made_once_for_an_event() -> None:
    outbox.send(**GOOD)
    outbox.send(**GOOD | {"text": "Other words"})
    mail = Mail.objects.get()
    assert (mail.status, mail.text, Job.objects.count()) == ("queued", "Ciao.\n", 0)


def test_a_message_of_an_undone_transaction_is_never_there() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012
        outbox.send(**GOOD)
        raise ZeroDivisionError
    assert Mail.objects.count() == 0


@pytest.mark.usefixtures("server")
def test_with_a_server_a_message_is_a_job() -> None:
    outbox.send(**GOOD, priority=10)
    job = Job.objects.get()
    assert (job.queue, job.priority, job.args) == ("mail", 10, [Mail.objects.get().pk])


def test_a_message_reads_well() -> None:
    outbox.send(
        **GOOD,
        html="<p>Ciao</p>",
        headers={"List-Unsubscribe": "<https://example.org/no>"},
        attachments=[outbox.Attachment("è.ics", b"BEGIN:VCALENDAR", "text/calendar")],
        sender="Comune di Prova <noreply@example.org>",
    )
    message = read(Mail.objects.get())
    raw = delivery.compose(Mail.objects.get())
    assert message["Subject"] == "Perché no?"
    assert b"=?utf-8?" in raw.split(b"\r\n\r\n")[0]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    assert raw == delivery.compose(Mail.objects.get())
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert raw.isascii()


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": "a\nBcc: all@example.org"},
        {"subject": "a\r"},
        {"subject": "a\u2028b"},
        {"sender": "a@example.org\nX: y"},
        {"headers": {"X-A": "b\r\nBcc: c@example.org"}},
        {"headers": {"X-A\nBcc": "b"}},
        {"headers": {"Bcc": "c@example.org"}},
        {"headers": {"X A": "b"}},
        {"attachments": [outbox.Attachment("a\nb", b"")]},
    ],
)
def test_no_header_can_be_smuggled_in(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        outbox.send(**GOOD | wrong)
    assert Mail.objects.count() == 0


@pytest.mark.parametrize("to", ["", "nobody", "a@example.org, b@example.org", "a@example.org\nb"])
def test_an_address_is_one_address(to: str) -> None:
    with pytest.raises((ValidationError, ValueError)):
        outbox.send(**GOOD | {"to": to})


def test_django_sends_into_the_outbox() -> None:
    message = EmailMultiAlternatives(
        "Codice", "1234", "Comune <a@example.org>", ["anna@example.org", "bruno@example.org"],
        headers={"Reply-To": "x@example.org", "Message-ID": "<own>"},
    )  # fmt: skip
    message.attach_alternative("<p>1234</p>", "text/html")
    message.attach("a.txt", "text", "text/plain")
    assert OutboxBackend().send_messages([message]) == 1
    mails = list(Mail.objects.order_by("pk"))
    assert [(mail.to, mail.text, mail.html, mail.priority) for mail in mails] == [
        ("anna@example.org", "1234", "<p>1234</p>", 10),
        ("bruno@example.org", "1234", "<p>1234</p>", 10),
    ]
    assert mails[0].headers == {"Reply-To": "x@example.org"}
    assert MailAttachment.objects.count() == 2


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://u%40x:p%3Aw@host:587?tls=starttls", smtp.Server("host", 587, "u@x", "p:w", "starttls")),
        ("smtp://host:465", smtp.Server("host", 465, tls="ssl")),
        ("smtp://host?tls=none", smtp.Server("host", 25, tls="none")),
        ("smtp://host?answer=5", smtp.Server("host", 587, answer_within=5)),
    ],
)
def test_a_server_is_read(url: str, server: smtp.Server) -> None:
    assert smtp.Server.parse(url) == server
    assert "p:w" not in repr(server)


@pytest.mark.parametrize(
    "url", ["", "http://host", "smtp://", "smtp://host?tls=maybe", "smtp://host?x=1", "smtp://host?answer=0"]
)
def test_a_server_that_cannot_be_read_is_refused(url: str) -> None:
    with pytest.raises(ValueError):
        smtp.Server.parse(url)


# Delivery, one step at a time ------------------------------------------------------------------

Answer = Callable[[Callable[[], None]], str]


def deliver(monkeypatch: pytest.MonkeyPatch, mail: Mail, answer: Answer) -> Mail:
    def hand_over(*args: object, **_: object) -> str:
        return answer(args[4])  # type: ignore[arg-type]

    monkeypatch.setattr(delivery, "hand_over", hand_over)
    delivery.deliver(mail.pk, SERVER)
    mail.refresh_from_db()
    return mail


def taken(commit: Callable[[], None]) -> str:
    commit()
    return "250 OK"


def raising(error: Exception, *, after: bool = False) -> Answer:
    def answer(commit: Callable[[], None]) -> str:
        if after:
            commit()
        raise error

    return answer


@pytest.fixture
def mail(server) -> Mail:
    outbox.send(**GOOD)
    return Mail.objects.get()


def due(mail: Mail) -> None:
    Mail.objects.filter(pk=mail.pk).update(next_try_at=timezone.now() - timedelta(seconds=1))


def test_a_taken_message_is_sent_and_never_again(monkeypatch: pytest.MonkeyPatch, mail: Mail) -> None:
    deliver(monkeypatch, mail, taken)
    assert (mail.status, mail.answer, mail.doubts, mail.tries) == ("sent", "250 OK", 0, 1)
    deliver(monkeypatch, mail, raising(AssertionError("sent twice")))


def test_a_busy_server_is_tried_again_later(monkeypatch: pytest.MonkeyPatch, mail: Mail) -> None:
    for after in (False, True):
        deliver(monkeypatch, mail, raising(smtp.TemporaryError("451"), after=after))
        assert (mail.status, mail.doubts) == ("queued", 0)
        assert mail.next_try_at is not None
        assert mail.next_try_at > timezone.now()
        assert Job.objects.latest("pk").run_after == mail.next_try_at
        deliver(monkeypatch, mail, raising(AssertionError("too early")))
        due(mail)
    Mail.objects.update(created_at=timezone.now() - timedelta(days=3))
    deliver(monkeypatch, mail, raising(smtp.TemporaryError("451")))
    assert (mail.status, mail.answer) == ("failed", "451")


def test_a_refused_message_fails_in_sight(monkeypatch: pytest.MonkeyPatch, mail: Mail) -> None:
    deliver(monkeypatch, mail, raising(smtp.PermanentError("550 no such mailbox"), after=True))
    assert (mail.status, mail.answer, mail.next_try_at) == ("failed", "550 no such mailbox", None)


def test_silence_is_a_doubt_tried_once_more_then_left(monkeypatch: pytest.MonkeyPatch, mail: Mail) -> None:
    first = mail.message_id
    deliver(monkeypatch, mail, raising(smtp.DoubtError("timed out"), after=True))
    assert (mail.status, mail.doubts, mail.is_closed) == ("in doubt", 1, False)
    due(mail)
    deliver(monkeypatch, mail, raising(smtp.DoubtError("timed out"), after=True))
    assert (mail.status, mail.doubts, mail.is_closed, mail.message_id) == ("in doubt", 2, True, first)
    deliver(monkeypatch, mail, raising(AssertionError("a third time")))


def test_a_doubt_that_clears_up_is_sent(monkeypatch: pytest.MonkeyPatch, mail: Mail) -> None:
    deliver(monkeypatch, mail, raising(smtp.DoubtError("timed out"), after=True))
    due(mail)
    deliver(monkeypatch, mail, taken)
    assert (mail.status, mail.doubts) == ("sent", 1)


def test_a_refusal_after_a_doubt_leaves_it_to_the_operators(
    monkeypatch: pytest.MonkeyPatch, mail: Mail
) -> None:
    deliver(monkeypatch, mail, raising(smtp.DoubtError("timed out"), after=True))
    due(mail)
    deliver(monkeypatch, mail, raising(smtp.PermanentError("550")))
    assert (mail.status, mail.is_closed) == ("in doubt", True)


def test_a_crash_before_the_last_byte_is_harmless(monkeypatch: pytest.MonkeyPatch, mail: Mail) -> None:
    with pytest.raises(KeyboardInterrupt):
        deliver(monkeypatch, mail, raising(KeyboardInterrupt()))  # type: ignore[arg-type]
    mail.refresh_from_db()
    assert mail.status == "sending"
    deliver(monkeypatch, mail, taken)
    assert (mail.status, mail.doubts) == ("sent", 0)


def test_a_crash_after_the_last_byte_is_a_doubt(monkeypatch: pytest.MonkeyPatch, mail: Mail) -> None:
    with pytest.raises(KeyboardInterrupt):
        deliver(monkeypatch, mail, raising(KeyboardInterrupt(), after=True))  # type: ignore[arg-type]
    deliver(monkeypatch, mail, raising(AssertionError("without a pause")))
    assert (mail.status, mail.doubts) == ("in doubt", 1)
    assert mail.next_try_at is not None


def test_who_was_overtaken_never_sends_the_last_byte(monkeypatch: pytest.MonkeyPatch, mail: Mail) -> None:
    def overtaken(commit: Callable[[], None]) -> str:
        Mail.objects.update(token="another")
        commit()
        raise AssertionError("sent")

    deliver(monkeypatch, mail, overtaken)
    assert (mail.status, mail.token) == ("sending", "another")


def test_sweep_offers_what_has_no_job(mail: Mail) -> None:
    Job.objects.all().delete()
    tasks.sweep.call()
    assert Job.objects.count() == 0
    Mail.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    tasks.sweep.call()
    tasks.sweep.call()
    assert [job.args for job in Job.objects.all()] == [[mail.pk]]


def test_what_waited_too_long_is_given_up_in_sight(mail: Mail) -> None:
    Job.objects.all().delete()
    Mail.objects.update(created_at=timezone.now() - timedelta(days=4))
    tasks.sweep.call()
    mail.refresh_from_db()
    assert (mail.status, Job.objects.count()) == ("failed", 0)


def test_texts_are_forgotten_after_a_month(mail: Mail) -> None:
    MailAttachment.objects.create(mail=mail, name="a", content_type="a/b", content=b"x")
    Mail.objects.update(status="sent", sent_at=timezone.now() - timedelta(days=29))
    tasks.forget_texts.call()
    mail.refresh_from_db()
    assert mail.text == "Ciao.\n"
    Mail.objects.update(sent_at=timezone.now() - timedelta(days=31))
    tasks.forget_texts.call()
    mail.refresh_from_db()
    assert (mail.text, mail.subject, MailAttachment.objects.count()) == ("", "", 0)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ConnectionRefusedError(), smtp.TemporaryError),
        (TimeoutError(), smtp.TemporaryError),
        (smtplib.SMTPServerDisconnected("x"), smtp.TemporaryError),
        (smtplib.SMTPResponseException(451, b"later"), smtp.TemporaryError),
        (smtplib.SMTPResponseException(550, b"no"), smtp.PermanentError),
        (smtplib.SMTPAuthenticationError(535, b"password"), smtp.TemporaryError),
        (smtplib.SMTPConnectError(554, b"listed"), smtp.TemporaryError),
    ],
)
def test_errors_are_judged(error: Exception, kind: type[Exception]) -> None:
    assert type(smtp._judge(error)) is kind  # type: ignore[arg-type]
