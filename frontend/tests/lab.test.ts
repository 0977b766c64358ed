// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hundred, NotYet, order, remaining } from "../islands/lab/fields.ts";
import { taken } from "../islands/lab/own.ts";
import { neighbour } from "../islands/lab-screen/leading.ts";
import { Clock, digits, left, milestone } from "../labs/clock.ts";
import { count, say } from "../labs/dom.ts";
import { type Asked, askedAgain, type Frame, type Own } from "../labs/frame.ts";
import { Looking } from "../labs/looking.ts";
import { measure, percent, sizeOf } from "../labs/results.ts";

const own: Own = { group: "", entered: true, answers: {}, ideas: {}, ups: [], n: {} };
const ideas = { asks: "ideas", moderated: false } as Asked;
const answer = (kind: string, body: Record<string, unknown>, key = "1".repeat(32)) => ({
  key,
  kind,
  slot: "b",
  body,
});

describe("the clock", () => {
  it("goes by the server, whatever an old frame says", () => {
    const clock = new Clock();
    clock.hear(10_000, 4_000);
    clock.hear(9_000, 9_000); // a frame that waited for six seconds
    expect(clock.now(5_000)).toBe(11_000);
  });

  it("tells what is left, also while it stands still", () => {
    expect(left({ ends: 9_000, left: null }, 4_000)).toBe(5_000);
    expect(left({ ends: 9_000, left: null }, 10_000)).toBe(0);
    expect(left({ ends: null, left: 3_000 }, 4_000)).toBe(3_000);
    expect(left({ ends: null, left: null }, 4_000)).toBeNull();
    expect([digits(425_000), digits(59_001), digits(3_750_000)]).toEqual(["7:05", "1:00", "1:02:30"]);
  });

  it("is announced at half, one minute, thirty seconds and the end, each once", () => {
    const told = [];
    for (let rest = 600_000; rest > -250; rest -= 250) {
      const mark = milestone(600_000, rest, Math.max(rest - 250, 0));
      if (mark && rest > 0) told.push(mark);
    }
    expect(told).toEqual(["half", "minute", "thirty", "up"]);
  });

  it("says nothing of a half or a minute that a short timer does not have", () => {
    expect(milestone(60_000, 31_000, 29_000)).toBe("thirty");
    expect(milestone(40_000, 31_000, 29_000)).toBeUndefined();
    expect(milestone(60_000, 500, 0)).toBe("up");
  });

  it("after a long sleep tells the last of what was missed", () => {
    expect(milestone(600_000, 400_000, 20_000)).toBe("thirty");
  });
});

describe("answers", () => {
  it("are ranked by the numbers that were written", () => {
    expect(order({ a: "2", b: "1", c: "" })).toEqual(["b", "a"]);
    expect(() => order({ a: "1", b: "1" })).toThrow(new NotYet("ranked_twice"));
    expect(() => order({ a: "", b: "x" })).toThrow(new NotYet("nothing_chosen"));
  });

  it("spend a hundred points, no more and no less", () => {
    expect(hundred({ a: "60", b: " 40 ", c: "" })).toEqual({ a: 60, b: 40 });
    expect(() => hundred({ a: "60", b: "30" })).toThrow(new NotYet("not_all_points"));
    expect(() => hundred({ a: "60.5", b: "39.5" })).toThrow(new NotYet("not_points"));
    expect(remaining([20, 30])).toBe(50);
  });
});

describe("what one gave", () => {
  it("holds an idea while it is on its way, and by its number afterwards", () => {
    const waiting = taken(own, answer("answer", { value: "Alberi" }), ideas);
    expect(waiting.ideas.b?.map(({ ref }) => ref < 0)).toEqual([true]);
    expect(taken(waiting, answer("answer", { value: "Alberi" }), ideas, 7).ideas.b).toEqual([
      { ref: 7, text: "Alberi", state: "shown" },
    ]);
    expect(own.ideas).toEqual({});
  });

  it("waits for whoever leads where ideas are read first", () => {
    const held = taken(own, answer("answer", { value: "x" }), { ...ideas, moderated: true }, 7);
    expect(held.ideas.b?.[0]?.state).toBe("held");
  });

  it("keeps the last choice, what was taken back, and what was raised", () => {
    const chosen = taken(own, answer("answer", { value: "a", n: 5 }), { asks: "single" } as Asked);
    expect([chosen.answers.b, chosen.n.b]).toEqual(["a", 5]);
    const raised = taken(own, answer("up", { ref: 3, on: true }));
    expect(raised.ups).toEqual([3]);
    expect(taken(raised, answer("up", { ref: 3, on: false })).ups).toEqual([]);
    const given = taken(own, answer("answer", { value: "x" }), ideas, 9);
    expect(taken(given, answer("take", { ref: 9 })).ideas.b).toEqual([]);
  });

  it("is of the vote it was given in", () => {
    const second = { asks: "single", turn: 2 } as Asked;
    expect(taken(own, answer("answer", { value: "a", n: 5, turn: 1 }), second)).toEqual(own);
    expect(taken(own, answer("answer", { value: "a", n: 5, turn: 2 }), second).answers.b).toBe("a");
  });
});

describe("a second vote", () => {
  it("asks anew only what is at another turn", () => {
    const at = (turn: number, standing = 1) =>
      ({
        block: { key: "b", asks: "single", turn },
        standing: [{ key: "s", asks: "ideas", turn: standing }],
      }) as unknown as Frame;
    expect(askedAgain(at(1), at(2))).toEqual(["b"]);
    expect(askedAgain(at(2), at(2, 2))).toEqual(["s"]);
    expect(askedAgain(at(2), at(2))).toEqual([]);
    expect(askedAgain({ block: null } as Frame, at(2))).toEqual([]);
  });
});

describe("words and figures", () => {
  it("stand together", () => {
    expect(say({ where: "{n} di {of}" }, "where", { n: 3, of: 7 })).toBe("3 di 7");
    expect(count({ one: "1 voto", many: "{n} voti" }, "one", "many", 2)).toBe("2 voti");
    expect([percent(0.665), sizeOf(10, 10), sizeOf(0, 10), sizeOf(3, 0)]).toEqual([67, 6, 1, 1]);
    const line = { key: "a", text: "A", count: 41, share: 0.6119 };
    const words = { of_people: "{n} di {of}", points: "{n} punti" };
    expect(measure({ asks: "single" } as Asked, line, 67, words)).toBe("41 di 67 (61 %)");
    expect(measure({ asks: "points" } as Asked, line, 67, words)).toBe("41 punti");
  });
});

describe("the keyboard of the screen", () => {
  it("goes to the block beside, and nowhere at the ends", () => {
    const blocks = ["a", "b", "c"];
    expect(neighbour(blocks, "", 1)).toBe("a");
    expect(neighbour(blocks, "b", 1)).toBe("c");
    expect(neighbour(blocks, "b", -1)).toBe("a");
    expect(neighbour(blocks, "c", 1)).toBeUndefined();
    expect(neighbour(blocks, "", -1)).toBeUndefined();
  });
});

describe("looking at a page", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("looks once at a time, and once more for what came meanwhile", async () => {
    const ends: (() => void)[] = [];
    const looking = new Looking(700, () => new Promise((resolve) => ends.push(resolve)));
    for (let times = 0; times < 5; times++) {
      looking.soon();
      await vi.advanceTimersByTimeAsync(1_000); // the line takes longer than the pause
    }
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await vi.advanceTimersByTimeAsync(700);
    expect(ends).toHaveLength(2);
    ends[1]?.();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(ends).toHaveLength(2);
  });

  it("keeps its pace, and goes on after a look that failed", async () => {
    let looks = 0;
    const looking = new Looking(700, () => {
      looks++;
      return Promise.reject(new Error("no line"));
    });
    for (let times = 0; times < 6; times++) {
      looking.soon();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(looks).toBe(1);
    await vi.advanceTimersByTimeAsync(700);
    expect(looks).toBe(2);
    looking.soon();
    looking.end();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(looks).toBe(2);
  });
});
