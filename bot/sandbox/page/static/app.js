/** Starts the page: the connection, and drawing what changed. */

import { act, actBy } from "./acting.js";
import { showDrawer } from "./drawer.js";
import { closeMenu } from "./menu.js";
import { forgetModals, showModals } from "./modal.js";
import { spoken } from "./mrkdwn.js";
import { announce, toast } from "./notice.js";
import { Connection } from "./socket.js";
import { isMe, nameOf, person, shownChannel, state, take, ui } from "./store.js";
import { showSidebar } from "./sidebar.js";
import { focusComposer, showTalk } from "./talk.js";
import { focusReply, showThread } from "./thread.js";
import { onEditing } from "./tools.js";
import { showTop } from "./top.js";
import { follow, reveal } from "./where.js";

const FIRST = "ana";
const place = Object.fromEntries(
  ["top", "tools", "sidebar", "talk", "thread", "drawer"].map((id) => [id, document.getElementById(id)]),
);
const connection = new Connection(onFrame, (online) => {
  ui.offline = !online;
  draw();
});
ui.era = 0;
ui.refresh = draw;
actBy(connection, draw);
onEditing(draw);

function onFrame(frame, first) {
  const taken = take(frame, first);
  if (!taken) return;
  if (first || frame.fresh) renewed(frame.fresh && !first);
  follow();
  draw();
  tell(taken.fresh);
  if (first) reveal();
  if (first && ui.place === "app" && ui.tab === "home") act("home", {});
}

/** Another person, or the same after the connection was lost: what stood here may not be true any more. */
function renewed(scene) {
  const who = state.me.id;
  if (who !== ui.who || scene) {
    forgetModals();
    ui.editing = null;
    ui.era += 1;
  }
  ui.who = who;
}

function draw() {
  if (!state.me) return;
  showTop(place.top, place.tools, { be, drawer: toggleDrawer });
  showSidebar(place.sidebar);
  showTalk(place.talk);
  showThread(place.thread);
  showDrawer(place.drawer, toggleDrawer);
  showModals();
  const channel = shownChannel();
  const unread = state.channels.reduce((sum, one) => sum + (one.mentions ?? 0), 0);
  document.title = `${unread ? `(${unread}) ` : ""}${channel ? `${nameOf(channel)} · ` : ""}Stand-in for Slack`;
}

function be(handle) {
  if (handle === connection.who) return;
  closeMenu(false);
  const address = new URL(location.href);
  address.searchParams.set("as", handle);
  history.replaceState(null, "", address);
  connection.be(handle);
}

function toggleDrawer() {
  ui.drawer = !ui.drawer;
  draw();
  (ui.drawer ? place.drawer.querySelector("button") : place.tools.querySelector("[data-key=happened]"))?.focus();
}

function moved() {
  const [place0, tab, thread] = [ui.place, ui.tab, ui.thread];
  closeMenu(false);
  follow();
  if (ui.place === "app" && ui.tab === "home" && (place0 !== "app" || tab !== "home")) act("home", {});
  draw();
  if (reveal() || matchMedia("(pointer: coarse)").matches) return;
  if (ui.thread && ui.thread !== thread) focusReply();
  else if (ui.place !== place0 || ui.tab !== tab || thread) focusComposer();
}

/** Say what is new where the person looks, in a few words. */
function tell(fresh) {
  const channel = shownChannel();
  const whispered = fresh.find((one) => one.ephemeral && one.channel === channel?.id && one.thread_ts);
  if (whispered && whispered.thread_ts !== ui.thread) toast(`${person(whispered.user).name} answered you in the thread.`, opening(whispered));
  const heard = fresh.filter(
    (one) =>
      !isMe(one.user) &&
      one.channel === channel?.id &&
      (!one.thread_ts || one.thread_ts === one.ts || one.thread_ts === ui.thread || one.broadcast),
  );
  if (heard.length > 3) return announce(`${heard.length} new messages in ${nameOf(channel)}`);
  if (heard.length)
    announce(heard.map((one) => `${person(one.user).name}: ${spoken(one.text ?? "").slice(0, 140)}`).join(". "));
}

const opening = (message) => ({ label: "Open", act: () => void (location.hash = `#/${ui.place === "app" ? "app/messages" : ui.place}/${message.thread_ts}`) });

addEventListener("hashchange", moved);
document.addEventListener("visibilitychange", draw);
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  place.talk.focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (ui.thread && place.thread.contains(event.target))
    location.hash = ui.place === "app" ? "#/app/messages" : `#/${ui.place}`;
});

connection.be(new URL(location.href).searchParams.get("as") ?? FIRST);
