/** A map on which one puts a pin; fetched only when somebody asks for it. */

import { CircleMarker, GeoJSON as Land, Map as LeafletMap } from "leaflet";
import { el, say, type Words } from "../../labs/dom.ts";

const STEP = 60;

export async function chart(
  host: HTMLElement,
  ground: string,
  words: Words,
  put: (lng: number, lat: number) => void,
): Promise<void> {
  const answer = ground ? await fetch(ground) : undefined;
  if (answer && !answer.ok) throw new Error(String(answer.status));
  const help = el("p", { class: "form-text", id: "pin-help" }, say(words, "map"));
  const area = el("div", {
    class: "map-area",
    role: "group",
    tabindex: "0",
    "aria-label": say(words, "on_map"),
    "aria-describedby": help.id,
  });
  host.replaceChildren(help, area);
  const map = new LeafletMap(area, {
    attributionControl: false,
    zoomControl: true,
    keyboard: false,
    scrollWheelZoom: false,
    fadeAnimation: false,
    zoomAnimation: false,
    inertia: false,
  });
  const land =
    answer && new Land(await answer.json(), { interactive: false, style: { className: "map-ground" } });
  land?.addTo(map);
  const bounds = land?.getBounds();
  if (bounds?.isValid()) map.fitBounds(bounds);
  else map.setView([44.5, 11.3], 8);
  let mark: CircleMarker | undefined;
  const place = (lng: number, lat: number) => {
    mark?.remove();
    mark = new CircleMarker([lat, lng], { radius: 12, className: "lab-pin", interactive: false }).addTo(map);
    put(Math.round(lng * 100) / 100, Math.round(lat * 100) / 100);
  };
  map.on("click", (event) => place(event.latlng.lng, event.latlng.lat));
  area.addEventListener("keydown", (event) => {
    const moves: Record<string, [number, number]> = {
      ArrowUp: [0, -STEP],
      ArrowDown: [0, STEP],
      ArrowLeft: [-STEP, 0],
      ArrowRight: [STEP, 0],
    };
    const by = moves[event.key];
    if (by) map.panBy(by, { animate: false });
    else if (event.key === "+") map.zoomIn();
    else if (event.key === "-") map.zoomOut();
    else if (event.key === "Enter" || event.key === " ") place(map.getCenter().lng, map.getCenter().lat);
    else return;
    event.preventDefault();
  });
  area.focus();
}
