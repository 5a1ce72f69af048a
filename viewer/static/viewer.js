// Conveniences on pages that are whole without them.
"use strict";

for (const button of document.querySelectorAll("button.copy")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent.trim());
  });
}

// A cell and its place on the page show each other, by pointer and by keyboard.
const near = (name, on) => {
  document.querySelector(`[data-box="${name}"]`)?.classList.toggle("near", on);
  document.getElementById(`cell-${name}`)?.classList.toggle("near", on);
};
for (const link of document.querySelectorAll("[data-cell]")) {
  const cell = link.closest("td, th");
  for (const [event, on] of [["mouseenter", true], ["mouseleave", false]]) cell.addEventListener(event, () => near(link.dataset.cell, on));
  link.addEventListener("focus", () => near(link.dataset.cell, true));
  link.addEventListener("blur", () => near(link.dataset.cell, false));
}
for (const box of document.querySelectorAll("[data-box]")) {
  const name = box.dataset.box;
  box.addEventListener("mouseenter", () => near(name, true));
  box.addEventListener("mouseleave", () => near(name, false));
  box.addEventListener("click", () => document.querySelector(`[data-cell="${name}"]`)?.click());
}
// In pages written to files the chosen cell is told behind the #.
const chosen = /^#cell-([\d-]+)$/.exec(location.hash)?.[1];
if (chosen) for (const part of document.querySelectorAll(`[data-box="${chosen}"], #cell-${CSS.escape(chosen)}`)) part.classList.add("chosen");
document.querySelector(".box.chosen")?.scrollIntoView({ block: "center" });

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea")) return;
  document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
});

// The address of this page, whole, for a citation.
for (const place of document.querySelectorAll(".citation .address")) place.textContent = location.href;
