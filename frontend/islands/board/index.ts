import "./style/buttons.scss";
import "./style/bar.scss";
import "./style/areas.scss";
import "./style/note.scss";
import "./style/sheet.scss";
import "./style/list.scss";
import "./style/writing.scss";
import "./style/windows.scss";
import "./style/phone.scss";
import { Words } from "../../board/words.ts";
import type { Area } from "./desk.ts";
import { Stage } from "./stage.ts";

/**
 * `<cantiere-board room key ticket renew areas words icons …>`: what is inside stands until the board is there, and
 * for good where it does not come. `frozen` and `focus` may change while it is open; `authors` is a property.
 *
 * Tells its page `board:freeze` ({frozen}) and `board:focus` ({area}), which only a page can do.
 */
class BoardElement extends HTMLElement {
  static readonly observedAttributes = ["frozen", "focus"];
  #stage: Stage | undefined;
  #authors: Record<string, string> = {};

  connectedCallback(): void {
    const areas = this.#json<Area[]>("areas") ?? [];
    if (areas.length === 0 || this.#stage) return;
    this.#authors = { ...this.#json<Record<string, string>>("authors"), ...this.#authors };
    const of = (name: string) => this.getAttribute(name) ?? "";
    this.#stage = new Stage(
      { room: of("room"), key: of("key"), ticket: of("ticket"), renew: of("renew") },
      {
        areas,
        icons: of("icons"),
        photo: of("photo-url"),
        upload: of("upload"),
        table: of("table"),
        byHand: this.hasAttribute("by-hand"),
      },
      new Words(this.#json("words") ?? {}, document.documentElement.lang || "it"),
      this,
    );
    this.#stage.authors = this.#authors;
    this.replaceChildren(this.#stage.root);
    for (const name of BoardElement.observedAttributes) this.attributeChangedCallback(name);
  }

  disconnectedCallback(): void {
    this.#stage?.stop();
    this.#stage = undefined;
  }

  attributeChangedCallback(name: string): void {
    if (!this.#stage) return;
    if (name === "frozen") this.#stage.frozen = this.hasAttribute("frozen");
    else this.#stage.focus = this.getAttribute("focus") ?? "";
  }

  /** What people are called, by the label of their notes. */
  set authors(authors: Record<string, string>) {
    this.#authors = authors;
    if (this.#stage) this.#stage.authors = authors;
  }

  /** What the page wrote as JSON under the id that an attribute names. */
  #json<Content>(attribute: string): Content | undefined {
    const text = document.getElementById(this.getAttribute(attribute) ?? "")?.textContent;
    return text ? JSON.parse(text) : undefined;
  }
}

customElements.define("cantiere-board", BoardElement);
