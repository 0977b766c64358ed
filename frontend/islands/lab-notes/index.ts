/** The view of whoever writes down or interprets: the server's own sentences, asked for anew when something happens. */

import { Looking } from "../../labs/looking.ts";
import { LiveRoom } from "../../live.ts";
import { sameChildren } from "../../morph.ts";

const PAUSE = 1_000;
// What is written on boards makes no news of the room, and minutes go by without any.
const EVERY = 5_000;

class NotesElement extends HTMLElement {
  #room: LiveRoom | undefined;
  #looking: Looking | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    const looking = new Looking(PAUSE, (signal) => this.#look(signal));
    this.#looking = looking;
    this.#room = new LiveRoom({
      room: this.dataset.room ?? "",
      ticket: this.dataset.ticket ?? "",
      renew: this.dataset.renew ?? "",
      show: () => looking.soon(),
    });
    this.#room.start();
    this.#clock = setInterval(() => looking.soon(), EVERY);
  }

  disconnectedCallback(): void {
    this.#room?.line.close();
    this.#looking?.end();
    clearInterval(this.#clock);
  }

  async #look(signal: AbortSignal): Promise<void> {
    const answer = await fetch(location.href, { headers: { "X-In-Place": "yes" }, signal });
    if (!answer.ok) return;
    const told = new DOMParser().parseFromString(await answer.text(), "text/html");
    sameChildren(this, told.body);
  }
}

customElements.define("cantiere-lab-notes", NotesElement);
