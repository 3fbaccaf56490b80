// The page by the keyboard alone, with script and its keys, and without script by Tab and Enter.
//
// `node walk.mjs ADDRESS`

import { BASE, DOCUMENT, PAGES, WIDTHS, check, link, step, watchedPage, withBrowser } from "./browser.mjs";

const SEARCH = link("/search", { q: "改革" });
const WHOLE = link("/show", { place: DOCUMENT });
const SHOW = link("/show", { place: `${DOCUMENT}:8`, q: "园区" });
const MOST_STOPS = 400;
// Long pages repeat what their first screens have.
const STOPS_OF_A_PAGE = 60;
// Milliseconds after which a page has scrolled, or has asked for what was typed.
const SETTLED = 400;

/** Describes what has the focus: its name, whether it is in sight, and whether one sees that it has the focus. */
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  // The first line of a link that wraps: the box around all lines begins where there may be none of it.
  const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
  const look = (style) => [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow, style.backgroundColor, style.borderColor, style.textDecoration].join("|");
  const style = getComputedStyle(element);
  const lined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  const now = look(style);
  const place = element.getAttribute("tabindex");
  element.blur();
  const marked = lined || look(getComputedStyle(element)) !== now;
  element.focus({ preventScroll: true });
  const middle = document.elementFromPoint(box.left + Math.min(box.width / 2, 8), box.top + Math.min(box.height / 2, 8));
  return {
    name: (element.getAttribute("aria-label") || element.innerText || element.labels?.[0]?.innerText || element.title || element.value || "").trim().slice(0, 40),
    tag: element.tagName.toLowerCase() + (element.name ? `[name=${element.name}]` : ""),
    href: element.getAttribute("href"),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    free: middle === null || element.contains(middle) || middle.contains(element) || (element.labels ? [...element.labels].some((label) => label.contains(middle)) : false),
    marked,
    positive: place !== null && Number(place) > 0,
    inResults: Boolean(element.closest("main li, main article, main tr, main ol")),
  };
}

/** What has the focus; a page that scrolls to it smoothly has a moment to arrive. */
async function focusOf(page) {
  let at = await page.evaluate(focused);
  for (let n = 0; n < 8 && at && !(at.seen && at.free); n += 1) {
    await page.waitForTimeout(80);
    at = await page.evaluate(focused);
  }
  return at;
}

/** Presses Tab until `wanted` has the focus; says after how many. */
async function tabTo(page, what, wanted) {
  for (let n = 1; n <= MOST_STOPS; n += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(focused);
    if (at && wanted(at)) return n;
  }
  throw new Error(`${what}: not reached by Tab`);
}

/** Each stop of a page by Tab: in sight, marked, named, none twice. */
async function everyStop(page, name) {
  await page.goto(BASE + PAGES[name], { waitUntil: "load" });
  const faults = [];
  let n_stops = 0;
  for (; n_stops < STOPS_OF_A_PAGE; n_stops += 1) {
    await page.keyboard.press("Tab");
    const at = await focusOf(page);
    if (!at) break;
    const wrong = ["seen", "free", "marked", "name"].filter((quality) => !at[quality]);
    if (at.positive) wrong.push("tabindex above 0");
    if (wrong.length) faults.push(`${at.tag} ${at.href ?? ""} “${at.name}”: not ${wrong.join(", ")}`);
  }
  check(`${name}: has stops`, n_stops > 2, n_stops);
  check(`${name}: focus is always visible`, faults.length === 0, faults.slice(0, 4));
}

/** What is marked as the current hit: an attribute, or what has the focus. */
function currentHit(page) {
  return page.evaluate(() => {
    const marked = document.querySelector("main :is(article, li, p, mark, tr, a.hit)[aria-current]:not(.choice *), main [data-current], main .current");
    const element = marked ?? document.activeElement;
    if (!element || element === document.body) return null;
    const all = [...document.querySelectorAll("*")];
    const box = element.getBoundingClientRect();
    return { ord: all.indexOf(element), inSight: box.top < innerHeight && box.bottom > 0, hash: location.hash + location.search };
  });
}

async function keysOfResults(page) {
  await page.goto(BASE + "/", { waitUntil: "load" });
  await page.evaluate(() => document.activeElement?.blur?.());
  await page.keyboard.press("/");
  const box = await page.evaluate(focused);
  check("/ focuses the box", box?.tag === "input[name=q]", box);
  check("/ is not typed into it", (await page.inputValue("input[name=q]")) === "");
  await page.keyboard.insertText("改革");
  await Promise.all([page.waitForURL(/\/search\?/), page.keyboard.press("Enter")]);
  await page.waitForLoadState("load");
  check("Enter searches, and the URL has the query", new URL(page.url()).searchParams.get("q") === "改革", page.url());
  await page.evaluate(() => document.activeElement?.blur?.());
  const places = [];
  for (const key of ["j", "j", "k", "j"]) {
    await page.keyboard.press(key);
    await page.waitForTimeout(SETTLED);
    places.push(await currentHit(page));
  }
  const [first, second, back] = places.map((place) => place?.ord);
  check("j goes to the next hit", first !== undefined && second > first, places);
  check("k goes back", back === first, places);
  check("the current hit is in sight", places.every((place) => place?.inSight), places);
  await Promise.all([page.waitForURL(/\/show\?/), page.keyboard.press("o")]);
  check("o opens the hit", new URL(page.url()).searchParams.has("place"), page.url());
}

async function keysOfReader(page) {
  await page.goto(BASE + SHOW, { waitUntil: "load" });
  const places = [];
  for (const key of ["n", "n", "p"]) {
    const before = page.url();
    await page.keyboard.press(key);
    await page.waitForTimeout(SETTLED);
    await page.waitForLoadState("load");
    places.push({ ...(await currentHit(page)), url: page.url() !== before });
  }
  const moved = (one, other) => one.ord !== other.ord || one.hash !== other.hash;
  check("n goes to the next hit", moved(places[0], places[1]), places);
  check("p goes back", !moved(places[0], places[2]), places);
  check("the hit is in sight", places.every((place) => place.inSight), places);
}

async function keysOfHelp(page) {
  for (const [name, path] of [["search", SEARCH], ["show", SHOW]]) {
    await page.goto(BASE + path, { waitUntil: "load" });
    await page.keyboard.press("?");
    const dialog = page.locator("dialog[open], [role=dialog]:visible").first();
    check(`${name}: ? shows the keys`, await dialog.isVisible().catch(() => false));
    await page.keyboard.press("Escape");
    check(`${name}: Esc closes them`, (await page.locator("dialog[open], [role=dialog]:visible").count()) === 0);
  }
  await page.goto(BASE + SEARCH, { waitUntil: "load" });
  await page.focus("input[name=q]");
  await page.keyboard.press("End");
  await page.keyboard.type("j?/o");
  check("keys typed into the box are text", (await page.inputValue("input[name=q]")).endsWith("j?/o"), await page.inputValue("input[name=q]"));
  check("and open nothing", (await page.locator("dialog[open], [role=dialog]:visible").count()) === 0);
  await page.evaluate(() => document.activeElement.blur());
  // Typing searches on its own, a moment later.
  await page.waitForTimeout(2 * SETTLED);
  const before = page.url();
  for (const key of ["Control+j", "Alt+o", "Meta+k"]) await page.keyboard.press(key);
  await page.waitForTimeout(200);
  check("keys with Ctrl or Alt stay the browser's", page.url() === before, page.url());
}

/** A link within the page goes there and stays there: nothing is loaded anew. */
async function fragments(page, label) {
  await page.goto(BASE + WHOLE, { waitUntil: "load" });
  const all = page.locator("main a[href^='#']");
  check(`${label}: the reader has an outline`, (await all.count()) > 2, await all.count());
  const last = all.last();
  const href = await last.getAttribute("href");
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  await last.evaluate((element) => element.closest("details")?.setAttribute("open", ""));
  await last.focus();
  await page.keyboard.press("Enter");
  await page.waitForTimeout(2 * SETTLED);
  const top = await page.evaluate((id) => document.getElementById(id)?.getBoundingClientRect().top / innerHeight, decodeURIComponent(href.slice(1)));
  check(`${label}: a heading of the outline is brought into sight`, top > -0.1 && top < 1, top);
  check(`${label}: and nothing is loaded for it`, requests.length === 0, requests);
}

/** Search, open, next hit, by Tab and Enter. */
async function byTab(page, label) {
  await page.goto(BASE + "/", { waitUntil: "load" });
  await tabTo(page, "the box", (at) => at.tag === "input[name=q]");
  await page.keyboard.insertText("改革");
  await Promise.all([page.waitForURL(/\/search\?/), page.keyboard.press("Enter")]);
  const n_stops = await tabTo(page, "a hit", (at) => at.href?.startsWith("/show?"));
  console.log(`${label}: ${n_stops} stops to the first hit`);
  await Promise.all([page.waitForURL(/\/show\?/), page.keyboard.press("Enter")]);
  await tabTo(page, "the next hit", (at) => /下一|next/i.test(at.name));
  const before = page.url();
  await page.keyboard.press("Enter");
  await page.waitForTimeout(400);
  check(`${label}: the next hit has its own address`, page.url() !== before, page.url());
  // The skip link: the first stop of every page leads to its content.
  await page.goto(BASE + link("/search", { q: "改革" }), { waitUntil: "load" });
  await page.keyboard.press("Tab");
  const skip = await page.evaluate(focused);
  check(`${label}: the first stop skips to the content`, skip?.href?.startsWith("#"), skip);
  await page.keyboard.press("Enter");
  await page.waitForTimeout(SETTLED);
  await page.keyboard.press("Tab");
  const inside = await page.evaluate(() => Boolean(document.activeElement?.closest("main")));
  check(`${label}: and the next stop is in it`, inside, await page.evaluate(focused));
}

async function walk(browser, width, javaScriptEnabled) {
  const context = await browser.newContext({ viewport: { width, height: 740 }, javaScriptEnabled, locale: "zh-CN" });
  const { page, faults } = await watchedPage(context);
  const label = `${width} ${javaScriptEnabled ? "script" : "no script"}`;
  await step(`${label} by Tab`, () => byTab(page, label));
  await step(`${label} outline`, () => fragments(page, label));
  if (javaScriptEnabled) {
    await step(`${label} keys of the results`, () => keysOfResults(page));
    await step(`${label} keys of the reader`, () => keysOfReader(page));
    await step(`${label} keys of the help`, () => keysOfHelp(page));
    for (const name of Object.keys(PAGES)) await step(`${label} ${name}`, () => everyStop(page, name));
  }
  check(`${label}: no error on the way`, faults.length === 0, faults);
  await context.close();
}

await withBrowser("walk", async (browser) => {
  await Promise.all(WIDTHS.flatMap((width) => [walk(browser, width, true), walk(browser, width, false)]));
});
