import "./style.css";
import { DomEvent, GeoJSON as Land, LatLngBounds, Map as LeafletMap, SVG } from "leaflet";
import { card, closeCard } from "./card.ts";
import { DEEPEST, FARTHEST, type Mark, Marks, type Pixel, type Row, things, type View } from "./marks.ts";
import { called, type Named, placesOf } from "./names.ts";

const STEP = 100; // pixels of one press of an arrow key
const NEAREST = 11; // no nearer at first: one place alone is shown with what is around it
const NAMED = 8; // from this zoom on the ground bears names
const MOST_ROWS = 100;
const MARGIN: [number, number] = [28, 28];

/** A map that stands: shows other rows, lays the ground under them when it has come. */
export interface Chart {
  show: (rows: Row[]) => void;
  lay: (ground: GeoJSON.GeoJsonObject) => void;
}

/** Draws the map into its element, over no ground yet. */
export function chart(host: HTMLElement, rows: Row[], stop: AbortSignal): Chart {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const words = host.dataset;
  const frame = element("div", "map-frame");
  const area = element("div", "map-area", { role: "group", "aria-label": words.label ?? "", tabindex: "0" });
  const help = element("p", "map-help", { id: `map-help-${Math.round(Math.random() * 1e9)}` });
  help.textContent = words.help ?? "";
  area.setAttribute("aria-describedby", help.id);
  const [bar, buttons] = [element("div", "map-bar"), element("div", "map-zoom")];
  bar.append(help, buttons);
  frame.append(area, bar);
  host.replaceChildren(frame);

  const map = new LeafletMap(area, {
    attributionControl: false,
    zoomControl: false,
    keyboard: false,
    scrollWheelZoom: false,
    boxZoom: false,
    fadeAnimation: false,
    zoomAnimation: !still,
    inertia: !still,
    minZoom: FARTHEST,
    zoomSnap: 0.25,
    maxZoom: DEEPEST + 1,
    renderer: new SVG({ padding: 0.5 }),
    maxBoundsViscosity: 0.8,
  });
  const land = new Land(undefined, { interactive: false, style: { className: "map-ground" } });
  const names = map.createPane("names");
  names.setAttribute("aria-hidden", "true");
  const layer = map.createPane("marks");
  DomEvent.disableClickPropagation(layer);
  let marks = new Marks(rows);
  let named: Named[] = [];
  let shown = new Map<string, HTMLButtonElement>();

  const showAll = () => {
    const box = marks.bounds();
    const bounds = box ? new LatLngBounds([box[1], box[0]], [box[3], box[2]]) : land.getBounds();
    if (bounds.isValid()) map.fitBounds(bounds, { padding: MARGIN, maxZoom: NEAREST, animate: false });
    else map.setView([42.5, 12.5], 6);
  };

  const view = (): View => {
    const bounds = map.getBounds();
    return {
      bounds: [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()],
      zoom: map.getZoom(),
      size: map.getSize(),
      place: (lng, lat) => map.latLngToContainerPoint([lat, lng]),
    };
  };

  /** Puts the marks where they belong; a mark that stays keeps its button, and with it the focus. */
  const draw = (): Mark[] => {
    const held = document.activeElement;
    const seen = marks.seen(view());
    const next = new Map<string, HTMLButtonElement>();
    for (const mark of seen) {
      const button = shown.get(mark.key) ?? element("button", "map-mark", { type: "button" });
      dress(button, mark, words);
      const corner = map
        .containerPointToLayerPoint([mark.at.x - mark.size / 2, mark.at.y - mark.size / 2])
        .round();
      button.style.transform = `translate(${corner.x}px, ${corner.y}px)`;
      button.onclick = () => void act(mark, button);
      next.set(mark.key, button);
    }
    layer.replaceChildren(...next.values());
    shown = next;
    if (
      held instanceof HTMLElement &&
      held.classList.contains("map-mark") &&
      document.activeElement !== held
    ) {
      (held.isConnected ? held : area).focus({ preventScroll: true });
    }
    return seen;
  };

  /** Enter or a click: a cluster opens, a place shows its card. */
  const act = async (mark: Mark, button: HTMLButtonElement): Promise<void> => {
    const opens = marks.opensAt(mark, map.getZoom());
    if (mark.row !== undefined || opens === undefined) {
      card(frame, mark, marks.rowsOf(mark, MOST_ROWS), words, button);
      return;
    }
    const inside = new Set(marks.rowsOf(mark));
    const byKeyboard = button.matches(":focus-visible");
    await moved(map, () => map.setView([mark.lat, mark.lng], opens, { animate: !still }));
    const first = marks.seen(view()).find((other) => marks.rowsOf(other, 1).some((row) => inside.has(row)));
    const target = first && shown.get(first.key);
    if (target) target.focus({ preventScroll: true });
    else if (byKeyboard) area.focus({ preventScroll: true });
  };

  layer.addEventListener("focusin", () => closeCard(frame));

  const zoom = (by: number) => map.setZoom(map.getZoom() + by, { animate: !still });
  for (const [by, sign, label] of [
    [1, "+", words.zoomIn],
    [-1, "−", words.zoomOut],
  ] as const) {
    const button = element("button", "map-zoom-button", { type: "button", "aria-label": label ?? sign });
    button.textContent = sign;
    button.onclick = () => zoom(by);
    buttons.append(button);
  }

  const leave = () => {
    const list = document.getElementById(words.follows ?? "");
    if (list) list.focus();
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  const pan = (x: number, y: number) => map.panBy([x * STEP, y * STEP], { animate: !still });
  const keys: Record<string, () => unknown> = {
    ArrowLeft: () => pan(-1, 0),
    ArrowRight: () => pan(1, 0),
    ArrowUp: () => pan(0, -1),
    ArrowDown: () => pan(0, 1),
    "+": () => zoom(1),
    "=": () => zoom(1),
    "-": () => zoom(-1),
    Escape: leave,
  };
  frame.addEventListener("keydown", (event) => {
    const act = event.altKey || event.ctrlKey || event.metaKey ? undefined : keys[event.key];
    if (act === undefined || event.defaultPrevented) return;
    event.preventDefault();
    act();
  });

  // The wheel belongs to the page until somebody works on the map.
  area.addEventListener("pointerdown", () => map.scrollWheelZoom.enable());
  area.addEventListener("pointerleave", () => map.scrollWheelZoom.disable());
  const moving = [layer, names];
  /** The names of the ground around the marks that are seen. */
  const inscribe = (seen: Mark[]) => {
    const told = map.getZoom() < NAMED ? [] : called(named, seen, view());
    names.replaceChildren(
      ...told.map(({ name, at }) => inscription(name, map.containerPointToLayerPoint([at.x, at.y]))),
    );
  };
  map.on("zoomstart", () => {
    for (const pane of moving) pane.classList.add("map-zooming");
  });
  map.on("moveend resize", () => {
    for (const pane of moving) pane.classList.remove("map-zooming");
    inscribe(draw());
  });

  showAll();
  const watch = new ResizeObserver(() => map.invalidateSize({ animate: false }));
  watch.observe(area);
  stop.addEventListener("abort", () => {
    watch.disconnect();
    map.remove();
  });

  return {
    show(rows) {
      marks = new Marks(rows);
      closeCard(frame);
      shown = new Map();
      showAll();
    },
    lay(ground) {
      if (stop.aborted) return;
      named = placesOf(ground);
      land.addData(ground).addTo(map);
      if (marks.rows.length === 0) showAll();
      inscribe(marks.seen(view()));
    },
  };
}

/** Resolves when the map stands again; at once where nothing moves. */
function moved(map: LeafletMap, move: () => unknown): Promise<void> {
  return new Promise((done) => {
    map.once("moveend", () => done());
    move();
  });
}

function inscription(name: string, at: Pixel): HTMLElement {
  const made = element("span", "map-name");
  made.textContent = name;
  made.style.transform = `translate(${at.x}px, ${at.y}px) translate(-50%, -50%)`;
  return made;
}

function dress(button: HTMLButtonElement, mark: Mark, words: DOMStringMap): void {
  const counted = things(mark.count, words.one ?? "", words.many ?? "");
  const cluster = mark.row === undefined;
  button.classList.toggle("map-cluster", cluster);
  button.classList.toggle("map-one", !cluster && mark.count === 1);
  button.style.width = button.style.height = `${mark.size}px`;
  button.textContent = !cluster && mark.count === 1 ? "" : mark.count.toLocaleString("it");
  const here = mark.row?.[3] ?? "";
  const several = here ? `${here}, ${counted}` : counted;
  const name = mark.count === 1 ? here : several;
  button.setAttribute(
    "aria-label",
    cluster ? (words.zoomHere ?? "{things}").replace("{things}", counted) : name,
  );
}

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  css: string,
  attributes: Record<string, string> = {},
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.className = css;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
