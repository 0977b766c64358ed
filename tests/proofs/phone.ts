/** The page's own code of a phone, run by Node against a served room; says what it sees as lines of JSON.
 *
 * Words on stdin start it with a ticket, put it to sleep and wake it. Asleep there is no network, and when it wakes its clock is ten
 * minutes further.
 */

import { createInterface } from "node:readline";
import { LiveRoom } from "../../frontend/live.ts";

const [base, room, page] = process.argv.slice(2) as [string, string, string];
const say = (told: object) => console.log(JSON.stringify(told));
const realFetch = globalThis.fetch;
const realNow = Date.now;
const RealSource = globalThis.EventSource;
let network = true;
let later = 0;

Date.now = () => realNow() + later;
globalThis.fetch = async (path, init) => {
  if (!network) throw new TypeError("no network");
  const response = await realFetch(base + path, init);
  say({ asked: String(path).split("?")[0], status: response.status });
  return response;
};
globalThis.EventSource = class extends RealSource {
  constructor(path: string | URL) {
    super(base + path);
  }
};
const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
Object.assign(globalThis, { document, addEventListener: () => {} });

function start(ticket: string) {
  const live = new LiveRoom({
    room,
    ticket,
    renew: page,
    show: (state, id) => say({ id, state }),
    told: (answer, told) => say({ key: answer.key, ...told }),
  });
  live.start();
  return live;
}

const looked = (state: "hidden" | "visible") => {
  document.visibilityState = state;
  document.dispatchEvent(new Event("visibilitychange"));
};

let live: LiveRoom | undefined;
say({ ready: true });
for await (const word of createInterface({ input: process.stdin })) {
  if (!live) live = start(word); // the first word is its ticket
  else if (word === "sleep") {
    network = false;
    await live.send("vote", "q", { choice: 4, n: 1 });
    looked("hidden");
  } else if (word === "wake") {
    network = true;
    later += 600_000;
    looked("visible");
  } else process.exit();
}
