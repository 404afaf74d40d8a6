// Everything by keyboard alone: through the list, into an alert, back, and to the search.

const list = document.getElementById("alerts");
const help = document.getElementById("help");
const typing = element => element?.matches("input:not([type=checkbox]), textarea, select") ?? false;

function move(by) {
  if (!list) return;
  const links = [...list.querySelectorAll("a.title")];
  const here = links.indexOf(document.activeElement);
  const target = links[here < 0 ? 0 : Math.min(Math.max(here + by, 0), links.length - 1)];
  if (!target) return;
  target.focus({ preventScroll: true });
  target.closest("li").scrollIntoView({ block: "nearest" });
}

const actions = {
  j: () => move(1),
  k: () => move(-1),
  n: () => document.querySelector("#pill:not([hidden])")?.click(),
  u: () => { if (!list) location.assign("/"); },
  "/": () => document.getElementById("search")?.focus(),
  "?": () => help.showModal(),
};

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  if (event.key === "Escape") {
    document.activeElement?.blur();
    return;
  }
  if (typing(event.target)) return;
  const inList = list?.contains(document.activeElement);
  const action = event.key === "ArrowDown" && inList ? actions.j : event.key === "ArrowUp" && inList ? actions.k : actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});
