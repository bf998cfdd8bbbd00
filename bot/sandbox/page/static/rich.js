/** Rich text: sections, lists, quotes and code, with styled texts, people, channels, links, emoji and dates. */

import { h } from "./dom.js";
import { shownEmoji } from "./emoji.js";
import { channelLink, dateNode, link, mention } from "./mrkdwn.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u", highlight: "mark" };

export const richText = (block) => gathered(block.elements).map(part);

/** Lists that follow each other with growing indents are one list to the reader's eye. */
const gathered = (elements) => elements.filter(Boolean);

function part(element) {
  switch (element.type) {
    case "rich_text_section":
      return h("div", { class: "rich-line" }, element.elements.map(inline));
    case "rich_text_list": {
      const ordered = element.style === "ordered";
      const items = element.elements.map((item) => h("li", {}, (item.elements ?? []).map(inline)));
      const start = ordered && element.offset ? element.offset + 1 : null;
      return h(ordered ? "ol" : "ul", { class: `rich-list indent-${Math.min(element.indent ?? 0, 8)}`, start }, items);
    }
    case "rich_text_quote":
      return h("blockquote", {}, element.elements.map(inline));
    case "rich_text_preformatted":
      return h("pre", { class: "code", tabindex: "0" }, element.elements.map(inline));
    default:
      return inline(element);
  }
}

function inline(element) {
  let node = bare(element);
  for (const [style, tag] of Object.entries(STYLES)) if (element.style?.[style]) node = h(tag, {}, node);
  return node;
}

function bare(element) {
  switch (element.type) {
    case "text":
      return element.text;
    case "user":
      return mention(element.user_id);
    case "channel":
      return channelLink(element.channel_id);
    case "link":
      return link(element.url, element.text ?? "");
    case "emoji":
      return shownEmoji(element.name);
    case "broadcast":
      return h("span", { class: "mention" }, `@${element.range}`);
    case "date":
      return dateNode(Number(element.timestamp), element.format ?? "{date}", element.fallback ?? "", element.url);
    default:
      return element.text ?? element.fallback ?? "";
  }
}
