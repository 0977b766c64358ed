/** The page in somebody's hand, alive: it takes over what the server drew, and throws nothing away. */

import { Clock } from "../../labs/clock.ts";
import type { Words } from "../../labs/dom.ts";
import { type Asked, askedAgain, asks, type Frame, type Own } from "../../labs/frame.ts";
import type { Answer, Told } from "../../live/outbox.ts";
import { LiveRoom } from "../../live.ts";
import { refusal } from "./ask.ts";
import { taken } from "./own.ts";
import { Page } from "./page.ts";

const without = <Kept>(kept: Record<string, Kept>, key: string): Record<string, Kept> =>
  Object.fromEntries(Object.entries(kept).filter(([each]) => each !== key));

interface Sight {
  frame: Frame;
  own: Own;
  audience: string;
  online: boolean;
}

class LabElement extends HTMLElement {
  #room: LiveRoom | undefined;
  #page: Page | undefined;
  #clock = new Clock();
  #frame: Frame | undefined;
  #own: Own | undefined;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #words: Words = {};
  /** What is on its way: it stays in sight though the server does not know it yet. */
  readonly #waiting = new Map<string, Answer>();

  connectedCallback(): void {
    if (this.#room) return;
    const { frame, own, audience, online } = JSON.parse(this.dataset.sight ?? "") as Sight;
    this.#words = JSON.parse(this.dataset.words ?? "{}") as Words;
    this.#frame = frame;
    this.#own = own;
    this.#clock.hear(frame.now);
    this.#page = new Page(this, this.#words, this.#clock, {
      answer: (asked, value, name) => this.#answer(asked, value, name),
      act: (kind, slot, body) => void this.#room?.send(kind, slot, body),
    });
    this.#room = new LiveRoom({
      room: this.dataset.room ?? "",
      ticket: this.dataset.ticket ?? "",
      audience,
      renew: this.dataset.renew ?? "",
      show: (state) => this.#hear(state as Frame),
      own: (mine) => this.#mine(mine as Own),
      told: (answer, told) => this.#told(answer, told),
      standing: (standing) => this.#page?.connected(standing !== "away"),
    });
    this.#draw();
    if (!own.entered && !frame.ended) void this.#room.send("enter", "", { online });
    this.#room.start();
    this.dataset.alive = "";
    this.#ticking = setInterval(() => this.#frame && this.#page?.tick(this.#frame), 250);
  }

  disconnectedCallback(): void {
    clearInterval(this.#ticking);
    this.#room?.line.close();
  }

  #hear(frame: Frame): void {
    const before = this.#frame;
    this.#frame = frame;
    this.#clock.hear(frame.now);
    if (before && this.#own) {
      for (const key of askedAgain(before, frame)) {
        this.#own = { ...this.#own, answers: without(this.#own.answers, key) };
        this.#page?.forget(key);
      }
    }
    this.#draw();
    // Somebody's place, or what they gave, may be another now: each asks for their own, not all at once.
    if (before && frame.seating !== before.seating) {
      setTimeout(() => void this.#room?.refresh(), Math.random() * Math.min(frame.count * 4, 3_000));
    }
  }

  #mine(own: Own): void {
    this.#own = [...this.#waiting.values()].reduce(
      (mine, answer) => taken(mine, answer, this.#question(answer.slot)),
      own,
    );
    this.#draw();
  }

  #answer(asked: Asked, value: unknown, name: string | undefined): void {
    const before = this.#own?.n[asked.key] ?? 0;
    const n = Math.max(Math.round(this.#clock.now()), before + 1);
    const body: Record<string, unknown> = { value, n, turn: asked.turn };
    if (name) body.name = name;
    void this.#room?.send("answer", asked.key, body).catch(() => {
      this.#page?.tell(asked.key, { words: refusal(this.#words, "busy"), stage: "refused" });
    });
  }

  #told(answer: Answer, told: Told): void {
    const page = this.#page;
    if (!page || !this.#own) return;
    if (told.stage === "saved" || told.stage === "sent") {
      if (!this.#waiting.has(answer.key)) this.#own = taken(this.#own, answer, this.#question(answer.slot));
      this.#waiting.set(answer.key, answer);
    } else {
      this.#waiting.delete(answer.key);
      if (told.stage === "recorded")
        this.#own = taken(this.#own, answer, this.#question(answer.slot), told.seq);
      else void this.#room?.refresh();
    }
    page.told(answer, told);
    this.#draw();
  }

  #draw(): void {
    if (this.#frame && this.#own) this.#page?.show(this.#frame, this.#own);
  }

  #question(slot: string): Asked | undefined {
    return [this.#frame?.block, ...(this.#frame?.standing ?? [])]
      .filter(asks)
      .find(({ key }) => key === slot);
  }
}

customElements.define("cantiere-lab", LabElement);
