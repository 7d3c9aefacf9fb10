// Keeps what is typed while the language changes: the page comes again in the other one, and the form as it stood.
// Secrets, one-time codes and files are not kept.
"use strict";

{
  const PLACE = `words:${location.pathname}`;
  const kinds = "input[name]:not([type=hidden], [type=password], [type=file], [autocomplete=one-time-code])";
  const fields = () => [...document.querySelectorAll("main form[method=post]")].flatMap((form, at) =>
    [...form.querySelectorAll(`${kinds}, select[name], textarea[name]`)].map((field) => ({
      field,
      chosen: field.type === "radio" || field.type === "checkbox",
      key: JSON.stringify([at, field.name, field.type === "radio" ? field.value : ""]),
    })));

  document.querySelector("form[action='/language']")?.addEventListener("submit", () => {
    const words = fields().map(({ field, chosen, key }) => [key, chosen ? field.checked : field.value]);
    sessionStorage.setItem(PLACE, JSON.stringify(words));
  });

  const words = new Map(JSON.parse(sessionStorage.getItem(PLACE) ?? "[]"));
  sessionStorage.removeItem(PLACE);
  for (const { field, chosen, key } of fields()) {
    const before = chosen ? field.checked : field.value;
    const kept = words.get(key) ?? before;
    if (kept === before) { continue; }
    if (chosen) { field.checked = kept; } else { field.value = kept; }
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
