/** Where a note is written: below the board, in reach of the thumb, the same for both views. */

import { MOST_TEXT } from "../../board/content.ts";
import { may } from "../../board/rights.ts";
import type { Desk } from "./desk.ts";
import { form, labelled, select } from "./dialog.ts";
import { el } from "./dom.ts";
import type { Paper } from "./paper.ts";
import { Colours, counted, type Drafts } from "./writing.ts";

export class Composer {
  readonly root: HTMLFormElement;
  readonly #text = el("textarea", "", { rows: 1 });
  readonly #area: HTMLSelectElement;
  readonly #colours: Colours;
  readonly #add: HTMLButtonElement;
  readonly #why = el("p", "composer-why");
  readonly #room = el("input", "", { type: "checkbox" });
  readonly #table = el("input", "", { type: "text", maxlength: 40, autocomplete: "off" });
  readonly #paper: HTMLElement;
  readonly #photo = el("input", "", { type: "file", accept: "image/*", capture: "environment" });

  constructor(
    private readonly desk: Desk,
    private readonly paper: Paper,
    drafts: Drafts,
    private readonly added: (id: string) => void,
  ) {
    const { page } = desk;
    this.#area = select(page.areas.map(({ key, title }) => [key, title]));
    this.#colours = new Colours(desk, () => {});
    this.#colours.colour = "yellow";
    this.#add = el(
      "button",
      "board-main",
      { type: "submit" },
      desk.icon("it-plus"),
      el("span", "word", {}, desk.say("add")),
    );
    this.#table.placeholder = desk.say("table_example");
    this.#table.value = page.table;
    this.#room.checked = page.byHand;
    this.#paper = this.#forTheRoom();
    this.#text.placeholder = desk.say("note_placeholder");
    this.#text.value = drafts.get("new");
    this.root = form(
      "board-composer",
      () => this.#send(),
      el(
        "div",
        "composer-line",
        {},
        labelled(desk.say("new_note"), this.#text, "composer-text visually-labelled"),
        labelled(desk.say("area"), this.#area, "composer-area visually-labelled"),
        this.#add,
      ),
      el("div", "composer-more", {}, this.#colours.root, this.#paper),
      this.#why,
    );
    counted(desk, this.#text, MOST_TEXT);
    this.#text.addEventListener("input", () => drafts.set("new", this.#text.value));
    // One line, one note: Enter adds; with Shift it begins a new line.
    this.#text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
    this.#photo.addEventListener("change", () => void this.#upload());
    this.allow();
  }

  get area(): string {
    return this.#area.value;
  }

  /** Write in an area from now on. */
  in(area: string): void {
    if (may.add(this.desk.right, area)) this.#area.value = area;
  }

  focus(): void {
    this.#text.focus();
    this.#text.scrollIntoView({ block: "nearest" });
  }

  /** Give back a text that was not taken; what stands in the field stays. */
  giveBack(text: string): void {
    this.#text.value = [this.#text.value.trim(), text].filter(Boolean).join("\n");
    this.#text.dispatchEvent(new Event("input"));
    this.focus();
  }

  /** What may be done now; a text half written stays in the field whatever happens. */
  allow(): void {
    const { right, page } = this.desk;
    const writes = may.write(right);
    this.#add.disabled = !writes;
    this.#why.textContent = writes ? "" : this.desk.say("stopped_kept");
    this.#why.hidden = writes;
    this.#paper.hidden = !right.lead;
    for (const option of this.#area.options) option.disabled = !may.add(right, option.value);
    if (writes && this.#area.selectedOptions[0]?.disabled)
      this.#area.value = page.areas.find(({ key }) => may.add(right, key))?.key ?? "";
    this.root.hidden = !writes && this.#text.value === "";
  }

  #forTheRoom(): HTMLElement {
    const { desk } = this;
    const table = labelled(desk.say("table"), this.#table);
    const known = desk.page.table !== "";
    table.hidden = true;
    this.#room.addEventListener("change", () => {
      table.hidden = known || !this.#room.checked;
    });
    const parts: Node[] = [el("label", "board-check", {}, this.#room, desk.say("for_the_room")), table];
    if (desk.page.upload !== "") {
      const label = el(
        "label",
        "board-button board-file",
        {},
        desk.icon("it-upload"),
        desk.say("photo_add"),
        this.#photo,
      );
      this.#photo.classList.add("visually-hidden");
      parts.push(label);
    }
    return el("div", "composer-paper", {}, ...parts);
  }

  #send(photo = ""): void {
    const { desk } = this;
    const text = this.#text.value;
    const area = this.#area.value;
    if (text.trim() === "" && photo === "") {
      this.#text.focus();
      return;
    }
    // A photo is of what somebody at the table wrote by hand, never of whoever takes it.
    const forTheRoom = this.#room.checked || photo !== "";
    const paper = desk.right.lead && forTheRoom ? { paper: this.#table.value.trim() } : {};
    const [place = { x: 0, y: 0 }] = this.paper.spots(area);
    const id = desk.pen.addNote({ text, colour: this.#colours.colour, area, ...place, photo, ...paper });
    if (id === undefined) {
      this.allow();
      return;
    }
    this.#text.value = "";
    this.#text.dispatchEvent(new Event("input"));
    desk.voice.tell(desk.say("added", { area: desk.title(area) }));
    this.added(id);
    this.#text.focus();
  }

  /** A photo of a paper note goes to the page's address, which gives its id. */
  async #upload(): Promise<void> {
    const file = this.#photo.files?.[0];
    if (!file) return;
    const { desk } = this;
    const body = new FormData();
    body.append("photo", file);
    const token = document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
    desk.voice.tell(desk.say("photo_sending"));
    try {
      const headers = { "X-CSRFToken": token, Accept: "application/json" };
      const response = await fetch(desk.page.upload, { method: "POST", body, headers });
      if (!response.ok) throw new Error(String(response.status));
      this.#send(((await response.json()) as { photo: string }).photo);
    } catch {
      this.#why.hidden = false;
      this.#why.textContent = desk.say("photo_failed");
      desk.voice.tell(desk.say("photo_failed"));
    } finally {
      this.#photo.value = "";
    }
  }
}
