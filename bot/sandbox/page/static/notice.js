/** What the page says by itself: refusals, questions before an act, and what is new for those who listen. */

import { h, iconButton, wayBack } from "./dom.js";
import { mrkdwn, textNodes } from "./mrkdwn.js";

const LASTS = 9000;

/** Say that something was refused or done, where it is seen even above a form. `more`: {label, act} for a button. */
export function toast(text, more = null) {
  const host = [...document.querySelectorAll("dialog[open]")].pop() ?? document.body;
  let place = host.querySelector(":scope > .toasts");
  if (!place) host.append((place = h("div", { class: "toasts", role: "status" })));
  const said = h(
    "div",
    { class: "toast" },
    h("span", {}, mrkdwn(text)),
    more && h("button", { type: "button", class: "button small", onclick: () => (said.remove(), more.act()) }, more.label),
    iconButton("close", "Dismiss", () => said.remove()),
  );
  place.append(said);
  setTimeout(() => said.remove(), LASTS);
}

/** Toast what an answer refuses; whether it was all right. */
export function heard(answer) {
  if (!answer.ok) toast(answer.say || "That was refused.");
  return answer.ok;
}

let quiet = 0;

/** Read out, politely and briefly. */
export function announce(text) {
  const place = document.getElementById("announcer");
  clearTimeout(quiet);
  place.textContent = text;
  quiet = setTimeout(() => void (place.textContent = ""), 5000);
}

/** Ask before an act; resolves to whether to go on. `ask`: Slack's confirm object. */
export function confirmed(ask) {
  return new Promise((resolve) => {
    const go = h(
      "button",
      { type: "submit", value: "yes", class: ask.style === "danger" ? "button danger" : "button primary" },
      textNodes(ask.confirm),
    );
    const no = h("button", { type: "submit", value: "no", class: "button", autofocus: true }, textNodes(ask.deny));
    const title = h("h2", { id: "confirm-title" }, textNodes(ask.title));
    const form = h(
      "form",
      { method: "dialog" },
      title,
      h("p", {}, textNodes(ask.text)),
      h("div", { class: "dialog-foot" }, no, go),
    );
    const dialog = h("dialog", { class: "modal small", "aria-labelledby": "confirm-title" }, form);
    const back = wayBack();
    dialog.addEventListener("close", () => {
      dialog.remove();
      back();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

const words = (text) => ({ type: "plain_text", text });

export const question = (title, text, confirm, style) =>
  confirmed({ title: words(title), text: words(text), confirm: words(confirm), deny: words("Cancel"), style });
