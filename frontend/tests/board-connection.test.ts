import { createDecoder, readVarUint, readVarUint8Array } from "lib0/decoding";
import { createEncoder, toUint8Array, writeVarUint } from "lib0/encoding";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { writeSyncStep1, writeSyncStep2, writeUpdate } from "y-protocols/sync";
import * as Y from "yjs";
import type { Why } from "../board/connection.ts";
import { Session } from "../board/session.ts";
import { fromBase64 } from "../board/vectors.ts";

const RIGHT = {
  t: "right",
  author: "me",
  add: true,
  shape: false,
  lead: false,
  dots: 0,
  areas: null,
  epoch: 1,
};

/** The server's end of a socket, with a document of its own; it answers when it is told to. */
class Wire {
  static open: Wire[] = [];
  static readonly OPEN = 1;
  static refuse = false;
  static readonly doc = { now: new Y.Doc() };
  readyState = 0;
  binaryType = "";
  received = 0;
  onopen?: () => void;
  onclose?: (event: { code: number }) => void;
  onmessage?: (event: { data: unknown }) => void;
  editing: unknown[] = [];
  verdict: Why | "kept" | "nothing" = "kept";

  constructor(readonly address: string) {
    Wire.open.push(this);
    setTimeout(() => {
      if (Wire.refuse) return this.end(1006);
      this.readyState = 1;
      this.onopen?.();
      this.say(RIGHT);
      this.frame((encoder) => writeSyncStep1(encoder, Wire.doc.now));
    }, 5);
  }

  send(data: string | Uint8Array): void {
    if (typeof data === "string") return void this.editing.push(JSON.parse(data));
    const decoder = createDecoder(data);
    readVarUint(decoder);
    const kind = readVarUint(decoder);
    const load = readVarUint8Array(decoder);
    if (kind === 0) this.frame((encoder) => writeSyncStep2(encoder, Wire.doc.now, load));
    else this.judge(load, ++this.received);
  }

  judge(load: Uint8Array, n: number): void {
    if (this.verdict === "nothing") return;
    if (this.verdict === "kept") Y.applyUpdate(Wire.doc.now, load);
    this.say(this.verdict === "kept" ? { t: "kept", n } : { t: "refused", n, why: this.verdict });
  }

  close(): void {
    this.readyState = 3;
  }

  end(code: number): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  say(word: unknown): void {
    this.onmessage?.({ data: JSON.stringify(word) });
  }

  frame(write: (encoder: ReturnType<typeof createEncoder>) => void): void {
    const encoder = createEncoder();
    writeVarUint(encoder, 0);
    write(encoder);
    this.onmessage?.({ data: toUint8Array(encoder).slice().buffer });
  }

  /** Somebody else writes. */
  static other(act: (doc: Y.Doc) => void): void {
    const before = Y.encodeStateVector(Wire.doc.now);
    act(Wire.doc.now);
    const update = Y.encodeStateAsUpdate(Wire.doc.now, before);
    for (const one of Wire.open)
      if (one.readyState === 1) one.frame((encoder) => writeUpdate(encoder, update));
  }
}

const events = new EventTarget();
let requests: { url: string; init: RequestInit }[] = [];
let answer: (url: string, init: RequestInit) => Response | Promise<Response>;

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(Wire, { open: [], refuse: false });
  Wire.doc.now = new Y.Doc();
  requests = [];
  answer = () => new Response(JSON.stringify({ ticket: "new" }));
  vi.stubGlobal("WebSocket", Wire);
  vi.stubGlobal("location", { origin: "https://cantiere.example" });
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "hidden" }));
  vi.stubGlobal("addEventListener", events.addEventListener.bind(events));
  vi.stubGlobal("fetch", async (url: string, init: RequestInit = {}) => {
    requests.push({ url, init });
    return answer(url, init);
  });
});
const people: Session[] = [];
afterEach(() => {
  for (const session of people.splice(0)) session.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function person() {
  const told = {
    standing: [] as string[],
    stage: [] as string[],
    refused: [] as [Why, string[]][],
    joined: 0,
  };
  const session = new Session(
    { room: "5", key: "t1", ticket: "T", renew: "/renew/" },
    {
      standing: (standing) => told.standing.push(standing),
      stage: (stage) => told.stage.push(stage),
      right: () => {},
      presence: () => {},
      joined: () => told.joined++,
      refused: (why, texts) => told.refused.push([why, texts]),
    },
    (run) => run(),
  );
  people.push(session);
  await session.open();
  await vi.advanceTimersByTimeAsync(10);
  const add = (text: string) => session.pen.addNote({ text, colour: "yellow", area: "a", x: 0, y: 0 });
  return { session, told, add, wire: () => Wire.open.at(-1) as Wire };
}

const onServer = () =>
  Object.values(Wire.doc.now.getMap("notes").toJSON() as Record<string, { text: string }>).map(
    ({ text }) => text,
  );

test("it greets, gives what the server lacks, and tells when it is kept", async () => {
  const { told, add, wire } = await person();
  expect(wire().address).toBe("wss://cantiere.example/live/5/board/t1?t=T");
  expect([told.joined, told.standing.at(-1), told.stage.at(-1)]).toEqual([1, "live", "kept"]);
  add("ciao");
  expect(told.stage.at(-1)).toBe("saved");
  await vi.advanceTimersByTimeAsync(100);
  expect(told.stage.slice(-2)).toEqual(["sent", "kept"]);
  expect(onServer()).toEqual(["ciao"]);
});

test("a note goes as one update, many in a moment as few", async () => {
  const { add, wire } = await person();
  for (let n = 0; n < 30; n++) add(`nota ${n}`);
  await vi.advanceTimersByTimeAsync(200);
  expect(onServer()).toHaveLength(30);
  expect(wire().received).toBeLessThanOrEqual(3); // one of them the second step of the greeting
});

test("what is written without network leaves when it is back", async () => {
  const { told, add, wire } = await person();
  wire().end(1006);
  expect(told.standing.at(-1)).toBe("away");
  add("scritta in galleria");
  expect(told.stage.at(-1)).toBe("saved");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(onServer()).toEqual(["scritta in galleria"]);
  expect([told.standing.at(-1), told.stage.at(-1)]).toEqual(["live", "kept"]);
});

test("an answer that does not come means that the line is dead", async () => {
  const { told, add, wire } = await person();
  wire().verdict = "nothing";
  add("nel vuoto");
  await vi.advanceTimersByTimeAsync(20_000);
  expect(told.standing).toContain("away");
  expect(onServer()).toEqual(["nel vuoto"]);
});

test.each(["forbidden", "limits", "closed"] as const)(
  "%s: the text comes back and the board is as the server has it",
  async (why) => {
    const { session, told, add, wire } = await person();
    Wire.other((doc) =>
      doc.getMap("notes").set("aaaaaaaaaaaa", new Y.Map(Object.entries({ text: "sua", by: "x", area: "a" }))),
    );
    wire().verdict = why;
    add("la mia idea");
    await vi.advanceTimersByTimeAsync(200);
    expect(told.refused).toEqual([[why, ["la mia idea"]]]);
    expect([...session.board.notes()].map(({ text }) => text)).toEqual(["sua"]);
    add("di nuovo");
    await vi.advanceTimersByTimeAsync(200);
    expect(onServer().sort()).toEqual(["di nuovo", "sua"]);
  },
);

test("a board made anew on the server is read anew, with nothing to give back where all was kept", async () => {
  const { session, told, add, wire } = await person();
  add("vecchia");
  await vi.advanceTimersByTimeAsync(200);
  Wire.doc.now = new Y.Doc();
  Wire.doc.now
    .getMap("notes")
    .set("bbbbbbbbbbbb", new Y.Map(Object.entries({ text: "nuova", by: "x", area: "a" })));
  wire().end(4409);
  await vi.advanceTimersByTimeAsync(200);
  expect([...session.board.notes()].map(({ text }) => text)).toEqual(["nuova"]);
  expect(told.refused).toEqual([]);
  add("a metà");
  Wire.doc.now = new Y.Doc();
  wire().end(4409);
  await vi.advanceTimersByTimeAsync(200);
  expect(told.refused).toEqual([["anew", ["a metà"]]]);
});

test("where sockets are blocked, questions and answers do the same", async () => {
  Wire.refuse = true;
  answer = (url, init) => {
    if (!url.includes("/board/")) return new Response(JSON.stringify({ ticket: "new" }));
    if (init.method === "POST") {
      Y.applyUpdate(Wire.doc.now, init.body as unknown as Uint8Array);
      return new Response('{"kept":true}');
    }
    const sv = fromBase64(new URL(url, "https://x.example").searchParams.get("sv") ?? "");
    const update = Buffer.from(Y.encodeStateAsUpdate(Wire.doc.now, sv)).toString("base64");
    if (url.includes("wait=25") && Y.encodeStateAsUpdate(Wire.doc.now, sv)[0] === 0)
      return new Promise((resolve) => setTimeout(() => resolve(new Response(null, { status: 204 })), 25_000));
    return new Response(JSON.stringify({ update, right: RIGHT, presence: { people: 2, editing: {} } }));
  };
  Wire.doc.now
    .getMap("notes")
    .set("cccccccccccc", new Y.Map(Object.entries({ text: "prima", by: "x", area: "a" })));
  const { session, told, add } = await person();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told.standing).toContain("asking");
  expect([...session.board.notes()].map(({ text }) => text)).toEqual(["prima"]);
  add("per posta");
  await vi.advanceTimersByTimeAsync(40_000);
  expect(onServer().sort()).toEqual(["per posta", "prima"]);
  expect(told.stage.at(-1)).toBe("kept");
});

test("a ticket that no longer counts is renewed once; then the board is gone", async () => {
  const { told, wire } = await person();
  wire().say({ t: "gone" });
  await vi.advanceTimersByTimeAsync(100);
  expect(requests.map(({ url }) => url)).toEqual(["/live/5/ticket"]);
  expect(Wire.open.at(-1)?.address).toContain("t=new");
  expect(told.standing.at(-1)).toBe("live");
  Wire.open.at(-1)?.say({ t: "gone" });
  const again = Wire.open.length;
  await vi.advanceTimersByTimeAsync(2);
  Wire.open.at(-1)?.say({ t: "gone" });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(told.standing.at(-1)).toBe("gone");
  expect(Wire.open.length - again).toBeLessThanOrEqual(1);
});

test("who is writing where is told to the others, and again after an absence", async () => {
  const { session, wire } = await person();
  session.edit("aaaaaaaaaaaa");
  expect(wire().editing).toEqual([{ t: "editing", note: "aaaaaaaaaaaa" }]);
  wire().end(1006);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(wire().editing).toEqual([{ t: "editing", note: "aaaaaaaaaaaa" }]);
});
