/** A list of messages: only what changed is drawn anew, older ones follow bit by bit, and the place stays where it was. */

import { h, keepingFocus } from "./dom.js";
import { MessageNode } from "./message.js";
import { dayKey, dayName, momentOf } from "./time.js";

const [AT_FIRST, MORE, NEAR] = [60, 50, 80];
const TOGETHER = 5 * 60; // seconds in which somebody's messages have one head

export class MessageList {
  constructor(label, { inThread = false } = {}) {
    Object.assign(this, {
      inThread,
      nodes: new Map(),
      marks: new Map(),
      shown: AT_FIRST,
      messages: [],
      newFrom: null,
      sticks: true,
      was: 0, // scrollTop
    });
    this.list = h("ol", { class: "messages", "aria-label": label });
    this.top = h("div", { class: "beginning", hidden: true });
    this.scroller = h("div", { class: "scroller", tabindex: "-1" }, this.top, this.list);
    this.jump = h(
      "button",
      { type: "button", class: "button small jump", hidden: true, onclick: () => this.toEnd() },
      "New messages ↓",
    );
    this.node = h("div", { class: "list" }, this.scroller, this.jump);
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.list.addEventListener("keydown", (event) => this.moved(event));
    new ResizeObserver(() => this.sticks && this.toEnd()).observe(this.list);
  }

  /** Only whoever goes up leaves the end: what is drawn late makes the list longer, and moves nobody. */
  scrolled() {
    const { scrollTop } = this.scroller;
    if (this.atEnd()) this.sticks = true;
    else if (scrollTop < this.was) this.sticks = false;
    this.was = scrollTop;
    if (this.sticks) this.jump.hidden = true;
  }

  atEnd() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR;
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.was = this.scroller.scrollTop;
  }

  /** Show these messages, oldest first. `newFrom`: before which one the line "New" stands. */
  show(messages, { newFrom = null, follow = false } = {}) {
    const stays = this.sticks || follow;
    const last = this.messages.at(-1)?.ts;
    if (!stays && last && last !== messages.at(-1)?.ts) this.jump.hidden = false;
    Object.assign(this, { messages, newFrom });
    keepingFocus(() => this.arrange());
    if (stays) {
      this.toEnd();
      this.sticks = true;
    }
    if (this.messages.length > this.shown) this.later();
  }

  /** Draw older ones while nothing else is to be done, without moving what is read. */
  later() {
    if (this.growing) return;
    this.growing = true;
    const grow = () => {
      this.growing = false;
      if (!this.scroller.isConnected) return;
      const below = this.scroller.scrollHeight - this.scroller.scrollTop;
      this.shown += MORE;
      this.arrange();
      if (this.sticks) this.toEnd();
      else this.scroller.scrollTop = this.scroller.scrollHeight - below;
      if (this.messages.length > this.shown) this.later();
    };
    (globalThis.requestIdleCallback ?? setTimeout)(grow, { timeout: 400 });
  }

  arrange() {
    const wanted = [...this.wanted()];
    const keep = new Set(wanted);
    for (const node of [...this.list.children]) if (!keep.has(node)) node.remove();
    wanted.forEach(
      (node, n) => this.list.children[n] !== node && this.list.insertBefore(node, this.list.children[n] ?? null),
    );
    const known = new Set(this.messages.map((one) => one.ts));
    for (const ts of this.nodes.keys()) if (!known.has(ts)) this.nodes.delete(ts);
    if (wanted.length && !this.list.querySelector(":scope > .message[tabindex='0']"))
      wanted[wanted.length - 1].setAttribute("tabindex", "0");
  }

  *wanted() {
    let [day, before] = ["", null];
    for (const message of this.messages.slice(-this.shown)) {
      const today = dayKey(momentOf(message.ts));
      if (today !== day && !this.inThread) yield this.line(`day ${today}`, "day", dayName(momentOf(message.ts)));
      if (message.ts === this.newFrom) yield this.line("new", "new", "New");
      const joined = today === day && message.ts !== this.newFrom && follows(message, before);
      [day, before] = [today, message];
      yield this.nodeOf(message, joined);
    }
  }

  nodeOf(message, joined) {
    if (!this.nodes.has(message.ts)) this.nodes.set(message.ts, new MessageNode(message, this.inThread));
    const one = this.nodes.get(message.ts);
    one.show(message, joined);
    return one.node;
  }

  line(key, kind, text) {
    if (!this.marks.has(key)) this.marks.set(key, h("li", { class: kind }, h("span", {})));
    const node = this.marks.get(key);
    if (node.textContent !== text) node.firstChild.textContent = text;
    return node;
  }

  /** Arrow keys go from message to message. */
  moved(event) {
    const here = event.target.closest(".message");
    if (event.target !== here || !here) return;
    const all = [...this.list.querySelectorAll(":scope > .message")];
    const to = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next =
      event.key === "Home" ? all[0] : event.key === "End" ? all[all.length - 1] : to && all[all.indexOf(here) + to];
    if (!next) return;
    event.preventDefault();
    here.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  }
}

function follows(message, before) {
  if (!before || before.user !== message.user || before.subtype || message.subtype) return false;
  if (before.ephemeral !== message.ephemeral || message.broadcast || message.by_bot) return false;
  return parseFloat(message.ts) - parseFloat(before.ts) < TOGETHER;
}
