/** What is read out: one's own steps at once, what others do now and then, and nothing for who wants silence. */

import type { Board, Changes } from "../../board/content.ts";
import { News, newsIn, summary } from "../../board/news.ts";
import type { Words } from "../../board/words.ts";
import { aloud, el } from "./dom.ts";

const EVERY = 12_000;

export class Voice {
  /** What is read out; in the open window, for behind it nothing is heard. */
  readonly root = el("div", "board-voice");
  readonly #own = aloud("");
  readonly #others = aloud("");
  muted = false;
  /** What others did since somebody last asked. */
  readonly since = new News();
  readonly #round = new News();
  #timer: ReturnType<typeof setTimeout> | undefined;
  heard: () => void = () => {};

  constructor(
    private readonly words: Words,
    private readonly title: (area: string) => string,
  ) {
    for (const region of [this.#own, this.#others]) {
      region.setAttribute("role", "status");
      this.root.append(region);
    }
  }

  /** What came of one's own step. */
  tell(text: string): void {
    // The same words again are read again only if they were away in between.
    this.#own.textContent = "";
    setTimeout(() => {
      this.#own.textContent = text;
    }, 50);
  }

  take(changes: Changes, board: Board): void {
    if (changes.anew) return;
    const items = newsIn(changes, board);
    if (items.length === 0) return;
    this.since.add(items);
    this.heard();
    this.#round.add(items);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const told = this.#round.take();
      if (!this.muted) this.#others.textContent = summary(told, this.words, this.title);
    }, EVERY);
  }

  /** What was there when the page was opened is no news. */
  forget(): void {
    this.since.take();
    this.#round.take();
    this.heard();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
