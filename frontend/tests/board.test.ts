import { expect, test } from "vitest";
import * as Y from "yjs";
import { Board, type Changes } from "../board/content.ts";
import { freeSpot, ninth, tidied } from "../board/layout.ts";
import { News, newsIn, summary } from "../board/news.ts";
import { type NewNote, newId, Pen, paperLabel } from "../board/pen.ts";
import { may, NO_RIGHT, type Right } from "../board/rights.ts";
import { proposals, stem } from "../board/stems.ts";
import { covers, fromBase64, toBase64Url } from "../board/vectors.ts";
import { Words } from "../board/words.ts";

const adds = (author: string, more: Partial<Right> = {}): Right => ({
  ...NO_RIGHT,
  author,
  add: true,
  ...more,
});
const note = (text: string, more: Partial<NewNote> = {}): NewNote => ({
  text,
  colour: "yellow",
  area: "a",
  x: 10,
  y: 20,
  ...more,
});

/** Somebody with a board of their own; what they write goes to those they are joined with. */
function person(right: Right) {
  const told: Changes[] = [];
  const board = new Board((run) => run());
  board.on((changes) => told.push(changes));
  const updates: Uint8Array[] = [];
  board.doc.on("update", (update: Uint8Array, origin: unknown) => origin !== "net" && updates.push(update));
  const held = { right };
  const pen = new Pen(board, () => held.right);
  return Object.assign(held, { board, pen, told, updates });
}

type Person = ReturnType<typeof person>;

/** Each hears, as one update, what the other wrote. */
function meet(one: Person, other: Person): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    const sent = from.updates.splice(0);
    if (sent.length > 0) Y.applyUpdate(to.board.doc, Y.mergeUpdates(sent), "net");
  }
}

const texts = ({ board }: Person) =>
  [...board.notes()]
    .filter(({ gone }) => !gone)
    .map(({ text }) => text)
    .sort();

test("two people write at once and see the same", () => {
  const [one, two] = [person(adds("one")), person(adds("two"))];
  const mine = one.pen.addNote(note("la piazza")) ?? "";
  two.pen.addNote(note("la scuola", { colour: "blue" }));
  meet(one, two);
  expect(texts(one)).toEqual(["la piazza", "la scuola"]);
  one.pen.setText(mine, "la piazza nuova");
  one.pen.moveNote(mine, "b", 500, 2000);
  meet(one, two);
  expect(two.board.note(mine)).toMatchObject({ text: "la piazza nuova", area: "b", x: 500, y: 1000 });
  expect(two.board.doc.toJSON()).toEqual(one.board.doc.toJSON());
});

test("undo takes back one's own step alone, and no key ever leaves the document", () => {
  const [one, two] = [person(adds("one", { dots: 3 })), person(adds("two", { lead: true }))];
  const id = one.pen.addNote(note("mia")) ?? "";
  one.pen.setText(id, "mia, meglio");
  one.pen.vote(id, 1);
  const comment = one.pen.comment(id, "giusto") ?? "";
  const other = one.pen.addNote(note("altra")) ?? "";
  const link = one.pen.link(id, other, "dipende da") ?? "";
  meet(one, two);
  two.pen.addNote(note("sua"));
  meet(one, two);
  while (one.pen.canUndo) one.pen.undo();
  meet(one, two);
  expect(texts(two)).toEqual(["sua"]);
  expect(two.board.note(id)).toMatchObject({ gone: true, text: "mia" });
  expect(two.board.comment(comment)?.gone).toBe(true);
  expect(two.board.link(link)?.gone).toBe(true);
  expect(two.board.root("votes").get("one")).toEqual({});
  for (const root of ["notes", "comments", "links", "votes"] as const)
    expect(two.board.root(root).size).toBe(root === "notes" ? 3 : 1);
  while (one.pen.canRedo) one.pen.redo();
  meet(one, two);
  expect(texts(two)).toEqual(["altra", "mia, meglio", "sua"]);
  expect(two.board.dots(id)).toBe(1);
});

test("undo does not bring back a text over one that somebody wrote later", () => {
  const [one, two] = [person(adds("one")), person(adds("two", { lead: true }))];
  const id = one.pen.addNote(note("prima")) ?? "";
  one.pen.setText(id, "seconda");
  meet(one, two);
  two.pen.setText(id, "corretta da chi conduce");
  meet(one, two);
  one.pen.undo();
  expect(one.board.note(id)?.text).toBe("corretta da chi conduce");
});

test("nobody is let do what the server refuses", () => {
  const [one, two] = [person(adds("one", { areas: ["a"] })), person(adds("two"))];
  const mine = one.pen.addNote(note("mia")) ?? "";
  const hers = two.pen.addNote(note("sua", { area: "b" })) ?? "";
  meet(one, two);
  expect(one.pen.addNote(note("altrove", { area: "b" }))).toBeUndefined();
  expect(one.pen.moveNote(mine, "b", 0, 0)).toBe(false);
  expect(one.pen.setText(hers, "x")).toBe(false);
  expect(one.pen.removeNote(hers)).toBe(false);
  expect(one.pen.addCluster("gruppo", "a", [mine], 0, 0)).toBeUndefined();
  expect(one.pen.vote(hers, 1)).toBe(false);
  one.right = { ...one.right, add: false };
  expect(one.pen.setText(mine, "x")).toBe(false);
  expect(one.pen.canUndo).toBe(false);
  expect(one.updates).toEqual([]);
  one.right = adds("one", { shape: true });
  expect(one.pen.moveNote(hers, "a", 0, 0)).toBe(true);
  expect(one.pen.setColour(hers, "pink")).toBe(false);
});

test("an empty text, and one that is too long", () => {
  const one = person(adds("one"));
  expect(one.pen.addNote(note("   "))).toBeUndefined();
  const id = one.pen.addNote(note("x".repeat(600))) ?? "";
  expect(one.board.note(id)?.text).toHaveLength(500);
  expect(one.pen.setText(id, " ")).toBe(false);
});

test("groups take their notes to another area, and leave them when they end", () => {
  const one = person(adds("one", { shape: true }));
  const ids = ["uno", "due", "tre"].map((text) => one.pen.addNote(note(text)) ?? "");
  const cluster = one.pen.addCluster("Numeri", "a", ids, 100, 100) ?? "";
  expect(ids.map((id) => one.board.clusterOf(one.board.note(id) as never)?.title)).toEqual([
    "Numeri",
    "Numeri",
    "Numeri",
  ]);
  one.pen.moveCluster(cluster, "b", 0, 0);
  expect(ids.map((id) => one.board.note(id)?.area)).toEqual(["b", "b", "b"]);
  one.pen.undo();
  expect(one.board.note(ids[0] ?? "")?.area).toBe("a");
  one.pen.dissolve(cluster);
  expect(one.board.clusters()).toEqual([]);
  expect(one.board.note(ids[0] ?? "")).toMatchObject({ cluster: "", gone: false });
  one.pen.undo();
  expect(one.pen.beside(one.board.note(ids[1] ?? "") as never)).toHaveLength(3);
});

test("notes go up and down among those beside them, and before any of them", () => {
  const one = person(adds("one"));
  const [a = "", b = "", c = ""] = ["a", "b", "c"].map((text) => one.pen.addNote(note(text)) ?? "");
  const order = () =>
    one.pen
      .beside(one.board.note(a) as never)
      .map(({ text }) => text)
      .join("");
  expect(one.pen.step(c, -1)).toBe(true);
  expect(order()).toBe("acb");
  expect(one.pen.step(a, -1)).toBe(false);
  one.pen.step(a, 1);
  one.pen.step(a, 1);
  expect(order()).toBe("cba");
  one.pen.before(a, b);
  expect(order()).toBe("cab");
  expect(one.pen.before(b, c)).toBe(true);
  expect(order()).toBe("bca");
});

test("dots are given until there are none left", () => {
  const one = person(adds("one", { dots: 2 }));
  const [a = "", b = ""] = ["a", "b"].map((text) => one.pen.addNote(note(text)) ?? "");
  expect([one.pen.vote(a, 1), one.pen.vote(b, 1), one.pen.vote(b, 1)]).toEqual([true, true, false]);
  expect([one.pen.left, one.board.dots(a)]).toEqual([0, 1]);
  expect([one.pen.vote(a, -1), one.pen.vote(a, -1)]).toEqual([true, false]);
  expect(one.board.ballot("one")).toEqual({ [b]: 1 });
});

test("who leads writes for a paper table; others cannot say so", () => {
  const [lead, one] = [person(adds("lead", { lead: true })), person(adds("one"))];
  const id = lead.pen.addNote(note("dal tavolo", { paper: "Tavolo 3, è già qui" })) ?? "";
  expect(lead.board.note(id)).toMatchObject({ room: true, by: "paper:tavolo-3-e-gia-qui" });
  const own = one.pen.addNote(note("finta", { paper: "Tavolo 3" })) ?? "";
  expect(one.board.note(own)).toMatchObject({ room: false, by: "one" });
  expect(paperLabel("…")).toBe("paper:room");
});

test("only what changed is told, once a round", () => {
  const rounds: (() => void)[] = [];
  const board = new Board((run) => rounds.push(run));
  const pen = new Pen(board, () => adds("one"));
  const told: Changes[] = [];
  board.on((changes) => told.push(changes));
  const a = pen.addNote(note("a")) ?? "";
  pen.addNote(note("b"));
  expect(rounds).toHaveLength(1);
  rounds.shift()?.();
  expect(told[0]?.notes.size).toBe(2);
  pen.setText(a, "A");
  pen.setText(a, "AA");
  rounds.shift()?.();
  expect([...(told[1]?.notes ?? [])].map(([id, before]) => [id, before?.text])).toEqual([[a, "a"]]);
  expect(told[1]?.own.has(a)).toBe(true);
});

test("what others did is told in few words, what was done and undone not at all", () => {
  const [one, two] = [person(adds("one")), person(adds("two", { lead: true }))];
  const words = new Words({
    news_new: ["{n} nota nuova in {area}", "{n} note nuove in {area}"],
    news_gone: ["{n} nota tolta da {area}", "{n} note tolte da {area}"],
    news_more: "{n} in {area}",
  });
  const news = new News();
  const listen = () => {
    for (const changes of one.told.splice(0)) news.add(newsIn(changes, one.board));
  };
  for (const text of ["1", "2", "3"]) two.pen.addNote(note(text));
  two.pen.addNote(note("4", { area: "b" }));
  one.pen.addNote(note("mia"));
  meet(one, two);
  listen();
  const title = (area: string) => ({ a: "Minacce", b: "Forze" })[area] ?? "";
  expect(news.size).toBe(4);
  const gone = [...two.board.notes()].find(({ text }) => text === "1")?.id ?? "";
  two.pen.removeNote(gone);
  meet(one, two);
  listen();
  expect(summary(news.take(), words, title)).toBe("2 note nuove in Minacce, 1 in Forze.");
  two.pen.removeNote([...two.board.notes()].find(({ text }) => text === "2")?.id ?? "");
  meet(one, two);
  listen();
  expect(summary(news.take(), words, title)).toBe("1 nota tolta da Minacce.");
});

test("words tell one from several", () => {
  const words = new Words({ dots: ["{n} punto", "{n} punti"], plain: "in {area}" });
  expect([0, 1, 2].map((n) => words.say("dots", { n }))).toEqual(["0 punti", "1 punto", "2 punti"]);
  expect(words.say("plain", { area: "Forze" })).toBe("in Forze");
});

test("a free place is found beside what is there, and tidy notes do not touch", () => {
  const sheet = { w: 500, h: 400 };
  const size = { w: 150, h: 90 };
  const taken: { x: number; y: number; w: number; h: number }[] = [];
  for (let n = 0; n < 9; n++) {
    const at = freeSpot(sheet, size, taken);
    for (const one of taken)
      expect(Math.abs(one.x - at.x) >= size.w || Math.abs(one.y - at.y) >= size.h, `note ${n}`).toBe(true);
    taken.push({ ...at, ...size });
  }
  const rows = tidied(sheet, Array(7).fill(size));
  expect(new Set(rows.map(({ y }) => y)).size).toBe(3);
  expect([ninth(0, 0), ninth(1000, 1000), ninth(500, 100)]).toEqual([
    { row: 0, column: 0 },
    { row: 2, column: 2 },
    { row: 0, column: 1 },
  ]);
});

test("groups are offered by the stems that notes share", () => {
  expect(stem("trasporti")).toBe(stem("trasporto"));
  const one = person(adds("one"));
  for (const text of [
    "Pochi trasporti la sera",
    "Il trasporto per le frazioni",
    "Trasporti troppo cari",
    "Una panchina",
    "Le panchine nel parco",
  ])
    one.pen.addNote(note(text));
  const found = proposals([...one.board.notes()]);
  expect(found.map(({ title, notes }) => [title, notes.length])).toEqual([["Trasporti", 3]]);
});

test("a state vector says whether anything lacks", () => {
  const one = person(adds("one"));
  expect(covers(new Uint8Array(), one.board.doc)).toBe(true);
  const before = Y.encodeStateVector(one.board.doc);
  one.pen.addNote(note("a"));
  expect(covers(before, one.board.doc)).toBe(false);
  const after = Y.encodeStateVector(one.board.doc);
  expect(covers(after, one.board.doc)).toBe(true);
  expect(fromBase64(toBase64Url(after))).toEqual(after);
});

test("ids are as the server wants them", () => {
  expect(newId()).toMatch(/^[0-9a-f]{12}$/);
});

test("who leads may anything", () => {
  const lead = adds("lead", { lead: true, areas: [] });
  const other = person(adds("two"));
  const id = other.pen.addNote(note("x")) ?? "";
  const there = other.board.note(id);
  expect(there && may.edit(lead, there) && may.move(lead, there, "z") && may.group(lead, "z")).toBe(true);
});
