/** The connection to the server, as one person; everything asked gets an answer, even if the connection breaks. */

const AGAIN_AFTER = [300, 1000, 2000, 5000];
const LOST = { ok: false, say: "The connection to the stand-in was lost. Nothing was sent; try again in a moment." };

export class Connection {
  constructor(onFrame, onState) {
    Object.assign(this, {
      onFrame,
      onState,
      waiting: new Map(),
      number: 0,
      failures: 0,
      socket: null,
      who: null,
      timer: null,
    });
  }

  /** Be this person from now on; what comes for the person before is dropped. */
  be(who) {
    this.who = who;
    this.failures = 0;
    this.lose({ ok: true }); // it was sent, and is done whoever looks on
    this.open();
  }

  open() {
    clearTimeout(this.timer);
    const before = this.socket;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(
      `${scheme}://${location.host}/ws${this.who ? `?as=${encodeURIComponent(this.who)}` : ""}`,
    );
    this.socket = socket;
    this.lose();
    before?.close();
    let first = true;
    socket.addEventListener("message", (event) => {
      if (socket !== this.socket) return;
      const said = JSON.parse(event.data);
      if ("n" in said) return this.answered(said);
      this.failures = 0;
      this.onFrame(said, first);
      first = false;
    });
    socket.addEventListener("open", () => socket === this.socket && this.onState(true));
    socket.addEventListener("close", () => socket === this.socket && this.closed());
  }

  closed() {
    this.lose();
    this.onState(false);
    const pause = AGAIN_AFTER[Math.min(this.failures, AGAIN_AFTER.length - 1)];
    this.failures += 1;
    this.timer = setTimeout(() => this.open(), pause);
  }

  lose(said = LOST) {
    for (const answer of this.waiting.values()) answer(said);
    this.waiting.clear();
  }

  answered(said) {
    this.waiting.get(said.n)?.(said);
    this.waiting.delete(said.n);
  }

  /** Ask for an act; resolves to its answer and never rejects. */
  ask(what, details = {}) {
    if (this.socket?.readyState !== WebSocket.OPEN) return Promise.resolve(LOST);
    const n = (this.number += 1);
    const answer = new Promise((resolve) => this.waiting.set(n, resolve));
    this.socket.send(JSON.stringify({ n, do: what, ...details }));
    return answer;
  }
}
