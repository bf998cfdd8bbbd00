/** Slack's data table: a caption, a header that sorts, pages; and the plain table. */

import { h } from "./dom.js";
import { richText } from "./rich.js";

const PAGE = 5; // Slack's own, where the app names none

const cellText = (cell) =>
  cell.type === "raw_number" ? (cell.text ?? String(cell.value)) : cell.type === "rich_text" ? "" : (cell.text ?? "");

function cellNodes(cell) {
  return cell.type === "rich_text" ? richText(cell) : cellText(cell);
}

/** What rows are ordered by: numbers by size, texts as a person orders them. */
function compared(column, rows) {
  const numeric = rows.every((row) => row[column].type === "raw_number");
  if (numeric) return (a, b) => a[column].value - b[column].value;
  const read = (row) =>
    row[column].type === "rich_text" ? h("div", {}, richText(row[column])).textContent : cellText(row[column]);
  const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  return (a, b) => order.compare(read(a), read(b));
}

export function dataTable(block) {
  const [header, ...rows] = block.rows;
  const size = block.page_size ?? PAGE;
  const view = { page: 0, column: null, down: false };
  const body = h("tbody");
  const heads = header.map((cell, n) => head(cell, () => sortBy(n)));
  const pages = pager((step) => {
    view.page += step;
    show();
  });
  const sorted = () => {
    if (view.column === null) return rows;
    const order = compared(view.column, rows);
    return [...rows].sort(view.down ? (a, b) => order(b, a) : order);
  };
  const sortBy = (column) => {
    view.down = view.column === column && !view.down;
    view.column = column;
    view.page = 0;
    heads.forEach((one, n) =>
      one.setAttribute("aria-sort", n !== column ? "none" : view.down ? "descending" : "ascending"),
    );
    show();
  };
  const show = () => {
    const shown = sorted().slice(view.page * size, (view.page + 1) * size);
    body.replaceChildren(...shown.map((row) => line(row, block.row_header_column_index ?? 0)));
    pages.show(view.page, rows.length, size);
  };
  show();
  const table = h(
    "table",
    { class: "data" },
    h("caption", {}, block.caption),
    h("thead", {}, h("tr", {}, heads)),
    body,
  );
  return h("div", { class: "table" }, scrolled(table, block.caption), pages.node);
}

const scrolled = (table, label) =>
  h("div", { class: "scroll-x", tabindex: "0", role: "group", "aria-label": label }, table);

function head(cell, sort) {
  return h(
    "th",
    { scope: "col", "aria-sort": "none", class: cell.type === "raw_number" ? "number" : null },
    h("button", { type: "button", class: "sort", onclick: sort }, cellText(cell)),
  );
}

function line(row, named) {
  const cells = row.map((cell, n) =>
    h(
      n === named ? "th" : "td",
      { scope: n === named ? "row" : null, class: cell.type === "raw_number" ? "number" : null },
      cellNodes(cell),
    ),
  );
  return h("tr", {}, cells);
}

/** Which rows are shown, and the way to the others. */
function pager(turn) {
  const said = h("span", { "aria-live": "polite" });
  const back = h(
    "button",
    { type: "button", class: "button small", onclick: () => turn(-1), "aria-label": "Rows before" },
    "Back",
  );
  const on = h(
    "button",
    { type: "button", class: "button small", onclick: () => turn(1), "aria-label": "Next rows" },
    "Next",
  );
  const node = h("div", { class: "pager" }, said, back, on);
  const show = (page, rows, size) => {
    node.hidden = rows <= size;
    said.textContent = `${page * size + 1}–${Math.min(rows, (page + 1) * size)} of ${rows}`;
    back.disabled = page === 0;
    on.disabled = (page + 1) * size >= rows;
  };
  return { node, show };
}

export function plainTable(block) {
  const [header, ...rows] = block.rows;
  const heads = header.map((cell) => h("th", { scope: "col" }, cellNodes(cell)));
  return h(
    "div",
    { class: "table" },
    scrolled(
      h(
        "table",
        { class: "data" },
        h("thead", {}, h("tr", {}, heads)),
        h(
          "tbody",
          {},
          rows.map((row) => line(row, -1)),
        ),
      ),
      "Table",
    ),
  );
}
