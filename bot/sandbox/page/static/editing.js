/** Changing one's own message in its place. */

import { act } from "./acting.js";
import { h } from "./dom.js";
import { asTyped } from "./mrkdwn.js";
import { heard } from "./notice.js";
import { asSent } from "./mentions.js";
import { edit } from "./tools.js";

export function editor(message) {
  const { text, mentions } = asTyped(message.text ?? "");
  const box = h("textarea", {
    class: "typed",
    rows: Math.min(8, text.split("\n").length + 1),
    "aria-label": "Edit message",
    value: text,
  });
  const leave = () => {
    const node = form.closest(".message");
    edit(null);
    node?.focus();
  };
  const save = async () => {
    const answer = await act("edit", { channel: message.channel, ts: message.ts, text: asSent(box.value, mentions) });
    if (heard(answer)) leave();
  };
  const keys = (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      return leave();
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    save();
  };
  box.addEventListener("keydown", keys);
  const form = h(
    "form",
    { class: "editor", onsubmit: (event) => (event.preventDefault(), save()) },
    box,
    h(
      "div",
      { class: "row" },
      h("button", { type: "button", class: "button small", onclick: leave }, "Cancel"),
      h("button", { type: "submit", class: "button small primary" }, "Save"),
    ),
  );
  setTimeout(() => box.focus());
  return form;
}
