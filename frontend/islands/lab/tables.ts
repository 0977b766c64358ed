/** One's table: its name, its call, its board, help; or the tables one may choose. */

import { islands } from "../../islands.ts";
import { count, el, fill, say, text, type Words } from "../../labs/dom.ts";
import type { Frame, Mine, Own, Table } from "../../labs/frame.ts";
import type { Said } from "./ask.ts";
import type { Doing } from "./page.ts";

export class Tables {
  readonly element = el("div", { class: "lab-groups" });
  private readonly mine = el("section", { class: "lab-table", "aria-labelledby": "my-table", hidden: true });
  private readonly free = el("section", { class: "lab-tables", hidden: true });
  private readonly wait = el("p", { class: "lab-big-words" });
  private readonly said = el("p", { class: "lab-said", role: "status" });
  private readonly call = el("a", {
    class: "btn btn-outline-primary",
    target: "_blank",
    rel: "noopener",
    hidden: true,
  });
  private readonly help = el("button", { type: "button", class: "btn btn-outline-primary" });
  private readonly board = el("div", { class: "lab-board" });
  private readonly whole = el("a", { class: "btn btn-outline-primary", hidden: true });
  private readonly name = el("h2", { class: "lab-table-name" });
  private linked = "";
  private frame: Frame | undefined;

  constructor(
    private readonly host: HTMLElement,
    private readonly words: Words,
    private readonly doing: Doing,
  ) {
    this.call.append(say(words, "call"));
    this.whole.append(say(words, "board"));
    this.whole.href = host.dataset.board ?? "";
    this.help.addEventListener("click", () => {
      const { current, mine } = this.frame ?? {};
      if (current && mine) doing.act("help", current, { on: !mine.help });
    });
    this.mine.append(
      el("p", { class: "kicker", id: "my-table" }, say(words, "table")),
      this.name,
      el("div", { class: "actions" }, this.call, this.help, this.whole),
      this.board,
    );
    this.element.append(this.mine, this.wait, this.free, this.said);
  }

  update(frame: Frame, own: Own): void {
    this.frame = frame;
    const groups = frame.groups ?? [];
    this.mine.hidden = !frame.mine;
    text(this.wait, frame.mine || groups.length > 0 ? "" : say(this.words, "unseated"));
    if (frame.mine) this.table(frame.mine);
    this.free.hidden = groups.length === 0;
    fill(this.free, JSON.stringify([groups, own.group]), () =>
      this.choices(frame.current, groups, own.group),
    );
  }

  tell({ words, stage }: Said): void {
    text(this.said, words);
    this.said.dataset.stage = stage;
  }

  private table(mine: Mine): void {
    text(this.name, mine.name);
    text(this.help, say(this.words, mine.help ? "no_help" : "help"));
    this.help.setAttribute("aria-pressed", String(mine.help));
    this.whole.hidden = !mine.board;
    if (this.linked !== mine.key) void this.link(mine.key);
    this.showBoard(mine);
  }

  /** The address of the call is told to those who sit there, and asked for once. */
  private async link(key: string): Promise<void> {
    this.linked = key;
    this.call.hidden = true;
    const answer = await fetch(this.host.dataset.table ?? "", {
      headers: { Accept: "application/json" },
    }).catch(() => undefined);
    const told = answer?.ok
      ? ((await answer.json()) as { group: string; link: string })
      : { group: "", link: "" };
    if (told.group !== key || this.linked !== key) {
      if (this.linked === key) this.linked = ""; // not seated there yet: asked again with the next frame
      return;
    }
    this.call.href = told.link;
    this.call.hidden = !told.link;
  }

  /** The board of this table, by the words and icons that the page came with. */
  private showBoard({ board, areas, frozen, focus }: Mine): void {
    const { room, ticket, renew, icons, photos } = this.host.dataset;
    const drawn = fill(this.board, board && JSON.stringify([board, areas]), () => {
      if (!board) return [];
      const told = el("script", { type: "application/json", id: "board-areas" }, JSON.stringify(areas));
      const words = { areas: told.id, words: "board-words" };
      return [
        told,
        el("cantiere-board", { room, key: board, ticket, renew, icons, "photo-url": photos, ...words }),
      ];
    });
    if (drawn) void islands(this.board);
    const element = this.board.querySelector("cantiere-board");
    element?.toggleAttribute("frozen", frozen);
    element?.setAttribute("focus", focus);
  }

  private choices(block: string, groups: Table[], seat: string): Node[] {
    const rows = groups.map((group) => {
      const people = count(this.words, "one_seat", "seats", group.people);
      const line = el("p", {}, el("strong", {}, group.name), " ");
      line.append(
        el("span", { class: "muted" }, group.full ? `${people}, ${say(this.words, "full")}` : people),
      );
      const row = el("li", {}, line);
      if (group.key === seat) row.append(el("p", { class: "lab-here" }, say(this.words, "seated")));
      else if (!group.full) {
        const sit = el(
          "button",
          { type: "button", class: "btn btn-outline-primary btn-sm" },
          say(this.words, "sit"),
        );
        sit.append(el("span", { class: "visually-hidden" }, `: ${group.name}`));
        sit.addEventListener("click", () => this.doing.act("sit", block, { group: group.key }));
        row.append(sit);
      }
      return row;
    });
    return [el("h2", {}, say(this.words, "groups")), el("ul", {}, ...rows)];
  }
}
