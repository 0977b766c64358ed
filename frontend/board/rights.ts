/** What a person may do on a board. The server decides; these rules are there so that nobody is offered what it refuses. */

import type { Cluster, Comment, Link, Note } from "./content.ts";

export interface Right {
  /** The label that stands on what this person writes. */
  author: string;
  add: boolean;
  shape: boolean;
  lead: boolean;
  /** How many dots this person may give; 0 where nothing is voted on. */
  dots: number;
  /** The areas in which notes may be added and moved; all where null. */
  areas: readonly string[] | null;
}

export const NO_RIGHT: Right = { author: "", add: false, shape: false, lead: false, dots: 0, areas: null };

const inside = (right: Right, area: string) =>
  right.lead || right.areas === null || right.areas.includes(area);
const own = (right: Right, thing: { by: string }) => right.add && thing.by === right.author;

export const may = {
  add: (right: Right, area: string) => (right.add || right.lead) && inside(right, area),
  /** Text, colour, taking away and bringing back. */
  edit: (right: Right, note: Note) => right.lead || own(right, note),
  move: (right: Right, note: Note, area = note.area) =>
    (right.lead || right.shape || own(right, note)) && inside(right, area) && inside(right, note.area),
  /** Put into a group, take out of it. */
  group: (right: Right, area: string) => (right.lead || right.shape) && inside(right, area),
  cluster: (right: Right, cluster: Cluster) => may.group(right, cluster.area),
  link: (right: Right) => right.lead || right.add,
  comment: (right: Right) => right.lead || right.add,
  withdraw: (right: Right, thing: Link | Comment) => right.lead || own(right, thing),
  vote: (right: Right) => right.dots > 0,
  write: (right: Right) => right.lead || right.add,
};
