/** Blocks as Slack shows them. A block that did not change keeps its nodes, and with them what somebody is doing there. */

import { chart } from "./chart.js";
import { h } from "./dom.js";
import { elementNode, picture } from "./elements.js";
import { inputBlock } from "./form.js";
import { mrkdwn, textNodes } from "./mrkdwn.js";
import { richText } from "./rich.js";
import { dataTable, plainTable } from "./table.js";

const MARK = Symbol("what the block was");

/** Show blocks in `host`. `context`: {where, chosen, form?}; each block is built anew only if it or its state changed. */
export function showBlocks(host, blocks, context) {
  const before = new Map([...host.children].map((node) => [node[MARK], node]));
  blocks.forEach((block, n) => {
    const mark = JSON.stringify([
      block,
      block.type === "input" ? null : context.chosen?.[block.block_id],
      context.marked,
    ]);
    const known = before.get(mark);
    const node = known ?? built(block, { ...context, label: labelBefore(blocks, n) }, mark);
    before.delete(mark);
    if (host.children[n] !== node) host.insertBefore(node, host.children[n] ?? null);
  });
  while (host.children.length > blocks.length) host.lastChild.remove();
}

function built(block, context, mark) {
  const node =
    BLOCKS[block.type]?.(block, context) ?? h("p", { class: "unknown" }, `(a block of the kind “${block.type}”)`);
  node.dataset.blockId = block.block_id ?? "";
  node.classList.add("block");
  node[MARK] = mark;
  return node;
}

/** The words before a control, for those who do not see where it stands. */
function labelBefore(blocks, n) {
  const near = blocks.slice(Math.max(0, n - 3), n + 1).reverse(); // hints may stand in between
  const text = near.map(said).find(Boolean);
  return text?.split("\n")[0].slice(0, 120);
}

const said = (block) =>
  block.type === "rich_text"
    ? h("div", {}, richText(block)).textContent
    : block.text?.text.replace(/[*_~`]/g, "");

const BLOCKS = {
  section(block, context) {
    const words = [
      block.text && h("div", { class: "words" }, textNodes(block.text)),
      block.fields &&
        h(
          "div",
          { class: "fields" },
          block.fields.map((one) => h("div", { class: "words" }, textNodes(one))),
        ),
    ];
    const beside = block.accessory && h("div", { class: "accessory" }, elementNode(block.accessory, block, context));
    const below = ["radio_buttons", "checkboxes"].includes(block.accessory?.type) ? "below" : "";
    return h("div", { class: `section ${below}` }, h("div", { class: "section-text" }, words), beside);
  },
  header: (block) => h("h2", { class: "header" }, textNodes(block.text)),
  divider: () => h("hr"),
  context: (block, context) =>
    h(
      "div",
      { class: "context" },
      block.elements.map((one) => elementNode(one, block, context)),
    ),
  actions: (block, context) =>
    h(
      "div",
      { class: "actions" },
      block.elements.map((one) => elementNode(one, block, context)),
    ),
  context_actions: (block, context) => BLOCKS.actions(block, context),
  input: inputBlock,
  rich_text: (block) => h("div", { class: "rich" }, richText(block)),
  image: (block) => h("div", {}, block.title && h("p", {}, textNodes(block.title)), picture(block)),
  markdown: (block) => h("div", { class: "words" }, block.text),
  alert: (block) => h("div", { class: `alert ${block.level ?? ""}`, role: "note" }, textNodes(block.text)),
  data_table: dataTable,
  table: plainTable,
  data_visualization: chart,
  card(block, context) {
    const words = ["title", "subtitle", "body", "subtext"].map(
      (key) => block[key] && h("p", { class: key }, textNodes(block[key])),
    );
    return h(
      "div",
      { class: "card" },
      words,
      block.actions && BLOCKS.actions({ ...block, elements: block.actions }, context),
    );
  },
  container(block, context) {
    const inner = h("div", { class: "blocks" });
    showBlocks(inner, block.child_blocks ?? block.elements ?? [], context);
    return h("div", { class: "card" }, block.title && h("p", { class: "title" }, textNodes(block.title)), inner);
  },
  carousel: (block, context) => BLOCKS.container(block, context),
};

/** A message's words, if it has no blocks. */
export const words = (text) => h("div", { class: "words" }, mrkdwn(text));
