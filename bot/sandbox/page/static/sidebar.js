/** Channels, people and the app, with what is unread. */

import { fill, h, icon, keepingFocus } from "./dom.js";
import { avatar } from "./message.js";
import { appChannel, bot, isApp, nameOf, person, state, ui } from "./store.js";

let mark = "";

export function showSidebar(nav) {
  const now = JSON.stringify([state.channels, ui.place, state.me, state.peopleVersion]);
  if (now === mark) return;
  mark = now;
  const joined = state.channels.filter((one) => one.kind !== "im" && one.member);
  const others = state.channels.filter((one) => one.kind !== "im" && !one.member);
  const people = state.channels.filter((one) => one.kind === "im" && !isApp(one));
  keepingFocus(() =>
    fill(
      nav,
      h("p", { class: "workspace" }, "Stand-in for Slack"),
      group("Channels", joined.map(row)),
      others.length > 0 && group("Channels you are not in", others.map(row)),
      people.length > 0 && group("Direct messages", people.map(row)),
      group("Apps", [appRow()]),
    ),
  );
}

export const signOf = (channel) =>
  h("span", { class: "sign", "aria-hidden": "true" }, channel.kind === "private" ? icon("lock") : "#");

const group = (name, rows) => h("section", {}, h("h2", {}, name), h("ul", {}, rows));

function row(channel) {
  const sign = channel.kind === "im" ? avatar(person(channel.peer), "tiny") : signOf(channel);
  return line({
    id: channel.id,
    channel,
    sign,
    name: channel.kind === "im" ? nameOf(channel) : channel.name,
    href: `#/${channel.id}`,
  });
}

function appRow() {
  const app = bot();
  const channel = appChannel();
  return line({
    id: "app",
    channel,
    sign: app && avatar(app, "tiny"),
    name: app?.name ?? "The app",
    href: channel?.unread ? "#/app/messages" : "#/app/home",
  });
}

function line({ id, channel, sign, name, href }) {
  const [unread, mentions] = [channel?.unread ?? 0, channel?.mentions ?? 0];
  const badge =
    mentions > 0
      ? h(
          "span",
          { class: "badge mentions" },
          String(mentions),
          h("span", { class: "unseen" }, mentions === 1 ? " mention" : " mentions"),
        )
      : unread > 0 && h("span", { class: "badge" }, String(unread), h("span", { class: "unseen" }, " unread"));
  const dim = channel && (channel.archived || !channel.member);
  const link = h(
    "a",
    {
      href,
      class: ["place", unread && "unread", dim && "dim"].filter(Boolean).join(" "),
      "aria-current": ui.place === id ? "page" : null,
      data: { channel: channel?.id ?? "app" },
    },
    sign,
    h("span", { class: "place-name" }, name),
    channel?.archived && h("small", {}, "archived"),
    badge,
  );
  return h("li", {}, link);
}
