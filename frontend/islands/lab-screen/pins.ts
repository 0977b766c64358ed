/** Where the pins stand: a circle for each place, as large as it is chosen; the list beside bears its name. */

import { CircleMarker, GeoJSON as Land, LatLngBounds, Map as LeafletMap } from "leaflet";
import type { Words } from "../../labs/dom.ts";
import type { Asked } from "../../labs/frame.ts";
import { named } from "../../labs/pins.ts";
import { results } from "../../labs/results.ts";

export async function pins(
  host: HTMLElement,
  list: HTMLElement,
  asked: Asked,
  words: Words,
  data: DOMStringMap,
): Promise<void> {
  const lines = asked.results?.lines ?? [];
  const [ground, told] = await Promise.all([
    data.ground ? fetch(data.ground).then((answer) => answer.json()) : undefined,
    asked.results ? named(asked.results, data.near ?? "") : undefined,
  ]);
  if (told) list.replaceWith(results(asked, told, words));
  host.setAttribute("aria-hidden", "true");
  const map = new LeafletMap(host, {
    attributionControl: false,
    zoomControl: false,
    keyboard: false,
    dragging: false,
    scrollWheelZoom: false,
    doubleClickZoom: false,
    zoomAnimation: false,
    fadeAnimation: false,
    zoomSnap: 0.25,
  });
  const land = ground && new Land(ground, { interactive: false, style: { className: "map-ground" } });
  land?.addTo(map);
  const spots = lines.map(({ key, count }) => {
    const [lng = 0, lat = 0] = key.split(" ").map(Number);
    return { at: [lat, lng] as [number, number], count };
  });
  const bounds = land?.getBounds() ?? new LatLngBounds(spots.map(({ at }) => at)).pad(0.3);
  if (bounds.isValid()) map.fitBounds(bounds);
  const most = Math.max(1, ...spots.map((spot) => spot.count));
  for (const { at, count } of spots) {
    new CircleMarker(at, {
      radius: 10 + 24 * Math.sqrt(count / most),
      className: "screen-pin",
      interactive: false,
    }).addTo(map);
  }
}
