// Shows the button that prints the page; without scripts the browser's own menu prints it just as well.
"use strict";

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => { window.print(); });
}
