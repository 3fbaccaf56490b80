// The browser, the pages that every program visits, and the tally of checks.

import { chromium } from "playwright-core";

export const [ADDRESS] = process.argv.slice(2);
export const BASE = `http://${ADDRESS}`;
export const WIDTHS = [1280, 360];
export const SCHEMES = ["light", "dark"];

export const DOCUMENT = "corpus/云栖工业园区/2011年工作总结.txt";

/** A path with parameters. */
export function link(path, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  return query ? `${path}?${query}` : path;
}

/** Every page, by the name of its screenshots; `ONLY=show,trend` leaves out all others. */
const ALL = {
  start: "/",
  search: link("/search", { q: "改革" }),
  "search-phrase": link("/search", { q: "“坚持以*为指导”", context: 1, rate: 1 }),
  "search-filtered": link("/search", { q: "就业", year: "2005..2015", kind: "工作报告", sort: "-date", limit: 5, offset: 5 }),
  "search-documents": link("/search", { q: "就业", by: "document" }),
  "search-nothing": link("/search", { q: "“没有哪里写着这几个字”" }),
  "search-error": link("/search", { q: "改革 “未完" }),
  show: link("/show", { place: `${DOCUMENT}:8`, q: "园区" }),
  "show-whole": link("/show", { place: DOCUMENT }),
  concordance: link("/concordance", { q: "改革", sort: "right" }),
  "concordance-groups": link("/concordance", { q: "就业", group: "left:2" }),
  precedent: link("/precedent", { text: "学习工作两不误" }),
  frame: link("/frame", { pattern: "坚持以*为指导" }),
  trend: link("/trend", { word: "改革" }),
  check: "/check",
  report: "/report",
  collection: "/collection",
  documents: "/documents",
  words: "/words",
  "words-collocates": link("/words", { word: "就业" }),
  duplicates: "/duplicates",
  similar: link("/similar", { document: DOCUMENT }),
  help: "/help",
  "not-found": "/nothing",
};

const ONLY = process.env.ONLY?.split(",");
export const PAGES = Object.fromEntries(Object.entries(ALL).filter(([name]) => !ONLY || ONLY.includes(name)));

/** Pages whose answer is a refusal, with its status. */
export const REFUSED = { "search-error": 400, "not-found": 404 };

let passed = 0;
let failed = 0;

/** Counts a check; says what failed as it happens. */
export function check(name, holds, seen = "") {
  if (holds) passed += 1;
  else {
    failed += 1;
    const text = seen === "" ? "" : `: ${typeof seen === "string" ? seen : JSON.stringify(seen)}`.slice(0, 600);
    console.log(`FAILED ${name}${text}`);
  }
  return holds;
}

/** Runs a step; what it throws is a failed check, and the others go on. */
export async function step(name, work) {
  try {
    await work();
  } catch (error) {
    check(name, false, String(error.message ?? error).split("\n").slice(0, 3).join(" "));
  }
}

/** Starts the browser, runs `work` with it, prints the sum. */
export async function withBrowser(program, work) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
  try {
    await work(browser);
  } catch (error) {
    check(`${program} ran to its end`, false, String(error.stack ?? error));
  } finally {
    await browser.close();
  }
  console.log(`${program}: ${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}

/** A page that notes what must not happen: errors, failed or foreign requests, dialogs. */
export async function watchedPage(context) {
  const page = await context.newPage();
  const faults = [];
  const note = (text) => faults.push(text.length > 200 ? `${text.slice(0, 200)}…` : text);
  page.on("console", (message) => {
    // A refused page is itself reported as an error of loading.
    const expected = /Failed to load resource: .* status of (400|404)/.test(message.text()) && message.location().url === page.url();
    if (message.type() === "error" && !expected) note(`console: ${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => note(`error: ${error.message}`));
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // Leaving a page ends what it was still asking for.
    if (reason !== "net::ERR_ABORTED") note(`failed: ${request.url()} ${reason}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`${BASE}/`) && !request.url().startsWith("data:")) note(`foreign: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && response.request().resourceType() !== "document") note(`status ${response.status()}: ${response.url()}`);
  });
  page.on("dialog", (dialog) => {
    note(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  return { page, faults };
}

/** Where the page is wider than the window, and which elements stick out. */
export function overflow(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width && document.body.scrollWidth <= width) return [];
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > width + 1 || element.getBoundingClientRect().left < -1)
      .slice(0, 5)
      .map((element) => `${element.tagName}.${element.className} ${Math.round(element.getBoundingClientRect().right)}`);
  });
}

/** Texts in columns so narrow that a few characters fill a line, or a number breaks. */
export function squeezed(page) {
  return page.evaluate(() => {
    const found = [];
    const lines = document.createRange();
    for (const cell of document.querySelectorAll("td, th, li, p, dd")) {
      const text = cell.textContent.trim();
      if (!cell.checkVisibility() || cell.querySelector("svg, table, li")) continue;
      lines.selectNodeContents(cell);
      const boxes = [...lines.getClientRects()].filter((box) => box.width > 0);
      const n_lines = new Set(boxes.map((box) => Math.round(box.top / 8))).size;
      const width = Math.max(0, ...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left));
      const isNumber = /^[\d.,:%\u2013-]{2,10}$/.test(text);
      const isNarrow = text.length > 12 && n_lines > 6 && width < 5 * parseFloat(getComputedStyle(cell).fontSize);
      if (isNarrow || (isNumber && n_lines > 1)) found.push(`${cell.tagName} “${text.slice(0, 20)}” ${n_lines} lines`);
    }
    return found.slice(0, 3);
  });
}
