/** What Slack's client marks in red before anything is sent. */

import { takesMany } from "./fields.js";

/** What is wrong with a value, as a sentence; "" if nothing is. */
export function complaint(block, element, value) {
  const empty = value === null || value === "" || (Array.isArray(value) && !value.length);
  if (empty) return block.optional ? "" : takesMany(element) ? "Pick at least one." : "Please fill this in.";
  const most = element.max_selected_items;
  if (most && Array.isArray(value) && value.length > most) return `Pick at most ${most}.`;
  return CHECKS[element.type]?.(element, value) ?? "";
}

function length(element, value) {
  const size = [...value].length;
  const [least, most] = [element.min_length ?? 0, element.max_length ?? 3000];
  if (size < least) return `Write at least ${least} characters.`;
  return size > most ? `That is ${size} characters; ${most} fit in here.` : "";
}

function number(element, value) {
  const decimal = element.is_decimal_allowed;
  if (!(decimal ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/).test(value))
    return decimal ? "Write a number, such as 12.5." : "Write a whole number, such as 12.";
  if (element.min_value !== undefined && Number(value) < Number(element.min_value))
    return `Write ${element.min_value} or more.`;
  return element.max_value !== undefined && Number(value) > Number(element.max_value)
    ? `Write ${element.max_value} or less.`
    : "";
}

const CHECKS = {
  plain_text_input: length,
  number_input: number,
  email_text_input: (_, value) => (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value) ? "" : "Write an e-mail address."),
  url_text_input: (_, value) => (/^https?:\/\/\S+$/.test(value) ? "" : "Write a link that starts with https://."),
};
