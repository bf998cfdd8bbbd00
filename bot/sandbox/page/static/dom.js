/** Builds the page by the DOM alone: a text is always a text node, never markup. */

let ids = 0;
export const uid = (stem) => `${stem}-${(ids += 1)}`;

/** An element with attributes, `data` (a dataset), listeners (`onclick: f`) and children; empty children are left out. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) put(element, key, value);
  element.append(...present(children));
  return element;
}

function put(element, key, value) {
  if (value === null || value === undefined || value === false) return;
  if (key === "class") element.className = value;
  else if (key === "value" || key === "checked" || key === "disabled" || key === "selected") element[key] = value;
  else if (key === "data") for (const [name, said] of Object.entries(value)) element.dataset[name] = said ?? "";
  else if (typeof value === "function") element.addEventListener(key.replace(/^on/, ""), value);
  else element.setAttribute(key, value === true ? "" : value);
}

const present = (children) =>
  children.flat(3).filter((child) => child !== null && child !== undefined && child !== false);

export function fill(element, ...children) {
  element.replaceChildren(...present(children));
  return element;
}

/** Only for people who listen. */
export const unseen = (text) => h("span", { class: "unseen" }, text);

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes))
    if (value !== null && value !== undefined) element.setAttribute(key, value);
  element.append(...present(children));
  return element;
}

const ICONS = {
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8.5 10v.01M15.5 10v.01M8 14.5c2 2.7 6 2.7 8 0",
  reply: "M4 5h16v11H10l-4 4v-4H4z",
  more: "M5.5 12a.6.6 0 1 0-.01 0M12.5 12a.6.6 0 1 0-.01 0M19.5 12a.6.6 0 1 0-.01 0",
  close: "M6 6l12 12M18 6L6 18",
  back: "M14 5l-7 7 7 7",
  send: "M4 12l16-8-6 16-3-7z",
  list: "M5 6h14M5 12h14M5 18h9",
  theme: "M12 3a9 9 0 1 0 9 9 7 7 0 0 1-9-9z",
  lock: "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
  scene: "M4 6h16v12H4zM4 10h16M9 6v12",
};

export function icon(name) {
  const drawing = svg("path", { d: ICONS[name], fill: "none" });
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" }, drawing);
}

/** A button that shows a picture and says its name. */
export function iconButton(name, label, onclick, extra = {}) {
  return h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...extra },
    icon(name),
  );
}

/** Run a change of the page; the control that had the focus has it afterwards too, even if it was built anew. */
export function keepingFocus(change) {
  const active = document.activeElement;
  const address = active && active !== document.body ? addressOf(active) : null;
  change();
  if (!address || document.activeElement === active) return;
  const again = [...document.querySelectorAll(address.selector)].find((one) => one.offsetParent !== null);
  again?.focus({ preventScroll: true });
}

function addressOf(element) {
  const parts = [];
  for (let node = element; node && node !== document.body; node = node.parentElement) {
    const own = ["channel", "ts", "blockId", "actionId", "key"].filter((name) => node.dataset?.[name] !== undefined);
    const marks = own.map(
      (name) => `[data-${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}="${CSS.escape(node.dataset[name])}"]`,
    );
    if (marks.length) parts.unshift(marks.join(""));
  }
  const value = element.matches("input[type=radio], input[type=checkbox]")
    ? `input[value="${CSS.escape(element.value)}"]`
    : "";
  return parts.length ? { selector: [...parts, value].filter(Boolean).join(" ") } : null;
}

/** A way back to what has the focus now: to its message if it is gone or cannot be seen by then. */
export function wayBack() {
  const active = document.activeElement;
  const item = active?.closest("[data-ts]");
  return () => {
    if (document.activeElement !== document.body) return;
    const { channel, ts } = item?.dataset ?? {};
    const same = item?.isConnected
      ? item
      : ts && document.querySelector(`[data-channel="${channel}"][data-ts="${ts}"]`);
    same?.focus({ preventScroll: true });
    if (active?.isConnected) active.focus({ preventScroll: true });
  };
}
