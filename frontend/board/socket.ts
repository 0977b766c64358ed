/** A board over a WebSocket: binary frames are y-protocols, text frames are JSON. */

import { createDecoder, readVarUint, readVarUint8Array } from "lib0/decoding";
import { createEncoder, toUint8Array, writeVarUint } from "lib0/encoding";
import {
  messageYjsSyncStep1,
  messageYjsSyncStep2,
  writeSyncStep1,
  writeSyncStep2,
  writeUpdate,
} from "y-protocols/sync";
import type { Doc } from "yjs";

const MESSAGE_SYNC = 0;

export interface Heard {
  /** What the server has; answer with what it lacks. */
  vector(vector: Uint8Array): void;
  /** News; or, `whole`, all that the server has. */
  update(update: Uint8Array, whole: boolean): void;
  word(word: Record<string, unknown>): void;
  open(): void;
  closed(code: number): void;
}

/** One connection; it opens once and closes once. */
export class Socket {
  readonly #socket: WebSocket;
  #over = false;

  constructor(address: string, heard: Heard) {
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => heard.open();
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (this.#over) return;
      if (typeof data === "string") heard.word(JSON.parse(data));
      else this.#take(new Uint8Array(data), heard);
    };
    socket.onclose = ({ code }) => {
      if (this.#over) return;
      this.#over = true;
      heard.closed(code);
    };
  }

  /** Say what this side has, to be told the rest. */
  greet(doc: Doc): void {
    this.#send((encoder) => writeSyncStep1(encoder, doc));
  }

  /** Give what the server lacks, be it nothing: only then it takes updates. */
  give(doc: Doc, vector: Uint8Array): void {
    this.#send((encoder) => writeSyncStep2(encoder, doc, vector));
  }

  update(update: Uint8Array): void {
    this.#send((encoder) => writeUpdate(encoder, update));
  }

  tell(word: Record<string, unknown>): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(word));
  }

  close(): void {
    this.#over = true;
    this.#socket.close();
  }

  #send(write: (encoder: ReturnType<typeof createEncoder>) => void): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    const encoder = createEncoder();
    writeVarUint(encoder, MESSAGE_SYNC);
    write(encoder);
    this.#socket.send(toUint8Array(encoder) as Uint8Array<ArrayBuffer>);
  }

  #take(frame: Uint8Array, heard: Heard): void {
    const decoder = createDecoder(frame);
    if (readVarUint(decoder) !== MESSAGE_SYNC) return;
    const kind = readVarUint(decoder);
    if (kind === messageYjsSyncStep1) heard.vector(readVarUint8Array(decoder));
    else heard.update(readVarUint8Array(decoder), kind === messageYjsSyncStep2);
  }
}
