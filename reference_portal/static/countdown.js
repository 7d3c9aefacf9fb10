// Counts down what the server said in seconds. The ticking line is for eyes; ears are told at a few marks and at the end.
"use strict";

{
  const SECOND = 1000;
  const SAY_AT = [120, 60, 30, 10];
  const said = document.querySelector("[data-countdown-said]");
  const clock = (left) => `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  const say = (words) => { if (said !== null) { said.textContent = words; } };

  for (const line of document.querySelectorAll("[data-countdown]")) {
    const ends = Date.now() + Number(line.dataset.countdown) * SECOND;
    const tick = () => {
      const left = Math.max(0, Math.ceil((ends - Date.now()) / SECOND));
      line.textContent = left > 0 ? line.dataset.text.replace("{left}", clock(left)) : line.dataset.done;
      if (left === 0 || SAY_AT.includes(left)) { say(line.textContent); }
      if (left > 0) { setTimeout(tick, SECOND); }
    };
    setTimeout(tick, SECOND);
  }
}
