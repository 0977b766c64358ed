/** Groups that notes might form by the words they share: offered, never made without a person. */

import type { Note } from "./content.ts";

const STOP = new Set(
  (
    "alla alle allo agli anche ancora avere bene bisogna come cosa cose così dalla dalle dallo degli della delle dello " +
    "dentro deve devono dove dopo essere fare fatto gli hanno invece loro mancano manca meno molta molte molti molto " +
    "nella nelle nello negli niente nostra nostre nostri nostro ogni oltre perché però più poco poca pochi poche " +
    "prima proprio qualche quando quella quelle quelli quello questa queste questi questo quindi senza sempre siamo " +
    "sono sopra sotto stata stato stessa stesso sulla sulle sullo sugli tanta tante tanti tanto troppa troppe troppi " +
    "troppo tutta tutte tutti tutto una uno verso vogliamo con per che chi dei del dal nei nel sui sul tra fra non " +
    "the and for with that this from are not more have need"
  ).split(" "),
);
const ENDINGS =
  /(?:azione|azioni|amento|amenti|imento|imenti|mente|abile|abili|ibile|ibili|atore|atori|are|ere|ire|ato|ata|ati|ate|ito|ita|iti|ite|ità|ico|ica|ici|iche|ismo|ista|isti|i[aeo]?|[aeou])$/;
const SHORTEST = 4;
const LEAST = 3;

/** The stem of a word: enough to see that «trasporto» and «trasporti» are one. */
export function stem(word: string): string {
  const short = word.replace(ENDINGS, "");
  return short.length >= SHORTEST ? short : word.replace(/[aeiou]$/, "");
}

export function stems(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const word of text.toLowerCase().match(/\p{L}{3,}/gu) ?? [])
    if (!STOP.has(word) && word.length >= SHORTEST) found.set(stem(word), word);
  return found;
}

export interface Proposal {
  /** The word that they share, as it is most often written. */
  title: string;
  notes: string[];
}

/** Groups of at least three notes that share a word; each note in at most one, the largest groups first. */
export function proposals(notes: readonly Note[]): Proposal[] {
  const words = new Map<string, { written: Map<string, number>; notes: Set<string> }>();
  for (const note of notes) {
    for (const [key, word] of stems(note.text)) {
      const one = words.get(key) ?? { written: new Map(), notes: new Set() };
      one.written.set(word, (one.written.get(word) ?? 0) + 1);
      one.notes.add(note.id);
      words.set(key, one);
    }
  }
  const taken = new Set<string>();
  const found: Proposal[] = [];
  const bySize = [...words.values()].sort((one, other) => other.notes.size - one.notes.size);
  for (const { written, notes: sharing } of bySize) {
    const free = [...sharing].filter((id) => !taken.has(id));
    if (free.length < LEAST) continue;
    for (const id of free) taken.add(id);
    const [word] = [...written].sort((one, other) => other[1] - one[1])[0] ?? [""];
    found.push({ title: word.charAt(0).toUpperCase() + word.slice(1), notes: free });
  }
  return found;
}
