// Keeps what is typed into a long form on the server, a moment after the last key: a session that ends, a browser that is
// closed, a file that is too large cost nobody their typing. Without scripts the form's own button keeps it.
"use strict";

for (const form of document.querySelectorAll("form[data-draft]")) {
  const PAUSE = 3000;
  const status = form.querySelector("[data-draft-status]");
  let timer = 0;
  let dirty = false;
  let sent = false;

  const words = () => {
    const told = new FormData();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") { told.append(name, value); }
    }
    told.append("quietly", "1");
    return told;
  };
  const keep = async () => {
    clearTimeout(timer);
    if (!dirty || sent) { return; }
    dirty = false;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: words(), redirect: "error" });
      if (status !== null && answer.ok) { status.textContent = form.dataset.draftKept; }
    } catch {
      dirty = true;  // the next key tries again
    }
  };
  const soon = () => {
    dirty = true;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };

  form.addEventListener("input", soon);
  form.addEventListener("submit", () => { sent = true; });
  document.addEventListener("session-ends", (event) => { event.detail.push(keep()); });
  window.addEventListener("pageshow", () => { sent = false; });
  window.addEventListener("pagehide", () => {
    if (dirty && !sent) { navigator.sendBeacon(form.dataset.draft, words()); }
  });
}
