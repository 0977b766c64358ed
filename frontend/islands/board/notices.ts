/** What a person must know now: that nothing can be written, that something was not taken, that there is a vote. */

import type { Standing, Why } from "../../board/connection.ts";
import { may } from "../../board/rights.ts";
import type { Desk } from "./desk.ts";
import { el } from "./dom.ts";

export class Notices {
  readonly root = el("div", "board-notices");
  readonly #state = el("p", "board-notice", { role: "status", hidden: true });
  readonly #dots = el("p", "board-notice", { hidden: true });
  readonly #refused = el("div", "board-notice board-refused", { role: "alert" });
  standing: Standing = "joining";
  focus = "";

  constructor(
    private readonly desk: Desk,
    private readonly giveBack: (text: string) => void,
  ) {
    this.#refused.hidden = true;
    this.root.append(this.#state, this.#dots, this.#refused);
  }

  refresh(): void {
    const { desk } = this;
    const words: string[] = [];
    if (this.standing === "gone") words.push(desk.say("board_gone"));
    else if (this.standing === "away") words.push(desk.say("offline"));
    else if (desk.right.author !== "" && !may.write(desk.right)) words.push(desk.say("frozen"));
    if (this.focus) words.push(desk.say("focus_on", { area: desk.title(this.focus) }));
    const text = words.join(" ");
    if (this.#state.textContent !== text) this.#state.textContent = text;
    this.#state.hidden = text === "";
    this.#dots.hidden = !may.vote(desk.right);
    this.#dots.textContent = desk.say("dots_left", { n: desk.pen.left });
  }

  /** Say why something was not taken, and give its text back. */
  refused(why: Why, texts: readonly string[]): void {
    const { desk } = this;
    const list = el("ul", "board-said");
    for (const text of texts) {
      const again = desk.button(
        desk.say("text_again"),
        () => {
          this.giveBack(text);
          item.remove();
          if (list.children.length === 0) this.#refused.hidden = true;
        },
        "as-link",
      );
      const item = el("li", "", {}, el("q", "", {}, text), " ", again);
      list.append(item);
    }
    const close = desk.iconButton(desk.say("close"), "it-close", () => {
      this.#refused.hidden = true;
    });
    this.#refused.hidden = false;
    this.#refused.replaceChildren(
      el("p", "", {}, desk.say(`refused_${why}`), " ", texts.length > 0 && desk.say("your_text")),
      list,
      close,
    );
  }
}
