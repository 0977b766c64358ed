/** One question on the page: its form, what became of the last answer, one's own ideas. */

import { el, fill, say, text, type Words } from "../../labs/dom.ts";
import type { Asked, Own } from "../../labs/frame.ts";
import type { Stage } from "../../live.ts";
import { fields, NotYet, read } from "./fields.ts";
import { type Addresses, enliven } from "./lively.ts";

export interface Said {
  words: string;
  stage: Stage;
}

export interface Hands {
  words: Words;
  addresses: Addresses;
  sign: string;
  room: string;
  answer(asked: Asked, value: unknown, name: string | undefined): void;
  act(kind: "take" | "up", asked: Asked, body: Record<string, unknown>): void;
}

/** What makes a form another form: only then is it drawn anew. */
export const identity = (asked: Asked): string =>
  JSON.stringify([
    asked.key,
    asked.turn,
    asked.asks,
    asked.prompt,
    asked.options,
    asked.most,
    asked.steps,
    asked.labels,
    asked.named,
  ]);

export class Ask {
  readonly element: HTMLElement;
  readonly identity: string;
  private readonly form: HTMLFormElement;
  private readonly own = el("section", { class: "lab-own" });
  private readonly draft: string;
  /** Whether what stands in the fields was not sent yet. */
  private writing = true;

  /** `found`: what the page came with is kept where it is, with whatever was written in it meanwhile. */
  constructor(
    private asked: Asked,
    private mine: Own,
    private readonly hands: Hands,
    found?: HTMLElement | null,
  ) {
    this.identity = identity(asked);
    this.draft = `lab-${hands.room}-${asked.key}-${asked.turn}`;
    const form = found?.querySelector<HTMLFormElement>("form.lab-ask");
    this.form = form ?? this.make();
    this.element = (form && found) || el("div", { class: "lab-asking" }, this.form);
    keepOnly(this.element, this.form);
    this.element.append(this.own);
    enliven(this.form, asked, hands.words, hands.addresses);
    this.keepDraft();
    this.form.addEventListener("input", () => {
      this.writing = true;
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.update(asked, mine);
  }

  /** Somebody is writing here, and has not sent it. */
  get holds(): boolean {
    if (!this.writing) return false;
    const at = document.activeElement;
    const typing =
      at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && at.type === "text");
    return typing && this.form.contains(at) && at.value.trim() !== "" && at.name !== "name";
  }

  update(asked: Asked, mine: Own): void {
    this.asked = asked;
    this.mine = mine;
    const { words } = this.hands;
    const given = this.given();
    const left = asked.most - given.length;
    const whole = this.form.querySelector("fieldset") as HTMLFieldSetElement;
    // A field in which somebody writes is never taken away: they may finish, and keep their words.
    if (!this.holds || asked.open) whole.disabled = !asked.open;
    const shut = this.form.querySelector<HTMLElement>(".lab-shut");
    if (shut) shut.hidden = asked.open;
    text(shut, asked.open ? "" : say(words, asked.closes ? "closed" : "wait"));
    const button = this.form.querySelector<HTMLButtonElement>(".lab-send");
    const answered = asked.key in mine.answers && asked.asks !== "ideas";
    text(button, say(words, answered ? "change" : "send"));
    if (asked.asks === "ideas") {
      text(
        this.form.querySelector(".form-text:last-of-type"),
        left > 0 ? say(words, "more", { n: left }) : say(words, "enough"),
      );
      const field = this.form.querySelector("textarea");
      if (field) field.hidden = left <= 0;
      if (button) button.hidden = left <= 0;
    }
    this.drawOwn(given);
  }

  tell({ words, stage }: Said): void {
    const said = this.form.querySelector<HTMLElement>(".lab-said");
    text(said, words);
    if (said) said.dataset.stage = stage;
  }

  /** Words that were not taken come back, unless others are being written. */
  giveBack(value: unknown): void {
    const field = this.form.querySelector("textarea");
    if (field && typeof value === "string" && !field.value.trim()) field.value = value;
  }

  done(): void {
    forget(this.draft);
  }

  private given() {
    return (this.mine.ideas[this.asked.key] ?? []).filter(({ state }) => state !== "gone");
  }

  private make(): HTMLFormElement {
    const { asked, mine } = this;
    const { words, sign } = this.hands;
    const id = `name-${asked.key}`;
    const signed = el("div", { class: "form-group" }, el("label", { for: id }, say(words, "sign")));
    signed.append(el("input", { class: "form-control", id, name: "name", maxlength: 60, value: sign }));
    return el(
      "form",
      { class: "lab-ask", novalidate: true },
      ...(asked.turn > 1 ? [el("p", { class: "lab-turn" }, say(words, "second"))] : []),
      el(
        "fieldset",
        {},
        el("legend", { class: "lab-prompt" }, asked.prompt || asked.title),
        el("p", { class: "lab-shut", hidden: true }),
        ...fields(asked, mine, words),
        ...(asked.named ? [signed] : []),
        el("button", { class: "btn btn-primary lab-big lab-send" }, say(words, "send")),
      ),
      el("p", { class: "lab-said", role: "status" }),
    );
  }

  private send(): void {
    try {
      const value = read(this.form, this.asked);
      const name = this.asked.named ? String(new FormData(this.form).get("name") ?? "").trim() : undefined;
      this.hands.answer(this.asked, value, name);
      this.writing = false;
      const field = this.form.querySelector("textarea");
      if (field) field.value = "";
    } catch (why) {
      if (!(why instanceof NotYet)) throw why;
      this.tell({ words: refusal(this.hands.words, why.message), stage: "refused" });
    }
  }

  private keepDraft(): void {
    const written = [
      ...this.form.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>("textarea, input[name=word]"),
    ];
    if (written.length === 0) return;
    const kept = JSON.parse(recall(this.draft) ?? "[]") as string[];
    written.forEach((field, at) => {
      if (!field.value && kept[at]) field.value = kept[at];
    });
    this.form.addEventListener("input", () =>
      remember(this.draft, JSON.stringify(written.map(({ value }) => value))),
    );
  }

  private drawOwn(given: { ref: number; text: string; state: string }[]): void {
    const { words } = this.hands;
    this.own.hidden = given.length === 0;
    fill(this.own, JSON.stringify(given), () => [
      el("h2", {}, say(words, "yours")),
      el(
        "ul",
        {},
        ...given.map(({ ref, text: idea, state }) => {
          const row = el("li", {}, el("p", { class: "lab-idea" }, idea));
          if (state === "held")
            row.firstElementChild?.append(" ", el("span", { class: "lab-by" }, say(words, "held")));
          if (ref > 0) {
            const back = el("button", { type: "button", class: "btn btn-link" }, say(words, "take"));
            back.append(el("span", { class: "visually-hidden" }, `: ${idea}`));
            back.addEventListener("click", () => this.hands.act("take", this.asked, { ref }));
            row.append(back);
          }
          return row;
        }),
      ),
    ]);
  }
}

/** Takes away what stands beside an element, without moving the element: what has the focus keeps it. */
export function keepOnly(host: Element, kept: Element): void {
  for (const other of [...host.children]) if (other !== kept) other.remove();
}

export function refusal(words: Words, code: string, time = ""): string {
  const said = words.refused?.[code] ?? words.refused?.[""] ?? "";
  return said.replaceAll("{time}", time);
}

// Where a browser keeps nothing (a private window) words live as long as the page.
function recall(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {}
}

function forget(name: string): void {
  try {
    localStorage.removeItem(name);
  } catch {}
}
