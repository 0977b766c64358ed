/** State vectors of Yjs: how much of each client's writing somebody has. */

import * as Y from "yjs";

const decode = (vector: Uint8Array): Map<number, number> =>
  vector.length > 0 ? Y.decodeStateVector(vector) : new Map();

/** Whether who has `vector` lacks nothing of `doc`. */
export function covers(vector: Uint8Array, doc: Y.Doc): boolean {
  const has = decode(vector);
  for (const [client, clock] of decode(Y.encodeStateVector(doc)))
    if ((has.get(client) ?? 0) < clock) return false;
  return true;
}

/** Bytes as text for an address, and back from the usual alphabet. */
export function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
}
