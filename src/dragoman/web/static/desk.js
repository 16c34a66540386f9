// What the pages do beyond links and forms: words and records find each other, and everything has a key.
"use strict";

const LAYERS = ["entity", "said", "cue", "trigger", "bargain", "flag"];
const typing = (target) => target.matches("input:not([type=checkbox]), textarea, select");
const records = () => [...document.querySelectorAll(".rows > li, .ledger li[data-record], .move")];

function mark(ids) {
  document.querySelectorAll(".found").forEach((one) => one.classList.remove("found"));
  for (const one of document.querySelectorAll("[data-records]")) {
    if (one.dataset.records.split(" ").some((id) => ids.includes(id))) one.classList.add("found");
  }
}

function show(one) {
  one.focus({ preventScroll: true });
  one.scrollIntoView({ block: "center" });
}

function showWords(id) {
  mark([id]);
  document.querySelector(".text .found")?.scrollIntoView({ block: "center" });
}

document.addEventListener("click", (event) => {
  const words = event.target.closest(".text [data-records]");
  if (words && !String(getSelection())) {
    const ids = words.dataset.records.split(" ");
    // Where marks lie over each other, each further click goes on to the next record.
    const before = ids.indexOf(document.activeElement?.dataset?.record);
    const entry = document.getElementById(ids[(before + 1) % ids.length]);
    if (entry) { event.preventDefault(); mark([entry.dataset.record]); show(entry); }
    return;
  }
  const entry = event.target.closest(".ledger li[data-record]");
  if (entry && !event.target.closest("a:not(.label)")) {
    event.preventDefault();
    show(entry);
    showWords(entry.dataset.record);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (typing(event.target)) { if (event.key === "Escape") event.target.blur(); return; }
  const keyed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (keyed) { event.preventDefault(); keyed.matches("select") ? keyed.focus() : keyed.click(); return; }
  const all = records(), here = all.indexOf(document.activeElement);
  if (event.key === "j" && all.length) show(all[Math.min(here + 1, all.length - 1)]);
  else if (event.key === "k" && all.length) show(all[Math.max(here - 1, 0)]);
  else if (event.key === "Enter" && here >= 0 && event.target === all[here]) {
    if (all[here].dataset.record) showWords(all[here].dataset.record);
    else all[here].querySelector("a")?.click();
  } else if (event.key === "/" && document.getElementById("q")) { event.preventDefault(); document.getElementById("q").focus(); }
  else if (LAYERS[Number(event.key) - 1]) document.getElementById(`layer-${LAYERS[Number(event.key) - 1]}`)?.click();
});
