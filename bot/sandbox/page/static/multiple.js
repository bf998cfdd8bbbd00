/** A menu of which several can be picked: what is picked stands as labels, the rest opens below, with a search. */

import { h, iconButton } from "./dom.js";

export function multiple(choices) {
  return (element, named, changed) => {
    const options = choices(element).flatMap((group) => group.options);
    let picked = [];
    const most = element.max_selected_items ?? Infinity;
    const chips = h("div", { class: "chips" });
    const search = h("input", {
      type: "text",
      class: "typed",
      placeholder: "Search",
      "aria-label": "Search",
      autocomplete: "off",
    });
    const boxes = options.map((option) => h("input", { type: "checkbox", value: option.value }));
    const rows = options.map((option, n) =>
      h(
        "label",
        { class: "choice" },
        boxes[n],
        h("span", {}, option.text, option.said && h("small", {}, ` ${option.said}`)),
      ),
    );
    const summary = h("summary", { class: "typed", ...named, role: "button" }, element.placeholder?.text ?? "Choose …");
    const { id, ...label } = named;
    const details = h(
      "details",
      { class: "pick" },
      summary,
      h("div", { class: "picked-from", role: "group", ...label }, options.length > 8 && search, rows),
    );
    const node = h("div", { class: "multiple" }, chips, details);

    const show = () => {
      boxes.forEach((box) => void (box.checked = picked.includes(box.value)));
      boxes.forEach((box) => void (box.disabled = !box.checked && picked.length >= most));
      chips.replaceChildren(...picked.map(chip));
    };
    const chip = (value) => {
      const text = options.find((option) => option.value === value)?.text ?? value;
      const drop = iconButton("close", `Remove ${text}`, () => pick(picked.filter((one) => one !== value)));
      return h("span", { class: "chip" }, text, drop);
    };
    const pick = (values) => {
      picked = values;
      show();
      changed(false);
    };
    boxes.forEach((box) =>
      box.addEventListener("change", (event) => {
        event.stopPropagation();
        pick(box.checked ? [...picked, box.value] : picked.filter((one) => one !== box.value));
      }),
    );
    search.addEventListener("input", () => {
      const wanted = search.value.trim().toLowerCase();
      rows.forEach((row, n) => void (row.hidden = !options[n].text.toLowerCase().includes(wanted)));
    });
    search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      event.preventDefault();
      event.stopPropagation();
      details.open = false;
      summary.focus();
    });
    return {
      node,
      input: summary,
      get: () => [...picked],
      set: (values) => {
        picked = [...(values ?? [])];
        show();
      },
    };
  };
}
