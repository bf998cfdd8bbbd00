/** "What just happened": what the stand-in delivered to the app, and what the app asked of it; for developers. */

import { fill, h, iconButton } from "./dom.js";
import { state, ui } from "./store.js";
import { shown } from "./time.js";

const KINDS = { event: "Event", command: "Command", interactive: "Click", api: "Call", response_url: "Answer" };

let list = null;
let newest = null;

export function showDrawer(aside, close) {
  aside.hidden = !ui.drawer;
  document.body.classList.toggle("with-drawer", ui.drawer);
  if (!ui.drawer) return;
  if (!list) build(aside, close);
  const from = newest ? state.happened.indexOf(newest) + 1 : 0;
  if (newest && from === 0) list.replaceChildren();
  const fresh = state.happened.slice(from);
  newest = state.happened.at(-1) ?? null;
  list.prepend(...fresh.map(entry).reverse());
  while (list.children.length > state.happened.length) list.lastChild.remove();
  aside.querySelector(".empty").hidden = state.happened.length > 0;
}

function build(aside, close) {
  list = h("ol", { class: "happened" });
  fill(
    aside,
    h("div", { class: "talk-head" }, h("h2", {}, "What just happened"), iconButton("close", "Close the drawer", close)),
    h(
      "p",
      { class: "hint" },
      "Newest first: what was delivered to the app, and what it called. Open one for all of it.",
    ),
    h("p", { class: "empty" }, "Nothing yet."),
    h("div", { class: "scroller", tabindex: "-1" }, list),
  );
}

function entry(one) {
  const details = h(
    "details",
    {},
    h(
      "summary",
      {},
      h(
        "time",
        { datetime: one.at },
        shown(new Date(one.at), { weekday: "short", hour: "2-digit", minute: "2-digit", second: "2-digit" }),
      ),
      h("span", { class: `kind ${one.kind}` }, KINDS[one.kind] ?? one.kind),
      h("span", { class: "what" }, one.title),
      one.status && h("span", { class: /^(ok|2\d\d)/.test(one.status) ? "outcome" : "outcome bad" }, one.status),
    ),
  );
  details.addEventListener("toggle", () => {
    if (details.open && !details.querySelector("pre"))
      details.append(h("pre", { class: "code", tabindex: "0" }, JSON.stringify(one.detail, null, 2)));
  });
  return h("li", {}, details);
}
