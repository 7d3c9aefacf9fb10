// Gives each value marked data-copy a button that copies it; without scripts, or without a clipboard, the value is there to be marked.
"use strict";

if (navigator.clipboard) {
  for (const box of document.querySelectorAll("[data-copy-word]")) {
    const said = box.querySelector("[data-copy-said]");
    for (const value of box.querySelectorAll("[data-copy]")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain copy";
      button.textContent = box.dataset.copyWord;
      button.setAttribute("aria-label", `${box.dataset.copyWord}: ${value.dataset.copy} ${value.textContent}`);
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(value.textContent);
        button.textContent = box.dataset.copiedWord;
        said.textContent = `${box.dataset.copiedWord}: ${value.dataset.copy}`;
        setTimeout(() => { button.textContent = box.dataset.copyWord; }, 2000);
      });
      value.after(" ", button);
    }
  }
}
