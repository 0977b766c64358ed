/** What one person gave, as it will stand once everything on its way has arrived. */

import type { Asked, Own } from "../../labs/frame.ts";
import type { Answer } from "../../live/outbox.ts";

/** With one more answer to `asked`; `seq` once it is recorded: that is what an idea is called from then on. */
export function taken(own: Own, answer: Answer, asked?: Asked, seq?: number): Own {
  const { slot, body, kind } = answer;
  if (asked && (body.turn ?? asked.turn) !== asked.turn) return own; // it waited while the second vote began
  if (kind === "answer" && asked?.asks === "ideas") {
    return { ...own, ideas: { ...own.ideas, [slot]: withIdea(own, answer, asked, seq) } };
  }
  if (kind === "answer") {
    const n = { ...own.n, [slot]: Math.max(own.n[slot] ?? 0, Number(body.n)) };
    return { ...own, n, answers: { ...own.answers, [slot]: body.value } };
  }
  if (kind === "take") {
    const kept = (own.ideas[slot] ?? []).filter(({ ref }) => ref !== body.ref);
    return { ...own, ideas: { ...own.ideas, [slot]: kept } };
  }
  if (kind === "up") {
    const ups = own.ups.filter((ref) => ref !== body.ref);
    return { ...own, ups: body.on ? [...ups, Number(body.ref)] : ups };
  }
  return own;
}

function withIdea(own: Own, { slot, body, key }: Answer, asked: Asked, seq?: number) {
  const waiting = -Number.parseInt(key.slice(0, 12), 16); // it has no number of the log yet
  const others = (own.ideas[slot] ?? []).filter(({ ref }) => ref !== waiting && ref !== seq);
  const state = asked.moderated ? "held" : "shown";
  return [...others, { ref: seq ?? waiting, text: String(body.value), state }];
}
