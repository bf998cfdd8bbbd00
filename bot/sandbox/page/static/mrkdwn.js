/** Slack's mrkdwn as DOM nodes. plain_text is never parsed. */

import { h } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { channelOf, isMe, person } from "./store.js";
import { dated } from "./time.js";
import { inPage } from "./where.js";

const unescaped = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
const SAFE = /^(https?:\/\/|mailto:)/i;
const INLINE = /<([^<>\n]+)>|`([^`\n]+)`|:([a-z0-9_+-]+):|(?<![\w*_~`])([*_~])(?=\S)([^\n]{0,2000}?\S)\4(?![\w*_~`])/g;
const TAGS = { "*": "strong", _: "em", "~": "s" };

/** A text object of Slack. */
export function textNodes(text) {
  if (!text) return [];
  return text.type === "mrkdwn" ? mrkdwn(text.text) : plain(text.text, text.emoji !== false);
}

export function plain(text, emoji = true) {
  return [emoji ? text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole) : text];
}

export function mrkdwn(text) {
  return text.split(/```/).flatMap((piece, n, all) => {
    if (n % 2 === 1 && n < all.length - 1)
      return [h("pre", { class: "code", tabindex: "0" }, unescaped(piece.replace(/^\n|\n$/g, "")))];
    return quotesAndLines(n % 2 === 1 ? `\`\`\`${piece}` : n > 0 ? piece.replace(/^\n/, "") : piece);
  });
}

function quotesAndLines(text) {
  const nodes = [];
  let quoted = [];
  const flush = () => {
    if (quoted.length) nodes.push(h("blockquote", {}, inline(quoted.join("\n"))));
    quoted = [];
  };
  const lines = text.split("\n");
  lines.forEach((line, n) => {
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quote) return quoted.push(quote[1]);
    const afterQuote = quoted.length > 0;
    flush();
    if (n > 0 && !afterQuote) nodes.push("\n");
    nodes.push(...inline(line));
  });
  flush();
  return nodes;
}

function inline(text) {
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(unescaped(text.slice(last, match.index)), marked(match));
    last = match.index + match[0].length;
  }
  nodes.push(unescaped(text.slice(last)));
  return nodes.filter((node) => node !== "");
}

function marked([whole, entity, code, emoji, mark, inside]) {
  if (entity !== undefined) return entityNode(entity, whole);
  if (code !== undefined) return h("code", {}, unescaped(code));
  if (emoji !== undefined) return EMOJI[emoji] ?? whole;
  return h(TAGS[mark], {}, inline(inside));
}

function entityNode(entity, whole) {
  const bar = entity.indexOf("|");
  const [target, label] = bar < 0 ? [entity, ""] : [entity.slice(0, bar), unescaped(entity.slice(bar + 1))];
  if (target.startsWith("@")) return mention(target.slice(1), label);
  if (target.startsWith("#")) return channelLink(target.slice(1), label);
  if (target.startsWith("!date^")) return date(target, label);
  if (target.startsWith("!")) return h("span", { class: "mention" }, label || `@${target.slice(1).split("^")[0]}`);
  return SAFE.test(target) ? link(unescaped(target), label) : unescaped(whole);
}

export function mention(id, label = "") {
  const name = person(id).name;
  return h(
    "span",
    { class: isMe(id) ? "mention me" : "mention", data: { user: id } },
    `@${name === id && label ? label : name}`,
  );
}

export function channelLink(id, label = "") {
  const known = channelOf(id);
  if (!known) return h("span", { class: "mention" }, label ? `#${label}` : "a private channel");
  return h("a", { class: "mention", href: `#/${id}` }, `#${known.name}`);
}

export function link(url, label = "") {
  if (!SAFE.test(url)) return label || url;
  const here = inPage(url);
  if (here) return h("a", { href: here }, label || "a message");
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label || url.replace(/^mailto:/, ""));
}

function date(target, fallback) {
  const [, seconds, pattern, url] = target.split("^");
  return dateNode(Number(seconds), pattern ?? "{date}", fallback, url);
}

export function dateNode(seconds, pattern, fallback, url) {
  if (!Number.isFinite(seconds)) return fallback;
  const said = h(
    "time",
    { datetime: new Date(seconds * 1000).toISOString(), title: fallback || null },
    dated(seconds, unescaped(pattern)),
  );
  return url && SAFE.test(url) ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, said) : said;
}

/** What somebody would type to get this text: names for ids, no entities. Returns the mentions it names too. */
export function asTyped(text) {
  const mentions = new Map();
  const typed = text.replace(/<@(\w+)(?:\|[^>]*)?>/g, (_, id) => {
    mentions.set(`@${person(id).name}`, id);
    return `@${person(id).name}`;
  });
  const linked = typed
    .replace(/<(?:#\w+\|)([^>]+)>/g, "#$1")
    .replace(/<#(\w+)>/g, (_, id) => `#${channelOf(id)?.name ?? id}`);
  return {
    text: unescaped(
      linked.replace(/<!(here|channel|everyone)>/g, "@$1").replace(/<(https?:[^|>]+)(?:\|[^>]*)?>/g, "$1"),
    ),
    mentions,
  };
}

/** The text as it reads, for announcements. */
export function spoken(text) {
  return asTyped(text.replace(/<!date\^[^|>]*\|([^>]*)>/g, "$1").replace(/<[^|>]+\|([^>]+)>/g, "$1")).text.replace(
    /[*_~`]/g,
    "",
  );
}
