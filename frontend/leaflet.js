// The parts of Leaflet that our maps use, from its sources: its one file cannot be shaken, and popups, tiles,
// tooltips and controls would come along.
import "leaflet/src/control/Control.Zoom.js";
import "leaflet/src/layer/vector/Renderer.getRenderer.js";
import "leaflet/src/map/handler/Map.DoubleClickZoom.js";
import "leaflet/src/map/handler/Map.Drag.js";
import "leaflet/src/map/handler/Map.ScrollWheelZoom.js";
import "leaflet/src/map/handler/Map.TouchZoom.js";

export * as DomEvent from "leaflet/src/dom/DomEvent.js";
export { LatLngBounds } from "leaflet/src/geo/LatLngBounds.js";
export { GeoJSON } from "leaflet/src/layer/GeoJSON.js";
export { CircleMarker } from "leaflet/src/layer/vector/CircleMarker.js";
export { SVG } from "leaflet/src/layer/vector/SVG.js";
export { Map } from "leaflet/src/map/Map.js";
