/** All that the page knows: what the server has told (`state`) and where the person looks (`ui`). */

const MOST_HAPPENED = 400;

export const state = {
  version: -1,
  now: null,
  me: null,
  people: {},
  cast: [],
  channels: [],
  messages: new Map(),
  home: null,
  modals: [],
  commands: [],
  subcommands: [],
  shortcuts: [],
  happened: [],
  busy: false,
  scene: null,
  peopleVersion: 0,
};

export const ui = {
  place: null, // a channel's id or "app"
  tab: "home", // of the app
  thread: null,
  screen: "list", // what a phone shows: list, talk or thread
  drawer: false,
  editing: null, // {channel, ts}
  newFrom: new Map(), // channel → ts of the first message that was unread when it was opened
  acting: 0, // acts under way
  offline: false,
};

const REPLACED = [
  "now",
  "me",
  "people",
  "cast",
  "channels",
  "home",
  "modals",
  "commands",
  "subcommands",
  "shortcuts",
  "busy",
  "scene",
];

/** Take a frame; false if it is older than what is shown. `first`: of a new connection, so nothing of before counts. */
export function take(frame, first) {
  first ||= Boolean(frame.fresh); // another scene
  if (!first && frame.version <= state.version) return null;
  state.version = frame.version;
  for (const key of REPLACED) if (key in frame) renew(key, frame[key]);
  if (first) Object.assign(state, { messages: new Map(), happened: [] });
  const fresh = [];
  for (const [channel, changed] of Object.entries(frame.messages ?? {})) fresh.push(...merge(channel, changed));
  for (const [channel, gone] of Object.entries(frame.gone ?? {}))
    for (const ts of gone) state.messages.get(channel)?.delete(ts);
  state.happened = [...state.happened, ...(frame.happened ?? [])].slice(-MOST_HAPPENED);
  return { fresh: first ? [] : fresh };
}

/** What says the same stays the same object, so that nothing is drawn anew for it. */
function renew(key, value) {
  if (JSON.stringify(value) === JSON.stringify(state[key])) return;
  state[key] = value;
  if (key === "people") state.peopleVersion += 1;
}

function merge(channel, changed) {
  if (!state.messages.has(channel)) state.messages.set(channel, new Map());
  const known = state.messages.get(channel);
  const fresh = changed.filter((message) => !known.has(message.ts));
  for (const message of changed) known.set(message.ts, message);
  return fresh;
}

export const byTime = (a, b) => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);

const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

/** What stands in a channel, oldest first: replies only if they were sent to the channel too. */
export function inChannel(channel) {
  const shown = [...(state.messages.get(channel)?.values() ?? [])].filter((one) => !isReply(one) || one.broadcast);
  return shown.sort((a, b) => byTime(a.ts, b.ts));
}

/** A thread: its first message, then the replies. */
export function inThread(channel, ts) {
  const all = [...(state.messages.get(channel)?.values() ?? [])];
  return all.filter((one) => one.ts === ts || one.thread_ts === ts).sort((a, b) => byTime(a.ts, b.ts));
}

export const isMe = (id) => id === state.me?.id;
export const person = (id) => state.people[id] ?? { id, name: id, handle: id, role: "", color: 7 };
export const channelOf = (id) => state.channels.find((one) => one.id === id) ?? null;
export const bot = () => Object.values(state.people).find((one) => one.bot) ?? null;
export const isApp = (channel) => channel.kind === "im" && Boolean(person(channel.peer).bot);
export const appChannel = () => state.channels.find(isApp) ?? null;
export const nameOf = (channel) => (channel.kind === "im" ? person(channel.peer).name : `#${channel.name}`);

/** The channel that is on the screen, if one is: the app's messages count as well. */
export function shownChannel() {
  if (ui.place === "app") return ui.tab === "messages" ? appChannel() : null;
  return channelOf(ui.place);
}
