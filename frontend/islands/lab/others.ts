/** What others say: patched line by line, so that a button under somebody's finger stays where it is. */

import { count, el, say, text } from "../../labs/dom.ts";
import type { Asked, Idea, Own } from "../../labs/frame.ts";
import type { Hands } from "./ask.ts";

export class Others {
  readonly element = el("section", { class: "lab-others", hidden: true });
  private readonly list = el("ul", {});
  private readonly more = el("p", { class: "muted" });
  private readonly lines = new Map<number, HTMLLIElement>();

  constructor(private readonly hands: Hands) {
    this.element.append(el("h2", {}, say(hands.words, "others")), this.list, this.more);
  }

  update(asked: Asked, own: Own): void {
    const ideas = asked.ideas ?? [];
    this.element.hidden = ideas.length === 0;
    const seen = new Set(ideas.map(({ ref }) => ref));
    for (const [ref, line] of this.lines) {
      if (seen.has(ref)) continue;
      line.remove();
      this.lines.delete(ref);
    }
    for (const idea of ideas) this.line(asked, idea, own.ups.includes(idea.ref));
    // Nothing moves while somebody is in the list.
    if (!this.list.contains(document.activeElement)) {
      ideas.forEach(({ ref }, at) => {
        const line = this.lines.get(ref);
        if (line && this.list.children[at] !== line)
          this.list.insertBefore(line, this.list.children[at] ?? null);
      });
    }
    text(this.more, asked.more ? say(this.hands.words, "hidden_more", { n: asked.more }) : "");
  }

  private line(asked: Asked, idea: Idea, raised: boolean): void {
    const { words } = this.hands;
    const line = this.lines.get(idea.ref) ?? this.make(asked, idea);
    const button = line.querySelector("button");
    if (!button) return;
    button.setAttribute("aria-pressed", String(raised));
    text(button.querySelector(".visually-hidden"), `${say(words, raised ? "raised" : "raise")}: `);
    text(button.querySelector(".lab-ups"), String(idea.ups));
    button.title = count(words, "one_up", "ups", idea.ups);
  }

  private make(asked: Asked, idea: Idea): HTMLLIElement {
    const said = el("p", { class: "lab-idea" }, idea.text);
    if (idea.name) said.append(" ", el("span", { class: "lab-by" }, idea.name));
    const line = el("li", {}, said);
    if (asked.upvotes) {
      const button = el("button", { type: "button", class: "lab-up" });
      button.append(
        el("span", { class: "visually-hidden" }),
        el("span", { "aria-hidden": "true" }, "▲ "),
        el("span", { class: "lab-ups" }),
      );
      button.addEventListener("click", () =>
        this.hands.act("up", asked, { ref: idea.ref, on: button.getAttribute("aria-pressed") !== "true" }),
      );
      line.append(button);
    }
    this.lines.set(idea.ref, line);
    this.list.append(line);
    return line;
  }
}
