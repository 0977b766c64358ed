/** Every move that a hand can make, as fields and buttons. */

import { ninth } from "../../board/layout.ts";
import { may } from "../../board/rights.ts";
import type { Desk } from "./desk.ts";
import { form, labelled, select } from "./dialog.ts";
import { el } from "./dom.ts";
import type { Paper } from "./paper.ts";

const STEP = 125; // thousandths of the sheet
const ARROWS = [
  ["left", "it-arrow-left", -1, 0],
  ["up", "it-arrow-left", 0, -1],
  ["down", "it-arrow-right", 0, 1],
  ["right", "it-arrow-right", 1, 0],
] as const;
const NEW = "new";

/** «in alto a sinistra» */
export function placeInWords(desk: Desk, x: number, y: number): string {
  const { row, column } = ninth(x, y);
  return desk.say(`place_${row}${column}`);
}

/** Four buttons that shift something on its sheet, and say where it is now. */
export function arrows(
  desk: Desk,
  at: () => { x: number; y: number } | undefined,
  shift: (x: number, y: number) => boolean,
): HTMLElement {
  const where = el("p", "board-where");
  const say = () => {
    const now = at();
    where.textContent = now ? desk.say("lies", { place: placeInWords(desk, now.x, now.y) }) : "";
  };
  const within = (value: number) => Math.min(1000, Math.max(0, value));
  const buttons = ARROWS.map(([name, icon, dx, dy]) =>
    desk.iconButton(
      desk.say(`shift_${name}`),
      icon,
      () => {
        const now = at();
        if (!now || !shift(within(now.x + dx * STEP), within(now.y + dy * STEP))) return;
        const moved = at() ?? now;
        desk.voice.tell(desk.say("lies", { place: placeInWords(desk, moved.x, moved.y) }));
        say();
      },
      `board-icon arrow-${name}`,
    ),
  );
  say();
  return el(
    "div",
    "board-arrows",
    {},
    el("span", "board-label", {}, desk.say("on_the_sheet")),
    ...buttons,
    where,
  );
}

/** Up and down in the list. */
export function steps(desk: Desk, step: (by: -1 | 1) => boolean, where: () => string): HTMLElement {
  const go = (by: -1 | 1) => desk.voice.tell(step(by) ? where() : desk.say("no_further"));
  return el(
    "div",
    "board-steps",
    {},
    el("span", "board-label", {}, desk.say("in_the_list")),
    desk.button(desk.say("up"), () => go(-1)),
    desk.button(desk.say("down"), () => go(1)),
  );
}

/** «Sposta in…»: area and group of some notes. */
export function moveTo(
  desk: Desk,
  paper: Paper,
  ids: readonly string[],
  done: (said: string) => void,
): HTMLElement | undefined {
  const notes = ids.flatMap((id) => desk.board.note(id) ?? []);
  const [first] = notes;
  if (!first) return undefined;
  const areas = desk.page.areas.filter(({ key }) => notes.every((note) => may.move(desk.right, note, key)));
  if (areas.length === 0) return undefined;
  const area = select(
    areas.map(({ key, title }) => [key, title]),
    desk.home(first.area),
  );
  const group = select([]);
  const title = el("input", "", { type: "text", maxlength: 80, autocomplete: "off" });
  const titleField = labelled(desk.say("group_title"), title);
  const groupField = labelled(desk.say("group"), group);
  const fill = () => {
    const here = desk.board.clusters().filter((one) => desk.home(one.area) === area.value);
    const own = notes.length === 1 ? (desk.board.clusterOf(first)?.id ?? "") : "";
    group.replaceChildren(
      ...select(
        [
          ["", desk.say("no_group")],
          ...here.map((one) => [one.id, one.title] as const),
          [NEW, desk.say("new_group")],
        ],
        own,
      ).options,
    );
    group.value = own;
    groupField.hidden = !may.group(desk.right, area.value);
    titleField.hidden = groupField.hidden || group.value !== NEW;
  };
  area.addEventListener("change", fill);
  group.addEventListener("change", () => {
    titleField.hidden = group.value !== NEW;
    if (!titleField.hidden) title.focus();
  });
  fill();
  const send = () => {
    const into = groupField.hidden ? "" : group.value;
    if (into === NEW && title.value.trim() === "") return title.focus();
    if (!move(desk, paper, ids, area.value, into, title.value)) return;
    const name = into === NEW ? title.value.trim() : (desk.board.cluster(into)?.title ?? "");
    done(desk.say(name ? "moved_group" : "moved", { area: desk.title(area.value), group: name }));
  };
  const button = el("button", "board-button", { type: "submit" }, desk.say("move"));
  return form("board-move", send, labelled(desk.say("area"), area), groupField, titleField, button);
}

function move(
  desk: Desk,
  paper: Paper,
  ids: readonly string[],
  area: string,
  group: string,
  title: string,
): boolean {
  const { pen, board } = desk;
  if (group === NEW) {
    const places = ids.flatMap((id) => board.note(id) ?? []).filter((note) => desk.home(note.area) === area);
    const mean = (axis: "x" | "y") =>
      places.reduce((sum, note) => sum + note[axis], 0) / (places.length || 1);
    const near = places.length > 0 ? { x: mean("x"), y: mean("y") } : undefined;
    const { x, y } = paper.spotOfGroup(area, ids, near);
    return pen.addCluster(title, area, ids, x, y) !== undefined;
  }
  if (group !== "") return pen.group(ids, group);
  const leaving = ids.filter((id) => {
    const note = board.note(id);
    return note !== undefined && (note.area !== area || board.clusterOf(note) !== undefined);
  });
  const places = paper.spots(area, leaving.length);
  pen.together(() => {
    for (const [at, id] of leaving.entries()) pen.moveNote(id, area, places[at]?.x ?? 0, places[at]?.y ?? 0);
  });
  return leaving.length > 0;
}
