"""One message to one server, told apart by what may be repeated.

The last line (the dot that ends the message) is sent alone, after ``commit``: before it a message cannot
have been taken, whatever happens; after it only the server's answer tells (RFC 5321, 4.5.3.2.6).
"""

import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit


class TemporaryError(Exception):
    """Not taken, and worth another try later."""


class PermanentError(Exception):
    """Not taken, and never will be."""


class DoubtError(Exception):
    """The message went out whole and no answer came."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in: ``smtp://user:password@host:587?tls=starttls``."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: str = "starttls"
    answer_within: float = 600

    @classmethod
    def parse(cls, url: str) -> "Server":
        """Read an address; ``ValueError`` says what is wrong with it."""
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query))
        tls = query.pop("tls", "ssl" if parts.port == 465 else "starttls")
        wait = query.pop("answer", "600")
        if parts.scheme != "smtp" or not parts.hostname or query:
            raise ValueError("write smtp://user:password@host:587?tls=starttls")
        if tls not in {"starttls", "ssl", "none"}:
            raise ValueError("tls is starttls, ssl or none")
        if not wait.isdigit() or not int(wait):
            raise ValueError("answer is a number of seconds")
        port = parts.port or {"ssl": 465, "starttls": 587, "none": 25}[tls]
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.hostname, port, user, password, tls, float(wait))

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port}, tls={self.tls})"


CONNECT_WITHIN = 10.0
COMMAND_WITHIN = 60.0


def hand_over(
    server: Server, sender: str, to: str, message: bytes, commit: Callable[[], None], *, name: str = ""
) -> str:
    """Give a message to the server; returns its answer.

    ``commit`` is called once, when all but the final dot has gone out: it must store that from here on
    the outcome is unknown, and may raise to stop the message.
    """
    smtp: smtplib.SMTP | None = None
    try:
        smtp = _connect(server, name)
        _expect(smtp.mail(sender), {250})
        _expect(smtp.rcpt(to), {250, 251})
        _expect(smtp.docmd("data"), {354})
        _send_body(smtp, message)
    except (OSError, smtplib.SMTPException) as error:
        _hang_up(smtp)
        raise _judge(error) from error
    except BaseException:
        _hang_up(smtp)
        raise
    try:
        commit()
        return _end(smtp, server.answer_within)
    finally:
        _hang_up(smtp)


def _connect(server: Server, name: str) -> smtplib.SMTP:
    context = ssl.create_default_context()
    smtp: smtplib.SMTP
    if server.tls == "ssl":
        smtp = smtplib.SMTP_SSL(
            server.host, server.port, name or None, timeout=CONNECT_WITHIN, context=context
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, name or None, timeout=CONNECT_WITHIN)
    try:
        if smtp.sock is not None:
            smtp.sock.settimeout(COMMAND_WITHIN)
        smtp.ehlo_or_helo_if_needed()
        if server.tls == "starttls":
            smtp.starttls(context=context)
            smtp.ehlo()
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _send_body(smtp: smtplib.SMTP, message: bytes) -> None:
    """Line ends are made CRLF throughout, so that no bare one can smuggle in a second message."""
    body = re.sub(rb"\r\n|\r|\n", b"\r\n", message)
    body = re.sub(rb"(?m)^\.", b"..", body)
    smtp.send(body if body.endswith(b"\r\n") else body + b"\r\n")


def _end(smtp: smtplib.SMTP, within: float) -> str:
    try:
        if smtp.sock is not None:
            smtp.sock.settimeout(within)
        smtp.send(b".\r\n")
        code, answer = smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise DoubtError(_words(error)) from error
    if code == 250:
        return f"250 {answer.decode(errors='replace')}"
    if 400 <= code < 500:
        raise TemporaryError(f"{code} {answer.decode(errors='replace')}")
    if 500 <= code < 600:
        raise PermanentError(f"{code} {answer.decode(errors='replace')}")
    raise DoubtError(f"{code} {answer.decode(errors='replace')}")


def _expect(reply: tuple[int, bytes], good: set[int]) -> None:
    if reply[0] not in good:
        raise smtplib.SMTPResponseException(*reply)


def _judge(error: OSError | smtplib.SMTPException) -> Exception:
    """5xx to the envelope is final; 5xx to greeting or sign-in is the operator's affair and can be mended."""
    final = isinstance(error, smtplib.SMTPResponseException) and 500 <= error.smtp_code < 600
    operators = isinstance(
        error, (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)
    )
    return (PermanentError if final and not operators else TemporaryError)(_words(error))


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        text = error.smtp_error
        return f"{error.smtp_code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"
    return f"{type(error).__name__}: {error}"


def _hang_up(smtp: smtplib.SMTP | None) -> None:
    if smtp is not None:
        smtp.close()
