/** Where the person looks: the address after #, and links to messages of this workspace, which stay in the page. */

import { channelOf, isApp, shownChannel, state, ui } from "./store.js";

const PERMALINK =
  /^https?:\/\/(?:[\w-]+\.)?slack\.com\/archives\/(\w+)\/p(\d{10})(\d{6})(?:\?(?:.*&)?thread_ts=([\d.]+))?/;

export const knows = (id) => id === "app" || channelOf(id) !== null;

/** The page's own address for a link to a message; null for other links. */
export function inPage(url) {
  const found = PERMALINK.exec(url);
  if (!found) return null;
  const [, channel, seconds, rest, thread] = found;
  const ts = `${seconds}.${rest}`;
  return `#/${channel}/${thread && thread !== ts ? thread : ""}/${ts}`;
}

/**
 * Look where the address points: "#/C0READYBY", "#/C0READYBY/17…" (a thread), "#/C0READYBY/17…/17…" (a message in it),
 * "#/app/home" or "#/app/messages". A phone shows the list of conversations for "#/".
 */
export function follow() {
  const [, id, rest, more] = location.hash.split("/");
  const known = id && knows(id) ? id : null;
  const usual = state.channels.find((one) => one.kind !== "im" && one.member) ?? state.channels[0];
  const before = ui.place && knows(ui.place) ? ui.place : null;
  ui.place = known ?? before ?? usual?.id ?? "app";
  ui.target = null;
  if (known === "app") {
    ui.tab = rest === "messages" ? "messages" : "home";
    ui.thread = null;
  } else {
    const app = known && isApp(channelOf(known));
    if (app) Object.assign(ui, { place: "app", tab: "messages" });
    ui.target = (known && more) || null;
    ui.thread = (known && (rest || threadOf(known, more))) || null;
  }
  if (ui.thread && !threadKnown()) ui.thread = null;
  ui.screen = !known ? "list" : ui.thread ? "thread" : "talk";
  document.body.dataset.screen = ui.screen;
}

/** The thread of a message that is a reply. */
function threadOf(channel, ts) {
  const message = ts && state.messages.get(channel)?.get(ts);
  return message?.thread_ts && message.thread_ts !== ts ? message.thread_ts : null;
}

const threadKnown = () =>
  [...(state.messages.get(shownChannel()?.id)?.values() ?? [])].some(
    (one) => one.ts === ui.thread || one.thread_ts === ui.thread,
  );

/** Bring the message that the address points to before the eyes; whether there is one. */
export function reveal() {
  const place = document.getElementById(ui.thread ? "thread" : "talk");
  const node = ui.target && place.querySelector(`[data-ts="${CSS.escape(ui.target)}"]`);
  if (!node) return false;
  node.scrollIntoView({ block: "center" });
  node.focus({ preventScroll: true });
  return true;
}
