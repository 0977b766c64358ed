/** What the parts of the island share: who writes where, and in which words it is said. */

import type { Board, Note } from "../../board/content.ts";
import type { Pen } from "../../board/pen.ts";
import type { Right } from "../../board/rights.ts";
import type { Session } from "../../board/session.ts";
import type { Told, Words } from "../../board/words.ts";
import { el } from "./dom.ts";
import type { Voice } from "./voice.ts";

export interface Area {
  key: string;
  title: string;
  prompt: string;
  x: number;
  y: number;
  w: number;
  h: number;
}

export type View = "sheet" | "list";

export interface Page {
  areas: readonly Area[];
  icons: string;
  /** Address of a photo, `{id}` for its id; nothing where boards show none. */
  photo: string;
  /** Where a photo is posted to; nothing where none can be. */
  upload: string;
  /** The group whose board it is, where the page knows it; and whether it works on paper. */
  table: string;
  byHand: boolean;
}

export class Desk {
  readonly board: Board;
  readonly pen: Pen;
  /** What people are called, by the label on their notes: kinds of actor, as the page gives them. */
  authors: Record<string, string> = {};
  view: View = "sheet";
  /** Whether the sheet is too narrow for places on it: notes then follow each other in their order. */
  flows = false;
  /** Notes chosen to be put into a group; `null` when nobody is choosing. */
  chosen: Set<string> | null = null;
  /** Ended when the board leaves the page. */
  readonly stop = new AbortController();
  openNote: (id: string) => void = () => {};
  openCluster: (id: string) => void = () => {};

  constructor(
    readonly session: Session,
    readonly words: Words,
    readonly page: Page,
    readonly voice: Voice,
  ) {
    this.board = session.board;
    this.pen = session.pen;
  }

  get right(): Right {
    return this.session.right;
  }

  say(key: string, told?: Told): string {
    return this.words.say(key, told);
  }

  title(area: string): string {
    return this.page.areas.find(({ key }) => key === area)?.title ?? "";
  }

  /** The area in which a note is shown: its own, or the first if the template no longer has it. */
  home(area: string): string {
    const found = this.page.areas.find(({ key }) => key === area) ?? this.page.areas[0];
    return found?.key ?? "";
  }

  /** Who wrote something, as far as it may be said. */
  who(by: string, room = false): string {
    if (by === this.right.author) return this.say("mine");
    const told = this.authors[by] ?? "";
    if (!room) return told;
    const table = by.replace(/^paper:/, "").replaceAll("-", " ");
    return table && table !== "room" ? this.say("from_table", { table }) : this.say("from_room");
  }

  /** The first words of a note, for where it is named. */
  short(note: Note | undefined, most = 60): string {
    const text = note?.text || (note?.photo ? this.say("photo_note") : "");
    return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
  }

  icon(name: string): SVGSVGElement {
    const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    drawn.setAttribute("class", "icon");
    drawn.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${this.page.icons}#${name}`);
    drawn.append(use);
    return drawn;
  }

  /** A button with its word, perhaps with an icon before it. */
  button(word: string, act: () => void, css = "board-button", icon = ""): HTMLButtonElement {
    const inside = icon === "" ? [word] : [this.icon(icon), el("span", "word", {}, word)];
    const made = el("button", css, { type: "button" }, ...inside);
    made.addEventListener("click", act);
    return made;
  }

  /** A button that shows only its icon; its word is read out and shown as a tip. */
  iconButton(word: string, icon: string, act: () => void, css = "board-icon"): HTMLButtonElement {
    const made = el("button", css, { type: "button", "aria-label": word, title: word }, this.icon(icon));
    made.addEventListener("click", act);
    return made;
  }

  photoAddress(id: string): string {
    return this.page.photo.replace("{id}", encodeURIComponent(id));
  }
}
