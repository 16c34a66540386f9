// Words that are selected in the text are put into the form, with their place in code points.
"use strict";

const text = document.getElementById("marking");
const field = (id) => document.getElementById(id);
const points = (words) => [...words].length;

function marked() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return;
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(range.startContainer, range.startOffset);
  const words = range.toString();
  const blank = points(words) - points(words.trimStart());
  if (!words.trim()) return;
  field("words").value = words.trim();
  field("start").value = points(before.toString()) + blank;
  field("end").value = Number(field("start").value) + points(words.trim());
}

document.addEventListener("selectionchange", marked);
