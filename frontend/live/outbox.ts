/** Answers on their way: kept on the phone under their own key until the server says that they are recorded. */

export interface Answer {
  key: string;
  kind: string;
  slot: string;
  body: Record<string, unknown>;
}

/** salvato sul telefono · inviato · registrato; or refused for good, with the server's reason. */
export type Stage = "saved" | "sent" | "recorded" | "refused";

export interface Told {
  stage: Stage;
  seq?: number;
  at?: number;
  error?: string;
}

/** Where answers wait. In order; gone only by `drop`. */
export interface Shelf {
  all(): Promise<Answer[]>;
  put(answer: Answer): Promise<void>;
  drop(key: string): Promise<void>;
}

export type Post = (answer: Answer) => Promise<Response>;

export const MOST = 200;
const FOR_GOOD = new Set([400, 404, 409, 410, 413, 422]);

/** 128 bits, made before the first attempt. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** Milliseconds until the next attempt: doubling, at most half a minute, never all phones at once. */
export function pause(failures: number, chance = Math.random()): number {
  return Math.min(30_000, 1_000 * 2 ** Math.min(failures, 6)) * (0.5 + chance / 2);
}

export class Outbox {
  private waiting: Answer[] = [];
  private busy = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly ready: Promise<void>;

  constructor(
    private readonly shelf: Shelf,
    private readonly post: Post,
    private readonly tell: (answer: Answer, told: Told) => void,
  ) {
    this.ready = this.restore();
  }

  private async restore(): Promise<void> {
    const before = await this.shelf.all().catch(() => []);
    this.waiting = [...before, ...this.waiting];
    for (const answer of before) this.tell(answer, { stage: "saved" });
    this.flush();
  }

  get length(): number {
    return this.waiting.length;
  }

  /** Keep an answer and send it as soon as may be; gives its key. Too many waiting is an error. */
  async add(kind: string, slot: string, body: Record<string, unknown>, key = newKey()): Promise<string> {
    await this.ready;
    if (this.waiting.length >= MOST) throw new Error("full");
    const answer = { key, kind, slot, body };
    this.waiting.push(answer);
    await this.onShelf((shelf) => shelf.put(answer));
    this.tell(answer, { stage: "saved" });
    this.flush();
    return key;
  }

  /** Try now: the network is back, or somebody looks at the page again. */
  flush(): void {
    clearTimeout(this.timer);
    if (!this.busy) void this.run();
  }

  private async run(): Promise<void> {
    this.busy = true;
    try {
      for (let answer = this.waiting[0]; answer; answer = this.waiting[0]) {
        const { key } = answer;
        const wait = await this.attempt(answer);
        if (wait !== null) {
          this.timer = setTimeout(() => this.flush(), wait);
          break;
        }
        this.failures = 0;
        this.waiting.shift();
        await this.onShelf((shelf) => shelf.drop(key));
      }
    } finally {
      this.busy = false;
    }
  }

  /** A phone may lose its store while it sleeps: answers then live as long as the page, and are sent all the same. */
  private async onShelf(act: (shelf: Shelf) => Promise<void>): Promise<void> {
    await act(this.shelf).catch(() => {});
  }

  /** `null` when the server has spoken for good, else the milliseconds until the next attempt. */
  private async attempt(answer: Answer): Promise<number | null> {
    this.tell(answer, { stage: "sent" });
    try {
      const response = await this.post(answer);
      const said = (await response.json().catch(() => ({}))) as { seq?: number; at?: number; error?: string };
      if (response.ok) {
        this.tell(answer, { ...said, stage: "recorded" });
        return null;
      }
      if (FOR_GOOD.has(response.status) || said.error === "forbidden") {
        this.tell(answer, { ...said, stage: "refused" });
        return null;
      }
      this.tell(answer, { stage: "saved" });
      const asked = Number(response.headers.get("Retry-After") ?? 0) * 1_000;
      return Math.max(asked, pause(this.failures++));
    } catch {
      this.tell(answer, { stage: "saved" });
      return pause(this.failures++);
    }
  }
}

/** The phone's own store; where there is none (a private window) answers live as long as the page. */
export function openShelf(room: string): Promise<Shelf> {
  return new Promise((resolve) => {
    let opening: IDBOpenDBRequest;
    try {
      opening = indexedDB.open(`cantiere-live-${room}`, 1);
    } catch {
      resolve(memory());
      return;
    }
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore("answers", { autoIncrement: true }).createIndex("key", "key");
    };
    opening.onerror = () => resolve(memory());
    opening.onsuccess = () => resolve(stored(opening.result));
  });
}

function stored(database: IDBDatabase): Shelf {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const store = (mode: IDBTransactionMode) => database.transaction("answers", mode).objectStore("answers");
  return {
    all: () => done(store("readonly").getAll() as IDBRequest<Answer[]>),
    put: async (answer) => void (await done(store("readwrite").add(answer))),
    drop: async (key) => {
      const answers = store("readwrite");
      const found = await done(answers.index("key").getKey(key));
      if (found !== undefined) await done(answers.delete(found));
    },
  };
}

export function memory(): Shelf {
  const kept = new Map<string, Answer>();
  return {
    all: async () => [...kept.values()],
    put: async (answer) => void kept.set(answer.key, answer),
    drop: async (key) => void kept.delete(key),
  };
}
