/** The thread's pane beside the conversation. */

import { note } from "./acting.js";
import { Composer } from "./composer.js";
import { fill, h, icon } from "./dom.js";
import { MessageList } from "./list.js";
import { inThread, isMe, nameOf, shownChannel, state, ui } from "./store.js";

const composer = new Composer({ thread: true });

let list = null;
let at = "";
let read = "";

export function showThread(aside) {
  const channel = shownChannel();
  const shown = Boolean(ui.thread && channel);
  aside.hidden = !shown;
  document.body.classList.toggle("with-thread", shown);
  if (!shown) return void (at = "");
  const key = JSON.stringify([state.me.id, channel.id, ui.thread, ui.era]);
  const moved = key !== at;
  at = key;
  if (moved) enter(aside, channel);
  const messages = inThread(channel.id, ui.thread);
  const follow = ui.follow === "thread" && isMe(messages.at(-1)?.user);
  list.show(messages, { follow });
  if (follow) ui.follow = null;
  composer.at(channel.id, ui.thread);
  markRead(channel, messages.at(-1)?.ts);
}

function enter(aside, channel) {
  list = new MessageList("Messages of the thread", { inThread: true });
  const close = h(
    "a",
    {
      class: "icon-button",
      href: placeOf(channel),
      "aria-label": "Close the thread",
      title: "Close the thread",
      data: { key: "close-thread" },
    },
    icon("close"),
  );
  const back = h(
    "a",
    { class: "back", href: placeOf(channel), "aria-label": `Back to ${nameOf(channel)}` },
    icon("back"),
  );
  fill(
    aside,
    h("div", { class: "talk-head" }, back, h("h2", {}, "Thread", h("small", {}, ` ${nameOf(channel)}`)), close),
    list.node,
    composer.node,
  );
}

const placeOf = (channel) => (ui.place === "app" ? "#/app/messages" : `#/${channel.id}`);

function markRead(channel, last) {
  const mark = `${state.me.id} ${channel.id} ${last} ${channel.unread} ${channel.mentions}`;
  if (document.hidden || !last || !(channel.unread || channel.mentions) || mark === read) return;
  read = mark;
  note("read", { channel: channel.id, ts: last });
}

export const focusReply = () => composer.focus();
