import { behaviours } from "../../behaviours.ts";
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
  #asked = 0;
  #later: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  #pressed: Press | undefined;
  #line: Promise<unknown> = Promise.resolve();
  #help = new Set<string>();

  connectedCallback(): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const { room = "", ticket = "", renew = "" } = this.dataset;
    minding(this, signal);
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
    clearTimeout(this.#later);
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
    this.#soon();
    if (calling.length > 0) {
      const names = calling.map(
        (group) => this.querySelector(`#group-${group} h3`)?.textContent?.trim() ?? group,
      );
      this.#say((this.dataset.called ?? "").replace("{groups}", names.join(", ")));
    }
  }

  /** Ask for the page at once, or as soon as one may. */
  #soon(): void {
    if (this.#later !== undefined) return;
    const wait = Math.max(0, this.#asked + BETWEEN - Date.now());
    this.#later = setTimeout(() => {
      this.#later = undefined;
      this.#asked = Date.now();
      void this.#load(() => fetch(location.href, { headers: { "HX-Request": "true" } }));
    }, wait);
  }

  /** Show what the server answers, unless something newer was asked for meanwhile. */
  async #load(ask: () => Promise<Response>): Promise<boolean> {
    const turn = ++this.#turn;
    try {
      const answer = await ask();
      const elsewhere = answer.headers.get("HX-Redirect");
      if (elsewhere) location.assign(elsewhere);
      else if (answer.ok && new URL(answer.url).pathname !== location.pathname) location.assign(answer.url);
      else if (answer.status === 404) location.reload();
      else if (answer.ok) {
        const html = await answer.text();
        if (turn === this.#turn) this.#show(html);
        return true;
      } else throw new Error(String(answer.status));
      return false;
    } catch {
      this.#say(this.dataset.failed ?? "");
      return false;
    }
  }

  #show(html: string): void {
    const desk = this.querySelector("#desk");
    if (desk === null) return;
    const made = document.createElement("div");
    made.id = "desk";
    made.className = desk.className;
    made.append(document.createRange().createContextualFragment(html));
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
      const done = await this.#load(send);
      if (done && !this.querySelector(".message-error")) forget(form);
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

  #say(words: string): void {
    const said = this.querySelector<HTMLElement>("[data-told]");
    if (said !== null) said.textContent = words;
  }
}

customElements.define("cantiere-lab-desk", DeskElement);
