/** Moments as the viewer reads them: in their zone, beside the clock of the stand-in. */

import { state } from "./store.js";

const made = new Map();
const LOCALE = "en-GB";

function formatter(options, zone) {
  const key = JSON.stringify([options, zone]);
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: zone }));
  return made.get(key);
}

export const zone = () => state.me?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
export const shown = (date, options) => formatter(options, zone()).format(date);
export const momentOf = (ts) => new Date(Math.round(parseFloat(ts) * 1000));
export const clockTime = (date) => shown(date, { hour: "2-digit", minute: "2-digit" });
export const dayKey = (date) => {
  const part = Object.fromEntries(
    formatter({ year: "numeric", month: "2-digit", day: "2-digit" }, zone())
      .formatToParts(date)
      .map((p) => [p.type, p.value]),
  );
  return `${part.year}-${part.month}-${part.day}`;
};
const DAY = 86_400_000;

/** "today", "yesterday" or "tomorrow" by the stand-in's clock, else null. */
function nearby(date) {
  const days = Math.round((Date.parse(dayKey(date)) - Date.parse(dayKey(new Date(state.now)))) / DAY);
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days] ?? null;
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);

export function dayName(date) {
  const near = nearby(date);
  return near ? capital(near) : shown(date, { weekday: "long", day: "numeric", month: "long" });
}

export function whenShort(date) {
  const near = nearby(date);
  return near === "today"
    ? `today at ${clockTime(date)}`
    : `${near ?? shown(date, { day: "numeric", month: "short" })} at ${clockTime(date)}`;
}

const FORMS = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  time: { hour: "2-digit", minute: "2-digit" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
};

/** A date with Slack's tokens, such as "{date_short_pretty} at {time}". */
export function dated(seconds, pattern) {
  const date = new Date(seconds * 1000);
  return pattern.replace(/\{(\w+)\}/g, (whole, token) => {
    if (token === "ago") return ago(date);
    if (token === "date_num") return dayKey(date);
    const plain = token.replace(/_pretty$/, "");
    if (!(plain in FORMS)) return whole;
    return (plain !== token && nearby(date)) || shown(date, FORMS[plain]);
  });
}

function ago(date) {
  const minutes = Math.round((new Date(state.now) - date) / 60_000);
  const form = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  const [size, unit] = Math.abs(minutes) < 60 ? [1, "minute"] : Math.abs(minutes) < 1440 ? [60, "hour"] : [1440, "day"];
  return form.format(-Math.round(minutes / size), unit);
}

/** The moment at which clocks of the viewer's zone show this ("2026-03-02T09:30"), in seconds. */
export function secondsAt(local) {
  const wanted = Date.parse(`${local}:00Z`);
  let guess = wanted;
  for (let n = 0; n < 2; n += 1) guess += wanted - Date.parse(`${localOf(guess / 1000)}:00Z`);
  return Math.round(guess / 1000);
}

export function localOf(seconds) {
  const date = new Date(seconds * 1000);
  return `${dayKey(date)}T${clockTime(date)}`;
}
