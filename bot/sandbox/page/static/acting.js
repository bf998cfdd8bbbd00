/** Acts: what the person does, sent to the server, with a sign while it is under way. */

import { ui } from "./store.js";

let connection = null;
let shown = () => {};

export function actBy(one, show) {
  connection = one;
  shown = show;
}

/** Ask the server for an act; resolves to its answer. */
export async function act(what, details) {
  ui.acting += 1;
  shown();
  const answer = await connection.ask(what, details);
  ui.acting -= 1;
  shown();
  return answer;
}

/** The same for what is only noted, such as what was read: nobody waits for it. */
export const note = (what, details) => connection.ask(what, details);
