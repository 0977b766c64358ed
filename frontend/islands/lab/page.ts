/** The regions of the page: each is drawn anew only when what it shows is another, and never under somebody's hands. */

import { type Clock, digits, left, milestone } from "../../labs/clock.ts";
import { el, fill, say, text, type Words } from "../../labs/dom.ts";
import { type Asked, asks, type Frame, type Own } from "../../labs/frame.ts";
import { named } from "../../labs/pins.ts";
import { results } from "../../labs/results.ts";
import type { Answer, Told } from "../../live/outbox.ts";
import { Ask, type Hands, identity, keepOnly, refusal, type Said } from "./ask.ts";
import { Others } from "./others.ts";
import { Tables } from "./tables.ts";

export interface Doing {
  answer(asked: Asked, value: unknown, name: string | undefined): void;
  act(kind: string, slot: string, body: Record<string, unknown>): void;
}

/** A question with what belongs to it: form, results, ideas of others. */
class Question {
  readonly element: HTMLElement;
  readonly ask: Ask;
  private readonly outcome = el("div", { class: "lab-outcome" });
  private readonly others: Others;

  /** `found` is drawn by the server, if it asks the same. */
  constructor(
    asked: Asked,
    own: Own,
    private readonly hands: Hands,
    found?: HTMLElement,
  ) {
    const same = found?.dataset.block === asked.key && found.dataset.turn === String(asked.turn);
    this.element = (same && found) || el("div", { class: "lab-question" });
    this.ask = new Ask(asked, own, hands, this.element.querySelector<HTMLElement>(".lab-asking"));
    if (!this.ask.element.isConnected) this.element.prepend(this.ask.element);
    keepOnly(this.element, this.ask.element);
    this.others = new Others(hands);
    this.element.append(this.outcome, this.others.element);
  }

  update(asked: Asked, own: Own): void {
    const { words } = this.hands;
    this.ask.update(asked, own);
    const shown = asked.asks === "ideas" ? null : asked.results;
    const drawn = fill(this.outcome, JSON.stringify([shown, asked.right]), () =>
      shown && asked.asks !== "pin" ? [results(asked, shown, words)] : [],
    );
    if (drawn && shown && asked.asks === "pin")
      void named(shown, this.hands.addresses.near)
        .then((told) => this.outcome.replaceChildren(results(asked, told, words)))
        .catch(() => undefined);
    this.others.update(asked, own);
    // What nobody can answer any more makes room for what came out; one's own choice stays.
    this.element.classList.toggle("lab-told", Boolean(shown) && !asked.open);
  }
}

export class Page {
  private readonly hands: Hands;
  private readonly stage: HTMLElement;
  private readonly besides: HTMLElement;
  private readonly announcer = el("p", { class: "visually-hidden", "aria-live": "assertive" });
  private readonly went = el("div", { class: "lab-went", role: "status", hidden: true });
  private question: Question | undefined;
  private readonly standing = new Map<string, { box: HTMLDetailsElement; question: Question }>();
  private readonly tables: Tables;
  private readonly said = new Map<string, Said>();
  private shown: Frame | undefined;
  private latest: [Frame, Own] | undefined;
  private timed: { key: string; total: number; before: number } | undefined;

  constructor(
    private readonly host: HTMLElement,
    private readonly words: Words,
    private readonly clock: Clock,
    doing: Doing,
  ) {
    const data = host.dataset;
    this.hands = {
      words,
      addresses: { places: data.places ?? "", ground: data.ground ?? "", near: data.near ?? "" },
      sign: data.sign ?? "",
      room: data.room ?? "",
      answer: doing.answer,
      act: (kind, asked, body) => doing.act(kind, asked.key, body),
    };
    this.stage = this.find(".lab-stage");
    this.besides = this.find(".lab-besides");
    this.tables = new Tables(host, words, doing);
    this.find(".lab-notices").after(this.went);
    host.append(this.announcer);
  }

  private find<Found extends HTMLElement>(selector: string): Found {
    return this.host.querySelector<Found>(selector) as Found;
  }

  show(frame: Frame, own: Own): void {
    this.latest = [frame, own];
    this.notices(frame);
    this.besidesOf(frame, own);
    if (this.question?.ask.holds && this.shown?.current !== frame.current) {
      this.offer(frame);
      return;
    }
    this.went.hidden = true;
    const arrived = this.shown !== undefined && this.shown.current !== frame.current;
    this.shown = frame;
    this.heading(frame);
    this.stageOf(frame, own);
    if (arrived) {
      scrollTo(0, 0);
      this.announcer.textContent = frame.title;
    }
  }

  /** Everybody went on while somebody was writing: they finish, and go on when they like. */
  private offer(frame: Frame): void {
    fill(this.went, frame.current, () => {
      const on = el("button", { type: "button", class: "btn btn-primary" }, say(this.words, "go_on"));
      on.addEventListener("click", () => {
        (document.activeElement as HTMLElement | null)?.blur();
        if (this.latest) this.show(...this.latest);
      });
      return [el("p", {}, say(this.words, "moved", { title: frame.title })), on];
    });
    this.went.hidden = false;
  }

  private heading(frame: Frame): void {
    text(
      this.host.querySelector("h1"),
      frame.block && !frame.ended ? frame.title : say(this.words, frame.ended ? "over" : "soon"),
    );
    text(
      this.find(".lab-where"),
      frame.number ? say(this.words, "where", { n: frame.number, of: frame.of }) : "",
    );
    const goal = this.host.querySelector(".lab-goal") ?? el("p", { class: "lab-goal" });
    if (frame.goal && !goal.isConnected) this.host.querySelector("h1")?.after(goal);
    text(goal, frame.goal);
    if (!frame.goal) goal.remove();
    const receipt = this.host.querySelector<HTMLDetailsElement>(".lab-receipt");
    if (receipt && frame.ended) receipt.open = true;
    this.find(".lab-mine").hidden = !frame.ended;
  }

  private notices(frame: Frame): void {
    const host = this.find(".lab-notices");
    host.setAttribute("role", "status");
    fill(host, JSON.stringify([frame.said, frame.called]), () => [
      ...(frame.said
        ? [el("p", { class: "lab-say" }, el("strong", {}, say(this.words, "message")), ` ${frame.said.text}`)]
        : []),
      ...(frame.called ? [el("p", { class: "lab-call" }, say(this.words, "plenary"))] : []),
    ]);
  }

  private stageOf(frame: Frame, own: Own): void {
    const block = frame.block;
    if (!frame.ended && asks(block)) {
      if (this.question?.ask.identity !== identity(block)) this.ask(block, own);
      this.question?.update(block, own);
      return;
    }
    this.question = undefined;
    if (!frame.ended && frame.kind === "groups") {
      fill(this.stage, `groups ${frame.current}`, () => [this.tables.element]);
      this.tables.update(frame, own);
      return;
    }
    const told = frame.ended ? "ended" : block ? (SAYS[frame.kind] ?? "listen") : "not_begun";
    fill(this.stage, `${told} ${frame.current}`, () => [
      el("p", { class: "lab-big-words" }, say(this.words, told)),
      ...(frame.ended ? [...this.stage.querySelectorAll("a.lab-big")] : []),
    ]);
    if (frame.ended && this.host.dataset.after && !this.stage.querySelector("a.lab-big")) {
      this.stage.append(
        el(
          "a",
          { class: "btn btn-primary lab-big", href: this.host.dataset.after },
          say(this.words, "after"),
        ),
      );
    }
  }

  private ask(asked: Asked, own: Own): void {
    const found = this.stage.querySelector<HTMLElement>(".lab-question") ?? undefined;
    this.question = new Question(asked, own, this.hands, this.question ? undefined : found);
    this.stage.removeAttribute("data-made");
    if (this.question.element.parentElement !== this.stage) this.stage.prepend(this.question.element);
    keepOnly(this.stage, this.question.element);
    this.repeat(asked.key, this.question.ask);
  }

  private repeat(block: string, ask: Ask): void {
    const said = this.said.get(block);
    if (said) ask.tell(said);
  }

  private besidesOf(frame: Frame, own: Own): void {
    const asked = frame.ended ? [] : (frame.standing ?? []);
    for (const [key, { box }] of this.standing) {
      if (asked.some((each) => each.key === key)) continue;
      box.remove();
      this.standing.delete(key);
    }
    for (const each of asked) {
      let kept = this.standing.get(each.key);
      if (kept?.question.ask.identity !== identity(each) && !kept?.question.ask.holds) {
        const box = kept?.box ?? this.boxOf(each);
        const found = box.querySelector<HTMLElement>(".lab-question") ?? undefined;
        const question = new Question(each, own, this.hands, kept ? undefined : found);
        text(box.querySelector("summary"), each.title);
        if (question.element.parentElement !== box) box.append(question.element);
        for (const other of box.querySelectorAll(":scope > .lab-question")) {
          if (other !== question.element) other.remove();
        }
        if (!box.isConnected) this.besides.append(box);
        kept = { box, question };
        this.standing.set(each.key, kept);
        this.repeat(each.key, question.ask);
      }
      kept?.question.update(each, own);
    }
  }

  private boxOf(asked: Asked): HTMLDetailsElement {
    const found = document.getElementById(`d-${asked.key}`);
    if (found instanceof HTMLDetailsElement) return found;
    return el("details", { class: "lab-standing", id: `d-${asked.key}` }, el("summary", {}));
  }

  /** What was said of an answer is over: the question is asked anew. */
  forget(block: string): void {
    this.said.delete(block);
  }

  tick(frame: Frame): void {
    const host = this.find(".lab-timer");
    const rest = left(frame.timer, this.clock.now());
    if (rest === null || frame.ended) {
      text(host, "");
      this.timed = undefined;
      return;
    }
    text(host, say(this.words, frame.timer.ends === null ? "stopped" : "left", { time: digits(rest) }));
    host.classList.toggle("lab-late", rest <= 60_000);
    this.announce(frame, rest);
  }

  private announce(frame: Frame, rest: number): void {
    const key = `${frame.current} ${frame.timer.ends ?? ""}`;
    if (this.timed?.key !== key) {
      this.timed = { key, total: rest, before: rest };
      if (frame.timer.ends !== null && rest > 0) {
        this.announcer.textContent = say(this.words, "begun", { time: digits(rest) });
      }
      return;
    }
    const told = milestone(this.timed.total, this.timed.before, rest);
    if (told) this.announcer.textContent = say(this.words, told, { time: digits(rest) });
    this.timed.before = rest;
  }

  connected(well: boolean): void {
    text(this.find(".lab-line"), say(this.words, well ? "live" : "away"));
    this.find(".lab-foot").classList.toggle("lab-cut", !well);
  }

  told(answer: Answer, told: Told): void {
    const hour = (at: number) =>
      new Date(at).toLocaleTimeString("it", { hour: "2-digit", minute: "2-digit" });
    const ask = this.askOf(answer.slot);
    if (told.stage === "refused") {
      const code = (told as Told & { detail?: string }).detail ?? told.error ?? "";
      const time = told.at ? hour(told.at) : "";
      this.tell(answer.slot, { words: refusal(this.words, code, time), stage: "refused" });
      ask?.giveBack(answer.body.value);
      return;
    }
    if (told.stage === "recorded" && answer.kind === "answer") ask?.done();
    this.tell(answer.slot, {
      words: say(this.words, told.stage, { time: told.at ? hour(told.at) : "" }),
      stage: told.stage,
    });
  }

  tell(block: string, said: Said): void {
    this.said.set(block, said);
    this.askOf(block)?.tell(said);
    if (this.latest?.[0].kind === "groups") this.tables.tell(said);
  }

  private askOf(block: string): Ask | undefined {
    if (this.shown?.current === block) return this.question?.ask;
    return this.standing.get(block)?.question.ask;
  }
}

const SAYS: Record<string, string> = { break: "pause", harvest: "harvest" };
