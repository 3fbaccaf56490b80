// Markup in queries, names, titles and texts is shown as text, on every page; a browser that ignores our policy runs none of it either.
//
// `node markup.mjs ADDRESS`

import { BASE, check, link, overflow, step, watchedPage, withBrowser } from "./browser.mjs";

const PAYLOADS = [
  "<script data-pwned>globalThis.pwned=1</script>",
  "\"><img data-pwned src=x onerror=\"globalThis.pwned=2\">",
  "'><svg data-pwned onload='globalThis.pwned=3'>",
  "</title></textarea></script></style><script data-pwned>globalThis.pwned=4</script>",
  "javascript:globalThis.pwned=5//",
  "\u202eمرحبا<b data-pwned>",
];

/** The parameters that come back in pages. */
const ECHOES = [
  ["/search", "q"], ["/search", "year"], ["/search", "kind"], ["/search", "issuer"], ["/search", "collection"], ["/search", "role"], ["/search", "section"],
  ["/search", "path"], ["/search", "sort"], ["/search", "since"], ["/search", "limit"], ["/search", "unknown"], ["/show", "place"], ["/show", "q"], ["/original", "document"],
  ["/concordance", "q"], ["/concordance", "group"], ["/concordance", "sort"], ["/precedent", "text"], ["/frame", "pattern"], ["/trend", "word"], ["/check", "text"],
  ["/report", "keywords"], ["/documents", "title"], ["/documents", "path"], ["/words", "word"], ["/words", "against"], ["/similar", "document"], ["/duplicates", "path"],
];

/** What a payload would have left behind, and links that would run as script. */
function traces() {
  const found = [...document.querySelectorAll("[data-pwned], [onerror], [onload], [onmouseover]")].map((element) => element.outerHTML.slice(0, 120));
  for (const element of document.querySelectorAll("[href], [src], [action], [formaction]")) {
    for (const name of ["href", "src", "action", "formaction"]) {
      const value = (element.getAttribute(name) ?? "").trim().toLowerCase();
      if (/^(javascript|vbscript|data:text)/.test(value)) found.push(`${name}=${value.slice(0, 80)}`);
    }
  }
  if (globalThis.pwned !== undefined) found.push(`ran: ${globalThis.pwned}`);
  return found;
}

/** Text with a direction override whose reach no element bounds: it would turn what follows it. */
function unbounded() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!/[\u202a-\u202e\u2066-\u2069]/.test(node.data)) continue;
    let element = node.parentElement;
    while (element && element !== document.body && !/isolate|plaintext/.test(getComputedStyle(element).unicodeBidi)) element = element.parentElement;
    if (!element || element === document.body) found.push(`${node.parentElement.tagName}.${node.parentElement.className}: ${node.data.trim().slice(0, 40)}`);
  }
  return found.slice(0, 3);
}

async function clean(page, faults, label) {
  await page.waitForTimeout(30);
  const found = await page.evaluate(traces);
  check(`${label}: no markup, nothing ran`, found.length === 0, found);
  const dialogs = faults.filter((fault) => fault.startsWith("dialog") || fault.startsWith("foreign"));
  check(`${label}: no dialog, no foreign request`, dialogs.length === 0, dialogs);
}

async function echoes(page, faults) {
  for (const [path, name] of ECHOES) {
    // The box of the search takes each by itself, the others take all at once.
    for (const payload of path === "/search" && name === "q" ? PAYLOADS : [PAYLOADS.join(" ")]) {
      const parameters = path === "/search" && name !== "q" ? { q: "改革", [name]: payload } : { [name]: payload };
      const label = `${path} ${name}=${payload.slice(0, 24)}`;
      faults.length = 0;
      await step(label, async () => {
        const response = await page.goto(BASE + link(path, parameters), { waitUntil: "load" });
        check(`${label}: no failure`, response.status() < 500, response.status());
        await clean(page, faults, label);
      });
    }
  }
  const payload = PAYLOADS[0];
  await page.goto(BASE + link("/search", { q: payload }), { waitUntil: "load" });
  check("a query with markup stands in the box", (await page.inputValue("input[name=q]")) === payload, await page.inputValue("input[name=q]"));
  check("and in the title as text", !(await page.title()).includes("&lt;"), await page.title());
}

/** The hostile documents, wherever documents are shown. */
async function documents(page, faults) {
  const listing = await (await fetch(`${BASE}/api/docs`)).json();
  const all = listing.documents.map((each) => each.id);
  const hostile = all.filter((id) => !id.startsWith("corpus/"));
  check("the hostile documents are in the index", hostile.length > 10, hostile.length);
  const pages = ["/", "/documents", "/collection", "/duplicates", "/words", link("/search", { q: "记录 标记 标题 文件名", limit: 50 }), link("/search", { q: "招商引资", limit: 60, by: "document" }), link("/concordance", { q: "标记" }), link("/concordance", { q: "招商引资", group: "issuer" }), link("/precedent", { text: "继续优化营商环境" }), link("/frame", { pattern: "以*为动力" }), link("/trend", { word: "招商引资" })];
  for (const id of hostile) pages.push(link("/show", { place: id }), link("/show", { place: `${id}:1`, q: "工作" }), link("/similar", { document: id }));
  for (const path of pages) {
    faults.length = 0;
    const label = decodeURIComponent(path).slice(0, 70);
    await step(label, async () => {
      const response = await page.goto(BASE + path, { waitUntil: "load" });
      check(`${label}: is shown`, response.status() === 200, response.status());
      await clean(page, faults, label);
      check(`${label}: no error`, faults.length === 0, faults);
      const wide = await overflow(page);
      check(`${label}: no horizontal overflow`, wide.length === 0, wide);
      const turned = await page.evaluate(unbounded);
      check(`${label}: direction overrides are bounded`, turned.length === 0, turned);
    });
  }
}

await withBrowser("markup", async (browser) => {
  const context = await browser.newContext({ bypassCSP: true, viewport: { width: 360, height: 740 }, locale: "zh-CN" });
  const { page, faults } = await watchedPage(context);
  await echoes(page, faults);
  await documents(page, faults);
  await context.close();
});
