/** The view of whoever writes down or interprets: the server's own sentences, asked for anew when something happens. */

import { LiveRoom } from "../../live.ts";

const PAUSE = 1_000;

class NotesElement extends HTMLElement {
  #room: LiveRoom | undefined;
  #asking = false;
  #again = false;

  connectedCallback(): void {
    this.#room = new LiveRoom({
      room: this.dataset.room ?? "",
      ticket: this.dataset.ticket ?? "",
      renew: this.dataset.renew ?? "",
      show: () => void this.#ask(),
    });
    this.#room.start();
    // The minutes that are left go by without news.
    setInterval(() => void this.#ask(), 30_000);
  }

  disconnectedCallback(): void {
    this.#room?.line.close();
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
        this.replaceChildren(...told.body.childNodes);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    this.#asking = false;
  }
}

customElements.define("cantiere-lab-notes", NotesElement);
