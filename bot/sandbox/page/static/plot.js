/** Lines, areas and bars over categories. */

import { svg } from "./dom.js";
import { shape } from "./shapes.js";

/** Where values and categories lie in the picture; zero is always in it. */
export function scaled(size, categories, values, onEdges, named) {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const ticks = steps(low, high === low ? low + 1 : high);
  const [bottom, top] = [size.height - size.bottom - (named ? 14 : 0), size.top];
  const [least, most] = [ticks[0], ticks[ticks.length - 1]];
  const [left, right] = [size.left, size.width - size.right];
  const slot = (right - left) / categories.length;
  const y = (value) => bottom - ((value - least) / (most - least)) * (bottom - top);
  const spread = onEdges && categories.length > 1;
  const inset = Math.min(20, slot / 2);
  const x = (n) =>
    spread ? left + inset + (n * (right - left - 2 * inset)) / (categories.length - 1) : left + slot * (n + 0.5);
  return { x, y, left, right, top, bottom, slot, ticks };
}

/** Round numbers from below the least to above the most. */
function steps(low, high) {
  const raw = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= raw);
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  return Array.from({ length: last - first + 1 }, (_, n) => Number(((first + n) * step).toPrecision(12)));
}

const valueOf = (one, category) => one.data.find((point) => point.label === category)?.value ?? 0;

const pathOf = (one, categories, { x, y }) =>
  categories.map((name, n) => `${n ? "L" : "M"}${x(n)} ${y(valueOf(one, name))}`).join(" ");

export function lines(series, categories, scale) {
  return series.map((one, n) =>
    svg(
      "g",
      {},
      svg("path", { class: `line tint-${n % 12}`, d: pathOf(one, categories, scale) }),
      categories.map((name, k) => shape(n, scale.x(k), scale.y(valueOf(one, name)), 4.5)),
    ),
  );
}

export function area(series, categories, scale) {
  const floor = scale.y(0);
  const filled = series.map((one, n) =>
    svg("path", {
      class: `area tint-${n % 12}`,
      d: `${pathOf(one, categories, scale)} L${scale.x(categories.length - 1)} ${floor} L${scale.x(0)} ${floor} Z`,
    }),
  );
  return [...filled, ...lines(series, categories, scale)];
}

export function bars(series, categories, scale) {
  const width = Math.min(48, (scale.slot * 0.75) / series.length);
  return categories.map((name, k) =>
    svg(
      "g",
      {},
      series.map((one, n) => {
        const [value, x] = [valueOf(one, name), scale.x(k) + (n - series.length / 2) * width];
        const [from, to] = [scale.y(Math.max(0, value)), scale.y(Math.min(0, value))];
        const bar = svg("rect", {
          class: `bar tint-${n % 12}`,
          x: x + 1,
          y: from,
          width: Math.max(1, width - 2),
          height: Math.max(1, to - from),
        });
        const sign = width > 12 && to - from > 22 ? shape(n, x + width / 2, from + 11, 4.5, "on-slice") : null;
        return [bar, sign];
      }),
    ),
  );
}
