/** The whole board on a page: the parts, and what goes from one to the other. */

import type { Changes } from "../../board/content.ts";
import { thousandths, tidied } from "../../board/layout.ts";
import { type Place, Session } from "../../board/session.ts";
import type { Words } from "../../board/words.ts";
import { Areas } from "./areas.ts";
import { Bar, remember, remembered } from "./bar.ts";
import { Composer } from "./composer.ts";
import { Desk, type Page, type View } from "./desk.ts";
import { Sheet } from "./dialog.ts";
import { el } from "./dom.ts";
import { Drag } from "./drag.ts";
import { Choosing, GroupSheet, propose } from "./groups.ts";
import { Lines } from "./lines.ts";
import { NoteSheet } from "./note.ts";
import { Notices } from "./notices.ts";
import { Paper } from "./paper.ts";
import { Tabs } from "./tabs.ts";
import { takenAway, whatChanged } from "./telling.ts";
import { Voice } from "./voice.ts";
import { Drafts } from "./writing.ts";

const NARROW = 700; // pixels below which one area is shown at a time

export class Stage {
  readonly root = el("div", "board");
  readonly desk: Desk;
  readonly #session: Session;
  readonly #areas: Areas;
  readonly #paper: Paper;
  readonly #lines: Lines;
  readonly #tabs: Tabs;
  readonly #bar: Bar;
  readonly #composer: Composer;
  readonly #note: NoteSheet;
  readonly #group: GroupSheet;
  readonly #any: Sheet;
  readonly #choosing: Choosing;
  readonly #notices: Notices;
  readonly #resized: ResizeObserver;
  #joined = false;
  #wantsSingle = remembered("single") === "yes";

  constructor(place: Place, page: Page, words: Words, host: HTMLElement) {
    const voice = new Voice(words, (area) => this.desk.title(area));
    this.#session = new Session(place, {
      standing: (standing) => {
        this.#bar.standing(standing);
        this.#notices.standing = standing;
        this.#notices.refresh();
      },
      stage: (stage) => this.#bar.stage(stage),
      right: () => this.#allowed(),
      presence: () => {
        this.#areas.presence(this.#edited);
        this.#edited = Object.keys(this.#session.presence.editing);
        this.#bar.refresh();
        this.#note.refresh();
      },
      joined: () => {
        if (!this.#joined) voice.forget();
        this.#joined = true;
      },
      refused: (why, texts) => this.#notices.refused(why, texts),
    });
    const desk = new Desk(this.#session, words, page, voice);
    this.desk = desk;
    desk.view = remembered("view") === "list" ? "list" : "sheet";
    const drafts = new Drafts(`cantiere-board-${place.room}-${place.key}`);
    this.#areas = new Areas(desk, (area) => {
      this.#composer.in(area);
      this.#composer.focus();
    });
    this.#paper = new Paper(desk, this.#areas);
    this.#lines = new Lines(desk, this.#areas);
    this.#tabs = new Tabs(desk, this.#areas, () => this.#moved());
    this.#composer = new Composer(desk, this.#paper, drafts, () => {});
    const home = (note: string) =>
      this.#areas.card(note)?.face ?? this.#areas.views.get(this.#tabs.current)?.heading;
    this.#note = new NoteSheet(desk, this.#paper, drafts, home, (note) => this.#areas.position(note));
    this.#group = new GroupSheet(desk, () => undefined);
    this.#any = new Sheet(desk, () => undefined);
    this.#choosing = new Choosing(desk, this.#areas, this.#paper, this.#any, () =>
      this.root.classList.toggle("is-choosing", desk.chosen !== null),
    );
    desk.openNote = (id) => this.#note.open(id);
    desk.openCluster = (id) => this.#group.open(id);
    this.#notices = new Notices(desk, (text) => this.#composer.giveBack(text));
    this.#bar = new Bar(desk, {
      view: (view) => this.#see(view),
      zoom: (step) => {
        this.#paper.look(step);
        this.#lines.draw();
      },
      single: (on) => {
        this.#wantsSingle = on;
        remember("single", on ? "yes" : "");
        this.#laid();
      },
      changed: () => whatChanged(desk, this.#any),
      removed: () => takenAway(desk, this.#any),
      choose: () => this.#choosing.begin(),
      propose: () => propose(desk, this.#areas, this.#paper, this.#any),
      tidy: () => this.#tidy(),
      freeze: (frozen) => told(host, "board:freeze", { frozen }),
      focus: () => this.#focusOn(host),
    });
    this.#bar.single = this.#wantsSingle;
    voice.heard = () => this.#bar.news();
    const drag = new Drag(desk, this.#areas, this.#paper, this.#tabs.root, (id, kind) =>
      this.#dropped(id, kind),
    );
    desk.board.on((changes) => this.#take(changes, drag));
    desk.pen.on(() => this.#bar.refresh());
    this.root.append(
      this.#bar.root,
      this.#notices.root,
      this.#tabs.root,
      this.#areas.root,
      this.#choosing.bar,
      this.#composer.root,
      voice.root,
      this.#note.dialog,
      this.#group.dialog,
      this.#any.dialog,
    );
    this.root.addEventListener("click", (event) => this.#pressed(event));
    this.root.addEventListener("keydown", (event) => this.#key(event));
    let width = 0;
    this.#resized = new ResizeObserver(() => {
      // The sheet grows by itself: only another width lays it out anew.
      if (this.root.clientWidth !== width) this.#laid();
      width = this.root.clientWidth;
    });
    this.#resized.observe(this.root);
    this.#see(desk.view);
    void this.#session.open();
  }

  #edited: string[] = [];

  stop(): void {
    this.#resized.disconnect();
    this.desk.stop.abort();
    this.desk.voice.stop();
    this.#session.close();
  }

  /** What the page learns from its room while the board is open. */
  set authors(authors: Record<string, string>) {
    this.desk.authors = authors;
    this.#areas.all();
  }

  set frozen(frozen: boolean) {
    this.#bar.frozen = frozen;
  }

  /** Who leads asks all to look at one area; nothing ends that. */
  set focus(area: string) {
    if (area === this.#notices.focus) return;
    this.#notices.focus = area;
    this.#notices.refresh();
    this.#laid();
    if (area) this.#tabs.go(area);
  }

  #take(changes: Changes, drag: Drag): void {
    this.#areas.take(changes);
    if (changes.anew) this.#joined = false;
    if (this.#joined) this.desk.voice.take(changes, this.desk.board);
    this.#tabs.show();
    if (!drag.busy) this.#paper.grow();
    this.#lines.draw();
    this.#note.take(changes);
    this.#group.refresh();
    if (changes.dots.size > 0) this.#notices.refresh();
  }

  #allowed(): void {
    for (const view of this.#areas.views.values()) view.allow();
    this.#composer.allow();
    this.#bar.refresh();
    this.#notices.refresh();
    this.#note.refresh();
    this.#group.refresh();
    this.#areas.all();
    if (this.desk.chosen && !this.desk.right.shape && !this.desk.right.lead) this.#choosing.end();
  }

  #see(view: View): void {
    const changed = this.root.dataset.view !== undefined && this.desk.view !== view;
    this.desk.view = view;
    this.root.dataset.view = view;
    this.#bar.view = view;
    if (changed) {
      remember("view", view);
      this.desk.voice.tell(this.desk.say(`view_${view}_now`));
    }
    this.#areas.all();
    this.#laid();
  }

  /** The width, the view or the wish changed: all areas, or one. */
  #laid(): void {
    const { desk, root } = this;
    const sheet = desk.view === "sheet";
    const narrow = sheet && root.clientWidth < NARROW;
    root.toggleAttribute("data-flows", narrow);
    this.#bar.zooms = sheet && !narrow;
    this.#areas.root.toggleAttribute(
      "data-single",
      narrow || this.#wantsSingle || this.#notices.focus !== "",
    );
    if (narrow !== desk.flows) {
      desk.flows = narrow;
      this.#areas.all();
    }
    this.#moved();
  }

  #moved(): void {
    this.#tabs.show();
    if (this.#areas.root.dataset.single !== undefined) this.#composer.in(this.#tabs.current);
    this.#paper.fit();
    this.#lines.draw();
  }

  #pressed({ target }: Event): void {
    const face = (target as Element).closest<HTMLElement>(".note-face");
    const id = face?.closest<HTMLElement>("[data-note]")?.dataset.note;
    if (id === undefined) return;
    if (this.desk.chosen) this.#choosing.toggle(id);
    else this.desk.openNote(id);
  }

  /** Arrows go from note to note of an area; Ctrl+Z undoes one's own last step. */
  #key(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if (event.key === "z" && (event.ctrlKey || event.metaKey) && !target.closest("textarea, input, dialog")) {
      event.preventDefault();
      const what = event.shiftKey ? "redo" : "undo";
      if (this.desk.pen[what]()) this.desk.voice.tell(this.desk.say(`${what}_done`));
      return;
    }
    if (event.key === "Escape" && this.desk.chosen && !target.closest("dialog")) {
      this.#choosing.end();
      return;
    }
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined || !target.matches(".note-face")) return;
    const faces = [...(target.closest("[data-area]")?.querySelectorAll<HTMLElement>(".note-face") ?? [])];
    const next = faces[faces.indexOf(target) + by];
    event.preventDefault();
    next?.focus();
  }

  #dropped(id: string, kind: "note" | "cluster"): void {
    const { desk } = this;
    const note = desk.board.note(id);
    const area = kind === "note" ? note?.area : desk.board.cluster(id)?.area;
    const group = kind === "note" && note ? desk.board.clusterOf(note)?.title : undefined;
    desk.voice.tell(
      desk.say(group ? "moved_group" : "moved", { area: desk.title(area ?? ""), group: group ?? "" }),
    );
  }

  /** Lay what is in the areas shown beside each other, so that nothing covers anything. */
  #tidy(): void {
    const { desk } = this;
    for (const [area, view] of this.#areas.views) {
      if (view.section.hidden) continue;
      const sheet = { w: view.sheet.clientWidth, h: view.sheet.clientHeight };
      const { groups, loose } = this.#areas.ordered(area);
      const things = [...groups.map(([cluster]) => cluster), ...loose];
      const sizes = [
        ...groups.map(([, notes]) => this.#paper.groupSize(notes.length)),
        ...loose.map(() => this.#paper.note),
      ];
      desk.pen.together(() =>
        tidied(sheet, sizes).forEach((at, n) => {
          const [thing, size] = [things[n], sizes[n]];
          if (!thing || !size) return;
          const [x, y] = [thousandths(at.x, sheet.w - size.w), thousandths(at.y, sheet.h - size.h)];
          if ("title" in thing) desk.pen.moveCluster(thing.id, area, x, y);
          else desk.pen.moveNote(thing.id, area, x, y);
        }),
      );
    }
    desk.voice.tell(desk.say("tidied"));
  }

  #focusOn(host: HTMLElement): void {
    const { desk } = this;
    const choose = (area: string | null) => {
      this.#any.dialog.close();
      told(host, "board:focus", { area });
    };
    const buttons = desk.page.areas.map(({ key, title }) => desk.button(title, () => choose(key)));
    this.#any.show(desk.say("focus_area"), [
      el("p", "", {}, desk.say("focus_help")),
      el(
        "div",
        "board-choices",
        {},
        ...buttons,
        desk.button(desk.say("focus_all"), () => choose(null)),
      ),
    ]);
  }
}

/** What only the page can do: it hears an event of the element. */
function told(host: HTMLElement, name: string, detail: Record<string, unknown>): void {
  host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
}
