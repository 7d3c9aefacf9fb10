// Announces that an idle session will end, counts down, and lengthens it when asked. The server says how long there is:
// another tab may have lengthened it meanwhile, and a sandbox's clock need not go as fast as this machine's.
"use strict";

const box = document.querySelector("dialog[data-session]");
if (box !== null) {
  const SECOND = 1000;
  const AGREE_EVERY = 15;
  const LOOK_EVERY = 30;  // a sandbox's clock may be set forward while nobody looks
  const SAY_AT = [120, 60, 30, 10];
  const text = document.getElementById("session-text");
  const said = document.querySelector("[data-session-said]");
  const warn = Number(box.dataset.warn);
  let ends = Date.now() + Number(box.dataset.session) * SECOND;
  let timer = 0;

  const left = () => Math.max(0, Math.ceil((ends - Date.now()) / SECOND));
  const wait = (seconds, act) => { clearTimeout(timer); timer = setTimeout(act, seconds * SECOND); };
  const part = (name, shown) => { for (const one of box.querySelectorAll(`[data-while="${name}"]`)) { one.hidden = !shown; } };
  const ask = async (method, body) => {
    const answer = await fetch(box.dataset.stay, { method, body, headers: { Accept: "application/json" }, redirect: "error" });
    if (!answer.ok) { throw new Error(String(answer.status)); }
    ends = Date.now() + (await answer.json()).seconds * SECOND;
  };
  const agree = () => ask("GET").catch(() => {});  // not reached: go on by what was said last

  const sleep = () => {
    if (warn <= 0) { return; }
    const calm = Math.max(1, left() - warn);
    if (calm > LOOK_EVERY) { wait(LOOK_EVERY, async () => { await agree(); sleep(); }); } else { wait(calm, wake); }
  };
  const wake = async () => {
    const saving = [];  // whoever typed a moment ago is here, and the keeping of it says so to the server
    document.dispatchEvent(new CustomEvent("session-ends", { detail: saving }));
    await Promise.all(saving);
    await agree();
    if (left() > warn) { sleep(); return; }
    if (left() === 0) { over(); return; }
    part("on", true);
    part("over", false);
    count(true);
    box.showModal();
  };
  const count = (first) => {
    const seconds = left();
    text.textContent = box.dataset.text.replace("{n}", String(seconds));
    if (first || SAY_AT.includes(seconds)) { said.textContent = text.textContent; }
    wait(1, seconds > 0 ? tick : late);
  };
  const tick = async () => {
    if (left() % AGREE_EVERY === 0) {
      await agree();
      if (left() > warn) { close(); return; }
    }
    count(false);
  };
  const late = async () => {
    await agree();
    if (left() > warn) { close(); } else if (left() > 0) { count(false); } else { over(); }
  };
  const close = () => { if (box.open) { box.close(); } sleep(); };
  const over = () => {
    clearTimeout(timer);
    const typed = document.querySelector("form[data-draft]") !== null;
    text.textContent = typed ? box.dataset.overDraft : box.dataset.over;
    said.textContent = text.textContent;
    part("on", false);
    part("over", true);
    if (!box.open) { box.showModal(); }
    box.querySelector("[data-while='over'] a").focus();
  };
  const lengthen = async () => {
    await ask("POST", new FormData(box.querySelector("form"))).catch(() => { location.reload(); });
    if (left() === 0) { over(); return; }
    said.textContent = box.dataset.on;
    close();
  };

  box.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();  // pressed again two minutes later it has to work again
    void lengthen();
  });
  box.addEventListener("cancel", (event) => {  // Escape: somebody is here
    if (left() > 0) { event.preventDefault(); void lengthen(); }
  });
  box.querySelector("[data-close]").addEventListener("click", () => { box.close(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) { void agree().then(sleep); } });
  sleep();
}
