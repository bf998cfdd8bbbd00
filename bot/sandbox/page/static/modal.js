/** Modals as Slack stacks them: each view a dialog, only the top one shown; what is filled in stays while views change. */

import { act, note } from "./acting.js";
import { showBlocks } from "./blocks.js";
import { h, iconButton, keepingFocus, uid, wayBack } from "./dom.js";
import { Form } from "./form.js";
import { plain } from "./mrkdwn.js";
import { heard } from "./notice.js";
import { state } from "./store.js";

class Modal {
  constructor(view) {
    this.form = new Form((block, value, entered, event) => this.changed(block, value, entered, event));
    this.title = h("h2", { id: uid("modal-title"), tabindex: "-1" });
    this.body = h("div", { class: "blocks modal-body" });
    this.problem = h("p", { class: "error general", role: "alert", hidden: true });
    this.cancel = h("button", { type: "button", class: "button", onclick: () => this.close(false) });
    this.submit = h("button", { type: "submit", class: "button primary" });
    const head = h(
      "div",
      { class: "dialog-head" },
      this.title,
      iconButton("close", "Close", () => this.close(true)),
    );
    this.foot = h("div", { class: "dialog-foot" }, this.cancel, this.submit);
    const form = h(
      "form",
      { novalidate: true, onsubmit: (event) => (event.preventDefault(), this.sends()) },
      head,
      this.problem,
      this.body,
      this.foot,
    );
    this.dialog = h("dialog", { class: "modal", "aria-labelledby": this.title.id, data: { view: view.id } }, form);
    this.dialog.addEventListener("cancel", (event) => {
      if (event.target !== this.dialog) return;
      event.preventDefault();
      this.close(false);
    });
    document.body.append(this.dialog);
  }

  show(view) {
    if (this.mark === JSON.stringify(view)) return;
    const [fresh, before] = [!this.mark, this.view];
    this.mark = JSON.stringify(view);
    this.view = view;
    this.title.replaceChildren(...plain(view.title ?? ""));
    this.cancel.replaceChildren(...plain(view.close || (view.submit ? "Cancel" : "Close")));
    this.submit.hidden = !view.submit;
    if (!this.sending) this.submit.replaceChildren(...plain(view.submit || "Submit"));
    this.form.keepOnly(view.blocks);
    keepingFocus(() =>
      showBlocks(this.body, view.blocks, {
        where: { view: view.id },
        chosen: view.chosen ?? {},
        form: this.form,
        marked: state.peopleVersion,
      }),
    );
    if (JSON.stringify(view.errors) !== JSON.stringify(before?.errors)) this.mistakes(view.errors ?? {});
    if (!fresh && turned(before, view)) this.start();
    else if (!fresh && this.dialog.open && !this.dialog.contains(document.activeElement)) this.title.focus();
  }

  /** The first thing to fill in has the focus; without one, the title. */
  start() {
    const wanted =
      this.view.blocks.find((block) => block.element?.focus_on_load) ??
      this.view.blocks.find((block) => block.type === "input");
    const input = wanted && this.form.entries.get(wanted.block_id)?.control.input;
    (input ?? this.title).focus();
    this.body.scrollTop = 0;
  }

  raise() {
    if (this.dialog.open) return;
    this.back ??= wayBack();
    this.dialog.showModal();
    if (this.last?.isConnected) this.last.focus();
    else this.start();
  }

  lower() {
    if (!this.dialog.open) return;
    this.last = this.dialog.contains(document.activeElement) ? document.activeElement : null;
    this.dialog.close();
  }

  remove() {
    this.lower();
    this.dialog.remove();
    this.back?.();
  }

  mistakes(errors) {
    const { rest } = this.form.mark(errors);
    this.problem.hidden = !rest.length;
    this.problem.textContent = rest.join(" ");
  }

  async changed(block, value, entered, event) {
    const [id, action] = [block.block_id, block.element.action_id];
    if (block.dispatch_action && (entered || !block.element.type.endsWith("_input"))) {
      event?.preventDefault();
      return heard(await act("click", { where: { view: this.view.id }, block_id: id, action_id: action, value }));
    }
    note("fill", { view: this.view.id, block_id: id, action_id: action, value });
  }

  async sends() {
    if (this.sending || !this.view.submit) return;
    this.problem.hidden = true;
    if (!this.form.check().ok) return;
    this.waits(true);
    const answer = await act("submit", { view: this.view.id, values: this.form.values() });
    this.waits(false);
    if (answer.ok) return;
    const errors = answer.errors ?? {};
    this.mistakes(errors);
    if (!Object.keys(errors).length) heard(answer);
  }

  waits(sending) {
    this.sending = sending;
    this.submit.setAttribute("aria-disabled", String(sending));
    this.dialog.classList.toggle("saving", sending);
    this.submit.replaceChildren(...plain(sending ? "Saving …" : this.view.submit || "Submit"));
  }

  async close(all) {
    if (!this.sending) heard(await act("close", { view: this.view.id, ...(all ? { all: true } : {}) }));
  }
}

const inputsOf = (view) => view.blocks.filter((block) => block.type === "input").map((block) => block.block_id);

/** Whether the view is another page by now: nothing that could be filled in is still there. */
const turned = (before, view) => !inputsOf(view).some((id) => inputsOf(before).includes(id));

const open = new Map();

/** Show the stack of the person's modals, and only its top. */
export function showModals() {
  const ids = new Set(state.modals.map((view) => view.id));
  for (const [id, modal] of open) {
    if (ids.has(id)) continue;
    open.delete(id);
    modal.remove();
  }
  state.modals.forEach((view, n) => {
    if (!open.has(view.id)) open.set(view.id, new Modal(view));
    const modal = open.get(view.id);
    modal.show(view);
    if (n < state.modals.length - 1) modal.lower();
    else modal.raise();
  });
}

/** Of another person or scene: nothing of before counts. */
export function forgetModals() {
  for (const modal of open.values()) modal.remove();
  open.clear();
}
