// Copies a code, and walks the page by keyboard: / search, j and k next and previous, c copies the code, u up to the list.
"use strict";

(() => {
  const rows = () => [...document.querySelectorAll("[data-row]")];
  let at = -1;

  async function copy(button) {
    const text = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(text);
    } catch { // a page over plain http from another machine has no clipboard
      const field = Object.assign(document.createElement("textarea"), { value: text });
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    const before = button.dataset.label ?? (button.dataset.label = button.textContent);
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = before; }, 1500);
  }

  function go(step) {
    const all = rows();
    if (!all.length) return;
    at = Math.min(Math.max(at + step, 0), all.length - 1);
    const target = all[at].querySelector("[data-row-link]") ?? all[at];
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
    const code = () => (rows()[Math.max(at, 0)] ?? document).querySelector("[data-copy]");
    const acts = {
      "/": () => document.querySelector("input[type=search]")?.focus(),
      j: () => go(1),
      k: () => go(-1),
      c: () => { const button = code(); if (button) copy(button); },
      u: () => document.querySelector("[data-up]")?.click(),
    };
    const act = acts[event.key];
    if (act) { event.preventDefault(); act(); }
  });
})();
