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
const sheet = document.querySelector(".sheet");
const onPage = (name) => document.querySelector(`[data-box="${CSS.escape(name)}"]`);
const frame = (name, on) => {
  onPage(name)?.classList.toggle("near", on);
  document.getElementById(`cell-${name}`)?.classList.toggle("near", on);
};
const reveal = (box) => {
  if (!box || !sheet || sheet.scrollHeight <= sheet.clientHeight) return;
  const there = box.getBoundingClientRect(), seen = sheet.getBoundingClientRect();
  if (there.top < seen.top || there.bottom > seen.bottom) sheet.scrollTop += (there.top + there.bottom - seen.top - seen.bottom) / 2;
};
for (const part of document.querySelectorAll("[data-cell], [data-box]")) {
  const name = part.dataset.cell ?? part.dataset.box;
  for (const [event, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
    part.addEventListener(event, () => frame(name, on));
  }
  if (part.dataset.cell) part.addEventListener("focusin", () => reveal(onPage(name)));
}
// In pages written to files the chosen cell is told behind the #.
const chosen = /^#cell-([\d-]+)$/.exec(location.hash)?.[1];
if (chosen && !document.querySelector("rect.chosen")) onPage(chosen)?.classList.add("chosen");
reveal(document.querySelector("rect.chosen"));

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea")) return;
  document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
});

// The address of this page, whole, for a citation.
for (const place of document.querySelectorAll(".citation .address")) place.textContent = location.href;
