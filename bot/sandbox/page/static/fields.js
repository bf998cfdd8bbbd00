/** What can be filled in: for each kind of element a control with `node`, `get` and `set`; the value is Slack's plain one. */

import { h, uid } from "./dom.js";
import { textNodes } from "./mrkdwn.js";
import { multiple } from "./multiple.js";
import { state } from "./store.js";
import { localOf, secondsAt } from "./time.js";

const STATE = {
  static_select: "selected_option",
  external_select: "selected_option",
  radio_buttons: "selected_option",
  multi_static_select: "selected_options",
  multi_external_select: "selected_options",
  checkboxes: "selected_options",
  users_select: "selected_user",
  multi_users_select: "selected_users",
  channels_select: "selected_channel",
  multi_channels_select: "selected_channels",
  conversations_select: "selected_conversation",
  multi_conversations_select: "selected_conversations",
  datepicker: "selected_date",
  timepicker: "selected_time",
  datetimepicker: "selected_date_time",
  plain_text_input: "value",
  number_input: "value",
  email_text_input: "value",
  url_text_input: "value",
};
const INITIAL = { selected_option: "initial_option", selected_options: "initial_options", value: "initial_value" };

export const isField = (element) => element.type in STATE;
export const takesMany = (element) => STATE[element.type]?.endsWith("s") ?? false;

/** What it holds: what was chosen, otherwise what it starts with; options as their values. */
export function heldBy(element, chosen) {
  const field = STATE[element.type];
  const initial = element[INITIAL[field] ?? field.replace("selected", "initial")];
  const value = chosen && field in chosen ? chosen[field] : initial;
  if (Array.isArray(value)) return value.map(bare);
  return value === undefined || value === null ? (takesMany(element) ? [] : null) : bare(value);
}

const bare = (value) => (typeof value === "object" ? value.value : value);

export function optionsOf(element) {
  return [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];
}

/** A control for an element. `named`: attributes that name it (aria-label or ids); `changed` is called after each choice. */
export function field(element, value, named, changed = () => {}) {
  const make = MAKERS[element.type] ?? text;
  const control = make(element, named, changed);
  control.set(value);
  control.node.dataset.actionId = element.action_id ?? "";
  return control;
}

function text(element, named, changed) {
  const most = element.type === "plain_text_input" ? (element.max_length ?? 3000) : null;
  const common = {
    ...named,
    placeholder: element.placeholder?.text,
    class: "typed",
    autocomplete: "off",
    spellcheck: "true",
  };
  const input = element.multiline
    ? h("textarea", { ...common, rows: 4 })
    : h("input", { ...common, type: "text", inputmode: MODES[element.type] });
  input.addEventListener("change", () => changed(false));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing && (!element.multiline || event.metaKey || event.ctrlKey))
      changed(true, event);
  });
  const control = {
    node: input,
    input,
    get: () => (input.value === "" ? null : input.value),
    set: (value) => void (input.value = value ?? ""),
  };
  return most && element.multiline ? counted(control, most) : control;
}

const MODES = { number_input: "decimal", email_text_input: "email", url_text_input: "url" };

/** A long text says how much room is left once that is little. */
function counted(control, most) {
  const left = h("span", { class: "left", "aria-live": "polite" });
  const count = () => {
    const room = most - [...control.input.value].length;
    left.textContent = room > most * 0.1 ? "" : room >= 0 ? `${room} characters left` : `${-room} characters too many`;
  };
  control.input.addEventListener("input", count);
  const set = control.set;
  return {
    ...control,
    node: h("div", { class: "counted" }, control.input, left),
    set: (value) => {
      set(value);
      count();
    },
  };
}

function picker(type, read, write) {
  return (element, named, changed) => {
    const input = h("input", { ...named, type, class: "typed date", onchange: () => changed(false) });
    return {
      node: input,
      input,
      get: () => (input.value ? read(input.value) : null),
      set: (value) => void (input.value = value ? write(value) : ""),
    };
  };
}

function select(choices) {
  return (element, named, changed) => {
    const placeholder = element.placeholder?.text ?? "Choose …";
    const input = h(
      "select",
      { ...named, class: "typed", onchange: () => changed(false) },
      h("option", { value: "" }, placeholder),
    );
    for (const { label, options } of choices(element)) {
      const made = options.map((one) =>
        h("option", { value: one.value }, one.said ? `${one.text} ${one.said}` : one.text),
      );
      input.append(...(label ? [Object.assign(h("optgroup", {}, made), { label })] : made));
    }
    const set = (value) => {
      input.value = value ?? "";
      if (value && input.value !== value) input.append(h("option", { value, selected: true }, value));
    };
    return { node: input, input, get: () => input.value || null, set };
  };
}

const asChoice = (option) => ({ value: option.value, text: option.text.text, said: option.description?.text ?? "" });

export const staticChoices = (element) =>
  element.option_groups
    ? element.option_groups.map((group) => ({ label: group.label.text, options: group.options.map(asChoice) }))
    : [{ options: (element.options ?? []).map(asChoice) }];

const peopleChoices = () => {
  const people = Object.values(state.people).filter((one) => !one.deleted);
  people.sort((a, b) => Number(a.bot) - Number(b.bot) || a.name.localeCompare(b.name));
  return [{ options: people.map((one) => ({ value: one.id, text: one.name, said: one.role ? `(${one.role})` : "" })) }];
};

const channelChoices = () => [
  {
    options: state.channels
      .filter((one) => one.kind !== "im")
      .map((one) => ({ value: one.id, text: `#${one.name}`, said: "" })),
  },
];

/** Radio buttons, or boxes to tick. */
function list(type) {
  return (element, named, changed) => {
    const name = uid("choice");
    const inputs = element.options.map((option) =>
      h("input", { type, name, value: option.value, onchange: () => changed(false) }),
    );
    const rows = element.options.map((option, n) =>
      h(
        "label",
        { class: "choice" },
        inputs[n],
        h("span", {}, textNodes(option.text), option.description && h("small", {}, textNodes(option.description))),
      ),
    );
    const { id, ...rest } = named;
    const node = h("div", { ...rest, id, class: "choices", role: type === "radio" ? "radiogroup" : "group" }, rows);
    const picked = () => inputs.filter((input) => input.checked).map((input) => input.value);
    const get = () => (type === "radio" ? (picked()[0] ?? null) : picked());
    const set = (value) => inputs.forEach((input) => void (input.checked = [value].flat().includes(input.value)));
    return { node, input: inputs[0], get, set };
  };
}

const MAKERS = {
  static_select: select(staticChoices),
  external_select: select(staticChoices),
  users_select: select(peopleChoices),
  channels_select: select(channelChoices),
  conversations_select: select(channelChoices),
  multi_static_select: multiple(staticChoices),
  multi_external_select: multiple(staticChoices),
  multi_users_select: multiple(peopleChoices),
  multi_channels_select: multiple(channelChoices),
  multi_conversations_select: multiple(channelChoices),
  radio_buttons: list("radio"),
  checkboxes: list("checkbox"),
  datepicker: picker(
    "date",
    (value) => value,
    (value) => value,
  ),
  timepicker: picker(
    "time",
    (value) => value,
    (value) => value,
  ),
  datetimepicker: picker("datetime-local", secondsAt, localOf),
};
