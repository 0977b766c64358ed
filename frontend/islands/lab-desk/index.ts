import { behaviours } from "../../behaviours.ts";
import { Looking } from "../../labs/looking.ts";
import { memory } from "../../live/outbox.ts";
import { LiveRoom } from "../../live.ts";
import { forget, minding, morph } from "../../morph.ts";
import { remaining, spelt, type Timer } from "./clock.ts";
import { type Press, twice } from "./press.ts";

interface News {
  now: number;
  timer: Timer;
  help: string[];
}

/** Not more often than this is the page asked for, while many answer at once. */
const BETWEEN = 700;
/**
 * `<cantiere-lab-desk data-room data-ticket data-renew>` around `#desk`: whenever something happens in the room the
 * page is asked for what stands there now, and its forms are sent without leaving it. Without script all of it is
 * forms, links and a button to load the page again.
 */
class DeskElement extends HTMLElement {
  #stop = new AbortController();
  #ahead = 0; // how far the server's clock is ahead
  #timer: Timer = { ends: null, left: null };
  #looking: Looking | undefined;
  #presses = 0; // how many began or ended
  #pressed: Press | undefined;
  #line: Promise<unknown> = Promise.resolve();
  #help = new Set<string>();

  connectedCallback(): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const { room = "", ticket = "", renew = "" } = this.dataset;
    minding(this, signal);
    this.#looking = new Looking(BETWEEN, (ends) => this.#look(ends));
    this.addEventListener("submit", (event) => this.#submit(event), { signal });
    this.#read();
    const ticking = setInterval(() => this.#tick(), 250);
    signal.addEventListener("abort", () => clearInterval(ticking));
    new LiveRoom({
      room,
      ticket,
      renew,
      audience: "desk",
      shelf: memory(),
      show: (state) => this.#heard(state as News),
      standing: (standing) => this.#stands(standing),
    }).start();
  }

  disconnectedCallback(): void {
    this.#stop.abort();
    this.#looking?.end();
  }

  #heard(news: News): void {
    this.#ahead = news.now - Date.now();
    this.#timer = news.timer;
    const calling = news.help.filter((group) => !this.#help.has(group));
    this.#help = new Set(news.help);
    document.title = document.title.replace(
      /^(\(\d+\) )?/,
      news.help.length > 0 ? `(${news.help.length}) ` : "",
    );
    this.#looking?.soon();
    if (calling.length > 0) {
      const names = calling.map(
        (group) => this.querySelector(`#group-${group} h3`)?.textContent?.trim() ?? group,
      );
      this.#say((this.dataset.called ?? "").replace("{groups}", names.join(", ")));
    }
  }

  /** Show what stands on the page now, unless a press brought something newer, and what became of it. */
  async #look(signal: AbortSignal): Promise<void> {
    const presses = this.#presses;
    const html = await this.#ask(() => fetch(location.href, { headers: { "HX-Request": "true" }, signal }));
    if (presses !== this.#presses) this.#looking?.soon();
    else if (html !== undefined) this.#show(html, "look");
  }

  /** The page that the server answers with, unless there is none or it leads elsewhere. */
  async #ask(ask: () => Promise<Response>): Promise<string | undefined> {
    try {
      const answer = await ask();
      const elsewhere = answer.headers.get("HX-Redirect");
      if (elsewhere) location.assign(elsewhere);
      else if (answer.ok && new URL(answer.url).pathname !== location.pathname) location.assign(answer.url);
      else if (answer.status === 404) location.reload();
      else if (!answer.ok) throw new Error(String(answer.status));
      else {
        this.#say("", this.dataset.failed);
        return await answer.text();
      }
    } catch {
      this.#say(this.dataset.failed ?? "");
    }
    return undefined;
  }

  /** What the last press was told stands until the next one, however often the page is looked at meanwhile. */
  #show(html: string, after: "press" | "look"): void {
    const desk = this.querySelector("#desk");
    if (desk === null) return;
    const made = document.createElement("div");
    made.id = "desk";
    made.className = desk.className;
    made.append(document.createRange().createContextualFragment(html));
    desk.querySelector("#told")?.toggleAttribute("data-kept", after === "look");
    morph(desk, made);
    this.#read();
    behaviours(desk);
  }

  #submit(event: SubmitEvent): void {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== "post" || event.defaultPrevented) return;
    event.preventDefault();
    const { submitter } = event;
    const press = { button: submitter, words: submitter?.textContent ?? "", at: event.timeStamp };
    if (twice(this.#pressed, press)) return;
    this.#pressed = press;
    const address =
      submitter instanceof HTMLButtonElement && submitter.hasAttribute("formaction")
        ? submitter.formAction
        : form.action;
    const body = new FormData(form, submitter);
    const send = () => fetch(address, { method: "POST", body, headers: { "HX-Request": "true" } });
    // One after the other: whoever is quicker than the network loses no press.
    this.#line = this.#line.then(async () => {
      this.#presses++;
      const html = await this.#ask(send);
      this.#presses++;
      if (html === undefined) return;
      this.#show(html, "press");
      if (!this.querySelector(".message-error")) forget(form);
    });
  }

  /** The timer as the page has it, for news may come later. */
  #read(): void {
    const clock = this.querySelector<HTMLElement>("[data-ends]");
    const number = (word: string | undefined) => (word ? Number(word) : null);
    this.#timer = { ends: number(clock?.dataset.ends), left: number(clock?.dataset.left) };
    if (clock?.dataset.now && this.#ahead === 0) this.#ahead = Number(clock.dataset.now) - Date.now();
    this.#tick();
  }

  #tick(): void {
    const clock = this.querySelector<HTMLElement>("[data-ends]");
    const left = remaining(this.#timer, Date.now() + this.#ahead);
    if (clock === null || left === null) return;
    const words = spelt(left);
    if (clock.textContent !== words) clock.textContent = words;
    clock.parentElement?.classList.toggle("is-over", left === 0 && this.#timer.left === null);
  }

  #stands(standing: "live" | "asking" | "away"): void {
    const said = this.querySelector<HTMLElement>("[data-standing]");
    if (said === null || said.dataset.standing === standing) return;
    said.dataset.standing = standing;
    said.textContent = this.dataset[standing] ?? "";
  }

  /** In the line for what is told aside; `instead` is the only thing that may be said over. */
  #say(words: string, instead?: string): void {
    const said = this.querySelector<HTMLElement>("[data-told]");
    if (said !== null && (instead === undefined || said.textContent === instead)) said.textContent = words;
  }
}

customElements.define("cantiere-lab-desk", DeskElement);
