// Keeps the page of one alert up to date, unless the operator is in the middle of writing.

import { follow, showConnection } from "./live.js";
import { localise } from "./times.js";

const shown = () => document.getElementById("alert");
const busy = () => [...shown().querySelectorAll("textarea, select")].some(field => field === document.activeElement || isEdited(field));

function isEdited(field) {
  return field.matches("textarea")
    ? field.value !== field.defaultValue
    : [...field.options].some(option => option.selected !== option.defaultSelected);
}

async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("alert");
  if (!fresh || Number(fresh.dataset.version) < Number(shown().dataset.version)) return;
  localise(fresh);
  shown().replaceWith(fresh);
  document.title = page.title;
}

function notice({ rows }) {
  const row = rows.find(row => row.id === shown().dataset.id);
  if (!row || row.version <= Number(shown().dataset.version)) return;
  if (busy()) document.getElementById("changed").hidden = false;
  else refresh();
}

document.addEventListener("click", event => {
  if (event.target.closest("#changed button")) refresh();
});
follow(shown().dataset.live, { snapshot: notice, changes: notice, state: showConnection });
