/** A menu that opens beside a button: arrow keys, Home, End and Escape work; the focus goes back to the button. */

import { h } from "./dom.js";

let open = null;

export function closeMenu(back = true) {
  const [menu, anchor] = [open?.menu, open?.anchor];
  open = null;
  menu?.remove();
  if (back && menu) anchor?.focus({ preventScroll: true }); // while it still can be seen
  anchor?.setAttribute("aria-expanded", "false");
  anchor?.closest(".tools")?.classList.remove("open");
}

/** `items`: {label, act, danger?} in order. A second press of the button closes it. */
export function openMenu(anchor, label, items, kind = "menu") {
  const again = open?.anchor === anchor;
  closeMenu(again);
  if (again) return;
  const menu = h("div", { class: kind, role: "menu", "aria-label": label, popover: "manual" }, items.map(entry));
  (anchor.closest("dialog") ?? document.body).append(menu);
  open = { menu, anchor };
  anchor.setAttribute("aria-expanded", "true");
  anchor.closest(".tools")?.classList.add("open");
  menu.addEventListener("keydown", moved);
  menu.showPopover?.();
  placed(menu, anchor);
  menu.querySelector("[role=menuitem]")?.focus({ preventScroll: true });
}

function entry({ label, act, danger, name }) {
  const choose = () => {
    closeMenu();
    act();
  };
  const said = name ? { "aria-label": name, title: name } : {};
  return h(
    "button",
    { type: "button", role: "menuitem", tabindex: "-1", class: danger ? "danger" : null, onclick: choose, ...said },
    label,
  );
}

function placed(menu, anchor) {
  const [box, own] = [anchor.getBoundingClientRect(), menu.getBoundingClientRect()];
  const below = box.bottom + own.height + 8 < innerHeight;
  const top = below ? box.bottom + 4 : Math.max(8, box.top - own.height - 4);
  menu.style.top = `${top}px`;
  menu.style.left = `${Math.max(8, Math.min(box.left, innerWidth - own.width - 8))}px`;
}

function moved(event) {
  const items = [...open.menu.querySelectorAll("[role=menuitem]")];
  const here = items.indexOf(document.activeElement);
  const to = {
    ArrowDown: here + 1,
    ArrowRight: here + 1,
    ArrowUp: here - 1,
    ArrowLeft: here - 1,
    Home: 0,
    End: items.length - 1,
  }[event.key];
  if (event.key === "Escape" || event.key === "Tab") {
    if (event.key === "Escape") event.preventDefault();
    event.stopPropagation();
    return closeMenu();
  }
  if (to === undefined) return;
  event.preventDefault();
  items[(to + items.length) % items.length].focus();
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.menu.contains(event.target) && !open.anchor.contains(event.target)) closeMenu(false);
});
addEventListener("resize", () => closeMenu(false));
