/** A shape and a colour for each series, so that nobody needs the colour. */

import { svg } from "./dom.js";

const PATHS = [
  (x, y, r) => svg("circle", { cx: x, cy: y, r }),
  (x, y, r) => svg("rect", { x: x - r * 0.9, y: y - r * 0.9, width: r * 1.8, height: r * 1.8 }),
  (x, y, r) => svg("path", { d: `M${x} ${y - r * 1.1} L${x + r * 1.1} ${y + r} L${x - r * 1.1} ${y + r} Z` }),
  (x, y, r) =>
    svg("path", { d: `M${x} ${y - r * 1.2} L${x + r * 1.2} ${y} L${x} ${y + r * 1.2} L${x - r * 1.2} ${y} Z` }),
  (x, y, r) => svg("path", { d: `M${x} ${y + r * 1.1} L${x + r * 1.1} ${y - r} L${x - r * 1.1} ${y - r} Z` }),
  (x, y, r) => svg("path", { d: cross(x, y, r * 1.1, r * 0.4) }),
];

function cross(x, y, r, w) {
  return `M${x - w} ${y - r} H${x + w} V${y - w} H${x + r} V${y + w} H${x + w} V${y + r} H${x - w} V${y + w} H${x - r} V${y - w} H${x - w} Z`;
}

/** The sign of the n-th series; from the seventh on the same shapes come again, hollow. */
export function shape(n, x, y, r, extra = "") {
  const drawn = PATHS[n % PATHS.length](x, y, r);
  drawn.setAttribute("class", `shape tint-${n % 12} ${n >= PATHS.length ? "hollow" : ""} ${extra}`.trim());
  return drawn;
}
