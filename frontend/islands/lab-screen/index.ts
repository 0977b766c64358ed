/** The screen of a hall: one thing at a time, in letters for the last row. */

import { Clock, digits, left } from "../../labs/clock.ts";
import { count, el, fill, say, text, type Words } from "../../labs/dom.ts";
import { asks, type Frame } from "../../labs/frame.ts";
import { LiveRoom } from "../../live.ts";
import { leads } from "./leading.ts";
import { picture, shrink } from "./stage.ts";
import { tools } from "./tools.ts";

class ScreenElement extends HTMLElement {
  #room: LiveRoom | undefined;
  #frame: Frame | undefined;
  #words: Words = {};
  #ticking: ReturnType<typeof setInterval> | undefined;
  readonly #clock = new Clock();

  connectedCallback(): void {
    if (this.#room) return;
    const { frame, audience } = JSON.parse(this.dataset.sight ?? "") as { frame: Frame; audience: string };
    this.#words = JSON.parse(this.dataset.words ?? "{}") as Words;
    this.#room = new LiveRoom({
      room: this.dataset.room ?? "",
      ticket: this.dataset.ticket ?? "",
      audience,
      renew: this.dataset.renew ?? "",
      show: (state) => this.#show(state as Frame),
      standing: (standing) => this.classList.toggle("screen-away", standing === "away"),
    });
    this.querySelector(".screen-tools")?.append(...tools(this.#words));
    leads(this, () => this.#frame);
    this.#show(frame);
    this.#room.start();
    this.#ticking = setInterval(() => this.#tick(), 250);
  }

  disconnectedCallback(): void {
    clearInterval(this.#ticking);
    this.#room?.line.close();
  }

  #show(frame: Frame): void {
    this.#frame = frame;
    this.#clock.hear(frame.now);
    const words = this.#words;
    const prompt = !frame.ended && asks(frame.block) ? frame.block.prompt : "";
    text(this.querySelector("h1"), prompt || frame.title || (this.dataset.title ?? ""));
    text(
      this.querySelector(".screen-where"),
      frame.number ? say(words, "where", { n: frame.number, of: frame.of }) : "",
    );
    text(this.querySelector(".screen-title"), frame.block && !frame.ended ? (this.dataset.title ?? "") : "");
    text(
      this.querySelector(".screen-count"),
      frame.count > 0 ? count(words, "one_here", "here", frame.count) : "",
    );
    const notices = this.querySelector(".screen-notices") as Element;
    notices.setAttribute("role", "status");
    const said = [frame.said?.text, frame.called ? say(words, "plenary") : ""].filter(Boolean) as string[];
    fill(notices, JSON.stringify(said), () => said.map((each) => el("p", { class: "screen-say" }, each)));
    const { key, kind, make } = picture(frame, words, this.dataset);
    this.dataset.kind = kind;
    const stage = this.querySelector(".screen-stage") as HTMLElement;
    if (fill(stage, key, make)) requestAnimationFrame(() => shrink(stage, words));
    this.#tick();
  }

  #tick(): void {
    const frame = this.#frame;
    if (!frame) return;
    const rest = frame.ended ? null : left(frame.timer, this.#clock.now());
    const timer = this.querySelector(".screen-timer");
    const large = this.querySelector(".screen-clock");
    text(timer, rest === null || large ? "" : digits(rest));
    timer?.classList.toggle("screen-late", rest !== null && rest <= 60_000);
    text(large, rest !== null ? digits(rest) : this.dataset.kind === "break" ? hour() : "");
  }
}

const hour = () => new Date().toLocaleTimeString("it", { hour: "2-digit", minute: "2-digit" });

customElements.define("cantiere-lab-screen", ScreenElement);
