/** Slack's charts as pictures that can be read: shapes beside colours, and all numbers as a table. */

import { h, svg, uid } from "./dom.js";
import { area, bars, lines, scaled } from "./plot.js";
import { shape } from "./shapes.js";

const SIZE = { width: 560, height: 240, left: 48, right: 12, top: 12, bottom: 30 };

export function chart(block) {
  const drawn = block.chart.type === "pie" ? pie(block.chart.segments) : plotted(block.chart);
  const names =
    block.chart.type === "pie"
      ? block.chart.segments.map((one) => `${one.label} ${one.value}`)
      : block.chart.series.map((one) => one.name);
  const id = uid("chart");
  const picture = svg(
    "svg",
    { class: "plot", viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, role: "img", "aria-labelledby": id },
    drawn,
  );
  const title = h(
    "figcaption",
    { id },
    block.title,
    h("span", { class: "unseen" }, ` (${KINDS[block.chart.type]}; the numbers are in the table below)`),
  );
  const legend = h(
    "ul",
    { class: "legend", "aria-label": "Legend" },
    names.map((name, n) => h("li", {}, swatch(n), name)),
  );
  return h("figure", { class: "chart" }, title, picture, legend, numbers(block));
}

const KINDS = { pie: "pie chart", bar: "bar chart", line: "line chart", area: "area chart" };

const swatch = (n) => svg("svg", { class: "swatch", viewBox: "0 0 12 12", "aria-hidden": "true" }, shape(n, 6, 6, 4.5));

function plotted({ type, series, axis_config: axis }) {
  const scale = scaled(
    SIZE,
    axis.categories,
    series.flatMap((one) => one.data.map((point) => point.value)),
    type === "line",
    Boolean(axis.x_label),
  );
  const draw = { line: lines, area, bar: bars }[type] ?? lines;
  return [grid(scale, axis), draw(series, axis.categories, scale)];
}

function grid(scale, axis) {
  const steps = scale.ticks.map((tick) => [
    svg("line", { class: "grid", x1: scale.left, x2: scale.right, y1: scale.y(tick), y2: scale.y(tick) }),
    svg("text", { class: "tick", x: scale.left - 6, y: scale.y(tick) + 4, "text-anchor": "end" }, short(tick)),
  ]);
  const every = Math.ceil(axis.categories.length / 12);
  const labels = axis.categories.map((name, n) =>
    n % every
      ? null
      : svg(
          "text",
          { class: "tick", x: scale.x(n), y: scale.bottom + 4, dy: "1.1em", "text-anchor": "middle" },
          name.length > 9 ? `${name.slice(0, 8)}…` : name,
        ),
  );
  const named = [
    axis.x_label &&
      svg(
        "text",
        { class: "axis", x: (scale.left + scale.right) / 2, y: SIZE.height - 2, "text-anchor": "middle" },
        axis.x_label,
      ),
    axis.y_label &&
      svg(
        "text",
        {
          class: "axis",
          x: 0,
          y: 0,
          "text-anchor": "middle",
          transform: `translate(11 ${(scale.top + scale.bottom) / 2}) rotate(-90)`,
        },
        axis.y_label,
      ),
  ];
  return svg("g", {}, steps, labels, named);
}

const short = (number) =>
  Math.abs(number) >= 10_000 ? `${Math.round(number / 100) / 10}k` : String(Math.round(number * 100) / 100);

function pie(segments) {
  const total = segments.reduce((sum, one) => sum + one.value, 0);
  const [cx, cy, r] = [SIZE.width / 2, SIZE.height / 2, 105];
  let turn = -Math.PI / 2;
  return segments.map((one, n) => {
    const [from, by] = [turn, (one.value / total) * 2 * Math.PI];
    turn += by;
    const at = (angle, far = r) => `${cx + far * Math.cos(angle)} ${cy + far * Math.sin(angle)}`;
    const slice =
      segments.length === 1
        ? svg("circle", { cx, cy, r, class: `slice tint-${n % 12}` })
        : svg("path", {
            class: `slice tint-${n % 12}`,
            d: `M${cx} ${cy} L${at(from)} A${r} ${r} 0 ${by > Math.PI ? 1 : 0} 1 ${at(turn)} Z`,
          });
    const [x, y] = at(from + by / 2, r * 0.7)
      .split(" ")
      .map(Number);
    return svg("g", {}, slice, by > 0.25 && shape(n, x, y, 6, "on-slice"));
  });
}

/** The same numbers as a table, for whoever does not see the picture or wants them exactly. */
function numbers({ title, chart: { type, segments, series, axis_config: axis } }) {
  const heads = type === "pie" ? ["", "Value"] : ["", ...series.map((one) => one.name)];
  const rows =
    type === "pie"
      ? segments.map((one) => [one.label, one.value])
      : axis.categories.map((name) => [
          name,
          ...series.map((one) => one.data.find((point) => point.label === name)?.value ?? "–"),
        ]);
  const table = h(
    "table",
    { class: "data" },
    h("caption", { class: "unseen" }, title),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        heads.map((one, n) => h(n ? "th" : "td", n ? { scope: "col", class: "number" } : {}, one)),
      ),
    ),
    h(
      "tbody",
      {},
      rows.map(([name, ...values]) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, name),
          values.map((value) => h("td", { class: "number" }, String(value))),
        ),
      ),
    ),
  );
  return h(
    "details",
    { class: "numbers" },
    h("summary", {}, "Numbers as a table"),
    h("div", { class: "scroll-x", tabindex: "0", role: "group", "aria-label": `Numbers of ${title}` }, table),
  );
}
