/** One note: the same element on the sheet and in the list, dressed by the style of each. */

import type { Note } from "../../board/content.ts";
import type { Desk } from "./desk.ts";
import { el, write } from "./dom.ts";

const MOST_DOTS = 6;
const AT_ONCE = 10; // cards whose place is written in one go

/** A new note changes what is read out of all behind it: nobody sees it, so it is written a few at a time. */
const moved = new Set<Card>();
let writing = false;

function writePlaces(): void {
  let left = AT_ONCE;
  for (const card of moved) {
    if (left-- === 0) break;
    card.read();
  }
  writing = moved.size > 0;
  if (writing) setTimeout(writePlaces, 20);
}

export class Card {
  readonly item: HTMLLIElement;
  readonly face: HTMLButtonElement;
  readonly #text = el("span", "note-text");
  readonly #foot = el("span", "note-foot", { "aria-hidden": true });
  readonly #said = el("span", "visually-hidden");
  readonly #who = el("span", "note-who");
  readonly #busy = el("span", "note-busy");
  #picture: HTMLImageElement | undefined;
  #place = "";
  #marks = "";
  #position = 1;
  #total = 1;

  constructor(
    private readonly desk: Desk,
    public note: Note,
  ) {
    this.face = el("button", "note-face", { type: "button" }, this.#text, this.#foot, this.#said);
    this.item = el("li", "note", { "data-note": note.id }, this.face);
    this.face.addEventListener("focus", () => this.read());
  }

  /** Its place among the notes of its area. */
  stand(position: number, total: number): void {
    if (this.#position === position && this.#total === total) return;
    [this.#position, this.#total] = [position, total];
    moved.add(this);
    if (!writing) setTimeout(writePlaces, 20);
    writing = true;
  }

  /** Show the note as it is now. */
  show(note: Note): void {
    this.note = note;
    const { item, desk } = this;
    write(this.#text, note.text);
    if (item.dataset.colour !== note.colour) item.dataset.colour = note.colour;
    const place = `${note.x} ${note.y}`;
    if (place !== this.#place) {
      this.#place = place;
      item.style.setProperty("--x", String(note.x / 1000));
      item.style.setProperty("--y", String(note.y / 1000));
    }
    this.#photo(note);
    write(this.#who, desk.who(note.by, note.room));
    const editing = note.id in desk.session.presence.editing;
    if (item.hasAttribute("data-busy") !== editing) {
      item.toggleAttribute("data-busy", editing);
      write(this.#busy, editing ? desk.say("writing_here") : "");
    }
    this.#marked();
    this.read();
    const chosen = desk.chosen;
    if (chosen) this.face.setAttribute("aria-pressed", String(chosen.has(note.id)));
    else this.face.removeAttribute("aria-pressed");
  }

  #photo(note: Note): void {
    if (note.photo === "" || this.desk.page.photo === "") {
      this.#picture?.remove();
      this.#picture = undefined;
      return;
    }
    const address = this.desk.photoAddress(note.photo);
    this.#picture ??= el("img", "note-photo", { alt: "", loading: "lazy" });
    if (this.#picture.getAttribute("src") !== address) this.#picture.src = address;
    if (!this.#picture.isConnected) this.face.prepend(this.#picture);
  }

  /** Dots, comments, links: as many as there are. */
  #marked(): void {
    const { desk, note } = this;
    const dots = desk.board.dots(note.id);
    const comments = desk.board.commentsOf(note.id).length;
    const links = desk.board.linksOf(note.id).length;
    const marks = `${dots} ${comments} ${links}`;
    if (marks === this.#marks && this.#foot.childNodes.length > 0) return;
    this.#marks = marks;
    this.#foot.replaceChildren(this.#who, this.#busy);
    if (links > 0) this.#foot.append(el("span", "note-mark", {}, desk.icon("it-link"), String(links)));
    if (comments > 0)
      this.#foot.append(el("span", "note-mark", {}, desk.icon("it-comment"), String(comments)));
    if (dots > 0) this.#foot.append(dotted(dots));
  }

  /** «giallo, Minacce, 3 di 17, 2 bollini»: what the eye sees, for who does not. */
  read(): void {
    moved.delete(this);
    const { desk, note } = this;
    const [dots = 0, comments = 0, links = 0] = this.#marks.split(" ").map(Number);
    const parts = [
      note.text === "" ? desk.say("photo_note") : "",
      desk.say(`colour_${note.colour}`),
      desk.title(desk.home(note.area)),
      desk.say("position", { n: this.#position, total: this.#total }),
      desk.who(note.by, note.room),
      dots > 0 ? desk.say("dots", { n: dots }) : "",
      comments > 0 ? desk.say("comments", { n: comments }) : "",
      links > 0 ? desk.say("links", { n: links }) : "",
      this.#busy.textContent,
    ];
    write(this.#said, `, ${parts.filter(Boolean).join(", ")}`);
  }
}

/** Dots as dots, as far as they can be told apart, and their number. */
export function dotted(dots: number): HTMLElement {
  return el(
    "span",
    "note-dots",
    {},
    el("span", "", { "aria-hidden": true }, "●".repeat(Math.min(dots, MOST_DOTS))),
    ` ${dots}`,
  );
}
