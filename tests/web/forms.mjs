// The forms: a draft pasted and uploaded, a report with its progress and workbook, and the first run, which builds an index.
//
// `node forms.mjs ADDRESS [ADDRESS_WITHOUT_INDEX FOLDER]`

import { BASE, check, overflow, step, watchedPage, withBrowser } from "./browser.mjs";

const [, EMPTY, FOLDER] = process.argv.slice(2);
const DRAFT = "一年来，园区坚持两手抓、两促进。要进一步优化营商环境，着力解决失地农民的就业问题。\n这句话谁也没有写过，<b data-pwned>也不会有人写。\n";
const KEYWORDS = "改革 | 创新\n环境：营商环境 | 投资环境\n就业\n# 注释\n<script data-pwned>globalThis.pwned=1</script>\n";
const SHOTS = process.env.SHOTS;

async function shot(page, name) {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
}

const submit = (page, box) => box.locator("xpath=ancestor::form").locator("button[type=submit], button:not([type]), input[type=submit]").first().click();

/** What every result of a form is held to. */
async function sound(page, faults, label) {
  check(`${label}: no error`, faults.length === 0, faults);
  const wide = await overflow(page);
  check(`${label}: no horizontal overflow`, wide.length === 0, wide);
  check(`${label}: markup is text`, (await page.locator("[data-pwned]").count()) === 0);
  await shot(page, `form-${label.replaceAll(" ", "-")}`);
}

async function pasteDraft(page, faults, label) {
  await page.goto(`${BASE}/check`);
  const box = page.locator("main textarea").first();
  await box.fill(DRAFT);
  await submit(page, box);
  await page.waitForLoadState("load");
  const text = await page.locator("main").innerText();
  check(`${label}: the sentences are shown`, text.includes("两手抓") && text.includes("谁也没有写过"), text.slice(0, 200));
  check(`${label}: markup is shown as text`, text.includes("<b data-pwned>"), text.slice(0, 200));
  check(`${label}: a precedent is linked`, (await page.locator('main a[href^="/show?"]').count()) > 0);
  await sound(page, faults, label);
}

async function uploadDraft(page, faults, label) {
  await page.goto(`${BASE}/check`);
  const file = page.locator("main input[type=file]").first();
  await file.setInputFiles({ name: "草稿<b data-pwned>.txt", mimeType: "text/plain", buffer: Buffer.from(DRAFT) });
  await submit(page, file);
  await page.waitForLoadState("load");
  const text = await page.locator("main").innerText();
  check(`${label}: the sentences are shown`, text.includes("两手抓"), text.slice(0, 200));
  await sound(page, faults, label);
}

/** Waits until the page of a job has its workbook; without script by loading it again. */
async function workbook(page, hasScript) {
  const found = page.locator('a[href*=".xlsx"]').first();
  for (let n = 0; n < 40 && (await found.count()) === 0; n += 1) {
    await page.waitForTimeout(250);
    if (!hasScript) await page.reload();
  }
  return found.getAttribute("href", { timeout: 2000 });
}

async function report(page, faults, label, hasScript) {
  await page.goto(`${BASE}/report`);
  const box = page.locator("main textarea").first();
  await box.fill(KEYWORDS);
  await submit(page, box);
  await page.waitForURL(/\/report\/.+/);
  const href = await workbook(page, hasScript);
  const answer = await page.request.get(new URL(href, BASE).href);
  const bytes = await answer.body();
  check(`${label}: the workbook is one`, answer.status() === 200 && bytes.subarray(0, 2).toString() === "PK", answer.status());
  check(`${label}: the workbook is a download`, /^attachment/.test(answer.headers()["content-disposition"] ?? ""), answer.headers());
  const text = await page.locator("main").innerText();
  check(`${label}: entries are on the page`, ["改革", "营商环境", "就业"].every((word) => text.includes(word)), text.slice(0, 300));
  check(`${label}: there is a table`, (await page.locator("main table").count()) > 0);
  await sound(page, faults, label);
}

async function uploadKeywords(page, faults, label, hasScript) {
  await page.goto(`${BASE}/report`);
  const file = page.locator("main input[type=file]").first();
  await file.setInputFiles({ name: "词表.txt", mimeType: "text/plain", buffer: Buffer.from(KEYWORDS) });
  await submit(page, file);
  await page.waitForURL(/\/report\/.+/);
  check(`${label}: has a workbook`, Boolean(await workbook(page, hasScript)));
  await sound(page, faults, label);
}

/** The address of a job's events speaks server-sent events and ends with the job. */
async function events(page, label) {
  await page.goto(`${BASE}/report`);
  const box = page.locator("main textarea").first();
  await box.fill("改革\n就业\n");
  await submit(page, box);
  await page.waitForURL(/\/report\/.+/);
  const job = page.url().split("?")[0];
  const answer = await fetch(`${job}/events`, { signal: AbortSignal.timeout(10_000) });
  const text = await answer.text();
  check(`${label}: are an event stream`, (answer.headers.get("content-type") ?? "").startsWith("text/event-stream"), answer.headers.get("content-type"));
  check(`${label}: have data and an end`, /^data:/m.test(text), text.slice(0, 200));
  const unknown = await fetch(`${BASE}/report/no-such-job/events`);
  check(`${label}: of no job are refused`, unknown.status === 404, unknown.status);
}

/** Without an index the page asks for folders, builds with progress, and then searches. */
async function firstRun(page, faults, hasScript) {
  const label = "first run";
  const base = `http://${EMPTY}`;
  await page.goto(`${base}/`);
  const box = page.locator("main form textarea, main form input[type=text], main form input:not([type])").first();
  if (!check(`${label}: the page asks for folders`, (await box.count()) === 1, page.url())) return;
  await shot(page, "first-run-asks");
  await box.fill("/no/such/folder");
  await submit(page, box);
  await page.waitForLoadState("load");
  await page.waitForTimeout(1500);
  await page.reload();
  check(`${label}: a folder that is none is told`, (await page.locator("main").innerText()).includes("/no/such/folder"));
  await shot(page, "first-run-no-folder");
  await page.goto(`${base}/build`);
  await box.fill(FOLDER);
  await submit(page, box);
  await page.waitForLoadState("load");
  await shot(page, "first-run-builds");
  let found = 0;
  for (let n = 0; n < 80 && found === 0; n += 1) {
    await page.waitForTimeout(500);
    const answer = await page.request.get(`${base}/api/count?q=${encodeURIComponent("招商引资")}`);
    if (answer.ok()) found = (await answer.json()).occurrences;
  }
  check(`${label}: the index is built and answers`, found > 0, found);
  if (!hasScript) await page.reload();
  await shot(page, "first-run-done");
  await page.goto(`${base}/search?q=${encodeURIComponent("招商引资")}`);
  check(`${label}: results are shown`, (await page.locator('main a[href^="/show?"]').count()) > 0);
  const own = faults.filter((fault) => !fault.startsWith("foreign"));
  check(`${label}: no error`, own.length === 0, own);
}

await withBrowser("forms", async (browser) => {
  for (const hasScript of [true, false]) {
    const context = await browser.newContext({ viewport: { width: hasScript ? 1280 : 360, height: 900 }, javaScriptEnabled: hasScript, locale: "zh-CN" });
    const { page, faults } = await watchedPage(context);
    const suffix = hasScript ? "script" : "no script";
    for (const [name, work] of Object.entries({ "draft pasted": pasteDraft, "draft uploaded": uploadDraft, "report": report, "keywords uploaded": uploadKeywords })) {
      faults.length = 0;
      await step(`${name} ${suffix}`, () => work(page, faults, `${name} ${suffix}`, hasScript));
    }
    if (hasScript) await step("events", () => events(page, "events"));
    faults.length = 0;
    if (EMPTY && hasScript) await step("first run", () => firstRun(page, faults, hasScript));
    await context.close();
  }
});
