/** One message: who, when, what, and what can be done with it. */

import { act } from "./acting.js";
import { showBlocks, words } from "./blocks.js";
import { editor } from "./editing.js";
import { h } from "./dom.js";
import { shownEmoji } from "./emoji.js";
import { Form } from "./form.js";
import { heard } from "./notice.js";
import { isMe, person, state, ui } from "./store.js";
import { clockTime, dayKey, momentOf, shown, whenShort } from "./time.js";
import { tools } from "./tools.js";

const NOTICES = /^(channel|group)_/;

export const initials = (name) =>
  name
    .split(/\s+/)
    .map((word) => [...word][0] ?? "")
    .join("")
    .slice(0, 2)
    .toUpperCase();

export function avatar(one, size = "") {
  return h(
    "span",
    { class: `avatar hue-${(one.color ?? 7) % 8} ${one.bot ? "app" : ""} ${size}`, "aria-hidden": "true" },
    one.bot ? "◆" : initials(one.name),
  );
}

/** Builds a message and keeps it up to date; `inThread`: it stands in the thread's pane. */
export class MessageNode {
  constructor(message, inThread) {
    this.inThread = inThread;
    this.form = new Form((block, value, entered) => block.dispatch_action && this.sends(block, value, entered));
    this.head = h("div", { class: "who" });
    this.content = h("div", { class: "content" });
    this.foot = h("div", { class: "foot" });
    this.side = h("div", { class: "side" });
    this.tools = h("div", { class: "tools", role: "toolbar", "aria-label": "Message actions" });
    const body = h("div", { class: "body" }, this.head, this.content, this.foot);
    this.node = h(
      "li",
      { class: "message", tabindex: "-1", data: { channel: message.channel, ts: message.ts } },
      this.side,
      body,
      this.tools,
    );
  }

  async sends(block, value, entered) {
    if (block.element.type.endsWith("_input") && !entered) return;
    const where = { channel: this.message.channel, ts: this.message.ts };
    heard(await act("click", { where, block_id: block.block_id, action_id: block.element.action_id, value }));
  }

  /** Show the message as it now is; `joined`: the one before is by the same person and just as old. */
  show(message, joined) {
    const editing =
      ui.editing?.ts === message.ts &&
      ui.editing?.channel === message.channel &&
      ui.editing?.inThread === this.inThread;
    const mark = [message, joined, editing, state.peopleVersion, this.day(message)];
    if (this.mark && mark.every((one, n) => one === this.mark[n])) return;
    const fresh = !this.mark;
    Object.assign(this, { message, mark });
    const notice = NOTICES.test(message.subtype ?? "");
    this.node.className = [
      "message",
      joined && "joined",
      message.ephemeral && "ephemeral",
      notice && "notice",
      message.by_bot && "by-app",
    ]
      .filter(Boolean)
      .join(" ");
    this.showHead(joined);
    this.showContent(editing);
    this.showFoot();
    if (fresh) this.tools.append(...(notice ? [] : tools(this)));
    else this.tools.replaceChildren(...(notice ? [] : tools(this)));
  }

  /** Texts with "today" in them change with the day. */
  day(message) {
    if (this.message !== message)
      this.dated = message.replies > 0 || /<!date|"date"/.test(`${message.text}${JSON.stringify(message.blocks)}`);
    return this.dated ? dayKey(new Date(state.now)) : "";
  }

  showHead(joined) {
    const { message } = this;
    const [who, when] = [person(message.user), momentOf(message.ts)];
    const time = h(
      "time",
      { datetime: when.toISOString(), title: shown(when, { dateStyle: "full", timeStyle: "short" }) },
      clockTime(when),
    );
    this.side.replaceChildren(joined ? time : avatar(who));
    const marks = [
      h("span", { class: joined ? "name unseen" : "name" }, who.name),
      !joined && who.bot && h("span", { class: "tag" }, "App"),
      !joined && !who.bot && who.role && h("span", { class: "role" }, who.role),
      !joined && time,
      message.ephemeral && h("span", { class: "only" }, "Only visible to you"),
      message.broadcast &&
        !this.inThread &&
        h("a", { class: "only", href: `#/${message.channel}/${message.thread_ts}` }, "replied in a thread"),
    ];
    this.head.replaceChildren(...marks.filter(Boolean));
  }

  showContent(editing) {
    const { message } = this;
    if (editing) return this.content.querySelector("form") || this.content.replaceChildren(editor(message));
    if (message.by_bot && message.blocks?.length) return this.showBlocks();
    const edited = message.edited ? h("span", { class: "edited" }, " (edited)") : null;
    const shownText = words(message.text ?? "");
    shownText.append(...[edited].filter(Boolean));
    this.content.replaceChildren(shownText);
  }

  showBlocks() {
    const { message } = this;
    let host = this.content.querySelector(":scope > .blocks");
    if (!host) this.content.replaceChildren((host = h("div", { class: "blocks" })));
    const where = { channel: message.channel, ts: message.ts };
    showBlocks(host, message.blocks, {
      where,
      chosen: message.chosen ?? {},
      form: this.form,
      marked: this.mark.slice(3).join(),
    });
  }

  showFoot() {
    const { message } = this;
    this.foot.replaceChildren(...[this.reactions(), this.replies()].filter(Boolean));
    this.foot.hidden = !this.foot.children.length;
  }

  reactions() {
    const { message } = this;
    if (!message.reactions?.length) return null;
    const made = message.reactions.map(({ name, users }) => {
      const label = `${shownEmoji(name)} ${users.length} by ${users.map((id) => person(id).name).join(", ")}`;
      const press = async () => heard(await act("react", { channel: message.channel, ts: message.ts, name }));
      return h(
        "button",
        {
          type: "button",
          class: "reaction",
          "aria-label": label,
          title: label,
          "aria-pressed": String(users.some(isMe)),
          data: { key: name },
          onclick: press,
        },
        `${shownEmoji(name)} ${users.length}`,
      );
    });
    return h("div", { class: "reactions" }, made);
  }

  replies() {
    const { message } = this;
    if (!message.replies || this.inThread || (message.thread_ts && message.thread_ts !== message.ts)) return null;
    const faces = (message.reply_users ?? []).slice(0, 4).map((id) => avatar(person(id), "tiny"));
    const last = message.last_reply
      ? h("span", { class: "last" }, ` Last reply ${whenShort(momentOf(message.last_reply))}`)
      : null;
    const said = h("span", { class: "count" }, message.replies === 1 ? "1 reply" : `${message.replies} replies`);
    return h(
      "a",
      { class: "replies", href: `#/${message.channel}/${message.ts}`, data: { key: "replies" } },
      faces,
      said,
      last,
    );
  }
}
