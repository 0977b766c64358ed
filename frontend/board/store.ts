/** The phone's own copy of a board, for who loses the network. Without a store the board lives as long as the page. */

import { IndexeddbPersistence } from "y-indexeddb";
import type { Doc } from "yjs";

const KNOWN = "known";
const EPOCH = "epoch";
const OPEN_WITHIN = 1_500;

export interface Store {
  /** What the server was known to have when the page was last here, and of which of its documents. */
  known: Uint8Array;
  epoch: number;
  keep(known: Uint8Array): void;
  keepEpoch(epoch: number): void;
  /** Throw the copy away. */
  clear(): Promise<void>;
  close(): void;
}

const nowhere = (): Store => ({
  known: new Uint8Array(),
  epoch: 0,
  keep: () => {},
  keepEpoch: () => {},
  clear: () => Promise.resolve(),
  close: () => {},
});

/** Fills the document with the copy, and keeps it in step. */
export async function openStore(name: string, doc: Doc): Promise<Store> {
  if (!(await possible())) return nowhere();
  const kept = new IndexeddbPersistence(name, doc);
  const ready = await Promise.race([
    kept.whenSynced.then(() => true),
    new Promise<false>((resolve) => setTimeout(() => resolve(false), OPEN_WITHIN)),
  ]);
  if (!ready) {
    void kept.destroy();
    return nowhere();
  }
  const [known, epoch] = await Promise.all([kept.get(KNOWN), kept.get(EPOCH)]);
  return {
    known: known instanceof ArrayBuffer ? new Uint8Array(known) : new Uint8Array(),
    epoch: typeof epoch === "number" ? epoch : 0,
    keepEpoch: (number) => void kept.set(EPOCH, number),
    keep: (vector) => void kept.set(KNOWN, vector.slice().buffer),
    clear: async () => void (await kept.clearData()),
    close: () => void kept.destroy(),
  };
}

/** Private windows and some settings of browsers allow no store at all. */
function possible(): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const opening = indexedDB.open("cantiere-board", 1);
      opening.onerror = () => resolve(false);
      opening.onsuccess = () => {
        opening.result.close();
        resolve(true);
      };
    } catch {
      resolve(false);
    }
  });
}
