/** Who one is and the stand-in's clock, at the top; the scenes, the drawer and the theme, below the conversations. */

import { act } from "./acting.js";
import { fill, h, icon, iconButton, keepingFocus } from "./dom.js";
import { avatar } from "./message.js";
import { openMenu } from "./menu.js";
import { heard, question } from "./notice.js";
import { person, state, ui } from "./store.js";
import { shown, zone } from "./time.js";

const MOVES = [
  ["hour", "+1 hour"],
  ["morning", "Next morning"],
  ["day", "+1 day"],
  ["week", "+1 week"],
];
const SCENES = {
  empty: ["Empty channel", "nothing has happened yet"],
  kickoff: ["After the kickoff", "three roles have been heard"],
  trouble: ["In trouble", "six weeks in, and things do not fit"],
};

let mark = "";
let status = null;

/** `be`: become somebody of the cast; `drawer`: open or close it. */
export function showTop(header, below, { be, drawer }) {
  const now = JSON.stringify([
    state.now,
    state.me,
    state.cast,
    state.busy,
    state.scene,
    ui.drawer,
    ui.acting > 0,
    ui.offline,
    state.peopleVersion,
  ]);
  if (now === mark || !state.me) return;
  mark = now;
  status ??= h("span", { class: "status", role: "status" });
  const said = ui.offline
    ? "connection lost …"
    : state.busy || ui.clock
      ? "time passes …"
      : ui.acting > 0
        ? "working …"
        : zone();
  if (status.textContent !== said) status.textContent = said;
  status.classList.toggle("busy", said !== zone());
  keepingFocus(() => {
    fill(header, personas(be), clock());
    fill(below, tools(drawer));
  });
}

function personas(be) {
  const buttons = state.cast.map((one) =>
    h(
      "button",
      {
        type: "button",
        class: "persona",
        "aria-pressed": String(one.id === state.me.id),
        data: { key: one.handle },
        onclick: () => be(one.handle),
        title: `${one.name}, ${one.role}`,
      },
      avatar(person(one.id), "tiny"),
      h("span", { class: "persona-name" }, one.name),
      h("span", { class: "persona-role" }, one.role),
    ),
  );
  return h(
    "div",
    { class: "personas", role: "group", "aria-label": "You are" },
    h("span", { class: "you", "aria-hidden": "true" }, "You are:"),
    buttons,
  );
}

function clock() {
  const now = new Date(state.now);
  const time = h(
    "time",
    { datetime: state.now, class: "now" },
    shown(now, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }),
  );
  const moves = MOVES.map(([to, label]) =>
    h(
      "button",
      {
        type: "button",
        class: "button small",
        data: { key: to },
        "aria-disabled": state.busy || ui.clock ? "true" : null,
        onclick: () => moveTo(to),
      },
      label,
    ),
  );
  return h(
    "div",
    { class: "clock", role: "group", "aria-label": "Clock" },
    h("div", { class: "now-and-zone" }, h("span", { class: "unseen" }, "Now: "), time, status),
    moves,
  );
}

async function moveTo(to) {
  if (state.busy || ui.clock) return;
  ui.clock = true;
  const answer = await act("clock", { to });
  ui.clock = false;
  mark = "";
  heard(answer);
  ui.refresh();
}

function tools(drawer) {
  const scene = h(
    "button",
    {
      type: "button",
      class: "button small",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      data: { key: "scenes" },
      onclick: () => openMenu(scene, "Scenes", Object.keys(SCENES).map(entry)),
    },
    icon("scene"),
    "Scenes",
  );
  const what = h(
    "button",
    {
      type: "button",
      class: "button small",
      "aria-expanded": String(ui.drawer),
      "aria-controls": "drawer",
      data: { key: "happened" },
      onclick: drawer,
    },
    icon("list"),
    "What just happened",
  );
  const dark = iconButton("theme", "Light or dark", () => globalThis.theme.toggle(), { "data-key": "theme" });
  return [scene, what, dark];
}

function entry(name) {
  const [label, said] = SCENES[name];
  const text = h(
    "span",
    { class: "two-lines" },
    h("b", {}, label),
    h("small", {}, state.scene === name ? `${said} (this one)` : said),
  );
  return { label: text, act: () => begin(name, label) };
}

async function begin(name, label) {
  const sure = await question(
    `Start “${label}”?`,
    "All that happened here until now is gone then. It takes a few seconds.",
    "Start",
  );
  if (!sure) return;
  ui.clock = true;
  ui.refresh();
  const answer = await act("scene", { name });
  ui.clock = false;
  mark = "";
  heard(answer);
  ui.refresh();
}
