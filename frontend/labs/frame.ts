/** What the live part tells of a laboratory; `engine/lab/frames.py` makes it. */

export interface Option {
  key: string;
  text: string;
}

export interface Line {
  key: string;
  text: string;
  count: number;
  share: number;
  parts?: Record<string, number>;
}

export interface Result {
  people: number;
  lines: Line[];
  paper?: number;
  mean?: number;
  median?: number;
  right?: number;
  before?: { people: number; lines: Line[] };
}

export interface Idea {
  ref: number;
  text: string;
  ups: number;
  count: number;
  name?: string;
}

export interface Asked {
  key: string;
  kind: string;
  title: string;
  goal: string;
  prompt: string;
  asks: string;
  options: Option[];
  most: number;
  steps: number;
  labels: string[];
  named: boolean;
  upvotes: boolean;
  moderated: boolean;
  turn: number;
  open: boolean;
  closes: number | null;
  people: number;
  results: Result | null;
  right?: string[];
  ideas?: Idea[];
  more?: number;
}

/** A block that asks nothing has only its name. */
export type Block = Asked | Pick<Asked, "key" | "kind" | "title" | "goal">;

export interface Table {
  key: string;
  name: string;
  people: number;
  full?: boolean;
  help?: boolean;
}

export interface Mine {
  key: string;
  name: string;
  people: number;
  board: string;
  frozen: boolean;
  focus: string;
  areas: unknown[];
  dots: number;
  help: boolean;
}

export interface Timer {
  ends: number | null;
  left: number | null;
}

export interface Frame {
  now: number;
  current: string;
  title: string;
  goal: string;
  kind: string;
  number: number;
  of: number;
  timer: Timer;
  seating: number;
  called: string;
  count: number;
  ended: number;
  said: { text: string; at: number } | null;
  block: Block | null;
  standing?: Asked[];
  groups?: Table[];
  mine?: Mine;
  wall?: { ref: string | number; text: string; group: string; count: number }[];
}

export interface Given {
  ref: number;
  text: string;
  state: string;
}

/** What one person gave, and where they sit. */
export interface Own {
  group: string;
  entered: boolean;
  answers: Record<string, unknown>;
  ideas: Record<string, Given[]>;
  ups: number[];
  n: Record<string, number>;
}

export const asks = (block: Block | null | undefined): block is Asked => !!block && "asks" in block;

const asked = (frame: Frame): Asked[] => [frame.block, ...(frame.standing ?? [])].filter(asks);

/** The questions that are asked anew since an earlier frame: what was answered before counts no more. */
export const askedAgain = (before: Frame, now: Frame): string[] => {
  const turns = new Map(asked(before).map(({ key, turn }) => [key, turn]));
  return asked(now).flatMap(({ key, turn }) => ((turns.get(key) ?? turn) < turn ? [key] : []));
};
