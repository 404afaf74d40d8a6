// One stream for all tabs of this browser that look at the same thing: HTTP/1.1 allows six connections to a site, and a stream takes one
// for good. Whoever holds the lock opens the stream and tells the others; when that tab closes, the next one gets the lock.

const SILENCE = 40_000; // The server beats every 15 seconds.
const HIDDEN = 60_000;
const RETRY = 2_000;

/**
 * Follows a stream for as long as the page is looked at.
 * @param {string} url of the stream, with its filter
 * @param {{snapshot: function(object), changes: function(object), state: function(string)}} on what to do; states are
 *   "live", "reconnecting" and "signed-out"
 */
export function follow(url, on) {
  const name = `monitoring ${url}`;
  let channel, source, giveUpLock, timer, hiddenTimer;
  let leading = false;
  let lastSign = performance.now();

  function receive(message) {
    if (message.type === "hello") {
      // A tab joined and knows nothing: a stream that is opened anew begins with a snapshot, for all.
      if (leading) connect();
      return;
    }
    if (message.type !== "state" || message.data === "live") lastSign = performance.now();
    on[message.type]?.(message.data);
  }

  function tell(type, data) {
    const message = { type, data };
    channel?.postMessage(message);
    receive(message);
  }

  function connect() {
    source?.close();
    source = new EventSource(url);
    source.onopen = () => tell("state", "live");
    source.onerror = () => {
      tell("state", "reconnecting");
      if (source.readyState === EventSource.CLOSED) refused();
    };
    source.addEventListener("beat", () => tell("beat"));
    for (const type of ["snapshot", "changes"]) {
      source.addEventListener(type, event => tell(type, JSON.parse(event.data)));
    }
  }

  // The browser reconnects by itself when the connection breaks, but not after an answer that is no stream.
  async function refused() {
    const attempt = source;
    const asking = new AbortController();
    try {
      const answer = await fetch(url, { signal: asking.signal });
      if (answer.status === 401) return tell("state", "signed-out");
    } catch {
      // Not there yet.
    } finally {
      asking.abort();
    }
    setTimeout(() => { if (leading && source === attempt) connect(); }, RETRY);
  }

  function lead() {
    leading = true;
    connect();
    return new Promise(resolve => { giveUpLock = resolve; });
  }

  let waiting; // for the lock

  function start() {
    if (timer) return;
    lastSign = performance.now();
    timer = setInterval(watchSilence, 5_000);
    if (!navigator.locks) {
      // Outside a secure context (plain http from another host) each tab has its own stream.
      lead();
      return;
    }
    channel = new BroadcastChannel(name);
    channel.onmessage = event => receive(event.data);
    channel.postMessage({ type: "hello" });
    waiting = new AbortController();
    navigator.locks.request(name, { signal: waiting.signal }, lead).catch(() => {});
  }

  function stop() {
    clearInterval(timer);
    timer = undefined;
    leading = false;
    source?.close();
    waiting?.abort();
    giveUpLock?.();
    giveUpLock = undefined;
    channel?.close();
    channel = undefined;
  }

  function watchSilence() {
    if (performance.now() - lastSign < SILENCE) return;
    lastSign = performance.now();
    on.state("reconnecting");
    if (leading) connect();
    else channel.postMessage({ type: "hello" });
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(hiddenTimer);
    // Nobody looks: leave the connection to others, and come back to a fresh snapshot.
    if (document.hidden) hiddenTimer = setTimeout(stop, HIDDEN);
    else start();
  });
  addEventListener("pagehide", stop);
  addEventListener("pageshow", event => { if (event.persisted) start(); });
  start();
}

/** Shows in the page's head how the stream is. */
export function showConnection(state) {
  const element = document.getElementById("connection");
  if (!element || element.dataset.state === state) return;
  element.dataset.state = state;
  element.textContent = { live: "live", reconnecting: "reconnecting…", "signed-out": "signed out" }[state];
  if (state !== "signed-out") return;
  const link = document.createElement("a");
  link.href = `/sign-in?return=${encodeURIComponent(location.pathname + location.search)}`;
  link.textContent = " Sign in again";
  element.append(link);
}
