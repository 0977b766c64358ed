/** One area at a time: on a phone, in calm mode, and where who leads asks all to look at one. */

import type { Areas } from "./areas.ts";
import type { Desk } from "./desk.ts";
import { el } from "./dom.ts";

export class Tabs {
  readonly root = el("div", "board-tabs");
  readonly #buttons = new Map<string, HTMLButtonElement>();
  current: string;

  constructor(
    desk: Desk,
    private readonly areas: Areas,
    private readonly changed: () => void,
  ) {
    this.current = desk.page.areas[0]?.key ?? "";
    this.root.setAttribute("role", "group");
    this.root.setAttribute("aria-label", desk.say("areas"));
    for (const { key, title } of desk.page.areas) {
      const button = desk.button(title, () => this.go(key), "board-tab");
      button.dataset.area = key; // a note may be dropped on it
      button.append(el("span", "board-tab-count"));
      this.#buttons.set(key, button);
      this.root.append(button);
    }
  }

  go(area: string): void {
    if (!this.#buttons.has(area)) return;
    this.current = area;
    this.show();
    this.reveal();
    this.changed();
  }

  /** Mark the one that is shown, and how many notes each has. */
  show(): void {
    const single = this.areas.root.dataset.single !== undefined;
    this.root.hidden = !single;
    for (const [key, view] of this.areas.views) {
      const button = this.#buttons.get(key);
      button?.setAttribute("aria-pressed", String(key === this.current));
      const count = button?.lastElementChild;
      if (count && count.textContent !== String(view.total)) count.textContent = String(view.total);
      view.section.hidden = single && key !== this.current;
    }
  }

  /** Bring the tab of the area shown into sight, without moving the page. */
  reveal(): void {
    const button = this.#buttons.get(this.current);
    if (button && !this.root.hidden) this.root.scrollLeft = button.offsetLeft - this.root.offsetLeft - 16;
  }
}
