/** The view of whoever writes down or interprets: the server's own sentences, asked for anew when something happens. */

import { LiveRoom } from "../../live.ts";
import { sameChildren } from "../../morph.ts";

const PAUSE = 1_000;
// What is written on boards makes no news of the room, and minutes go by without any.
const EVERY = 5_000;

class NotesElement extends HTMLElement {
  #room: LiveRoom | undefined;
  #asking = false;
  #again = false;
  #clock: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    this.#room = new LiveRoom({
      room: this.dataset.room ?? "",
      ticket: this.dataset.ticket ?? "",
      renew: this.dataset.renew ?? "",
      show: () => void this.#ask(),
    });
    this.#room.start();
    this.#clock = setInterval(() => void this.#ask(), EVERY);
  }

  disconnectedCallback(): void {
    this.#room?.line.close();
    clearInterval(this.#clock);
  }

  async #ask(): Promise<void> {
    this.#again = true;
    if (this.#asking) return;
    this.#asking = true;
    while (this.#again) {
      this.#again = false;
      const answer = await fetch(location.href, { headers: { "X-In-Place": "yes" } }).catch(() => undefined);
      if (answer?.ok) {
        const told = new DOMParser().parseFromString(await answer.text(), "text/html");
        sameChildren(this, told.body);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    this.#asking = false;
  }
}

customElements.define("cantiere-lab-notes", NotesElement);
