/** Elements that act at once: buttons, overflow menus, and menus or lists in sections and rows of actions. */

import { act } from "./acting.js";
import { h, icon } from "./dom.js";
import { field, heldBy, isField } from "./fields.js";
import { openMenu } from "./menu.js";
import { textNodes } from "./mrkdwn.js";
import { confirmed, heard } from "./notice.js";

/** `context`: where it stands ({where, chosen, label}). */
export function elementNode(element, block, context) {
  switch (element.type) {
    case "mrkdwn":
    case "plain_text":
      return h("span", { class: "words" }, textNodes(element));
    case "image":
      return picture(element, "small");
    case "button":
    case "workflow_button":
    case "icon_button":
      return button(element, block, context);
    case "overflow":
      return overflow(element, block, context);
    case "feedback_buttons":
      return h(
        "span",
        { class: "row" },
        [element.positive_button, element.negative_button].map((one) =>
          button({ ...one, action_id: element.action_id }, block, context),
        ),
      );
    default:
      return isField(element) ? chooser(element, block, context) : h("span", { class: "unknown" }, `[${element.type}]`);
  }
}

/** Pictures lie outside and nothing is loaded from there, so what they show is said. */
export function picture(image, size = "") {
  const source =
    image.image_url && /^https?:/.test(image.image_url)
      ? h("a", { href: image.image_url, target: "_blank", rel: "noopener noreferrer" }, "open")
      : null;
  return h(
    "figure",
    { class: `picture ${size}` },
    h("span", { role: "img", "aria-label": image.alt_text }, `🖼 ${image.alt_text}`),
    source,
  );
}

function button(element, block, context) {
  const style = ["primary", "danger"].includes(element.style) ? element.style : "";
  const node = h(
    "button",
    {
      type: "button",
      class: `button ${style}`,
      "aria-label": element.accessibility_label ?? null,
      data: {
        blockId: block.block_id,
        actionId: element.action_id,
        ...(element.value === undefined ? {} : { value: element.value }),
      },
      onclick: () => press(node, element, block, context),
    },
    textNodes(element.text),
  );
  return node;
}

async function press(node, element, block, context) {
  if (node.getAttribute("aria-disabled") === "true") return;
  if (element.confirm && !(await confirmed(element.confirm))) return;
  if (element.url && /^https?:/.test(element.url)) open(element.url, "_blank", "noopener");
  await busily(node, () => click(context, block, element, undefined));
}

async function busily(node, doing) {
  node.setAttribute("aria-disabled", "true");
  node.classList.add("busy");
  const answer = await doing();
  node.removeAttribute("aria-disabled");
  node.classList.remove("busy");
  return heard(answer);
}

const click = (context, block, element, value) =>
  act("click", {
    where: context.where,
    block_id: block.block_id,
    action_id: element.action_id,
    ...(value === undefined ? {} : { value }),
  });

function overflow(element, block, context) {
  const choose = async (option, node) => {
    if (element.confirm && !(await confirmed(element.confirm))) return;
    if (option.url && /^https?:/.test(option.url)) open(option.url, "_blank", "noopener");
    await busily(node, () => click(context, block, element, option.value));
  };
  const node = h(
    "button",
    {
      type: "button",
      class: "button overflow",
      "aria-label": "More options",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      data: { blockId: block.block_id, actionId: element.action_id },
      onclick: () =>
        openMenu(
          node,
          "More options",
          element.options.map((option) => ({ label: textNodes(option.text), act: () => choose(option, node) })),
        ),
    },
    icon("more"),
  );
  return node;
}

/** A menu or list outside of a form: what is picked is sent at once. */
function chooser(element, block, context) {
  const before = heldBy(element, context.chosen?.[block.block_id]?.[element.action_id]);
  let sent = JSON.stringify(before);
  const label = element.placeholder?.text ?? context.label ?? "Choose";
  const control = field(element, before, { "aria-label": label }, async (entered) => {
    const value = control.get();
    if (JSON.stringify(value) === sent || (value === null && !entered)) return;
    if (element.confirm && !(await confirmed(element.confirm))) return control.set(JSON.parse(sent));
    const last = sent;
    sent = JSON.stringify(value);
    if (!(await busily(control.node, () => click(context, block, element, value))))
      control.set(JSON.parse((sent = last)));
  });
  control.node.dataset.blockId = block.block_id;
  return control.node;
}
