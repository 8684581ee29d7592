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

// Zoom of the page image, kept from page to page. Without this the links below the image enlarge it.
const figure = document.querySelector("figure[data-zoom]");
if (figure) {
  const levels = [50, 75, 100, 125, 150, 200, 300, 400];
  const frame = figure.querySelector(".window");
  const paper = figure.querySelector(".sheet");
  const image = paper.querySelector("img");
  const controls = figure.querySelector(".zoom");
  const larger = figure.querySelector(".larger");
  let level = 100;
  const zoom = (next) => {
    const middle = { x: (frame.scrollLeft + frame.clientWidth / 2) / paper.offsetWidth, y: (frame.scrollTop + frame.clientHeight / 2) / paper.offsetHeight };
    level = Math.min(Math.max(Math.round(next), levels[0]), levels.at(-1));
    paper.style.width = `${level}%`;
    controls.querySelector("output").textContent = `${level} %`;
    frame.scrollTo({ left: middle.x * paper.offsetWidth - frame.clientWidth / 2, top: middle.y * paper.offsetHeight - frame.clientHeight / 2, behavior: "instant" });
    if (paper.offsetWidth * devicePixelRatio > image.naturalWidth && image.naturalWidth && image.src !== larger.href) image.src = larger.href;
    sessionStorage.setItem("zoom", level);
  };
  const wholePage = () => {
    const room = Math.min(parseFloat(getComputedStyle(figure).maxHeight) || innerHeight, innerHeight) - (figure.offsetHeight - frame.offsetHeight);
    return Math.min(100, (100 * room * image.width) / (image.height * frame.clientWidth) * (paper.offsetWidth / image.width));
  };
  controls.hidden = false;
  controls.addEventListener("click", (event) => {
    const { by, fit } = event.target.dataset;
    if (by) zoom((by > 0 ? levels.find((one) => one > level) : levels.findLast((one) => one < level)) ?? level);
    else if (fit) zoom(fit === "page" ? wholePage() : 100);
  });
  if (sessionStorage.getItem("zoom")) zoom(Number(sessionStorage.getItem("zoom")));

  // The wide image: the layout changes here, and the links to other pages keep it.
  const widen = figure.querySelector(".widen");
  widen.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const wide = figure.closest(".reading").classList.toggle("wide-image");
    history.replaceState(null, "", widen.href);
    for (const link of document.querySelectorAll(`.pager a, .outline a, .named a, .widen`)) {
      const address = new URL(link.href);
      if (address.pathname !== location.pathname) continue;
      if (wide !== (link === widen)) address.searchParams.set("image", "wide");
      else address.searchParams.delete("image");
      link.href = address;
    }
    [widen.textContent, widen.dataset.other] = [widen.dataset.other, widen.textContent];
  });
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
// Keys that decide on a proposal act on the one that is shown, unless another one has the focus.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, [contenteditable]")) return;
  const named = event.key === "/" ? document.querySelector("header.site input[type=search], .big-search input") : null;
  const marked = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  const followed = marked && isChosen(marked) ? marked : hitBeside(event.key);
  if (document.querySelector("dialog[open]") || (!named && !followed)) return;
  event.preventDefault();
  if (named) named.focus();
  else if (followed.dataset.key) followed.click();
  else followed.focus();
});

function isChosen(marked) {
  const proposal = marked.closest(".proposal"), focused = document.activeElement?.closest(".proposal");
  return !proposal || !focused || focused === proposal;
}

// On a list of results j and k go to the link of the next and the previous hit.
function hitBeside(key) {
  if (key !== "j" && key !== "k") return null;
  const links = [...document.querySelectorAll(".hit a:first-of-type")].filter((link) => link.closest("h3, h4"));
  const at = links.findIndex((link) => link.closest(".hit").contains(document.activeElement));
  return links[key === "j" ? at + 1 : Math.max(at, 1) - 1] ?? null;
}

// A page that is marked so opens in a dialog.
for (const link of document.querySelectorAll("a[data-dialog]")) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await fetch(link.href);
    if (!answer.ok) return location.assign(link.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const dialog = document.createElement("dialog");
    const form = document.createElement("form");
    const button = document.createElement("button");
    form.method = "dialog";
    button.textContent = link.dataset.dialog;
    form.append(button);
    dialog.append(...page.querySelectorAll("#content > :not(nav)"), form);
    dialog.setAttribute("aria-label", link.textContent);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  });
}

// Another country on a narrow screen takes the place of the one that is read, in the row that is read.
for (const choice of document.querySelectorAll(".country-choice, .matrix-choice")) {
  const links = [...choice.querySelectorAll("a")];
  const rows = [...choice.parentNode.querySelectorAll("table tr")].map((row) => [...row.cells].filter((cell) => cell.matches("td, .matrix thead th + th")));
  const columns = rows.filter((cells) => cells.length === links.length);
  choice.addEventListener("click", (event) => {
    const chosen = links.indexOf(event.target.closest("a"));
    if (chosen < 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const top = choice.getBoundingClientRect().bottom + 24;  // less than a line of a row is not what is read
    const read = columns.map((cells) => cells[0].parentNode).find((row) => row.getBoundingClientRect().bottom > top);
    const before = read?.getBoundingClientRect().top;
    for (const cells of columns) cells.forEach((cell, place) => cell.classList.toggle("other", place !== chosen));
    links.forEach((link, place) => place === chosen ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"));
    links[chosen].scrollIntoView({ block: "nearest", inline: "nearest" });
    if (read) scrollBy({ top: read.getBoundingClientRect().top - before, behavior: "instant" });
    history.replaceState(null, "", links[chosen].href);
  });
}

// The outline follows what is read.
const outlined = new Map([...document.querySelectorAll(".outline a[href*='#b']")].map((link) => [link.hash.slice(1), link]));
const headings = [...outlined.keys()].map((id) => document.getElementById(id)).filter(Boolean);
if (headings.length > 1) {
  const follow = () => {
    const read = headings.filter((one) => one.getBoundingClientRect().top < innerHeight / 3).at(-1) ?? headings[0];
    for (const [id, link] of outlined) link.classList.toggle("read", id === read.id);
    outlined.get(read.id).scrollIntoView({ block: "nearest" });
  };
  let pending = 0;
  addEventListener("scroll", () => { cancelAnimationFrame(pending); pending = requestAnimationFrame(follow); }, { passive: true });
}

// What opens to be written in gets the focus.
for (const opened of document.querySelectorAll("details[data-focus]")) {
  opened.addEventListener("toggle", () => { if (opened.open) opened.querySelector("input:not([type=hidden])").select(); });
}

// A menu closes when the focus or the pointer goes elsewhere.
for (const menu of document.querySelectorAll("details.menu, details.arrange")) {
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// Suggestions under a search box (the combobox pattern of the ARIA Authoring Practices: focus stays in the box).
for (const box of document.querySelectorAll("input[data-suggestions]")) {
  const list = document.createElement("ul");
  list.id = `${box.id}-options`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.labels[0]?.textContent ?? box.placeholder);
  box.after(list);
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);
  let chosen = -1, asked = 0, waiting = 0;
  const forget = () => { clearTimeout(waiting); asked++; };
  const choose = (next) => {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = next;
    const option = list.children[chosen];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) box.setAttribute("aria-activedescendant", option.id);
    else box.removeAttribute("aria-activedescendant");
  };
  const open = (on) => {
    list.hidden = !on;
    box.setAttribute("aria-expanded", String(on));
    if (!on) choose(-1);
  };
  const ask = async () => {
    const number = ++asked;
    const typed = box.value.trim();
    if (typed.length < 2) return open(false);
    const answer = await fetch(`${box.dataset.suggestions}&q=${encodeURIComponent(typed)}`);
    if (!answer.ok || number !== asked || document.activeElement !== box) return;
    list.innerHTML = await answer.text();
    [...list.children].forEach((option, at) => { option.id = `${list.id}-${at}`; });
    chosen = -1;
    open(list.children.length > 0);
  };
  box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 150); });
  box.addEventListener("blur", () => { forget(); open(false); });
  box.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const last = list.children.length - 1;
    if (event.key.startsWith("Arrow")) forget();  // a late answer would take the chosen option away
    if (event.key === "ArrowDown") choose(chosen < last ? chosen + 1 : -1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? last : chosen - 1);
    else if (event.key === "Escape") open(false);
    else if (event.key === "Enter" && chosen >= 0) location.assign(list.children[chosen].dataset.address);
    else return;
    event.preventDefault();
  });
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.address);
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

// Uploads in parts (tus 1.0), continued after an interruption; files may be dropped. Without this the form sends them.
const uploadForm = document.getElementById("upload-form");
if (uploadForm?.dataset.tus) {
  const part = 4 << 20;
  const files = uploadForm.querySelector("input[type=file]");
  const shown = document.getElementById("upload-progress");
  const tell = (words) => (shown.querySelector("[role=status]").textContent = words);
  const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
  const tus = (address, method, headers, body) =>
    fetch(address, { method, body, headers: { "Tus-Resumable": "1.0.0", ...headers } });
  const encoded = (name) => btoa(String.fromCharCode(...new TextEncoder().encode(name)));

  const begun = async (file) => {
    const headers = { "Upload-Length": file.size, "Upload-Metadata": `filename ${encoded(file.name)}` };
    const made = await tus(uploadForm.dataset.tus, "POST", headers);
    if (!made.ok) throw new Error(made.status);
    return made.headers.get("Location");
  };
  const arrived = async (address) => {
    const answer = await tus(address, "HEAD", {});
    return answer.ok ? Number(answer.headers.get("Upload-Offset")) : null;
  };
  const sent = async (file, progress) => {
    const address = await begun(file);
    let at = 0;
    for (let failures = 0; at < file.size && failures < 30; ) {
      try {
        const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": at };
        const answer = await tus(address, "PATCH", headers, file.slice(at, at + part));
        if (!answer.ok) throw new Error(answer.status);
        at = Number(answer.headers.get("Upload-Offset"));
        failures = 0;
      } catch {
        failures += 1;
        tell(uploadForm.dataset.interrupted);
        await pause(Math.min(2 ** failures, 30));
        at = (await arrived(address).catch(() => null)) ?? at;
      }
      progress(at);
    }
    if (at < file.size) throw new Error("interrupted");
    return address.split("/").pop();
  };
  const sendAll = async () => {
    const chosen = [...files.files];
    const all = chosen.reduce((sum, file) => sum + file.size, 0) || 1;
    let before = 0;
    for (const file of chosen) {
      const id = await sent(file, (at) => {
        shown.querySelector("progress").value = (100 * (before + at)) / all;
        tell(`${uploadForm.dataset.sending} ${file.name}`);
      });
      before += file.size;
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "uploads", value: id });
      uploadForm.append(field);
    }
  };
  uploadForm.addEventListener("submit", async (event) => {
    if (!files.files.length) return;
    event.preventDefault();
    shown.hidden = false;
    const button = uploadForm.querySelector("button");
    button.disabled = true;
    try {
      await sendAll();
      files.disabled = true; // they have arrived
    } catch {
      uploadForm.querySelectorAll("input[name=uploads]").forEach((field) => field.remove());
    }
    button.disabled = false;
    uploadForm.submit();
  });
  document.getElementById("drop-hint").hidden = false;
  // On the whole page: a file dropped beside the form would replace the page.
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) files.files = event.dataTransfer.files;
  });
}

// On a phone the second level of the navigation scrolls sideways: show the entry of the page.
const level = document.querySelector("nav.section ul");
const here = level?.querySelector("[aria-current]");
if (here) level.scrollLeft = here.offsetLeft - level.offsetLeft - (level.clientWidth - here.offsetWidth) / 2;

// The first page of a file with a password cannot be drawn: no empty frame in the list.
document.querySelectorAll("img.thumbnail").forEach((image) => {
  image.addEventListener("error", () => image.remove());
  if (image.complete && !image.naturalWidth && image.currentSrc) image.remove();
});
