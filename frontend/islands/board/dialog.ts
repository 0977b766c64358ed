import type { Desk } from "./desk.ts";
import { el, uniqueId } from "./dom.ts";

/** A window over the board: a sheet from below on a phone, a card in the middle elsewhere. Escape leaves it. */
export class Sheet {
  readonly dialog: HTMLDialogElement;
  readonly body = el("div", "board-sheet-body");
  readonly #title: HTMLHeadingElement;
  #from: HTMLElement | null = null;

  constructor(
    protected readonly desk: Desk,
    /** Where the focus goes when what opened it is no longer there. */
    private readonly home: () => HTMLElement | undefined,
  ) {
    const id = uniqueId("dialog");
    this.#title = el("h2", "board-sheet-title", { id, tabindex: -1 });
    const close = desk.iconButton(desk.say("close"), "it-close", () => this.dialog.close());
    this.dialog = el(
      "dialog",
      "board-sheet",
      { "aria-labelledby": id },
      el("header", "board-sheet-head", {}, this.#title, close),
      this.body,
    );
    this.dialog.addEventListener("close", () => {
      this.dialog.after(desk.voice.root);
      this.left();
      const back = this.#from?.isConnected ? this.#from : this.home();
      back?.focus();
      back?.scrollIntoView({ block: "nearest" });
    });
    // A press beside the card leaves it too.
    this.dialog.addEventListener(
      "pointerdown",
      (event) => event.target === this.dialog && this.dialog.close(),
    );
  }

  get isOpen(): boolean {
    return this.dialog.open;
  }

  /** Show it with a heading and what is inside; `first` gets the focus. */
  show(title: string, inside: Node[], first?: HTMLElement): void {
    if (!this.dialog.open) {
      const held = document.activeElement;
      this.#from = held instanceof HTMLElement ? held : null;
    }
    this.#title.textContent = title;
    this.body.replaceChildren(...inside);
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.append(this.desk.voice.root);
    this.body.scrollTop = 0;
    (first ?? this.#title).focus();
  }

  entitle(title: string): void {
    if (this.#title.textContent !== title) this.#title.textContent = title;
  }

  /** What is done when it was closed. */
  protected left(): void {}
}

/** A form whose fields are handed over when it is sent. */
export function form(css: string, send: () => void, ...inside: Node[]): HTMLFormElement {
  const made = el("form", css, { novalidate: true }, ...inside);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  return made;
}

/** A field under its label. */
export function labelled<Field extends HTMLElement>(
  label: string,
  field: Field,
  css = "board-field",
): HTMLElement {
  field.id ||= uniqueId("field");
  return el("div", css, {}, el("label", "", { for: field.id }, label), field);
}

export function select(
  options: readonly (readonly [value: string, label: string])[],
  chosen = "",
): HTMLSelectElement {
  const made = el("select", "");
  for (const [value, label] of options)
    made.append(el("option", "", { value, selected: value === chosen }, label));
  return made;
}
