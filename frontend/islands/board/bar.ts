/** The bar over the board: the two views, undo, what changed, how it stands. */

import type { Stage, Standing } from "../../board/connection.ts";
import type { Desk, View } from "./desk.ts";
import { aloud, el, uniqueId, write } from "./dom.ts";

export interface Acts {
  view(view: View): void;
  zoom(step: -1 | 0 | 1): void;
  single(on: boolean): void;
  changed(): void;
  removed(): void;
  choose(): void;
  propose(): void;
  tidy(): void;
  freeze(on: boolean): void;
  focus(): void;
}

export class Bar {
  readonly root: HTMLElement;
  readonly #views = new Map<View, HTMLInputElement>();
  readonly #undo: HTMLButtonElement;
  readonly #redo: HTMLButtonElement;
  readonly #changed: HTMLButtonElement;
  readonly #news = el("span", "board-news");
  readonly #people = el("span", "board-people");
  readonly #stage = el("span", "board-stage");
  readonly #zoom: HTMLElement;
  readonly #single = el("input", "", { type: "checkbox" });
  readonly #mute = el("input", "", { type: "checkbox" });
  readonly #more: HTMLDetailsElement;
  readonly #shape: HTMLElement[];
  readonly #lead: HTMLElement[];
  readonly #freeze: HTMLButtonElement;
  #standing: Standing = "joining";
  #kept: Stage = "kept";

  constructor(
    private readonly desk: Desk,
    private readonly acts: Acts,
  ) {
    this.#undo = desk.button(desk.say("undo"), () => this.#undone("undo"), "board-button", "it-restore");
    this.#redo = desk.button(desk.say("redo"), () => this.#undone("redo"));
    this.#changed = desk.button(desk.say("changed"), () => acts.changed(), "board-button", "it-info-circle");
    this.#changed.append(this.#news);
    this.#zoom = el(
      "div",
      "board-zoom",
      { role: "group", "aria-label": desk.say("zoom") },
      desk.iconButton(desk.say("zoom_out"), "it-minus-circle", () => acts.zoom(-1)),
      desk.button(desk.say("zoom_all"), () => acts.zoom(0)),
      desk.iconButton(desk.say("zoom_in"), "it-plus-circle", () => acts.zoom(1)),
    );
    const close = (act: () => void) => () => {
      this.#more.open = false;
      act();
    };
    this.#shape = [
      desk.button(
        desk.say("choose"),
        close(() => acts.choose()),
      ),
      desk.button(
        desk.say("propose"),
        close(() => acts.propose()),
      ),
      desk.button(
        desk.say("tidy"),
        close(() => acts.tidy()),
      ),
    ];
    this.#freeze = desk.button(desk.say("freeze"), () =>
      acts.freeze(this.#freeze.getAttribute("aria-pressed") !== "true"),
    );
    this.#lead = [
      this.#freeze,
      desk.button(
        desk.say("focus_area"),
        close(() => acts.focus()),
      ),
    ];
    this.#single.addEventListener("change", () => acts.single(this.#single.checked));
    this.#mute.addEventListener("change", () => {
      desk.voice.muted = this.#mute.checked;
      remember("mute", this.#mute.checked ? "yes" : "");
    });
    desk.voice.muted = remembered("mute") === "yes";
    this.#mute.checked = desk.voice.muted;
    this.#more = el(
      "details",
      "board-menu",
      {},
      el("summary", "board-button", {}, desk.icon("it-more-items"), el("span", "word", {}, desk.say("more"))),
      el(
        "div",
        "board-menu-inside",
        {},
        this.#redo,
        ...this.#shape,
        desk.button(
          desk.say("removed_notes"),
          close(() => acts.removed()),
        ),
        ...this.#lead,
        el("label", "board-check", {}, this.#single, desk.say("single")),
        el("label", "board-check", {}, this.#mute, desk.say("mute")),
      ),
    );
    this.#more.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.#more.open) return;
      this.#more.open = false;
      this.#more.querySelector("summary")?.focus();
    });
    const away = ({ target }: Event) => {
      if (!this.#more.contains(target as Node)) this.#more.open = false;
    };
    document.addEventListener("pointerdown", away, { signal: desk.stop.signal });
    this.root = el(
      "div",
      "board-bar",
      {},
      this.#switch(),
      el("div", "board-tools", {}, this.#undo, this.#changed, this.#zoom, this.#more),
      el("p", "board-state", {}, this.#people, this.#stage),
    );
    this.refresh();
  }

  set view(view: View) {
    const input = this.#views.get(view);
    if (input) input.checked = true;
  }

  set single(on: boolean) {
    this.#single.checked = on;
  }

  /** Whether there is a sheet to be made larger or smaller. */
  set zooms(on: boolean) {
    this.#zoom.hidden = !on;
  }

  set frozen(on: boolean) {
    this.#freeze.setAttribute("aria-pressed", String(on));
  }

  standing(standing: Standing): void {
    this.#standing = standing;
    this.#say();
  }

  stage(stage: Stage): void {
    this.#kept = stage;
    this.#say();
  }

  news(): void {
    const n = this.desk.voice.since.size;
    this.#news.replaceChildren(
      ...(n > 0
        ? [
            el("span", "", { "aria-hidden": true }, String(n)),
            aloud(`, ${this.desk.say("news_count", { n })}`),
          ]
        : []),
    );
  }

  /** What this person may do now, and who is here. */
  refresh(): void {
    const { desk } = this;
    this.#undo.disabled = !desk.pen.canUndo;
    this.#redo.disabled = !desk.pen.canRedo;
    for (const one of this.#shape) one.hidden = !(desk.right.shape || desk.right.lead);
    for (const one of this.#lead) one.hidden = !desk.right.lead;
    const { people } = desk.session.presence;
    write(this.#people, people > 0 ? desk.say("people", { n: people }) : "");
  }

  #undone(what: "undo" | "redo"): void {
    if (this.desk.pen[what]()) this.desk.voice.tell(this.desk.say(`${what}_done`));
    this.refresh();
    if (this.#undo.disabled && document.activeElement === document.body) this.#changed.focus();
  }

  #say(): void {
    const where =
      this.#standing === "live" || this.#standing === "asking"
        ? `stage_${this.#kept}`
        : `stage_${this.#standing}`;
    write(this.#stage, this.desk.say(where));
    this.#stage.dataset.stage =
      this.#standing === "live" || this.#standing === "asking" ? this.#kept : "away";
  }

  #switch(): HTMLElement {
    const { desk } = this;
    const name = uniqueId("view");
    const choice = el("fieldset", "board-switch", {}, el("legend", "visually-hidden", {}, desk.say("view")));
    for (const [view, icon] of [
      ["sheet", "it-note"],
      ["list", "it-list"],
    ] as const) {
      const input = el("input", "", { type: "radio", name, value: view });
      input.addEventListener("change", () => this.acts.view(view));
      this.#views.set(view, input);
      choice.append(el("label", "", {}, input, desk.icon(icon), desk.say(`view_${view}`)));
    }
    return choice;
  }
}

/** How somebody likes boards: kept in this browser alone, and told to nobody. */
export function remembered(what: string): string {
  try {
    return localStorage.getItem(`cantiere-board-${what}`) ?? "";
  } catch {
    return "";
  }
}

export function remember(what: string, value: string): void {
  try {
    localStorage.setItem(`cantiere-board-${what}`, value);
  } catch {
    // A browser that stores nothing asks again.
  }
}
