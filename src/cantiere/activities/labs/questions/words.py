"""What is said on phones and screens, by the pages and by their scripts alike; ``{}`` are filled in there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cantiere.engine.live import Reason, Refusal
from cantiere.foundation.live.books import Failure

Words = Mapping[str, Promise]

REFUSALS: Words = {
    "closed": _("Closed at {time}: this came too late. What you wrote is still here."),
    "not_open": _("This question is not open yet. Wait for whoever leads."),
    "forbidden": _("You cannot do this here."),
    "ticket": _("You no longer take part in this laboratory. Enter again with the code."),
    "conflict": _("This page was sent before with something else. Load it again."),
    "busy": _("Many are answering at this moment. Send again in a few seconds."),
    "broken": _("This could not be kept. Tell whoever leads."),
    "unknown_option": _("Choose among the answers on the page: they may have changed."),
    "not_a_list": _("Load the page again: the question has changed."),
    "nothing_chosen": _("Choose at least one answer, then send."),
    "too_many": _("This is more than one can give here: take something away, then send."),
    "not_a_step": _("Choose one of the steps, then send."),
    "ranked_twice": _("Two have the same place: give each its own number."),
    "not_points": _("Write points as whole numbers, from 0 to 100."),
    "not_all_points": _("The points must be 100 in all."),
    "nothing_written": _("Write something, then send."),
    "too_long": _("This is too long: shorten it and send again."),
    "not_a_position": _("Choose a municipality, or put the pin on the map."),
    "name": _("The name is too long."),
    "full": _("This table is full: choose another one."),
    "group": _("You are not at this table any more."),
    "ref": _("This idea is no longer there."),
    "block": _("This question is no longer asked."),
}
OTHERWISE = _("This was not taken. Load the page again.")

PHONE: Words = {
    "where": _("{n} of {of}"),
    "saved": _("Saved on this phone: it will be sent as soon as there is a network."),
    "sent": _("Sent: waiting for confirmation."),
    "recorded": _("Recorded at {time}."),
    "away": _("No connection: we keep trying. What you answer stays on this phone."),
    "live": _("Connected"),
    "left": _("{time} left"),
    "stopped": _("Timer stopped: {time} left"),
    "begun": _("You have {time}."),
    "half": _("Half of the time is left: {time}."),
    "minute": _("One minute left."),
    "thirty": _("Thirty seconds left."),
    "up": _("Time is up. You can finish what you are writing."),
    "send": _("Send"),
    "change": _("Change your answer"),
    "closed": _("Answers are closed."),
    "wait": _("Answers are not open yet."),
    "second": _("Second vote: what do you say after the discussion?"),
    "most": _("At most {n}."),
    "more": _("You can give {n} more."),
    "enough": _("You have given all the ideas you could. Take one back to give another."),
    "yours": _("What you gave"),
    "take": _("Take this back"),
    "held": _("waits to be read by whoever leads"),
    "idea": _("Your idea"),
    "word": _("Word {n}"),
    "sign": _("Name beside what you write"),
    "letters": _("{n} letters left"),
    "others": _("What others say"),
    "raise": _("I want this too"),
    "raised": _("You want this too"),
    "ups": _("{n} want this"),
    "one_up": _("1 wants this"),
    "hidden_more": _("and {n} more"),
    "first": _("Put them in order: first what matters most."),
    "upwards": _("Move up: {text}"),
    "downwards": _("Move down: {text}"),
    "position": _("Position of: {text}"),
    "remaining": _("{n} points still to give"),
    "none_left": _("All 100 points are given."),
    "too_much": _("{n} points too many"),
    "plus": _("5 points more: {text}"),
    "minus": _("5 points less: {text}"),
    "points_of": _("Points: {text}"),
    "agree": _("Agree"),
    "disagree": _("Disagree"),
    "pass": _("Pass"),
    "town": _("Municipality"),
    "on_map": _("Choose on the map"),
    "map": _(
        "Map: press where the pin should stand. Arrow keys move the map, Enter puts the pin in its middle."
    ),
    "pinned": _("Pin put at {place}."),
    "map_failed": _("The map did not load. Write the municipality instead."),
    "groups": _("Choose your table"),
    "sit": _("Sit here"),
    "seated": _("You sit here"),
    "seats": _("{n} people"),
    "one_seat": _("1 person"),
    "full": _("full"),
    "table": _("Your table"),
    "call": _("Open the video call"),
    "board": _("The board on the whole page"),
    "help": _("Call for help"),
    "no_help": _("Help is no longer needed"),
    "unseated": _("You have no table yet. Whoever leads will give you one: stay on this page."),
    "plenary": _("Everybody back together: look at the screen."),
    "listen": _("Listen, and look at the screen."),
    "pause": _("Break. This page goes on by itself."),
    "harvest": _("What the tables found is on the screen."),
    "soon": _("We begin soon"),
    "not_begun": _("This page becomes live by itself: keep it open."),
    "over": _("The laboratory is over"),
    "ended": _("Thank you for taking part."),
    "message": _("From whoever leads"),
    "moved": _("Meanwhile everybody went on to: {title}"),
    "go_on": _("Go on"),
    "results": _("What came out"),
    "after": _("See what came out of it"),
}

SCREEN: Words = {
    "here": _("{n} people take part"),
    "one_here": _("1 person takes part"),
    "answers": _("{n} answers"),
    "one_answer": _("1 answer"),
    "soon": _("We begin soon"),
    "over": _("Thank you"),
    "light": _("Light background"),
    "dark": _("Dark background"),
    "full_screen": _("Full screen"),
    "said_by": _("said by {n}"),
    "wall_empty": _("Nothing was gathered yet."),
    "answer_now": _("Answer from your phone"),
    "shut": _("Answers closed"),
}

RESULTS: Words = {
    "people": _("{n} people have answered."),
    "one_person": _("1 person has answered."),
    "no_one": _("Nobody has answered yet."),
    "paper": _("{n} of them on paper."),
    "mean": _("Mean {n}"),
    "median": _("median {n}"),
    "right": _("{n} of {of} got it right."),
    "right_mark": _("right answer"),
    "points": _("{n} points"),
    "of_people": _("{n} of {of}"),
    "was": _("before {before}"),
    "agrees": _("agree"),
    "disagrees": _("disagree"),
    "passes": _("pass"),
    "score": _("score {n}"),
    "word_of": _("Word"),
    "count": _("People"),
}


def sentence(outcome: Refusal | Failure) -> str:
    """Why something was not taken, and how to mend it."""
    if isinstance(outcome, Failure):
        return str(REFUSALS[outcome.value])
    code = outcome.detail if outcome.reason is Reason.WRONG else outcome.reason.value
    said = str(REFUSALS.get(code, OTHERWISE))
    if outcome.at is None:
        return said
    closed = timezone.localtime(datetime.fromtimestamp(outcome.at / 1000, tz=timezone.get_current_timezone()))
    return said.replace("{time}", f"{closed:%H:%M}")


def spoken(*books: Words) -> dict[str, Any]:
    """Words as the page hands them to its script, refusals among them."""
    told: dict[str, Any] = {key: str(words) for book in books for key, words in book.items()}
    return told | {"refused": {key: str(words) for key, words in REFUSALS.items()} | {"": str(OTHERWISE)}}
