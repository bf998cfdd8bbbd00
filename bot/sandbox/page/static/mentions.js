/** Mentions are shown by name, and typed into the stand-in by handle, which makes "<@U…>" of them. */

import { person } from "./store.js";

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The text as it is sent: each "@Name" that was picked becomes "@handle". `mentions`: "@Name" → id. */
export function asSent(text, mentions) {
  const names = [...mentions.keys()].sort((a, b) => b.length - a.length);
  if (!names.length) return text;
  return text.replace(
    new RegExp(`(${names.map(escaped).join("|")})(?![\\w-])`, "g"),
    (name) => `@${person(mentions.get(name)).handle}`,
  );
}
