// Keeps a page current: <body data-live="/events"> listens for "change" events, and on news every [data-live-part] is fetched anew.
// Without scripts, or when the stream is refused, the page is the plain page it was.
"use strict";

(() => {
  const source = document.body.dataset.live;
  if (!source || !window.EventSource) return;
  const PAUSE = 150; // several events in a row are one look
  let due = null;
  let looking = false;
  let again = false;

  const said = (state) => { document.body.dataset.liveState = state; };

  function keep(before, after) {
    const open = new Set([...before.querySelectorAll("details[open][id]")].map((part) => part.id));
    for (const part of after.querySelectorAll("details[id]")) if (open.has(part.id)) part.open = true;
  }

  // What the reader is typing in or has chosen must not be taken from under the hands.
  const busy = (part) => {
    const active = document.activeElement;
    if (part.contains(active) && active.matches("input, select, textarea")) return true;
    const chosen = document.getSelection();
    return !chosen.isCollapsed && part.contains(chosen.anchorNode);
  };

  async function look() {
    due = null;
    if (looking) { again = true; return; }
    looking = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const part of document.querySelectorAll("[data-live-part]")) {
        const name = CSS.escape(part.dataset.livePart);
        const next = fresh.querySelector(`[data-live-part="${name}"]`);
        if (!next || busy(part) || next.outerHTML === part.outerHTML) continue;
        const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
        keep(part, next);
        part.replaceWith(next);
        if (focused) document.getElementById(focused)?.focus();
      }
      document.dispatchEvent(new CustomEvent("live:replaced"));
    } catch { /* the room is away for a moment; the stream tells when it is back */ } finally {
      looking = false;
      if (again) { again = false; soon(); }
    }
  }

  function soon() { if (due === null) due = setTimeout(look, PAUSE); }

  const stream = new EventSource(source);
  let opened = false;
  stream.addEventListener("open", () => { said("on"); if (opened) soon(); opened = true; });
  stream.addEventListener("error", () => said("off"));
  stream.addEventListener("change", soon);
  addEventListener("pagehide", () => stream.close());
})();
