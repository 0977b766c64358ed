/** Groups: one opened, several notes chosen to form one, and groups offered by the words that notes share. */

import { MOST_TITLE } from "../../board/content.ts";
import { may } from "../../board/rights.ts";
import { type Proposal, proposals } from "../../board/stems.ts";
import type { Areas } from "./areas.ts";
import type { Desk } from "./desk.ts";
import { form, labelled, Sheet, select } from "./dialog.ts";
import { el } from "./dom.ts";
import { arrows, moveTo, steps } from "./moving.ts";
import type { Paper } from "./paper.ts";
import { dots } from "./talking.ts";

/** A group opened: its name, its place, its dots, its end. */
export class GroupSheet extends Sheet {
  #id = "";
  readonly #votes = el("div", "");
  readonly #title = el("input", "", { type: "text", maxlength: MOST_TITLE, autocomplete: "off" });

  open(id: string): void {
    const cluster = this.desk.board.cluster(id);
    if (!cluster) return;
    this.#id = id;
    const { desk } = this;
    const notes = [...desk.board.notes()].filter((one) => !one.gone && desk.board.clusterOf(one)?.id === id);
    const list = el(
      "ol",
      "board-said",
      {},
      ...notes.map((one) =>
        el(
          "li",
          "",
          {},
          desk.button(
            desk.short(one),
            () => {
              this.dialog.close();
              desk.openNote(one.id);
            },
            "as-link",
          ),
        ),
      ),
    );
    const shapes = may.cluster(desk.right, cluster);
    this.#title.value = cluster.title;
    this.show(
      cluster.title,
      [this.#votes, ...(shapes ? this.#shaping() : []), list],
      shapes ? this.#title : undefined,
    );
    this.refresh();
  }

  refresh(): void {
    if (!this.isOpen || this.#id === "") return;
    const cluster = this.desk.board.cluster(this.#id);
    if (!cluster || cluster.gone) {
      this.dialog.close();
      return;
    }
    const counted = dots(this.desk, this.#id);
    this.#votes.replaceChildren(...(counted ? [counted] : []));
  }

  protected override left(): void {
    this.#id = "";
  }

  #shaping(): Node[] {
    const { desk } = this;
    const id = this.#id;
    const now = () => desk.board.cluster(id);
    const rename = form(
      "board-line",
      () => {
        if (!desk.pen.renameCluster(id, this.#title.value)) return;
        this.entitle(this.#title.value.trim());
        desk.voice.tell(desk.say("group_renamed"));
      },
      labelled(desk.say("group_title"), this.#title),
      el("button", "board-button", { type: "submit" }, desk.say("rename")),
    );
    const area = select(
      desk.page.areas.filter(({ key }) => may.group(desk.right, key)).map(({ key, title }) => [key, title]),
      now()?.area,
    );
    const move = form(
      "board-line",
      () => {
        if (desk.pen.moveCluster(id, area.value, 0, 0))
          desk.voice.tell(desk.say("moved", { area: desk.title(area.value) }));
      },
      labelled(desk.say("area"), area),
      el("button", "board-button", { type: "submit" }, desk.say("move")),
    );
    const list = steps(
      desk,
      (by) => desk.pen.stepCluster(id, by),
      () => desk.say("group_moved"),
    );
    const shift = arrows(desk, now, (x, y) => {
      const cluster = now();
      return cluster !== undefined && desk.pen.moveCluster(id, cluster.area, x, y);
    });
    const dissolve = desk.button(
      desk.say("dissolve"),
      () => {
        if (!desk.pen.dissolve(id)) return;
        this.dialog.close();
        desk.voice.tell(desk.say("dissolved"));
      },
      "board-button board-danger",
    );
    return [rename, move, list, shift, dissolve];
  }
}

/** Several notes chosen, in either view, to be moved or grouped together. */
export class Choosing {
  readonly bar = el("div", "board-choosing", { hidden: true });
  readonly #count = el("p", "", { role: "status" });

  constructor(
    private readonly desk: Desk,
    private readonly areas: Areas,
    private readonly paper: Paper,
    private readonly sheet: Sheet,
    private readonly changed: () => void,
  ) {
    const group = desk.button(desk.say("choose_move"), () => this.#group(), "board-main");
    const end = desk.button(desk.say("choose_end"), () => this.end());
    this.bar.append(this.#count, group, end);
  }

  begin(): void {
    this.desk.chosen = new Set();
    this.#show();
  }

  end(): void {
    this.desk.chosen = null;
    this.#show();
  }

  toggle(id: string): void {
    const { chosen } = this.desk;
    if (!chosen) return;
    if (!chosen.delete(id)) chosen.add(id);
    this.#show();
  }

  #show(): void {
    const { desk } = this;
    this.bar.hidden = desk.chosen === null;
    this.#count.textContent = desk.say("chosen", { n: desk.chosen?.size ?? 0 });
    this.areas.choosing();
    this.changed();
  }

  #group(): void {
    const ids = [...(this.desk.chosen ?? [])].filter((id) => this.desk.board.note(id)?.gone === false);
    const move = moveTo(this.desk, this.paper, ids, (said) => {
      this.sheet.dialog.close();
      this.end();
      this.desk.voice.tell(said);
    });
    if (!move) {
      this.desk.voice.tell(this.desk.say("choose_first"));
      return;
    }
    this.sheet.show(this.desk.say("chosen", { n: ids.length }), [move]);
  }
}

/** Groups that the notes of each area might form: each with its name, made only when a person says so. */
export function propose(desk: Desk, areas: Areas, paper: Paper, sheet: Sheet): void {
  const found: [area: string, proposal: Proposal, made: HTMLInputElement, title: HTMLInputElement][] = [];
  const rows = desk.page.areas.flatMap(({ key, title: areaTitle }) =>
    (may.group(desk.right, key) ? proposals(areas.ordered(key).loose) : []).map((proposal) => {
      const made = el("input", "", { type: "checkbox" });
      const title = el("input", "", {
        type: "text",
        maxlength: MOST_TITLE,
        value: proposal.title,
        "aria-label": desk.say("group_title"),
      });
      found.push([key, proposal, made, title]);
      const words = proposal.notes.map((id) => el("li", "", {}, desk.short(desk.board.note(id))));
      return el(
        "li",
        "",
        {},
        el(
          "label",
          "board-check",
          {},
          made,
          `${areaTitle}: ${desk.say("count", { n: proposal.notes.length })}`,
        ),
        title,
        el("ul", "board-said", {}, ...words),
      );
    }),
  );
  const make = () => {
    const wanted = found.filter(([, , made]) => made.checked);
    for (const [area, { notes, title: word }, , title] of wanted) {
      const { x, y } = paper.spotOfGroup(area, notes);
      desk.pen.addCluster(title.value || word, area, notes, x, y);
    }
    sheet.dialog.close();
    desk.voice.tell(desk.say("groups_made", { n: wanted.length }));
  };
  const inside =
    rows.length === 0
      ? [el("p", "", {}, desk.say("no_proposals"))]
      : [
          el("p", "", {}, desk.say("proposals_help")),
          el("ul", "board-proposals", {}, ...rows),
          desk.button(desk.say("make_groups"), make, "board-main"),
        ];
  sheet.show(desk.say("propose"), inside);
}
