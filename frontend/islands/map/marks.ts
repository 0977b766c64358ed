import Supercluster from "supercluster";

/** A position as the server gives it: longitude, latitude, how many things, what they are, where they are told. */
export type Row = [lng: number, lat: number, count: number, label: string, href: string];

export interface Pixel {
  x: number;
  y: number;
}

/** What stands on the map: the rows it is made of, how many things they are, where, and how large. */
export interface Mark {
  key: string;
  lng: number;
  lat: number;
  at: Pixel;
  count: number;
  size: number;
  /** The one row, when the mark is not a cluster. */
  row: Row | undefined;
  parts: Feature[];
}

export interface View {
  bounds: [west: number, south: number, east: number, north: number];
  zoom: number;
  size: Pixel;
  place: (lng: number, lat: number) => Pixel;
}

type Counted = { count: number };
type Feature = Supercluster.ClusterFeature<Counted> | Supercluster.PointFeature<Counted & { row: Row }>;

/** The last zoom of clusters: nearer, a map without streets tells nothing; what still touches opens as a list. */
export const DEEPEST = 12;
export const FARTHEST = 5;
const RADIUS = 64; // pixels within which positions become one mark: more than the largest mark is wide
const SMALLEST = 30;
const LARGEST = 54;
const GAP = 2; // pixels between marks
const INSET = 22; // a mark whose middle is nearer to the edge is cut off: it is not shown

/** The positions of a map, found by what is seen of it; clusters add up the counts of their rows. */
export class Marks {
  readonly rows: readonly Row[];
  readonly most: number;
  #index: Supercluster<Counted & { row: Row }, Counted>;

  constructor(rows: readonly Row[]) {
    this.rows = rows;
    this.most = rows.reduce((sum, row) => sum + row[2], 0);
    this.#index = new Supercluster<Counted & { row: Row }, Counted>({
      radius: RADIUS,
      extent: 256,
      minZoom: FARTHEST,
      maxZoom: DEEPEST,
      map: ({ count }) => ({ count }),
      reduce: (sum, { count }) => {
        sum.count += count;
      },
    });
    this.#index.load(
      rows.map((row) => ({
        type: "Feature",
        geometry: { type: "Point", coordinates: [row[0], row[1]] },
        properties: { count: row[2], row },
      })),
    );
  }

  /** The rectangle around all rows: west, south, east, north. */
  bounds(): View["bounds"] | undefined {
    if (this.rows.length === 0) return undefined;
    const box: View["bounds"] = [180, 90, -180, -90];
    for (const [lng, lat] of this.rows) {
      box[0] = Math.min(box[0], lng);
      box[1] = Math.min(box[1], lat);
      box[2] = Math.max(box[2], lng);
      box[3] = Math.max(box[3], lat);
    }
    return box;
  }

  /** The marks to be seen, none over another, in the order in which one reads: by lines from the top. */
  seen(view: View): Mark[] {
    const found = this.#index
      .getClusters(view.bounds, view.zoom)
      .map((feature) => this.#mark([feature], view));
    const inside = ({ at }: Mark) =>
      at.x >= INSET && at.y >= INSET && at.x <= view.size.x - INSET && at.y <= view.size.y - INSET;
    return inLines(this.#apart(found.filter(inside), view));
  }

  /** The zoom at which a mark falls apart; undefined where it never does, as its rows stand at one place. */
  opensAt(mark: Mark, zoom: number): number | undefined {
    const [part, other] = mark.parts;
    if (part === undefined || zoom > DEEPEST) return undefined;
    if (other !== undefined) return Math.floor(zoom) + 1;
    return isCluster(part) ? this.#index.getClusterExpansionZoom(part.properties.cluster_id) : undefined;
  }

  /** The rows of a mark, at most so many. */
  rowsOf(mark: Mark, most = Number.POSITIVE_INFINITY): Row[] {
    const rows = mark.parts.flatMap((part) =>
      isCluster(part)
        ? this.#index.getLeaves(part.properties.cluster_id, most).map((leaf) => leaf.properties.row)
        : [part.properties.row],
    );
    return rows.slice(0, most);
  }

  #mark(parts: Feature[], view: View): Mark {
    const count = parts.reduce((sum, part) => sum + part.properties.count, 0);
    const mean = (axis: 0 | 1) =>
      parts.reduce((sum, part) => sum + (part.geometry.coordinates[axis] ?? 0) * part.properties.count, 0) /
      (count || 1);
    const [first] = parts;
    const alone =
      first !== undefined && parts.length === 1 && !isCluster(first) ? first.properties.row : undefined;
    const [lng, lat] = [mean(0), mean(1)];
    return {
      key: parts
        .map((part) => (isCluster(part) ? `c${part.properties.cluster_id}` : `p${part.properties.row[4]}`))
        .join(),
      lng,
      lat,
      at: view.place(lng, lat),
      count,
      size: sizeOf(count, alone !== undefined, this.most),
      row: alone,
      parts,
    };
  }

  /** Marks that would touch become one: middles of clusters may come nearer than the radius. */
  #apart(marks: Mark[], view: View): Mark[] {
    const kept: Mark[] = [];
    const waiting = marks.sort((a, b) => b.count - a.count);
    for (let mark = waiting.shift(); mark !== undefined; mark = waiting.shift()) {
      const touched = kept.findIndex((other) => touch(other, mark as Mark));
      const [other] = touched < 0 ? [] : kept.splice(touched, 1);
      if (other === undefined) kept.push(mark);
      else waiting.unshift(this.#mark([...other.parts, ...mark.parts], view));
    }
    return kept;
  }
}

function isCluster(feature: Feature): feature is Supercluster.ClusterFeature<Counted> {
  return "cluster" in feature.properties && feature.properties.cluster === true;
}

/** Pixels across: areas grow with the share of all things, and every mark can be hit. */
export function sizeOf(count: number, alone: boolean, most: number): number {
  if (alone && count <= 1) return SMALLEST;
  const share = Math.sqrt(count / Math.max(most, 1));
  const digits = 10 + 8 * String(count).length; // the number must fit
  return Math.round(
    Math.max(SMALLEST + 4, Math.min(LARGEST, digits + 14), SMALLEST + (LARGEST - SMALLEST) * share),
  );
}

function touch(one: Mark, other: Mark): boolean {
  const reach = (one.size + other.size) / 2 + GAP;
  return Math.hypot(one.at.x - other.at.x, one.at.y - other.at.y) < reach;
}

const LINE = 48;

function inLines(marks: Mark[]): Mark[] {
  const line = (mark: Mark) => Math.floor(mark.at.y / LINE);
  return marks.sort((a, b) => line(a) - line(b) || a.at.x - b.at.x);
}

/** «1 processo», «128 processi». */
export function things(count: number, one: string, many: string): string {
  return `${count.toLocaleString("it")} ${count === 1 ? one : many}`;
}
