/** A note opened: everything that can be done with it, by fields and buttons, in either view. */

import { type Changes, MOST_TEXT, type Note } from "../../board/content.ts";
import { may } from "../../board/rights.ts";
import type { Desk } from "./desk.ts";
import { Sheet } from "./dialog.ts";
import { el, write } from "./dom.ts";
import { arrows, moveTo, steps } from "./moving.ts";
import type { Paper } from "./paper.ts";
import { commentForm, commentList, dots, linkForm, linkList } from "./talking.ts";
import { Colours, counted, type Drafts } from "./writing.ts";

export class NoteSheet extends Sheet {
  #id = "";
  #written = "";
  readonly #text = el("textarea", "board-note-text", { rows: 4 });
  readonly #why = el("p", "board-why", { role: "status" });
  readonly #colours: Colours;
  readonly #votes = el("div", "");
  readonly #links = el("div", "");
  readonly #comments = el("div", "");
  readonly #commentsHead = el("summary", "");
  readonly #linksHead = el("summary", "");
  readonly #who = el("p", "board-by");

  constructor(
    desk: Desk,
    private readonly paper: Paper,
    private readonly drafts: Drafts,
    home: (note: string) => HTMLElement | undefined,
    private readonly position: (note: Note) => string,
  ) {
    super(desk, () => home(this.#id));
    this.#colours = new Colours(desk, (colour) => {
      if (desk.pen.setColour(this.#id, colour))
        desk.voice.tell(desk.say("coloured", { colour: desk.say(`colour_${colour}`) }));
    });
    this.#text.addEventListener("input", () => drafts.set(this.#id, this.#text.value));
    this.#text.addEventListener("change", () => this.#save());
    addEventListener("pagehide", () => this.#save(), { signal: desk.stop.signal });
  }

  open(id: string): void {
    const note = this.desk.board.note(id);
    if (!note || note.gone) return;
    if (this.isOpen) this.#save();
    this.#id = id;
    this.desk.session.edit(may.edit(this.desk.right, note) ? id : null);
    const draft = this.drafts.get(id);
    this.#written = note.text;
    this.#text.value = draft || note.text;
    this.show(this.#title(note), this.#parts(note), may.edit(this.desk.right, note) ? this.#text : undefined);
    this.refresh();
  }

  /** Others changed something while it is open: their part is shown anew, one's own words stay. */
  take(changes: Changes): void {
    if (!this.isOpen) return;
    const note = this.desk.board.note(this.#id);
    if (!note || note.gone) {
      const unsaved = this.#text.value.trim() !== this.#written.trim() && this.#text.value.trim() !== "";
      if (!unsaved) this.dialog.close();
      else this.#why.textContent = this.desk.say("gone_meanwhile");
      return;
    }
    if (note.text !== this.#written) {
      const untouched = this.#text.value.trim() === this.#written.trim();
      if (untouched) this.#text.value = note.text;
      else if (!changes.own.has(note.id))
        this.#why.textContent = this.desk.say("changed_meanwhile", { text: note.text });
      this.#written = note.text;
    }
    this.refresh();
  }

  /** Everything but the fields in which somebody may be writing. */
  refresh(): void {
    const { desk } = this;
    const note = desk.board.note(this.#id);
    if (!note || !this.isOpen) return;
    this.entitle(this.#title(note));
    const edits = may.edit(desk.right, note);
    this.#text.readOnly = !edits;
    this.#colours.root.disabled = !edits;
    this.#colours.colour = note.colour;
    write(
      this.#who,
      [desk.who(note.by, note.room), note.id in desk.session.presence.editing ? desk.say("writing_here") : ""]
        .filter(Boolean)
        .join(" · "),
    );
    if (!edits && this.#text.value !== note.text) this.#why.textContent = desk.say("stopped_kept");
    keepFocus(this.#votes, dots(desk, note.id));
    keepFocus(this.#links, linkList(desk, note));
    keepFocus(this.#comments, commentList(desk, note));
    write(this.#commentsHead, counting(desk.say("comments_head"), desk.board.commentsOf(note.id).length));
    write(this.#linksHead, counting(desk.say("links_head"), desk.board.linksOf(note.id).length));
  }

  protected override left(): void {
    this.#save();
    this.desk.session.edit(null);
  }

  /** What was written is kept on the board, or stays a draft where it may not be. */
  #save(): void {
    const text = this.#text.value.trim();
    const note = this.desk.board.note(this.#id);
    if (!note || text === this.#written.trim()) {
      this.drafts.set(this.#id, "");
      return;
    }
    if (text === "" && note.photo === "") {
      this.#text.value = note.text;
      this.drafts.set(this.#id, "");
      return;
    }
    if (!this.desk.pen.setText(this.#id, text)) return;
    this.#written = text;
    this.drafts.set(this.#id, "");
    this.#why.textContent = "";
    this.desk.voice.tell(this.desk.say("text_saved"));
  }

  #title(note: Note): string {
    return `${this.desk.title(this.desk.home(note.area))}, ${this.position(note)}`;
  }

  #parts(note: Note): Node[] {
    const { desk } = this;
    const edits = may.edit(desk.right, note);
    this.#why.textContent = "";
    const words =
      edits || this.drafts.get(note.id) !== "" ? this.#field() : el("p", "board-note-words", {}, note.text);
    const parts: (Node | undefined | false)[] = [
      note.photo !== "" &&
        desk.page.photo !== "" &&
        el("img", "board-note-photo", { src: desk.photoAddress(note.photo), alt: desk.say("photo_note") }),
      words,
      this.#why,
      this.#who,
      edits && this.#colours.root,
      this.#votes,
      this.#moves(note),
      this.#folded(
        this.#linksHead,
        this.#links,
        may.link(desk.right) && linkForm(desk, note, () => this.refresh()),
      ),
      this.#folded(this.#commentsHead, this.#comments, may.comment(desk.right) && commentForm(desk, note)),
      this.#end(note),
    ];
    return parts.filter((one): one is Node => one instanceof Node);
  }

  #field(): HTMLElement {
    const field = el(
      "div",
      "board-field",
      {},
      el("label", "", { for: "board-note-text" }, this.desk.say("text")),
    );
    this.#text.id = "board-note-text";
    field.append(counted(this.desk, this.#text, MOST_TEXT));
    return field;
  }

  #moves(note: Note): HTMLElement | undefined {
    const { desk } = this;
    if (!may.move(desk.right, note)) return undefined;
    const now = () => desk.board.note(note.id);
    const form = moveTo(desk, this.paper, [note.id], (said) => {
      desk.voice.tell(said);
      this.refresh();
    });
    const list = steps(
      desk,
      (by) => desk.pen.step(note.id, by),
      () => {
        const moved = now();
        return moved ? this.position(moved) : "";
      },
    );
    const shift = arrows(desk, now, (x, y) => {
      const at = now();
      return at !== undefined && desk.pen.moveNote(note.id, at.area, x, y);
    });
    const inside = el(
      "div",
      "",
      {},
      ...[form, list, desk.board.clusterOf(note) ? undefined : shift].filter((one) => one !== undefined),
    );
    return this.#folded(el("summary", "", {}, desk.say("move_head")), inside, false);
  }

  #folded(summary: HTMLElement, list: HTMLElement, form: HTMLElement | false): HTMLElement {
    return el("details", "board-more", {}, summary, list, form);
  }

  #end(note: Note): HTMLElement {
    const { desk } = this;
    const remove = desk.button(
      desk.say("remove_note"),
      () => {
        this.#text.value = this.#written;
        if (!desk.pen.removeNote(note.id)) return;
        this.dialog.close();
        desk.voice.tell(desk.say("removed"));
      },
      "board-button board-danger",
      "it-delete",
    );
    const done = desk.button(desk.say("done"), () => this.dialog.close(), "board-main");
    return el("div", "board-sheet-end", {}, may.edit(desk.right, note) && remove, done);
  }
}

const counting = (word: string, n: number) => (n > 0 ? `${word} (${n})` : word);

/** Put something new in a place; a button that had the focus has it again if it is still there. */
function keepFocus(place: HTMLElement, inside: HTMLElement | undefined): void {
  const held = place.contains(document.activeElement) ? document.activeElement : null;
  const label = held?.getAttribute("aria-label") ?? held?.textContent;
  place.replaceChildren(...(inside ? [inside] : []));
  if (!held) return;
  const again = [...place.querySelectorAll("button")].find(
    (one) => (one.getAttribute("aria-label") ?? one.textContent) === label,
  );
  (again ?? place.querySelector("button") ?? place.closest("dialog")?.querySelector("h2"))?.focus();
}
