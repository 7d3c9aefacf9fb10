// Counts down what the server said in seconds. The ticking line is for eyes; ears are told at a few marks and at the end.
// A line beside a button says when the server takes it again: until then the button can be reached and not pressed.
"use strict";

{
  const SECOND = 1000;
  const SAY_AT = [120, 60, 30, 10];
  const said = document.querySelector("[data-countdown-said]");
  const clock = (left) => `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  const say = (words) => { if (said !== null) { said.textContent = words; } };

  for (const line of document.querySelectorAll("[data-countdown]")) {
    const ends = Date.now() + Number(line.dataset.countdown) * SECOND;
    const button = line.dataset.shuts === undefined ? null : line.closest("form").querySelector("button[type='submit']");
    const tick = () => {
      const left = Math.max(0, Math.ceil((ends - Date.now()) / SECOND));
      line.textContent = left > 0 ? line.dataset.text.replace("{left}", clock(left)) : line.dataset.done;
      if (left === 0 || SAY_AT.includes(left)) { say(line.textContent); }
      if (left > 0) { setTimeout(tick, SECOND); } else { button?.removeAttribute("aria-disabled"); }
    };
    button?.setAttribute("aria-disabled", "true");
    button?.form.addEventListener("submit", (event) => {
      if (button.getAttribute("aria-disabled") !== "true") { return; }
      event.preventDefault();
      event.stopPropagation();  // not sent, so it may be sent later (press-once.js)
      say("");
      setTimeout(() => { say(line.textContent); }, SECOND / 10);  // the same words again are heard only as a change
    });
    setTimeout(tick, SECOND);
  }
}
