/** Suggestions above a text box: `/` commands and their words, and people after `@`. */

import { described } from "./commands.js";
import { h, uid } from "./dom.js";
import { state } from "./store.js";

const MOST = 8;

/** What could be written at the end of `before` (the text up to the cursor): where it starts and the choices. */
function suggestions(before, inThread) {
  const at = /(^|[\s:(,])@([\w.-]*)$/.exec(before);
  if (at) return { from: before.length - at[2].length - 1, choices: people(at[2]) };
  if (inThread) return null;
  if (/^\/\S*$/.test(before)) {
    const found = state.commands.filter((one) => one.command.startsWith(before) && one.command !== before);
    return {
      from: 0,
      choices: found.map((one) => ({
        label: one.command,
        said: one.description,
        hint: one.usage_hint,
        text: `${one.command} `,
      })),
    };
  }
  const command = /^(\/\S+) (\S*)$/.exec(before);
  if (!command || !state.commands.some((one) => one.command === command[1])) return null;
  const words = state.subcommands
    .map(described)
    .filter((one) => one.name.startsWith(command[2]) && one.name !== command[2]);
  return {
    from: command[1].length + 1,
    choices: words.map((one) => ({ label: one.name, said: one.description, text: `${one.name} ` })),
    all: true,
  };
}

function people(begun) {
  const wanted = begun.toLowerCase();
  const found = Object.values(state.people).filter(
    (one) => !one.deleted && [one.name, one.handle].some((name) => name.toLowerCase().startsWith(wanted)),
  );
  return found.map((one) => ({ label: `@${one.name}`, said: one.role, text: `@${one.name} `, mention: one.id }));
}

export class Completion {
  /** `box`: the text area; `picked`: called with a choice that was written into it. */
  constructor(box, { inThread, picked }) {
    Object.assign(this, { box, inThread, picked, choices: [], here: 0, from: 0 });
    this.id = uid("suggestions");
    this.node = h("div", {
      class: "suggestions",
      id: this.id,
      role: "listbox",
      "aria-label": "Suggestions",
      hidden: true,
    });
    box.setAttribute("aria-autocomplete", "list");
    box.addEventListener("input", () => this.look());
    box.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    box.addEventListener("click", () => this.look());
  }

  get open() {
    return !this.node.hidden;
  }

  look() {
    const found = suggestions(this.box.value.slice(0, this.box.selectionStart), this.inThread());
    if (!found?.choices.length) return this.close();
    Object.assign(this, {
      choices: found.all ? found.choices : found.choices.slice(0, MOST),
      from: found.from,
      here: 0,
    });
    this.node.hidden = false;
    this.box.setAttribute("aria-controls", this.id);
    this.show();
  }

  show() {
    const rows = this.choices.map((one, n) =>
      h(
        "div",
        {
          class: "suggestion",
          role: "option",
          id: `${this.id}-${n}`,
          "aria-selected": String(n === this.here),
          onpointerdown: (event) => (event.preventDefault(), this.take(n)),
        },
        h("b", {}, one.label),
        one.said && h("span", {}, one.said),
        one.hint && h("small", {}, one.hint),
      ),
    );
    this.node.replaceChildren(...rows);
    this.box.setAttribute("aria-activedescendant", `${this.id}-${this.here}`);
    rows[this.here]?.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.node.hidden = true;
    this.box.removeAttribute("aria-activedescendant");
    this.box.removeAttribute("aria-controls");
  }

  take(n) {
    const choice = this.choices[n];
    const end = this.box.selectionStart;
    this.close();
    this.box.setRangeText(choice.text, this.from, end, "end");
    this.picked(choice);
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Whether the key was for the suggestions. */
  key(event) {
    if (!this.open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.here = (this.here + step + this.choices.length) % this.choices.length;
      this.show();
    } else if (event.key === "Escape") this.close();
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") this.take(this.here);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}
