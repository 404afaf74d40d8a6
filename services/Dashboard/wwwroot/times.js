// Shows moments in the operator's own zone: the server writes UTC, the browser knows where it is.

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
const regions = new Intl.DisplayNames(["en"], { type: "region" });

export function localise(root) {
  for (const element of root.querySelectorAll("time[datetime]")) show(element);
  for (const element of root.querySelectorAll("[data-country]")) element.title = nameOf(element.dataset.country);
}

function show(element) {
  const moment = new Date(element.dateTime);
  const isToday = moment.toDateString() === new Date().toDateString();
  element.textContent = isToday ? clock.format(moment) : `${day.format(moment)} ${clock.format(moment).slice(0, 5)}`;
  element.title = full.format(moment);
}

function nameOf(code) {
  try {
    return regions.of(code) ?? code;
  } catch {
    return code;
  }
}

localise(document);
