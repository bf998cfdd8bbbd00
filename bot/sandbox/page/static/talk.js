/** The conversation in the middle: a channel with its messages, or the app with its two tabs. */

import { act, note } from "./acting.js";
import { Composer } from "./composer.js";
import { fill, h, icon } from "./dom.js";
import { Home } from "./home.js";
import { MessageList } from "./list.js";
import { avatar } from "./message.js";
import { heard } from "./notice.js";
import { signOf } from "./sidebar.js";
import { appChannel, bot, inChannel, isMe, nameOf, shownChannel, state, ui } from "./store.js";
import { edit } from "./tools.js";

const composer = new Composer();
composer.box.id = "message-box";
composer.onUp = (event) => {
  const own = inChannel(shownChannel()?.id ?? "")
    .filter((one) => one.mine)
    .pop();
  if (!own) return;
  event.preventDefault();
  edit(own, false);
};

let list = null;
let home = null;
let at = "";
const read = new Map(); // person and channel → up to which message

export function showTalk(main) {
  const channel = shownChannel();
  const key = JSON.stringify([state.me?.id, ui.place, ui.place === "app" ? ui.tab : "", channel?.id, ui.era]);
  const moved = key !== at;
  at = key;
  if (moved) enter(main, channel);
  head(main, channel);
  if (home) return home.show();
  if (!channel) return;
  const messages = inChannel(channel.id);
  list.top.hidden = messages.length > 0;
  list.show(messages, {
    newFrom: ui.newFrom.get(channel.id) ?? null,
    follow: ui.follow === "channel" && isMe(messages.at(-1)?.user),
  });
  if (ui.follow === "channel" && isMe(messages.at(-1)?.user)) ui.follow = null;
  if (moved && ui.newFrom.has(channel.id)) list.list.querySelector(".new")?.scrollIntoView({ block: "center" });
  composer.at(channel.id);
  join(channel);
  markRead(channel);
}

function enter(main, channel) {
  home = ui.place === "app" && ui.tab === "home" ? new Home() : null;
  list = home ? null : new MessageList(channel ? `Messages in ${nameOf(channel)}` : "Messages");
  const place = h("div", { class: "talk-head" });
  const body = home
    ? [home.node]
    : channel
      ? [list.node, composer.node]
      : [
          h(
            "p",
            { class: "empty" },
            ui.place === "app" ? "Nothing has been written here yet." : "Pick a conversation.",
          ),
        ];
  fill(main, place, body);
  headMark = "";
  if (channel) {
    fill(list.top, channel.member && beginning(channel));
    unreadFrom(channel);
  }
}

function beginning(channel) {
  return [
    h("p", {}, h("b", {}, `This is the very beginning of ${nameOf(channel)}.`)),
    h("p", {}, "You play every role here: choose at the top who you are, and move the clock beside it."),
    h(
      "p",
      {},
      "Type ",
      h("code", {}, "/"),
      " below to see what the app can do, ",
      h("code", {}, "@"),
      " to name somebody.",
    ),
  ];
}

/** The line "New" stands before what was unread when the conversation was opened. */
function unreadFrom(channel) {
  ui.newFrom.delete(channel.id);
  if (!channel.unread) return;
  const foreign = inChannel(channel.id).filter((one) => !isMe(one.user));
  const first = foreign[Math.max(0, foreign.length - channel.unread)];
  if (first) ui.newFrom.set(channel.id, first.ts);
}

let headMark = "";

function head(main, channel) {
  const now = JSON.stringify([
    channel?.name,
    channel?.kind,
    channel?.archived,
    ui.place,
    ui.tab,
    appChannel()?.unread,
    state.me?.id,
  ]);
  if (now === headMark) return;
  headMark = now;
  const back = h("a", { class: "back", href: "#/", "aria-label": "Back to the conversations" }, icon("back"));
  fill(
    main.querySelector(".talk-head"),
    back,
    ui.place === "app"
      ? appHead()
      : h(
          "h1",
          {},
          channel ? (channel.kind === "im" ? nameOf(channel) : h("span", {}, signOf(channel), channel.name)) : "",
        ),
    channel?.archived && h("span", { class: "tag" }, "archived"),
  );
}

function appHead() {
  const unread = appChannel()?.unread ?? 0;
  const tab = (name, label) =>
    h(
      "a",
      { href: `#/app/${name}`, "aria-current": ui.tab === name ? "page" : null, class: "tab" },
      label,
      name === "messages" && unread > 0 && h("span", { class: "badge" }, String(unread)),
    );
  return [
    bot() && avatar(bot(), "tiny"),
    h("h1", {}, bot()?.name ?? "The app"),
    h("nav", { class: "tabs", "aria-label": "Tabs of the app" }, tab("home", "Home"), tab("messages", "Messages")),
  ];
}

function join(channel) {
  if (channel.member || channel.archived || composer.closed.querySelector("button")) return;
  composer.closed.append(
    " ",
    h(
      "button",
      {
        type: "button",
        class: "button small primary",
        onclick: async () => heard(await act("join", { channel: channel.id })),
      },
      "Join",
    ),
  );
}

/** Tell that everything here was seen, once for each newest message. */
export function markRead(channel) {
  if (document.hidden || !channel?.member || !(channel.unread || channel.mentions)) return;
  const last = inChannel(channel.id).at(-1)?.ts;
  const key = `${ui.era} ${state.me.id} ${channel.id}`;
  const mark = `${last} ${channel.unread} ${channel.mentions}`;
  if (!last || read.get(key) === mark || !onScreen()) return;
  read.set(key, mark);
  note("read", { channel: channel.id, ts: last });
}

const onScreen = () => document.body.dataset.screen !== "list" || !matchMedia("(max-width: 760px)").matches;

export const focusComposer = () => composer.focus();
