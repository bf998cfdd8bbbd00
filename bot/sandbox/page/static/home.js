/** The app's Home tab. */

import { showBlocks } from "./blocks.js";
import { act } from "./acting.js";
import { h, keepingFocus } from "./dom.js";
import { Form } from "./form.js";
import { heard } from "./notice.js";
import { state } from "./store.js";
import { dayKey } from "./time.js";

export class Home {
  constructor() {
    this.blocks = h("div", { class: "blocks" });
    this.empty = h("p", { class: "empty" }, "The Home tab is on its way …");
    this.node = h("div", { class: "home scroller", tabindex: "-1" }, this.empty, this.blocks);
    this.form = new Form(async (block, value, entered) => {
      if (!block.dispatch_action || (block.element.type.endsWith("_input") && !entered)) return;
      heard(
        await act("click", {
          where: { view: state.home.id },
          block_id: block.block_id,
          action_id: block.element.action_id,
          value,
        }),
      );
    });
  }

  show() {
    const view = state.home;
    this.empty.hidden = Boolean(view);
    this.blocks.hidden = !view;
    if (!view) return this.blocks.replaceChildren();
    const marked = `${state.peopleVersion} ${dayKey(new Date(state.now))} ${state.me.zone}`;
    keepingFocus(() =>
      showBlocks(this.blocks, view.blocks, {
        where: { view: view.id },
        chosen: view.chosen ?? {},
        form: this.form,
        marked,
      }),
    );
  }
}
