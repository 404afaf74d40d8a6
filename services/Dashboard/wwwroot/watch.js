// Keeps the list of alerts alive. A row is known by its id and replaced only by a newer version. While the operator reads, nothing moves:
// what is new waits behind the pill, what has left stays, dimmed.

import { follow, showConnection } from "./live.js";
import { localise } from "./times.js";

const POINTER_RESTS = 8_000;
const STALE_AFTER = 5_000;

const list = document.getElementById("alerts");
const pill = document.getElementById("pill");
const stale = document.getElementById("stale");
const quiet = document.getElementById("quiet"); // The list of feeds that should have been heard.
const filters = document.getElementById("filters");
const waiting = new Map(); // id → row not shown yet
const left = new Set(); // ids shown although they have left

let pointerMoved = -Infinity;
let disconnectedTimer;
let serverIsStale = !stale.hidden;

const find = id => list.querySelector(`:scope > [data-id="${id}"]`);

function reading() {
  return scrollY > 60
    || list.contains(document.activeElement)
    || (list.matches(":hover") && performance.now() - pointerMoved < POINTER_RESTS);
}

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const row = template.content.firstElementChild;
  localise(row);
  return row;
}

function insert(row) {
  const next = [...list.children].find(other => other.dataset.key < row.dataset.key);
  list.insertBefore(row, next ?? null);
}

function put({ id, version, html }, { mark }) {
  const shown = find(id);
  left.delete(id);
  if (shown) {
    shown.classList.remove("gone");
    if (Number(shown.dataset.version) >= version) return;
    const row = parse(html);
    const hadFocus = shown.contains(document.activeElement);
    if (mark) row.classList.add("changed");
    shown.replaceWith(row);
    if (hadFocus) row.querySelector("a").focus({ preventScroll: true });
  } else if (mark && reading()) {
    if (!(waiting.get(id)?.version >= version)) waiting.set(id, { id, version, html });
  } else {
    const row = parse(html);
    if (mark) row.classList.add("new");
    insert(row);
  }
}

function take(id) {
  waiting.delete(id);
  const shown = find(id);
  if (!shown) return;
  if (reading()) {
    shown.classList.add("gone");
    left.add(id);
  } else {
    shown.remove();
  }
}

function showWaiting() {
  for (const row of waiting.values()) {
    const element = parse(row.html);
    element.classList.add("new");
    insert(element);
  }
  waiting.clear();
  for (const id of left) find(id)?.remove();
  left.clear();
  showPill();
}

function showPill() {
  pill.hidden = waiting.size === 0;
  pill.textContent = `${waiting.size} new`;
}

function settle() {
  if ((waiting.size > 0 || left.size > 0) && !reading()) showWaiting();
}

function showNumbers(data) {
  for (const element of document.querySelectorAll("[data-count]")) {
    const value = element.dataset.count.split(".").reduce((counters, key) => counters[key], data.counters);
    element.textContent = value.toLocaleString("en");
  }
  document.getElementById("matching").textContent = data.matching.toLocaleString("en");
  document.getElementById("failures").hidden = data.counters.failures === 0;
  document.getElementById("empty").hidden = data.matching > 0;
  document.title = `${data.counters.state.firing > 0 ? `(${data.counters.state.firing}) ` : ""}Alerts – Monitoring`;
  const more = document.getElementById("more");
  more.hidden = data.more === null;
  if (data.more !== null) more.href = more.dataset.base + data.more;
  serverIsStale = data.stale;
}

function showQuiet(html) {
  quiet.innerHTML = html;
  quiet.hidden = html === "";
  localise(quiet);
}

function showStale(disconnected) {
  stale.hidden = !(disconnected || serverIsStale);
}

function apply(data) {
  for (const row of data.rows) put(row, { mark: true });
  for (const id of data.removed) take(id);
  showNumbers(data);
  if (data.quiet !== undefined) showQuiet(data.quiet);
  showStale(false);
  showPill();
}

follow(list.dataset.live, {
  snapshot(data) {
    const ids = new Set(data.rows.map(row => row.id));
    const gone = [...list.children].map(row => row.dataset.id).filter(id => !ids.has(id));
    for (const id of waiting.keys()) if (!ids.has(id)) waiting.delete(id);
    apply({ ...data, removed: gone });
  },
  changes: apply,
  state(state) {
    showConnection(state);
    if (state === "live") {
      clearTimeout(disconnectedTimer);
      disconnectedTimer = undefined;
      showStale(false);
    } else {
      // Each attempt to reconnect that fails says so again: the time counts from the first.
      disconnectedTimer ??= setTimeout(() => showStale(true), STALE_AFTER);
    }
  },
});

list.addEventListener("pointermove", () => { pointerMoved = performance.now(); });
list.addEventListener("pointerleave", settle);
list.addEventListener("focusout", () => setTimeout(settle));
addEventListener("scroll", settle, { passive: true });
setInterval(settle, 1_000);
pill.addEventListener("click", () => {
  showWaiting();
  scrollTo({ top: 0 });
  list.querySelector("a")?.focus({ preventScroll: true });
});

// Filters act at once, and what is empty does not stand in the address.
filters.addEventListener("change", () => filters.requestSubmit());
filters.addEventListener("submit", () => {
  for (const field of filters.elements) {
    if (field.name && field.value === "") field.disabled = true;
  }
});
addEventListener("pageshow", () => {
  for (const field of filters.elements) field.disabled = false;
});
