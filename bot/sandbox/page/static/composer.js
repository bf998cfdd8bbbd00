/** Where somebody writes: each person's half-typed text stays with its channel or thread. */

import { act } from "./acting.js";
import { Completion } from "./completion.js";
import { h, icon } from "./dom.js";
import { asSent } from "./mentions.js";
import { toast } from "./notice.js";
import { channelOf, nameOf, state, ui } from "./store.js";

const drafts = new Map(); // person, channel and thread → {text, mentions}

export class Composer {
  /** `thread`: it writes replies, which may go to the channel too. */
  constructor({ thread = false } = {}) {
    this.thread = thread;
    this.box = h("textarea", {
      class: "box",
      rows: 1,
      "aria-label": "Message",
      data: { key: thread ? "reply-box" : "message-box" },
    });
    this.completion = new Completion(this.box, {
      inThread: () => this.thread,
      picked: (one) => one.mention && this.draft.mentions.set(one.label, one.mention),
    });
    this.send = h(
      "button",
      { type: "submit", class: "send", "aria-label": "Send", title: "Send (Enter)" },
      icon("send"),
    );
    this.too = thread ? h("input", { type: "checkbox" }) : null;
    const also = thread ? h("label", { class: "also" }, this.too, " Also send to the channel") : null;
    this.closed = h("p", { class: "closed", hidden: true });
    this.form = h(
      "form",
      { class: "composer", onsubmit: (event) => (event.preventDefault(), this.sends()) },
      this.completion.node,
      h("div", { class: "box-row" }, this.box, this.send),
      also,
    );
    this.node = h("div", { class: "composing" }, this.closed, this.form);
    this.box.addEventListener("input", () => this.typed());
    this.box.addEventListener("keydown", (event) => this.key(event));
  }

  /** Write to this channel (and thread) from now on. */
  at(channel, thread = null) {
    const key = `${state.me?.id} ${channel} ${thread ?? ""}`;
    const place = channelOf(channel);
    const shut = !place
      ? "You are not in this conversation."
      : place.archived
        ? `#${place.name} is archived.`
        : !place.member
          ? `You are not in #${place.name}.`
          : "";
    this.closed.hidden = !shut;
    this.closed.textContent = shut;
    this.form.hidden = Boolean(shut);
    const label = thread ? "Reply …" : `Message ${place ? nameOf(place) : ""}`;
    if (this.box.placeholder !== label) this.box.placeholder = label;
    this.box.setAttribute("aria-label", thread ? "Reply in thread" : label);
    if (key === this.key_) return;
    Object.assign(this, { key_: key, channel, ts: thread });
    if (!drafts.has(key)) drafts.set(key, { text: "", mentions: new Map() });
    this.draft = drafts.get(key);
    this.box.value = this.draft.text;
    this.completion.close();
    this.sized();
  }

  typed() {
    this.draft.text = this.box.value;
    this.sized();
  }

  sized() {
    this.box.rows = Math.min(8, Math.max(1, this.box.value.split("\n").length));
    this.send.classList.toggle("ready", this.box.value.trim() !== "");
  }

  key(event) {
    if (event.isComposing || this.completion.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.sends();
    } else if (event.key === "ArrowUp" && this.box.value === "") this.onUp?.(event);
  }

  async sends() {
    const { draft } = this;
    const typed = this.box.value;
    const text = asSent(typed, draft.mentions).trim();
    if (!text) return;
    if (text.startsWith("/") && this.thread)
      return toast("Slash commands do not work in threads. Write it in the channel.");
    const unknown = text.startsWith("/") && !state.commands.some((one) => one.command === text.split(/\s/)[0]);
    if (unknown)
      return toast(
        `There is no command ${text.split(/\s/)[0]}. There is ${state.commands.map((one) => one.command).join(", ")}.`,
      );
    const broadcast = this.too?.checked;
    this.write(draft, "");
    if (this.too) this.too.checked = false;
    ui.follow = this.thread ? "thread" : "channel";
    const answer = text.startsWith("/")
      ? await act("command", { channel: this.channel, text })
      : await act("say", {
          channel: this.channel,
          text,
          ...(this.ts ? { thread_ts: this.ts } : {}),
          ...(broadcast ? { broadcast } : {}),
        });
    if (answer.ok) return draft.text || draft.mentions.clear();
    toast(answer.say || "That was refused.");
    this.write(draft, draft.text ? `${typed}\n${draft.text}` : typed);
  }

  /** Put a text into a draft, and into the box if that draft is still the one on the screen. */
  write(draft, text) {
    draft.text = text;
    if (draft !== this.draft) return;
    this.box.value = text;
    this.sized();
  }

  focus() {
    if (!this.form.hidden) this.box.focus({ preventScroll: true });
  }
}
