// Copies codes and listens to the keyboard; every page works without it.
"use strict";

(() => {
  const shown = (scope) => { for (const button of scope.querySelectorAll("[data-copy][hidden]")) button.hidden = false; };

  async function copy(button) {
    const value = button.dataset.copy;
    try {
      await navigator.clipboard.writeText(value);
    } catch { // a page that is not secure, or a reader who said no: the old way
      const field = Object.assign(document.createElement("textarea"), { value, className: "skip" });
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      if (!done) return;
    }
    const words = button.textContent;
    button.textContent = "Disalin";
    setTimeout(() => { button.textContent = words; }, 1500);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) { event.preventDefault(); copy(button); }
  });

  const rows = () => [...document.querySelectorAll("[data-row]")];
  const chosen = () => document.querySelector("[data-row].chosen");
  function choose(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(chosen());
    const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + step))];
    chosen()?.classList.remove("chosen");
    next.classList.add("chosen");
    next.querySelector("[data-open]").focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }
  const go = (selector) => document.querySelector(selector)?.click();

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const field = event.target.matches("input, select, textarea");
    if (field) { if (event.key === "Escape") event.target.blur(); return; }
    const list = rows().length > 0;
    const act = {
      j: () => list ? choose(1) : go("[data-older]"),
      k: () => list ? choose(-1) : go("[data-newer]"),
      u: () => go("[data-up]"),
      c: () => (chosen() ?? document).querySelector("[data-copy]")?.click(),
      "/": () => document.querySelector("input[type=search]")?.focus(),
      Enter: () => { if (document.activeElement === document.body) chosen()?.querySelector("[data-open]").click(); },
    }[event.key];
    if (!act) return;
    if (event.key !== "Enter") event.preventDefault();
    act();
  });

  document.addEventListener("live:replaced", () => shown(document));
  shown(document);
  for (const keys of document.querySelectorAll("[data-keys]")) keys.hidden = false;
})();
