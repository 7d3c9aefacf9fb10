// Gives each password field a button that shows and hides what was typed; without scripts the field simply stays hidden.
"use strict";

for (const box of document.querySelectorAll(".reveal")) {
  const field = box.querySelector("input");
  const button = document.createElement("button");
  const tell = () => {
    const hidden = field.type === "password";
    button.textContent = hidden ? box.dataset.show : box.dataset.hide;
    button.setAttribute("aria-label", hidden ? box.dataset.showLabel : box.dataset.hideLabel);
  };
  button.type = "button";
  button.className = "plain";
  button.setAttribute("aria-controls", field.id);
  button.addEventListener("click", () => {
    field.type = field.type === "password" ? "text" : "password";
    tell();
  });
  field.form?.addEventListener("submit", () => { field.type = "password"; });
  tell();
  box.append(button);
}
