/** What each word behind `/align` does, for the completion; the words themselves come from the server. */

const SAID = {
  kickoff: "start: name the product and its PM, ML person and engineer",
  status: "where the product stands",
  why: "what the score is made of",
  questions: "what is open, and with whom",
  later: "ideas that wait for a later version",
  inputs: "the data that production has, and how hard it is to have",
  brief: "the product on one page",
  decide: "keep a decision",
  digest: "the weekly digest now, or when it comes",
  pulse: "ask how each role reads the product",
  date: "change the launch date",
  launched: "say that it is live",
  role: "who holds which role",
  settings: "when the digest and the pulse come",
  pause: "be quiet for a while",
  resume: "go on",
  close: "end the project",
  help: "what there is",
};

/** A subcommand as {name, description}, whether the server sends a word or both. */
export const described = (one) => (typeof one === "string" ? { name: one, description: SAID[one] ?? "" } : one);
