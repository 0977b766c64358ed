/** What was done on the board, for who asks: what changed, and what was taken away. */

import { byOrder } from "../../board/content.ts";
import { summary } from "../../board/news.ts";
import { may } from "../../board/rights.ts";
import type { Desk } from "./desk.ts";
import type { Sheet } from "./dialog.ts";
import { el } from "./dom.ts";

/** «Che cosa è cambiato?» */
export function whatChanged(desk: Desk, sheet: Sheet): void {
  const items = desk.voice.since.take();
  desk.voice.heard();
  if (items.length === 0) {
    sheet.show(desk.say("changed"), [el("p", "", {}, desk.say("nothing_new"))]);
    return;
  }
  const lines = items.map(({ id, what, area }) => {
    const note = desk.board.note(id);
    const text = note ? desk.short(note, 120) : (desk.board.cluster(id)?.title ?? "");
    const open = () => {
      sheet.dialog.close();
      if (note) desk.openNote(id);
      else desk.openCluster(id);
    };
    const there = note ? !note.gone : desk.board.cluster(id)?.gone === false;
    return el(
      "li",
      "",
      {},
      `${desk.say(`did_${what}`, { area: desk.title(area) })}: `,
      there ? desk.button(text, open, "as-link") : text,
    );
  });
  sheet.show(desk.say("changed"), [
    el(
      "p",
      "",
      {},
      summary(items, desk.words, (area) => desk.title(area)),
    ),
    el("ul", "board-said", {}, ...lines),
  ]);
}

/** Notes that were taken away, for who may bring them back: their own, or all of them for who leads. */
export function takenAway(desk: Desk, sheet: Sheet): void {
  const notes = [...desk.board.notes()]
    .filter((note) => note.gone && may.edit(desk.right, note))
    .sort(byOrder);
  const lines = notes.map((note) => {
    const item = el("li", "", {}, desk.short(note, 120), ` (${desk.title(desk.home(note.area))}) `);
    item.append(
      desk.button(
        desk.say("restore"),
        () => {
          if (!desk.pen.restoreNote(note.id)) return;
          item.remove();
          desk.voice.tell(desk.say("restored"));
          sheet.dialog.querySelector<HTMLElement>("li button, h2")?.focus();
        },
        "as-link",
      ),
    );
    return item;
  });
  const inside =
    lines.length > 0 ? el("ul", "board-said", {}, ...lines) : el("p", "", {}, desk.say("nothing_removed"));
  sheet.show(desk.say("removed_notes"), [inside]);
}
