/** What can be done with a message: react, reply, the app's shortcuts, edit and delete one's own. */

import { act } from "./acting.js";
import { iconButton } from "./dom.js";
import { REACTIONS, shownEmoji } from "./emoji.js";
import { openMenu } from "./menu.js";
import { heard, question } from "./notice.js";
import { state, ui } from "./store.js";

let again = () => {};
export const onEditing = (show) => void (again = show);

export function edit(message, inThread) {
  ui.editing = message && { channel: message.channel, ts: message.ts, inThread };
  again();
}

export function tools({ message, inThread }) {
  const where = { channel: message.channel, ts: message.ts };
  const root = message.thread_ts ?? message.ts;
  const buttons = [];
  if (message.ephemeral) buttons.push(iconButton("close", "Dismiss", async () => heard(await act("delete", where))));
  else {
    buttons.push(
      iconButton("smile", "React", (event) => pickReaction(event.currentTarget, where), {
        "aria-haspopup": "menu",
        "data-key": "react",
      }),
    );
    if (!inThread)
      buttons.push(
        iconButton("reply", "Reply in thread", () => void (location.hash = `#/${message.channel}/${root}`), {
          "data-key": "reply",
        }),
      );
    buttons.push(
      iconButton(
        "more",
        "More actions",
        (event) => openMenu(event.currentTarget, "Message actions", entries(message, where, inThread)),
        { "aria-haspopup": "menu", "data-key": "more" },
      ),
    );
  }
  return buttons;
}

function pickReaction(anchor, where) {
  const react = (name) => async () => heard(await act("react", { ...where, name }));
  openMenu(
    anchor,
    "React",
    REACTIONS.map((name) => ({ label: shownEmoji(name), name: name.replaceAll("_", " "), act: react(name) })),
    "menu reactions-menu",
  );
}

function entries(message, where, inThread) {
  const shortcuts = state.shortcuts.map(({ name, callback_id }) => ({
    label: `${name} …`,
    act: async () => heard(await act("shortcut", { ...where, callback_id })),
  }));
  const own = message.mine
    ? [
        { label: "Edit message", act: () => edit(message, inThread) },
        { label: "Delete message …", danger: true, act: () => remove(where) },
      ]
    : [];
  const thread = inThread
    ? []
    : [
        {
          label: "Reply in thread",
          act: () => void (location.hash = `#/${message.channel}/${message.thread_ts ?? message.ts}`),
        },
      ];
  return [
    ...shortcuts,
    ...thread,
    { label: "Copy text", act: () => navigator.clipboard?.writeText(message.text ?? "") },
    ...own,
  ];
}

async function remove(where) {
  if (await question("Delete this message?", "This can’t be undone.", "Delete", "danger"))
    heard(await act("delete", where));
}
