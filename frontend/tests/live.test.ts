import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { comeBack, Line, type Standing } from "../live/line.ts";
import { type Answer, MOST, memory, newKey, Outbox, pause, type Told } from "../live/outbox.ts";
import { LiveRoom } from "../live.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const recorded = () => new Response('{"seq":7,"at":9}');
const refused = (status: number, error: string, wait = "") =>
  new Response(JSON.stringify({ error }), { status, headers: wait ? { "Retry-After": wait } : {} });

function outbox(post: (answer: Answer) => Promise<Response>, shelf = memory()) {
  const stages: string[] = [];
  const told = (answer: Answer, told: Told) =>
    stages.push(`${answer.slot} ${told.stage} ${told.error ?? ""}`.trim());
  return { stages, box: new Outbox(shelf, post, told), shelf };
}

test("an answer is saved, sent, recorded, and only then gone from the phone", async () => {
  let answer: (response: Response) => void = () => {};
  const { stages, box, shelf } = outbox(() => new Promise((resolve) => (answer = resolve)));
  const key = await box.add("vote", "q", { choice: 1 });
  expect(key).toMatch(/^[0-9a-f]{32}$/);
  expect(stages).toEqual(["q saved", "q sent"]);
  expect(await shelf.all()).toHaveLength(1);
  answer(recorded());
  await vi.advanceTimersByTimeAsync(0);
  expect(stages.at(-1)).toBe("q recorded");
  expect(await shelf.all()).toEqual([]);
});

test("without a network it is tried again with the same key, in order", async () => {
  const keys: string[] = [];
  let down = true;
  const { stages, box } = outbox(async (answer) => {
    keys.push(answer.key);
    if (down) throw new TypeError("offline");
    return recorded();
  });
  const first = await box.add("vote", "a", {});
  const second = await box.add("vote", "b", {});
  await vi.advanceTimersByTimeAsync(5_000);
  expect(new Set(keys)).toEqual(new Set([first]));
  down = false;
  await vi.advanceTimersByTimeAsync(31_000);
  expect(stages.filter((stage) => stage.includes("recorded"))).toEqual(["a recorded", "b recorded"]);
  expect(keys.at(-1)).toBe(second);
});

test("what was not recorded is there again when the page is opened again", async () => {
  const shelf = memory();
  const before = outbox(() => Promise.reject(new TypeError("offline")), shelf);
  await before.box.add("vote", "q", { choice: 2 });
  const after = outbox(async () => recorded(), shelf);
  await vi.advanceTimersByTimeAsync(0);
  expect(after.stages).toEqual(["q saved", "q sent", "q recorded"]);
});

test.each([
  [410, "closed"],
  [409, "conflict"],
  [422, "wrong"],
  [403, "forbidden"],
])("%i %s is final and said", async (status, error) => {
  const { stages, box } = outbox(async () => refused(status, error));
  await box.add("vote", "q", {});
  await vi.advanceTimersByTimeAsync(0);
  expect(stages.at(-1)).toBe(`q refused ${error}`);
  expect(box.length).toBe(0);
});

test.each([
  [503, "busy"],
  [429, "too_many"],
  [403, "ticket"],
  [500, "broken"],
])("%i %s is tried again, not before the server asked", async (status, error) => {
  let tries = 0;
  const { box } = outbox(async () => (tries++ ? recorded() : refused(status, error, "20")));
  await box.add("vote", "q", {});
  await vi.advanceTimersByTimeAsync(19_000);
  expect(tries).toBe(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect([tries, box.length]).toEqual([2, 0]);
});

test("answers are sent though the phone loses its store while it sleeps", async () => {
  let lost = false;
  const kept = memory();
  const reach = async <T>(act: () => Promise<T>) => {
    if (lost) throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
    return act();
  };
  const shelf = {
    all: () => reach(() => kept.all()),
    put: (answer: Answer) => reach(() => kept.put(answer)),
    drop: (key: string) => reach(() => kept.drop(key)),
  };
  const { stages, box } = outbox(async () => {
    lost = true;
    return recorded();
  }, shelf);
  await box.add("vote", "a", {});
  await vi.advanceTimersByTimeAsync(0);
  await box.add("vote", "b", {});
  await vi.advanceTimersByTimeAsync(0);
  expect(stages).toEqual(["a saved", "a sent", "a recorded", "b saved", "b sent", "b recorded"]);
  expect(box.length).toBe(0);
  const opened = outbox(async () => recorded(), shelf);
  await opened.box.add("vote", "c", {});
  await vi.advanceTimersByTimeAsync(0);
  expect(opened.stages.at(-1)).toBe("c recorded");
});

test("the outbox is bounded", async () => {
  const { box } = outbox(() => Promise.reject(new TypeError("offline")));
  for (let number = 0; number < MOST; number++) await box.add("vote", "q", {});
  await expect(box.add("vote", "q", {})).rejects.toThrow("full");
});

test("pauses grow, end at half a minute, and are never the same for all", () => {
  expect([pause(0, 1), pause(2, 1), pause(20, 1)]).toEqual([1_000, 4_000, 30_000]);
  expect(pause(2, 0)).toBe(2_000);
  expect([comeBack(1, 1), comeBack(2, 1), comeBack(9, 1), comeBack(9, 0)]).toEqual([3_000, 6_000, 30_000, 0]);
  expect(newKey()).not.toBe(newKey());
});

/** A browser's EventSource, played by hand. */
class Source extends EventTarget {
  static made: Source[] = [];
  onopen = () => {};
  onerror = () => {};
  onmessage = (_event: { data: string; lastEventId: string }) => {};
  closed = false;
  constructor(readonly url = "") {
    super();
    Source.made.push(this);
  }
  close() {
    this.closed = true;
  }
  say(id: string) {
    this.onmessage({ data: JSON.stringify({ id }), lastEventId: id });
  }
}

function line(ask = async (_last: string): Promise<{ id: string; state: unknown } | null> => null) {
  Source.made = [];
  const seen: string[] = [];
  const standings: Standing[] = [];
  const lasts: string[] = [];
  const made = new Line(
    {
      stream: async (last) => {
        lasts.push(last);
        return new Source() as unknown as EventSource;
      },
      ask,
    },
    (_state, id) => seen.push(id),
    (standing) => standings.push(standing),
  );
  return { made, seen, standings, lasts };
}

test("a broken stream comes back by itself and says what it has", async () => {
  const { made, seen, standings, lasts } = line();
  made.open();
  await vi.advanceTimersByTimeAsync(0);
  Source.made[0]?.say("1.1.4");
  Source.made[0]?.onerror();
  expect(Source.made[0]?.closed).toBe(true);
  await vi.advanceTimersByTimeAsync(3_000);
  Source.made[1]?.say("1.1.5");
  expect([seen, lasts]).toEqual([
    ["1.1.4", "1.1.5"],
    ["", "1.1.4"],
  ]);
  expect(standings).toEqual(["live", "away", "live"]);
});

test("a stream that says nothing for 35 s is dead, one that beats is not", async () => {
  const { made } = line();
  made.open();
  await vi.advanceTimersByTimeAsync(30_000);
  Source.made[0]?.dispatchEvent(new Event("beat"));
  await vi.advanceTimersByTimeAsync(34_000);
  expect(Source.made).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(5_000);
  expect([Source.made.length, Source.made[0]?.closed]).toEqual([2, true]);
});

test("a hidden page hears nothing; one looked at again hears at once", async () => {
  const { made } = line();
  made.open();
  await vi.advanceTimersByTimeAsync(0);
  made.close();
  await vi.advanceTimersByTimeAsync(600_000);
  expect([Source.made.length, Source.made[0]?.closed]).toEqual([1, true]);
  made.open();
  await vi.advanceTimersByTimeAsync(0);
  expect(Source.made).toHaveLength(2);
});

test("after two failures it asks instead, and tries a stream again after five minutes", async () => {
  const answers = [{ id: "1.1.1", state: {} }, null, { id: "1.1.2", state: {} }];
  const asked: string[] = [];
  const { made, seen, standings } = line(async (last) => {
    asked.push(last);
    await new Promise((resolve) => setTimeout(resolve, 25_000));
    return answers.shift() ?? null;
  });
  made.open();
  for (const failure of [0, 1]) {
    await vi.advanceTimersByTimeAsync(6_000);
    Source.made[failure]?.onerror();
  }
  await vi.advanceTimersByTimeAsync(90_000);
  expect(seen).toEqual(["1.1.1", "1.1.2"]);
  expect(asked.slice(0, 3)).toEqual(["", "1.1.1", "1.1.1"]);
  expect([standings.at(-1), Source.made.length]).toEqual(["asking", 2]);
  await vi.advanceTimersByTimeAsync(300_000);
  expect(Source.made).toHaveLength(3);
  made.close();
});

test("a ticket is renewed in time, and by the page when the phone slept too long", async () => {
  const calls: string[] = [];
  let slept = false;
  vi.stubGlobal("EventSource", Source);
  vi.stubGlobal("fetch", async (address: string, init: RequestInit = {}) => {
    calls.push(`${address} ${(init.headers as Record<string, string>).Authorization ?? "page"}`);
    if (address === "/page") return new Response('{"ticket":"t3"}');
    if (!address.endsWith("/ticket")) return recorded();
    return slept ? refused(403, "ticket") : new Response('{"ticket":"t2"}');
  });
  const room = new LiveRoom({ room: "5", ticket: "t1", renew: "/page", show: () => {}, shelf: memory() });
  await room.send("vote", "q", {});
  await vi.advanceTimersByTimeAsync(241_000);
  await room.send("vote", "q", {});
  await vi.advanceTimersByTimeAsync(600_000);
  slept = true;
  await room.send("vote", "q", {});
  await vi.advanceTimersByTimeAsync(0);
  expect(calls).toEqual([
    "/live/5/act Live t1",
    "/live/5/ticket Live t1",
    "/live/5/act Live t2",
    "/live/5/ticket Live t2",
    "/page page",
    "/live/5/act Live t3",
  ]);
});

test("a ticket the server does not want is renewed before the next attempt", async () => {
  const calls: string[] = [];
  vi.stubGlobal("fetch", async (address: string, init: RequestInit = {}) => {
    calls.push(`${address} ${(init.headers as Record<string, string>).Authorization ?? "page"}`);
    if (address === "/page") return new Response('{"ticket":"t2"}');
    return calls.at(-1)?.endsWith("act Live t2") ? recorded() : refused(403, "ticket");
  });
  const told: string[] = [];
  const options = { room: "5", ticket: "t1", renew: "/page", show: () => {}, shelf: memory() };
  const room = new LiveRoom({ ...options, told: (_answer, { stage }) => told.push(stage) });
  await room.send("vote", "q", {});
  await vi.advanceTimersByTimeAsync(5_000);
  expect(calls.slice(1)).toEqual(["/live/5/ticket Live t1", "/page page", "/live/5/act Live t2"]);
  expect(told).toEqual(["saved", "sent", "saved", "sent", "recorded"]);
});

/** A server that gives what `told` says, in turn, to who asks for a ticket. */
function moving(...told: (object | number)[]) {
  Source.made = [];
  let asked = 0;
  const own: unknown[] = [];
  vi.stubGlobal("EventSource", Source);
  vi.stubGlobal("fetch", async (address: string) => {
    if (!address.endsWith("/ticket")) return refused(404, "nowhere");
    const next = told[Math.min(asked++, told.length - 1)];
    await new Promise((resolve) => setTimeout(resolve, 50));
    return typeof next === "number" ? refused(next, "busy") : new Response(JSON.stringify(next));
  });
  const room = new LiveRoom({
    room: "5",
    ticket: "t1",
    audience: "phone",
    renew: "/page",
    show: () => {},
    own: (what, audience) => own.push([what, audience]),
    shelf: memory(),
  });
  room.line.open();
  return { room, own, asked: () => asked };
}

test("a place that changed is heard at once, from its whole state", async () => {
  const { room, own } = moving({ ticket: "t2", audience: "group:3", own: { group: "3" } });
  await vi.advanceTimersByTimeAsync(0);
  Source.made[0]?.say("5.1.7");
  void room.refresh();
  await vi.advanceTimersByTimeAsync(100);
  expect(own).toEqual([[{ group: "3" }, "group:3"]]);
  expect(Source.made.map((source) => [source.url, source.closed])).toEqual([
    ["/live/5/news?t=t1&after=", true],
    ["/live/5/news?t=t2&after=", false],
  ]);
  room.line.close();
});

test("asked while an answer is under way, it asks once more; the same place keeps its stream", async () => {
  const { room, own, asked } = moving(
    { ticket: "t2", audience: "phone", own: 1 },
    { ticket: "t3", audience: "phone", own: 2 },
  );
  for (let time = 0; time < 5; time++) void room.refresh();
  await vi.advanceTimersByTimeAsync(1_000);
  expect([asked(), own, Source.made.length]).toEqual([
    2,
    [
      [1, "phone"],
      [2, "phone"],
    ],
    1,
  ]);
  room.line.close();
});

test("a busy server is asked again, and no page is troubled", async () => {
  const { room, own, asked } = moving(503, 429, { ticket: "t2", audience: "phone", own: 1 });
  void room.refresh();
  await vi.advanceTimersByTimeAsync(10_000);
  expect([asked(), own]).toEqual([3, [[1, "phone"]]]);
  room.line.close();
});
