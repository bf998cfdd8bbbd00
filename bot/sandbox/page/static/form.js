/** Input blocks, and the form that holds them: what was typed stays while views change around it. */

import { h, uid } from "./dom.js";
import { complaint } from "./checks.js";
import { field, heldBy } from "./fields.js";
import { plain } from "./mrkdwn.js";

/** What is filled in for one view or message. `sent`: called with (block, element, value, entered) after each choice. */
export class Form {
  constructor(changed) {
    Object.assign(this, { changed, held: new Map(), entries: new Map() });
  }

  /** What the input starts with: what was typed here before, else what the server knows. */
  start(block, chosen) {
    const key = keyOf(block);
    return this.held.has(key)
      ? this.held.get(key)
      : heldBy(block.element, chosen?.[block.block_id]?.[block.element.action_id]);
  }

  hold(block, value) {
    this.held.set(keyOf(block), value);
  }

  enter(block, entry) {
    this.entries.set(block.block_id, { block, ...entry });
  }

  /** Only what still stands in the view counts. */
  keepOnly(blocks) {
    const ids = new Set(blocks.map((block) => block.block_id));
    for (const id of this.entries.keys()) if (!ids.has(id)) this.entries.delete(id);
  }

  values() {
    const values = {};
    for (const [id, { block, control }] of this.entries) values[id] = { [block.element.action_id]: control.get() };
    return values;
  }

  /** Mark what is wrong; whether nothing is. The first that is wrong gets the focus. */
  check() {
    const wrong = {};
    for (const [id, { block, control }] of this.entries) {
      const said = complaint(block, block.element, control.get());
      if (said) wrong[id] = said;
    }
    return this.mark(wrong);
  }

  /** Show these errors, by block id, and no others; returns what belongs to no input. */
  mark(errors) {
    const first = [...this.entries]
      .filter(([id, { show }]) => (show(errors[id] ?? ""), errors[id]))
      .map(([, entry]) => entry)[0];
    first?.control.input.focus();
    first?.node.scrollIntoView({ block: "nearest" });
    const rest = Object.entries(errors)
      .filter(([id]) => !this.entries.has(id))
      .map(([, text]) => text);
    return { ok: !first && !rest.length, rest };
  }
}

const keyOf = (block) => `${block.block_id}|${block.element.action_id}`;

/** Label, control, hint and the place for what is wrong with it. */
export function inputBlock(block, context) {
  const { form, chosen } = context;
  const [id, hintId, errorId, labelId] = ["input", "hint", "error", "label"].map(uid);
  const grouped = ["radio_buttons", "checkboxes"].includes(block.element.type);
  const multiple = block.element.type.startsWith("multi_");
  const error = h("p", { class: "error", id: errorId, hidden: true });
  const described = [block.hint && hintId, errorId].filter(Boolean).join(" ");
  const named = {
    id,
    "aria-labelledby": multiple ? `${labelId} ${id}` : grouped ? labelId : null,
    "aria-describedby": described,
    "aria-required": block.optional || multiple || grouped ? null : "true",
  };
  const control = field(block.element, form.start(block, chosen), named, (entered, event) => {
    form.hold(block, control.get());
    form.changed(block, control.get(), entered, event);
  });
  control.node.addEventListener("input", () => {
    form.hold(block, control.get());
    show("");
  });
  const show = (text) => {
    error.hidden = !text;
    error.textContent = text;
    control.input.setAttribute("aria-invalid", text ? "true" : "false");
    node.classList.toggle("wrong", Boolean(text));
  };
  const optional = block.optional ? h("span", { class: "optional" }, " (optional)") : null;
  const label =
    grouped || multiple
      ? h("div", { class: "label", id: labelId }, plain(block.label.text), optional)
      : h("label", { class: "label", id: labelId, for: id }, plain(block.label.text), optional);
  const hint = block.hint && h("p", { class: "hint", id: hintId }, plain(block.hint.text));
  const node = h("div", { class: "input" }, label, control.node, hint, error);
  control.node.dataset.blockId = block.block_id;
  form.enter(block, { control, node, show });
  return node;
}
