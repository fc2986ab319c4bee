// What is typed into a form[data-keep] is kept on the server three seconds after the last key, and when the page is left,
// so that a lost session or a shut lid loses nothing. data-keep="unsaved": what stands in it at the beginning is typed too.

const WAIT = 3000;
const LATER = 15000;
const SAYS = {
  403: "This page is too old to keep what you type. Copy your words, then load it again.",
  413: "This is too long to be kept. Save it soon.",
};

for (const form of document.querySelectorAll("form[data-keep]")) watch(form);

function watch(form) {
  const line = document.querySelector("[data-kept]") ?? added(form);
  let timer;
  let sending;
  let left = false;
  let dirty = form.dataset.keep === "unsaved" || Boolean(document.querySelector(".errors"));

  function soon(wait = WAIT) {
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  }

  async function keep(keepalive = false) {
    clearTimeout(timer);
    if (!dirty || left) return;
    dirty = false;
    sending = new AbortController();
    const body = new URLSearchParams(new FormData(form));
    body.set("page", location.pathname);
    try {
      const answer = await fetch("/typing/", { method: "POST", body, keepalive, signal: keepalive ? null : sending.signal });
      if (answer.redirected) return signedOut(line);
      say(line, answer.ok ? `Kept at ${(await answer.json()).at}, not saved yet.` : (SAYS[answer.status] ?? "Not kept. Save soon."));
    } catch {
      if (left) return;
      dirty = true;
      say(line, "Not kept: there is no connection. It is tried again.");
      soon(LATER);
    }
  }

  form.addEventListener("input", () => {
    dirty = true;
    soon();
  });
  // What is being saved, or thrown away, is not to be kept once more behind it.
  document.addEventListener("submit", (event) => {
    if (event.target !== form && !event.target.action.endsWith("/typing/")) return;
    left = true;
    clearTimeout(timer);
    sending?.abort();
  });
  window.addEventListener("pagehide", () => keep(true));
  window.addEventListener("pageshow", () => (left = false));
  if (dirty) soon();
}

function say(line, words) {
  if (line.textContent !== words) line.textContent = words;
}

function signedOut(line) {
  const link = document.createElement("a");
  link.href = `/accounts/login/?next=${encodeURIComponent(location.pathname)}`;
  link.textContent = "Sign in again";
  line.replaceChildren("You are signed out. What you typed is held for you. ", link, ".");
}

function added(form) {
  const line = document.createElement("p");
  line.className = "small soft";
  line.setAttribute("role", "status");
  form.append(line);
  return line;
}
