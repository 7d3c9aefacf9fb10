// Sends a document as soon as it is chosen and shows how far it is: what cannot do is said at once, and what was kept
// need not travel again with the form. Without scripts, or when this fails, the form carries the file as it always did.
"use strict";

for (const box of document.querySelectorAll("[data-uploads]")) {
  const words = box.dataset;
  const running = new Set();

  const element = (kind, className, text = "") => {
    const made = document.createElement(kind);
    made.className = className;
    made.textContent = text;
    return made;
  };
  const part = (field, selector) => field.closest(".field").querySelector(selector);

  const tidy = (field) => {
    part(field, ".error")?.remove();
    part(field, ".sending")?.remove();
    field.closest(".field").classList.remove("wrong");
    field.removeAttribute("aria-invalid");
  };
  const refuse = (field, sentence) => {
    tidy(field);
    const error = element("p", "error", sentence);
    error.id = `${field.name}-error`;
    error.setAttribute("role", "alert");
    field.before(error);
    field.closest(".field").classList.add("wrong");
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", `${field.name}-hint ${error.id}`);
    field.value = "";
  };
  const keep = (field, kept) => {
    tidy(field);
    part(field, ".kept")?.remove();
    const line = element("p", "kept");
    const link = element("a", "", kept.name);
    link.href = kept.at;
    link.target = "_blank";
    link.rel = "noopener";
    link.append(element("span", "unseen", ` ${words.newTab}`));
    line.setAttribute("role", "status");
    line.append(`${words.kept} `, link, `. ${words.replace}`);
    field.before(line);
    field.value = "";
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const send = (field, file) => {
    tidy(field);
    const shown = element("p", "sending");
    const bar = document.createElement("progress");
    const told = element("span", "", words.sending);
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", words.sending);
    shown.append(bar, " ", told);
    field.after(shown);

    const form = new FormData();
    form.append("csrf_token", field.form.querySelector("[name=csrf_token]").value);
    form.append("file", file);
    const request = new XMLHttpRequest();
    running.add(request);
    request.upload.addEventListener("progress", (event) => {
      bar.value = event.loaded / event.total;
      told.textContent = `${words.sending} ${Math.floor(bar.value * 100)} %`;
    });
    request.addEventListener("loadend", () => {
      running.delete(request);
      shown.remove();
      if (field.files[0] !== file) { return; }  // another was chosen meanwhile
      if (request.status === 200) { keep(field, JSON.parse(request.responseText)); }
      if (request.status === 422) { refuse(field, JSON.parse(request.responseText).error); }
    });
    request.open("POST", field.dataset.upload);
    request.setRequestHeader("Accept", "application/json");
    request.send(form);
  };

  box.addEventListener("change", (event) => {
    const field = event.target;
    const file = field.files?.[0];
    if (!field.dataset?.upload || !file) { return; }
    if (!/\.(pdf|jpe?g|png)$/i.test(file.name)) {
      refuse(field, words.wrongKind);
    } else if (file.size > Number(words.limit)) {
      refuse(field, words.tooLarge);
    } else {
      send(field, file);
    }
  });
  box.closest("form").addEventListener("submit", () => {
    for (const request of running) { request.abort(); }
  });
}
