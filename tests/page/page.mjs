// The status page in a real Chromium: what it shows, when it is clicked, and
// when the service is hostile, quiet, in trouble or gone.
//
//   node page.mjs MODULES SHOTS    where npm's packages are; for screenshots
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { HOSTILE, status } from "./status.mjs";

const [modules, shots] = process.argv.slice(2).map(path => resolve(path));
const require = createRequire(`${modules}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const html = readFileSync(
  new URL("../../stage/http/page.html", import.meta.url));
const POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src " +
  "'unsafe-inline'; connect-src 'self'; img-src data:";
const WIDTHS = [360, 768, 1280], SCHEMES = ["light", "dark"];

let answer = status();  // null: the service hangs up
const server = createServer((request, response) => {
  if (request.url === "/") {
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.setHeader("Content-Security-Policy", POLICY);
    return response.end(html);
  }
  if (request.url !== "/api/status") {
    response.statusCode = 404;
    return response.end();
  }
  if (answer === null)
    return request.socket.destroy();
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify(answer));
});
await new Promise(done => server.listen(0, "127.0.0.1", done));
const url = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox"] });

async function open(given, { width = 1280, scheme = "light" } = {}) {
  answer = given;
  const page = await browser.newPage({
    viewport: { width, height: 900 }, colorScheme: scheme,
    timezoneId: "UTC" });
  page.complaints = [];
  page.on("console", message => page.complaints.push(message.text()));
  page.on("pageerror", error => page.complaints.push(error.message));
  await page.goto(url);
  while (/^(wirestage|Asking)/.test(await page.title()))
    await page.waitForTimeout(20);
  return page;
}

async function close(page) {
  assert.deepEqual(page.complaints, [], "the console is silent");
  await page.close();
}

/* After the service has hung up on it, which the console may say. */
async function closeHungUp(page) {
  page.complaints = page.complaints.filter(
    line => !line.includes("ERR_EMPTY_RESPONSE"));
  await close(page);
}

const text = (page, selector) => page.locator(selector).innerText();

function troubled() {
  const given = status();
  given.reasons = ["worker 1 has committed nothing for 31 s: no broker"];
  given.workers[1].trouble = "commit-transaction: no broker";
  given.wires[1].quiet = true;
  return given;
}

function replayed() {
  const given = status();
  given.replay = { done: 420000, total: 1200000, per_second: 20000,
    partitions: [{ topic: "raw.harbour", partition: 0, done: 420000,
      total: 1200000 }] };
  return given;
}

function hostile() {
  const given = status();
  given.wires[0].name = HOSTILE;
  given.topics[0].topic = HOSTILE.repeat(8);
  given.deadletters[0].fault = given.deadletters[0].text = HOSTILE;
  given.deadletters[0].examples[0].topic = HOSTILE + "x".repeat(240);
  given.partitions[0].topic = "y".repeat(249);
  given.process.instance = given.process.group = HOSTILE;
  given.reasons = [HOSTILE];
  given.workers[0].trouble = HOSTILE;
  return given;
}

const tests = {
  async "what flows is said"() {
    const page = await open(status());
    assert.equal(await text(page, "#state"), "Flowing");
    assert.match(await text(page, "#rate"), /^11/);
    assert.match(await text(page, "#latency"), /25 ms/);
    assert.match(await text(page, "#dead"), /^13/);
    assert.match(await text(page, "#wires"), /raw\.inland\s+41 s ago\s+840/);
    assert.match(await text(page, "#topics"), /^POLITICS/);
    assert.match(await text(page, "footer"), /vocabulary 7/);
    await close(page);
  },

  async "a service with nothing yet is shown"() {
    const given = status();
    Object.assign(given, { rate: null, minutes: [[0, 0, 0]], wires: [],
      topics: [], deadletters: [], partitions: [] });
    given.latency.p95_ms = null;
    given.process.uptime_ms = 900;
    const page = await open(given);
    assert.equal(await text(page, "#state"), "Ready, waiting");
    assert.match(await text(page, "#wires"), /no partition/);
    assert.match(await text(page, "#deadletters"), /None/);
    await close(page);
  },

  async "the chart shows an hour, six, and a minute"() {
    const page = await open(status());
    const bars = page.locator("#chart rect:not(.dead)");
    assert.equal(await bars.count(), 60);
    await page.getByRole("button", { name: "6 h" }).click();
    assert.equal(await bars.count(), 360);
    await page.getByRole("button", { name: "1 h" }).click();
    await page.locator("#chart").hover({ position: { x: 600, y: 60 } });
    assert.match(await text(page, "#caption"),
      /^\d\d:\d\d: [\d,]+ articles, \d+ dead letters$/);
    await page.mouse.move(0, 0);
    assert.match(await text(page, "#caption"), /in the last hour/);
    await page.locator("#chart").focus();
    await page.keyboard.press("ArrowLeft");
    assert.match(await text(page, "#caption"), /^10:30: /);
    await page.keyboard.press("ArrowLeft");
    assert.match(await text(page, "#caption"), /^10:29: /);
    await close(page);
  },

  async "what is opened stays open while numbers change"() {
    const page = await open(status());
    await page.getByText("date-invalid").click();
    await page.getByText("raw.harbour/2/1042").waitFor();
    await page.getByText("part 3, byte 0").waitFor();
    await page.getByText("Worker 1").click();
    await page.getByText("raw.harbour/1", { exact: true }).waitFor();
    answer.deadletters[0].count = 32;
    answer.workers[1].input_queue = 5;
    await page.getByText("4 in the last hour, 32 in all").waitFor();
    await page.getByText("5 messages fetched").waitFor();
    assert.ok(await page.getByText("raw.harbour/2/1042").isVisible());
    await close(page);
  },

  async "a quiet wire comes first, and is said"() {
    const given = status();
    Object.assign(given.wires[1], { quiet: true, quiet_after_ms: 30000 });
    const page = await open(given);
    assert.equal(await text(page, "#state"), "A wire is quiet");
    assert.match(await text(page, "#reasons"),
      /raw\.inland has brought nothing for 41 s; its bound is 30 s/);
    assert.match(await text(page, "#wires tbody tr:first-child"), /quiet/);
    await close(page);
  },

  async "how far a replay is takes the place of how far behind"() {
    const page = await open(replayed());
    assert.equal(await text(page, "#lag-name"), "Replayed");
    assert.match(await text(page, "#lag"), /^35 %\s+of 1\.2M messages, 39 s left/);
    answer.replay.per_second = null;
    answer.replay.done = answer.replay.total;
    await page.getByText(/^100 %\s*of 1\.2M messages$/).waitFor();
    await close(page);
  },

  async "why it is not ready is said"() {
    const page = await open(troubled());
    assert.equal(await text(page, "#state"), "Not ready");
    assert.match(await text(page, "#reasons"), /for 31 s: no broker/);
    assert.match(await text(page, "#workers"), /in trouble/);
    await close(page);
  },

  async "no answer is said, and then that there is one again"() {
    const page = await open(status());
    answer = null;
    await page.getByText(/^No answer for/).waitFor({ timeout: 15000 });
    assert.ok(await page.locator("body.stale").count());
    answer = status();
    await page.getByText("Flowing").waitFor({ timeout: 8000 });
    await closeHungUp(page);
  },

  async "names are text, whatever they hold"() {
    const page = await open(hostile());
    assert.equal(await page.locator("img").count(), 0);
    assert.ok((await text(page, "#wires")).includes(HOSTILE));
    assert.ok((await text(page, "#topics")).includes(HOSTILE));
    assert.ok((await text(page, "#deadletters")).includes(HOSTILE));
    assert.ok((await text(page, "#who")).includes(HOSTILE));
    await close(page);
  },
};

/* Everything opened, at one width. */
async function inspect(page, name, width, scheme) {
  for (const summary of await page.locator("summary").all())
    await summary.click();
  const wide = await page.evaluate("document.documentElement.scrollWidth");
  assert.ok(wide <= width, `${wide} px are wider than ${width}`);
  await page.screenshot({ fullPage: true,
    path: `${shots}/${name}-${width}-${scheme}.png` });
  await page.evaluate(axe);
  const found = await page.evaluate("axe.run()");
  assert.deepEqual(found.violations.map(v =>
    `${v.id}: ${v.nodes.map(n => n.html).join(" ")}`), []);
}

async function look(name, given, width, scheme) {
  const page = await open(given, { width, scheme });
  await inspect(page, name, width, scheme);
  await close(page);
}

mkdirSync(shots, { recursive: true });
for (const [name, make] of Object.entries(
  { status, troubled, replayed, hostile }))
  tests[`at each width and light it fits and is accessible: ${name}`] =
    () => Promise.all(WIDTHS.flatMap(width => SCHEMES.map(scheme =>
      look(name, make(), width, scheme))));
tests["as well while the service does not answer"] = async () => {
  for (const scheme of SCHEMES) {
    const page = await open(status(), { width: WIDTHS[0], scheme });
    answer = null;
    await page.locator("body.stale").waitFor({ timeout: 15000 });
    await inspect(page, "unanswered", WIDTHS[0], scheme);
    await closeHungUp(page);
  }
};

let failed = 0;
for (const [name, run] of Object.entries(tests)) {
  try {
    await run();
  } catch (error) {
    failed++;
    console.log(`FAILED ${name}\n${error.stack}`);
  }
}
await browser.close();
server.close();
console.log(`${Object.keys(tests).length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
