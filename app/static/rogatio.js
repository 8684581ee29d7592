// Makes things smoother; nothing needs it.
"use strict";

// Text and image in step: what the pointer or the focus is on lights up on the other side.
const sheet = document.querySelector(".facsimile svg");
if (sheet) {
  const rectangles = (id) => sheet.querySelectorAll(`rect[data-for="${CSS.escape(id)}"]`);
  const light = (id, on) => {
    rectangles(id).forEach((box) => box.parentNode.classList.toggle("step", on));
    document.getElementById(id)?.classList.toggle("step", on);
  };
  for (const block of document.querySelectorAll(".page-text [id^='b']")) {
    if (!rectangles(block.id).length) continue;
    block.addEventListener("pointerenter", () => light(block.id, true));
    block.addEventListener("pointerleave", () => light(block.id, false));
  }
  for (const box of sheet.querySelectorAll("rect[data-for]")) {
    box.addEventListener("pointerenter", () => light(box.dataset.for, true));
    box.addEventListener("pointerleave", () => light(box.dataset.for, false));
  }
}

// Copy a citation.
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue;
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = words; }, 2000);
  });
}

// Kinds of entities are marked as soon as they are chosen.
for (const form of document.querySelectorAll("form[data-submit-on-change]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

// Keys: what is marked with data-key is followed when its key is pressed outside of a field; / goes to the search.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable]")) return;
  const named = event.key === "/" ? document.querySelector("header.site input[type=search], .big-search input") : null;
  const followed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!named && !followed) return;
  event.preventDefault();
  if (named) named.focus();
  else followed.click();
});

// A menu closes when the focus or the pointer goes elsewhere.
for (const menu of document.querySelectorAll("details.menu, details.arrange")) {
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// A job's state, until it is done.
const state = document.getElementById("job-state");
if (state?.dataset.poll) {
  const poll = async () => {
    const answer = await fetch(state.dataset.poll);
    if (!answer.ok) return;
    const fresh = await answer.text();
    if (fresh !== state.dataset.last) {
      state.dataset.last = fresh;
      const said = state.querySelector("[role=status]");
      const next = document.createElement("template");
      next.innerHTML = fresh;
      const words = next.content.querySelector("[role=status]");
      const unfinished = next.content.querySelector("progress");
      words.replaceWith(said);
      state.replaceChildren(next.content);
      if (said.textContent !== words.textContent) said.textContent = words.textContent;
      if (!unfinished) return;
    }
    setTimeout(poll, 1500);
  };
  setTimeout(poll, 1000);
}
