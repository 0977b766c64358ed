/** What notes say to each other and people about them: links, comments, dots. */

import { MOST_COMMENT, MOST_LABEL, type Note } from "../../board/content.ts";
import { may } from "../../board/rights.ts";
import { dotted } from "./card.ts";
import type { Desk } from "./desk.ts";
import { form, labelled } from "./dialog.ts";
import { aloud, el } from "./dom.ts";
import { counted } from "./writing.ts";

/** Dots with their two buttons, for who may give any; else only how many there are. */
export function dots(desk: Desk, id: string): HTMLElement | undefined {
  const all = desk.board.dots(id);
  if (!may.vote(desk.right)) {
    return all > 0 ? el("p", "board-dots", {}, dotted(all), aloud(desk.say("dots", { n: all }))) : undefined;
  }
  const own = desk.board.ballot(desk.right.author)[id] ?? 0;
  const give = (by: -1 | 1) => {
    const done = desk.pen.vote(id, by);
    const now = desk.board.ballot(desk.right.author)[id] ?? 0;
    desk.voice.tell(
      done
        ? `${desk.say("dots_own", { n: now })}. ${desk.say("dots_left", { n: desk.pen.left })}`
        : desk.say(by > 0 ? "dots_none_left" : "dots_none_here"),
    );
  };
  return el(
    "div",
    "board-dots",
    { role: "group", "aria-label": desk.say("vote") },
    desk.iconButton(desk.say("dot_less"), "it-minus-circle", () => give(-1), "board-icon dot-less"),
    el("span", "board-dots-own", {}, desk.say("dots_own", { n: own })),
    desk.iconButton(desk.say("dot_more"), "it-plus-circle", () => give(1), "board-icon dot-more"),
    el("span", "board-dots-left", {}, desk.say("dots_left", { n: desk.pen.left })),
    all > 0 && el("span", "board-dots-all", {}, dotted(all), aloud(desk.say("dots_all", { n: all }))),
  );
}

/** The notes that one is linked to, as sentences. */
export function linkList(desk: Desk, note: Note): HTMLElement | undefined {
  const links = desk.board.linksOf(note.id);
  if (links.length === 0) return undefined;
  const list = el("ul", "board-links");
  for (const link of links) {
    const other = desk.board.note(link.from === note.id ? link.to : link.from);
    const go = desk.button(desk.short(other), () => other && desk.openNote(other.id), "as-link");
    const area = other ? ` (${desk.title(desk.home(other.area))})` : "";
    const remove =
      may.withdraw(desk.right, link) &&
      desk.button(
        desk.say("unlink"),
        () => {
          if (desk.pen.unlink(link.id)) desk.voice.tell(desk.say("unlinked"));
        },
        "as-link",
      );
    const label = link.label ? `${link.label}: ` : "";
    list.append(el("li", "", {}, label, go, area, " ", remove));
  }
  return list;
}

/** «Collega a…» */
export function linkForm(desk: Desk, note: Note, linked: () => void): HTMLElement {
  const to = el("select", "");
  for (const area of desk.page.areas) {
    const group = el("optgroup", "", { label: area.title });
    for (const one of desk.board.notes())
      if (!one.gone && one.id !== note.id && desk.home(one.area) === area.key)
        group.append(el("option", "", { value: one.id }, desk.short(one)));
    if (group.children.length > 0) to.append(group);
  }
  const label = el("input", "", { type: "text", autocomplete: "off", placeholder: desk.say("link_example") });
  const send = () => {
    if (!desk.pen.link(note.id, to.value, label.value)) return;
    desk.voice.tell(desk.say("linked"));
    label.value = "";
    linked();
  };
  const labelField = labelled(desk.say("link_label"), label);
  label.maxLength = MOST_LABEL;
  const button = el("button", "board-button", { type: "submit" }, desk.say("link"));
  return form("board-link", send, labelled(desk.say("link_to"), to), labelField, button);
}

export function commentList(desk: Desk, note: Note): HTMLElement | undefined {
  const comments = desk.board.commentsOf(note.id);
  if (comments.length === 0) return undefined;
  const list = el("ul", "board-comments");
  for (const comment of comments) {
    const who = desk.who(comment.by);
    const remove =
      may.withdraw(desk.right, comment) &&
      desk.button(
        desk.say("remove"),
        () => {
          if (desk.pen.uncomment(comment.id)) desk.voice.tell(desk.say("comment_removed"));
        },
        "as-link",
      );
    list.append(el("li", "", {}, el("p", "", {}, comment.text), el("p", "board-by", {}, who, " ", remove)));
  }
  return list;
}

export function commentForm(desk: Desk, note: Note): HTMLElement {
  const text = el("textarea", "", { rows: 2 });
  const field = labelled(desk.say("comment_yours"), text);
  counted(desk, text, MOST_COMMENT);
  const send = () => {
    if (!desk.pen.comment(note.id, text.value)) return text.focus();
    text.value = "";
    text.dispatchEvent(new Event("input"));
    desk.voice.tell(desk.say("comment_added"));
  };
  return form(
    "board-comment",
    send,
    field,
    el("button", "board-button", { type: "submit" }, desk.say("comment_add")),
  );
}
