/** The areas with their groups and notes: an outline of headings and lists, which the sheet view lays out as paper. */

import { byOrder, type Changes, type Cluster, type Note } from "../../board/content.ts";
import { may } from "../../board/rights.ts";
import { Card, dotted } from "./card.ts";
import type { Area, Desk } from "./desk.ts";
import { aloud, arrange, el, uniqueId, write } from "./dom.ts";

const ROW = 120; // thousandths: notes within it stand in one line of the sheet

/** A group on its area: a heading, and the list of its notes. */
class Group {
  readonly list = el("ol", "notes", { role: "list" }); // said, for Safari takes a list without marks for none
  readonly item: HTMLLIElement;
  readonly title = el("span", "cluster-title");
  readonly #dots = el("span", "cluster-dots");
  #shown = "";

  constructor(
    private readonly desk: Desk,
    readonly id: string,
  ) {
    const open = el(
      "button",
      "cluster-open",
      { type: "button" },
      this.title,
      this.#dots,
      aloud(desk.say("group_open")),
    );
    open.addEventListener("click", () => desk.openCluster(id));
    const head = el("h4", "cluster-head", {}, open);
    this.item = el("li", "cluster", { "data-cluster": id }, head, this.list);
  }

  show(cluster: Cluster, notes: number): void {
    const dots = this.desk.board.dots(cluster.id);
    const shown = JSON.stringify([cluster, notes, dots]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    write(this.title, cluster.title);
    this.#dots.replaceChildren(aloud(`, ${this.desk.say("count", { n: notes })}. `));
    if (dots > 0) this.#dots.append(dotted(dots), aloud(this.desk.say("dots", { n: dots })));
    const columns = notes <= 2 ? 1 : notes <= 8 ? 2 : 3;
    const { style } = this.item;
    style.setProperty("--x", String(cluster.x / 1000));
    style.setProperty("--y", String(cluster.y / 1000));
    style.setProperty("--columns", String(columns));
    style.setProperty("--rows", String(Math.max(1, Math.ceil(notes / columns))));
  }
}

/** One area: heading, prompt, groups, notes without a group, and the button that adds one. */
export class AreaView {
  readonly section: HTMLElement;
  readonly sheet: HTMLElement;
  readonly loose: HTMLOListElement;
  readonly heading: HTMLHeadingElement;
  readonly #clusters = el("ul", "clusters", { role: "list" });
  readonly #count = el("span", "area-count");
  readonly #rest = el("h4", "area-rest");
  readonly #empty = el("p", "area-empty");
  readonly #add: HTMLButtonElement;
  total = 0;

  constructor(
    private readonly desk: Desk,
    readonly area: Area,
    add: (area: string) => void,
  ) {
    const id = uniqueId("area");
    this.heading = el("h3", "area-title", { id, tabindex: -1 }, area.title, this.#count);
    const prompt = area.prompt ? el("p", "area-prompt", {}, area.prompt) : undefined;
    this.#add = desk.button(desk.say("add_here"), () => add(area.key), "area-add", "it-plus");
    this.#add.append(aloud(` ${desk.say("in_area", { area: area.title })}`));
    this.loose = el("ol", "notes notes-loose", { role: "list" });
    this.#rest.textContent = desk.say("without_group");
    this.#empty.textContent = desk.say("empty_area");
    this.sheet = el("div", "area-sheet", {}, this.#clusters, this.#rest, this.loose, this.#empty);
    this.section = el(
      "section",
      "area",
      { "aria-labelledby": id, "data-area": area.key },
      el("header", "area-head", {}, this.heading, prompt, this.#add),
      this.sheet,
    );
    this.#lie();
  }

  /** Where it lies on the whole board. */
  #lie(): void {
    for (const side of ["x", "y", "w", "h"] as const)
      this.section.style.setProperty(`--area-${side}`, String(this.area[side] / 1000));
  }

  /** Put groups and notes in their order; what stays is not touched. */
  show(groups: readonly (readonly [Group, Cluster, Card[]])[], loose: Card[]): void {
    const { desk } = this;
    this.total = loose.length + groups.reduce((sum, [, , cards]) => sum + cards.length, 0);
    arrange(
      this.#clusters,
      groups.map(([group]) => group.item),
    );
    let position = 0;
    for (const [group, cluster, cards] of groups) {
      group.show(cluster, cards.length);
      arrange(
        group.list,
        cards.map(({ item }) => item),
      );
      for (const card of cards) card.stand(++position, this.total);
    }
    arrange(
      this.loose,
      loose.map(({ item }) => item),
    );
    for (const card of loose) card.stand(++position, this.total);
    this.#rest.hidden = groups.length === 0 || loose.length === 0;
    this.#clusters.hidden = groups.length === 0;
    this.loose.hidden = loose.length === 0;
    this.#empty.hidden = this.total > 0;
    const count = String(this.total);
    if (this.#count.dataset.n !== count) {
      this.#count.dataset.n = count;
      const words = desk.say("count", { n: this.total });
      this.#count.replaceChildren(el("span", "", { "aria-hidden": true }, count), aloud(`, ${words}`));
    }
    this.allow();
  }

  /** What this person may do here now. */
  allow(): void {
    this.#add.hidden = !may.add(this.desk.right, this.area.key);
  }
}

/** All areas; changes of the board touch only the cards and the areas that they are about. */
export class Areas {
  readonly root = el("div", "board-areas");
  readonly views = new Map<string, AreaView>();
  readonly #cards = new Map<string, Card>();
  readonly #groups = new Map<string, Group>();

  constructor(
    private readonly desk: Desk,
    add: (area: string) => void,
  ) {
    for (const area of desk.page.areas) {
      const view = new AreaView(desk, area, add);
      this.views.set(area.key, view);
      this.root.append(view.section);
    }
    this.all();
  }

  card(id: string): Card | undefined {
    return this.#cards.get(id);
  }

  /** «3 di 17»: the place of a note among those of its area. */
  position(note: Note): string {
    const { groups, loose } = this.ordered(this.desk.home(note.area));
    const all = [...groups.flatMap(([, notes]) => notes), ...loose];
    return this.desk.say("position", { n: all.findIndex(({ id }) => id === note.id) + 1, total: all.length });
  }

  /** Everything anew: another document, other rights, the other view. */
  all(): void {
    for (const note of this.desk.board.notes()) this.#dress(note);
    for (const id of this.#cards.keys()) if (!this.desk.board.note(id)) this.#cards.delete(id);
    this.#lay(new Set(this.views.keys()));
  }

  /** Only the signs of who is writing where. */
  presence(before: Iterable<string>): void {
    for (const id of [...before, ...Object.keys(this.desk.session.presence.editing)]) this.#again(id);
  }

  /** The notes chosen or no longer chosen. */
  choosing(): void {
    for (const card of this.#cards.values()) if (!card.note.gone) card.show(card.note);
  }

  take(changes: Changes): void {
    if (changes.anew) {
      this.all();
      return;
    }
    const { board } = this.desk;
    const dirty = new Set<string>();
    for (const [id, before] of changes.notes) {
      const note = board.note(id);
      for (const one of [before, note]) if (one) dirty.add(this.desk.home(one.area));
      if (note) this.#dress(note);
    }
    for (const [id, before] of changes.clusters)
      for (const one of [before, board.cluster(id)]) if (one) dirty.add(this.desk.home(one.area));
    const marked = new Set<string>();
    for (const id of changes.comments.keys()) marked.add(board.comment(id)?.note ?? "");
    for (const id of changes.links.keys())
      for (const end of [board.link(id)?.from, board.link(id)?.to]) marked.add(end ?? "");
    for (const id of changes.dots) {
      const cluster = board.cluster(id);
      if (cluster) dirty.add(this.desk.home(cluster.area));
      else marked.add(id);
    }
    for (const id of marked) this.#again(id);
    this.#lay(dirty);
  }

  /** The notes of an area in the order in which one reads them. */
  ordered(area: string): { groups: [Cluster, Note[]][]; loose: Note[] } {
    const { desk } = this;
    const { board } = desk;
    const groups = new Map<string, [Cluster, Note[]]>();
    for (const cluster of board.clusters())
      if (desk.home(cluster.area) === area) groups.set(cluster.id, [cluster, []]);
    const loose: Note[] = [];
    for (const note of board.notes()) {
      if (note.gone || desk.home(note.area) !== area) continue;
      const group = groups.get(board.clusterOf(note)?.id ?? "");
      (group?.[1] ?? loose).push(note);
    }
    for (const [, notes] of groups.values()) notes.sort(byOrder);
    const line = (note: Note) => Math.floor(note.y / ROW);
    loose.sort(
      desk.view === "list" || desk.flows
        ? byOrder
        : (one, other) => line(one) - line(other) || one.x - other.x || byOrder(one, other),
    );
    return { groups: [...groups.values()], loose };
  }

  #dress(note: Note): void {
    if (note.gone) {
      this.#cards.delete(note.id);
      return;
    }
    let card = this.#cards.get(note.id);
    if (!card) {
      card = new Card(this.desk, note);
      this.#cards.set(note.id, card);
    }
    card.show(note);
  }

  #again(id: string): void {
    const note = this.desk.board.note(id);
    if (note && !note.gone) this.#cards.get(id)?.show(note);
  }

  #lay(areas: Iterable<string>): void {
    const held = document.activeElement;
    const place = held instanceof HTMLElement ? held.closest<HTMLElement>("[data-area]") : null;
    const cards = (notes: Note[]) => notes.flatMap(({ id }) => this.#cards.get(id) ?? []);
    for (const area of areas) {
      const { groups, loose } = this.ordered(area);
      const shown = groups.map(
        ([cluster, notes]) => [this.#group(cluster.id), cluster, cards(notes)] as const,
      );
      this.views.get(area)?.show(shown, cards(loose));
    }
    for (const id of this.#groups.keys())
      if (this.desk.board.cluster(id)?.gone !== false) this.#groups.delete(id);
    // What had the focus was moved, or was taken away by somebody.
    if (place && held instanceof HTMLElement && document.activeElement !== held)
      (held.isConnected ? held : this.views.get(place.dataset.area ?? "")?.heading)?.focus({
        preventScroll: true,
      });
  }

  #group(id: string): Group {
    let group = this.#groups.get(id);
    if (!group) {
      group = new Group(this.desk, id);
      this.#groups.set(id, group);
    }
    return group;
  }
}
