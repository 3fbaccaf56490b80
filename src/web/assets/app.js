// What the page can do beyond links and forms: search while typing, keys, copying. Without this script everything still works.
const $ = (selector, within = document) => within.querySelector(selector);
const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
const told = text => { $("#told").textContent = text; };

// --- Pages that are replaced in place: the address stays that of what is shown.
let asking = null;
const addressOf = () => location.pathname + location.search;
let shown = addressOf();
async function show(url, { push = true, focus = false } = {}) {
  asking?.abort();
  asking = new AbortController();
  const at = document.activeElement;
  try {
    const answer = await fetch(url, { signal: asking.signal, headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = $("main", page);
    if (!main) return location.assign(url);
    const typed = at?.id === "q" ? { value: at.value, start: at.selectionStart, end: at.selectionEnd } : null;
    $("main").replaceWith(main);
    // Its links have the query too.
    $(".foot").replaceWith($(".foot", page));
    document.title = page.title;
    history[push ? "pushState" : "replaceState"](null, "", answer.url + new URL(url, location).hash);
    shown = addressOf();
    if (typed) {
      const box = $("#q");
      box.value = typed.value;
      box.focus();
      box.setSelectionRange(typed.start, typed.end);
    } else if (focus) $("main").focus();
    if (at?.dataset.step) $(`a[data-step="${at.dataset.step}"]`)?.focus({ preventScroll: true });
    if (location.hash) document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center" });
    told(($("#totals") ?? $(".hitbar .at"))?.textContent ?? document.title);
    prepare();
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  }
}
// A link to a place on the page is a step of the history, too, and leads to what is there already.
addEventListener("popstate", () => { if (addressOf() !== shown) show(location.href, { push: false }); });

const urlOf = form => {
  const fields = [...new FormData(form)].filter(([, value]) => value !== "" && typeof value === "string");
  return `${form.getAttribute("action")}?${new URLSearchParams(fields)}`;
};
let waiting;
document.addEventListener("input", event => {
  const form = event.target.closest("form[data-live]");
  if (!form || event.isComposing || $("input[name=q]", form)?.value.trim() === "") return;
  clearTimeout(waiting);
  waiting = setTimeout(() => show(urlOf(form), { push: false }), 250);
});
document.addEventListener("compositionend", event => event.target.dispatchEvent(new InputEvent("input", { bubbles: true })));
document.addEventListener("submit", event => {
  const form = event.target.closest("form[method=get]");
  if (!form) return;
  event.preventDefault();
  clearTimeout(waiting);
  show(urlOf(form));
});

// --- Keys.
let current = -1;
const stops = () => $$(".hit a.open, .line a.open, .entry a.open");
function go(step) {
  const all = stops();
  if (all.length === 0) return;
  current = Math.max(0, Math.min(all.length - 1, current + step));
  all[current].focus();
  all[current].scrollIntoView({ block: "nearest" });
}
// From hit to hit: the links know the way, at the ends into other documents.
function hit(step) {
  const link = $(`a[data-step="${step}"]`) ?? $(step > 0 ? "a[data-next-document]" : "a[data-previous-document]");
  if (link) show(link.href, { push: !link.dataset.step });
}
document.addEventListener("click", event => {
  const link = event.target.closest("a[data-step]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  hit(link.dataset.step);
});
async function cite() {
  const within = document.activeElement?.closest(".hit, .line, .reader") ?? document;
  const text = $("[data-cite]", within)?.textContent.trim();
  if (!text) return;
  await navigator.clipboard.writeText(text);
  told($("#told").dataset.copied);
}
const keys = {
  "/": () => { const box = $("#q"); box?.focus(); box?.select(); },
  "?": () => $("#keys").showModal(),
  j: () => go(1), k: () => go(-1),
  o: () => (document.activeElement?.matches("a") ? document.activeElement : stops()[Math.max(current, 0)])?.click(),
  n: () => hit(1), p: () => hit(-1), c: cite,
};
addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, dialog")) {
    if (event.key === "Escape" && !$("dialog[open]")) event.target.blur();
    return;
  }
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// --- Work that takes a while: its bar moves, and its end shows the result.
function follow(bar) {
  const events = new EventSource(bar.dataset.events);
  for (const name of ["waiting", "progress"]) events.addEventListener(name, ({ data }) => {
    const { work, all, text } = JSON.parse(data);
    bar.max = all || 1;
    bar.value = work;
    $("#job-text").textContent = text;
  });
  for (const end of ["done", "failed", "cancelled"]) events.addEventListener(end, () => { events.close(); location.reload(); });
}

// --- A draft: the sentence that has the focus shows its precedents beside it.
document.addEventListener("focusin", event => {
  const link = event.target.closest?.('.entry a.open[href^="#"]');
  if (!link || link.hash === location.hash) return;
  location.replace(link.hash);
  // To go to a place takes the focus away.
  link.focus({ preventScroll: true });
  link.scrollIntoView({ block: "nearest" });
});

// --- What each page needs once it is there.
let refreshing;
function prepare() {
  current = -1;
  clearTimeout(refreshing);
  if ($("[data-refresh]")) refreshing = setTimeout(() => show(location.href, { push: false }), 1000);
  for (const bar of $$("[data-events]")) follow(bar);
  for (const one of $$("[data-cite]")) {
    if ($("button", one.parentElement)) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = $("#told").dataset.copy;
    button.onclick = async () => { await navigator.clipboard.writeText(one.textContent.trim()); told($("#told").dataset.copied); };
    one.after(button);
  }
}
prepare();

// --- The token in the fragment of the first link, which no server and no log sees.
function enter() {
  if (location.pathname !== "/login" || !location.hash.startsWith("#token=")) return;
  $("#token").value = decodeURIComponent(location.hash.slice(7));
  history.replaceState(null, "", "/login");
  $("#login").submit();
}
enter();
// The link may be opened where the page that asks for the token is already.
addEventListener("hashchange", enter);
