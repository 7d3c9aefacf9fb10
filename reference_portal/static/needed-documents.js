// Shows of the documents only those that count for the category and region chosen; without scripts all of them stay, and
// each says for whom it is. A card that holds anything, or that an error is about, is never hidden;
// one that is closed for good stays in sight with its reason for whom it once counted.
"use strict";

for (const box of document.querySelectorAll("[data-documents]")) {
  const cards = [...box.querySelectorAll("[data-counts-for]")];
  const note = document.getElementById(box.dataset.documents);
  const chosen = (name) => document.querySelector(`input[name="${name}"]:checked`)?.value ?? "";
  const work = () => box.dataset.work || `${chosen("category")}/${chosen("region")}`;
  const used = (card) =>
    card.querySelector(".wrong, .kept") !== null || [...card.querySelectorAll("input")].some((field) => field.value !== "");
  const arrange = () => {
    const [category, region] = work().split("/");
    const known = category !== "" && (region !== "" || category === "bas");
    for (const card of cards) {
      const counts = card.dataset.countsFor.split(" ").some((one) => one === `${category}/${region}` || one === `${category}/`);
      const closed = card.disabled && category !== "bas";
      card.hidden = known && !counts && !closed && !used(card);
    }
    if (note !== null) {
      note.hidden = !cards.some((card) => card.hidden);
    }
  };
  document.addEventListener("change", arrange);
  window.addEventListener("pageshow", arrange);
  arrange();
}
