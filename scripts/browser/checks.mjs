// What must hold for a reader of the report, checked in a real browser.
import assert from "node:assert/strict";
import { measureContrast } from "./contrast.mjs";
import { HOSTILE, LONG } from "./pages.mjs";

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 900 };
const NAMES = ["report", "alarm", "hostile", "applied", "quiet"];

/** Opens a page in a context of its own; every request and every complaint of the browser is kept. */
async function open(browser, { url }, { scheme = "light", viewport = DESK } = {}) {
  const context = await browser.newContext({ colorScheme: scheme, viewport });
  const page = await context.newPage();
  const seen = { requests: [], complaints: [] };
  page.on("request", (request) => seen.requests.push(request.url()));
  page.on("console", (message) => seen.complaints.push(message.text()));
  page.on("pageerror", (error) => seen.complaints.push(String(error)));
  await page.goto(url);
  return { page, seen, close: () => context.close() };
}

async function withPage(browser, target, options, use) {
  const opened = await open(browser, target, options);
  try {
    return await use(opened);
  } finally {
    await opened.close();
  }
}

const text = async (page, id) => (await page.getByTestId(id).innerText()).replace(/\s+/g, " ");

const SCHEMES = ["light", "dark"].flatMap((scheme) => NAMES.map((name) => [scheme, name]));

export const CHECKS = [
  ...NAMES.map((name) => [
    `${name}: opens from its file with no other request, no complaint, no script and no cookie`,
    async (browser, pages) =>
      withPage(browser, pages[name], {}, async ({ page, seen }) => {
        assert.deepEqual(seen.requests, [pages[name].url]);
        assert.deepEqual(seen.complaints, []);
        assert.equal(await page.locator("script, img, link, iframe, object").count(), 0);
        assert.equal((await page.context().cookies()).length, 0);
      }),
  ]),
  ...SCHEMES.map(([scheme, name]) => [
    `${name}: every text has enough contrast, ${scheme}, folded ones too`,
    async (browser, pages) =>
      withPage(browser, pages[name], { scheme }, async ({ page }) => {
        await page.locator("details").evaluateAll((all) => all.forEach((each) => (each.open = true)));
        const { faint, measured } = await page.evaluate(measureContrast);
        assert.ok(measured > 10, `only ${measured} texts were measured`);
        assert.deepEqual(faint, []);
      }),
  ]),
  [
    "light and dark follow the reader's setting",
    async (browser, pages) => {
      const brightness = (scheme) =>
        withPage(browser, pages.report, { scheme }, ({ page }) =>
          page.evaluate(() =>
            getComputedStyle(document.body)
              .backgroundColor.match(/\d+/g)
              .slice(0, 3)
              .reduce((sum, part) => sum + Number(part), 0),
          ),
        );
      assert.ok((await brightness("light")) > 600);
      assert.ok((await brightness("dark")) < 150);
    },
  ],
  ...NAMES.map((name) => [
    `${name}: at 360 pixels nothing scrolls sideways and every cell is readable`,
    async (browser, pages) =>
      withPage(browser, pages[name], { viewport: PHONE }, async ({ page }) => {
        await page.locator("details").evaluateAll((all) => all.forEach((each) => (each.open = true)));
        const found = await page.evaluate(() => ({
          page: document.documentElement.scrollWidth,
          boxes: [...document.querySelectorAll(".scroll")].filter((box) => box.scrollWidth > box.clientWidth).length,
          cut: [...document.querySelectorAll("td, h1, h2, h3, li, dd, p, summary")]
            .filter((each) => each.getClientRects().length > 0)
            .filter(
              (each) => each.getBoundingClientRect().right > innerWidth || each.scrollWidth > each.clientWidth + 1,
            )
            .map((each) => each.innerText.slice(0, 60)),
          small: [...document.querySelectorAll("td div, li, dd")]
            .filter((each) => each.getClientRects().length > 0 && parseFloat(getComputedStyle(each).fontSize) < 12)
            .map((each) => each.innerText.slice(0, 60)),
        }));
        assert.equal(found.page, PHONE.width);
        assert.equal(found.boxes, 0);
        assert.deepEqual(found.cut, []);
        assert.deepEqual(found.small, []);
      }),
  ]),
  ...[940, 1000, 1280].map((width) => [
    `report: at ${width} pixels the tables fit without scrolling`,
    async (browser, pages) =>
      withPage(browser, pages.report, { viewport: { width, height: 900 } }, async ({ page }) => {
        await page.locator("details").evaluateAll((all) => all.forEach((each) => (each.open = true)));
        const wide = await page
          .locator(".scroll")
          .evaluateAll((all) => all.filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.innerText));
        assert.deepEqual(wide, []);
      }),
  ]),
  [
    "report: on a phone each value stands beside its label, and rows are no longer than they need",
    async (browser, pages) =>
      withPage(browser, pages.report, { viewport: PHONE }, async ({ page }) => {
        const row = page.getByTestId("changes-row-1");
        assert.ok((await row.boundingBox()).height < 330);
        const label = await row
          .locator("[data-label='Charged now']")
          .evaluate((cell) => getComputedStyle(cell, "::before").content);
        assert.equal(label, '"Charged now"');
      }),
  ],
  [
    "report: totals, summary and rows are those of the JSON report",
    async (browser, pages) =>
      withPage(browser, pages.report, {}, async ({ page }) => {
        const { report } = pages.report;
        assert.equal(await text(page, "summary"), report.summary);
        assert.match(await text(page, "badge-changes"), new RegExp(`\\b${report.totals.changes}$`));
        const [charged] = report.totals.charged_now;
        assert.ok((await text(page, "badge-charged-now")).includes(charged.amount.toFixed(2)));
        assert.match(await text(page, "badge-balance"), /2,400\.00 USD/);
        assert.equal(await page.locator("[data-testid^=changes-row-]").count(), report.facts.changes.length);
        const rows = await page.locator("[data-testid^=changes-row-]").allInnerTexts();
        for (const { machine, from, to, direction } of report.facts.changes) {
          const parts = [machine.name, from, to, direction];
          assert.ok(
            rows.some((words) => parts.every((part) => words.includes(part))),
            `no row has ${parts.join(", ")}`,
          );
        }
        assert.match(await text(page, "changes-total"), new RegExp(`Total ${report.totals.changes} changes`));
      }),
  ],
  [
    "large: names of 128 characters fit, and no value is torn from its unit",
    async (browser, pages) => {
      for (const width of [360, 940, 1280]) {
        await withPage(browser, pages.large, { viewport: { width, height: 900 } }, async ({ page }) => {
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
          const torn = await page
            .locator(".value, td code")
            .evaluateAll((all) =>
              all
                .filter(
                  (each) => each.checkVisibility() && each.innerText.length < 24 && each.getClientRects().length > 1,
                )
                .map((each) => each.innerText),
            );
          assert.deepEqual(torn, []);
        });
      }
    },
  ],
  [
    "large: printed, 17 changes begin on page 1 and fit three pages",
    async (browser, pages) =>
      withPage(browser, pages.large, {}, async ({ page }) => {
        assert.equal(pages.large.report.totals.changes, 17);
        const pdf = await page.pdf({
          format: "A4",
          margin: { top: "10mm", bottom: "10mm", left: "10mm", right: "10mm" },
        });
        const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? [];
        assert.ok(sheets.length <= 3, `${sheets.length} pages`);
        await page.emulateMedia({ media: "print" });
        await page.setViewportSize({ width: 718, height: 1046 });
        const top = await page.getByTestId("changes-row-1").evaluate((row) => row.getBoundingClientRect().top);
        assert.ok(top < 1046, `the first change begins at ${top}`);
      }),
  ],
  [
    "report: the timeline goes from what applies at once to the last date, each with what it costs",
    async (browser, pages) =>
      withPage(browser, pages.report, {}, async ({ page }) => {
        const { changes, pending } = pages.report.report.facts;
        const waiting = pending.filter((item) => !item.cancelled_by_plan);
        const dates = [...new Set([...changes, ...waiting].flatMap(({ effective_at: at }) => at ?? []))].sort();
        assert.equal(dates.length, 2);
        const moments = page.locator(".timeline > li");
        assert.equal(await moments.count(), dates.length + 1);
        const first = await text(page, "moment-1");
        assert.match(
          first,
          /^When applied charged about [\d.,]+ USD, at most [\d.,]+ USD.* charged by usage .* a month/,
        );
        for (const change of changes.filter(({ takes_effect: when }) => when === "immediately")) {
          assert.ok(first.includes(change.machine.name), change.machine.name);
        }
        for (const [index, date] of dates.entries()) {
          const moment = page.getByTestId(`moment-${index + 2}`);
          assert.equal(await moment.locator("time").getAttribute("datetime"), date);
          const words = await text(page, `moment-${index + 2}`);
          assert.match(words, /nothing charged −[\d,.]+ USD a month/);
          for (const change of [...changes, ...waiting].filter(({ effective_at: at }) => at === date)) {
            assert.ok(words.includes(change.machine.name), change.machine.name);
          }
        }
        const tops = await moments.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
        assert.deepEqual(
          tops,
          [...tops].sort((a, b) => a - b),
        );
      }),
  ],
  [
    "alarm: it is the first thing on the screen, of a desk and of a phone, without a click",
    async (browser, pages) => {
      for (const viewport of [DESK, PHONE]) {
        await withPage(browser, pages.alarm, { viewport }, async ({ page }) => {
          const alarm = page.getByTestId("alarms");
          const box = await alarm.boundingBox();
          assert.ok(box.y + 40 < viewport.height, `the alarm begins at ${box.y} of ${viewport.height}`);
          assert.equal(await alarm.getAttribute("role"), "alert");
          const words = await text(page, "alarms");
          for (const part of ["would be destroyed or replaced", "database", "900000000000000042", "instance_type"]) {
            assert.ok(words.includes(part), words);
          }
          assert.equal(await text(page, "status"), "Alarm");
        });
      }
    },
  ],
  [
    "warnings and alarms are visible without any interaction",
    async (browser, pages) => {
      for (const name of ["report", "alarm"]) {
        await withPage(browser, pages[name], {}, async ({ page }) => {
          const callouts = page.locator(".callout");
          assert.ok((await callouts.count()) >= (name === "alarm" ? 3 : 2));
          for (const callout of await callouts.all()) {
            assert.ok(await callout.isVisible());
            assert.equal(await callout.locator("xpath=ancestor::details").count(), 0);
          }
          const said = (await callouts.allInnerTexts()).join(" ");
          for (const each of pages[name].report.facts.diagnostics) assert.ok(said.includes(each.summary), each.summary);
        });
      }
    },
  ],
  [
    "report: details open and close with the keyboard alone, in their order, and show where the focus is",
    async (browser, pages) =>
      withPage(browser, pages.report, {}, async ({ page }) => {
        const folded = await page.locator("details").evaluateAll((all) => all.map((each) => each.id));
        assert.deepEqual(folded, ["pending", "hooks", "prices", "balances", "digest"]);
        for (const id of folded) {
          await page.keyboard.press("Tab");
          const focused = await page.evaluate(() => ({
            id: document.activeElement.parentElement.id,
            outline: getComputedStyle(document.activeElement).outlineStyle,
          }));
          assert.deepEqual(focused, { id, outline: "solid" });
          await page.keyboard.press("Enter");
          assert.ok(await page.locator(`#${id} > :not(summary)`).first().isVisible());
        }
        await page.keyboard.press("Space");
        assert.equal(await page.locator("#digest").getAttribute("open"), null);
        assert.ok((await text(page, "hooks")).includes("sh smoke.sh"));
      }),
  ],
  [
    "report: headings and landmarks are in order for a screen reader",
    async (browser, pages) =>
      withPage(browser, pages.report, {}, async ({ page }) => {
        const levels = await page
          .locator("h1, h2, h3")
          .evaluateAll((all) => all.map((each) => Number(each.tagName[1])));
        assert.equal(levels.filter((level) => level === 1).length, 1);
        assert.equal(levels[0], 1);
        for (const [index, level] of levels.entries()) assert.ok(level - (levels[index - 1] ?? 0) <= 1);
        assert.equal(await page.locator("main").count(), 1);
        assert.equal(await page.locator("section:not([aria-labelledby])").count(), 0);
        assert.equal(await page.locator("th:not([scope])").count(), 0);
        assert.equal(await page.locator("html").getAttribute("lang"), "en");
      }),
  ],
  [
    "hostile: names are shown as they are, and do nothing",
    async (browser, pages) =>
      withPage(browser, pages.hostile, {}, async ({ page, seen }) => {
        assert.doesNotMatch(await page.title(), /^owned$/);
        const words = await page.locator("main").innerText();
        assert.ok(words.includes(HOSTILE));
        assert.ok(words.includes(LONG));
        assert.deepEqual(seen.requests, [pages.hostile.url]);
      }),
  ],
  [
    "quiet: nothing to do, and what still waits",
    async (browser, pages) =>
      withPage(browser, pages.quiet, {}, async ({ page }) => {
        assert.equal(await text(page, "status"), "Nothing to do");
        assert.equal(await page.locator("#changes").count(), 0);
        assert.match(await text(page, "pending"), /3 changes pending already/);
      }),
  ],
  [
    "applied: every order and every date that is still to come",
    async (browser, pages) =>
      withPage(browser, pages.applied, {}, async ({ page }) => {
        const words = await page.locator("main").innerText();
        const { machines } = pages.applied.report;
        const orders = machines.flatMap(({ outcome, order_numbers: numbers }) =>
          outcome === "ordered" ? numbers : [],
        );
        assert.ok(orders.length >= 5);
        for (const order of orders) assert.ok(words.includes(order), order);
        assert.match(words, /2026-03-28 16:00 UTC/);
        assert.match(words, /2026-04-05 16:00 UTC/);
      }),
  ],
  [
    "report: printed, it is whole: details unfolded, black on white, warnings with it",
    async (browser, pages) =>
      withPage(browser, pages.report, { scheme: "light" }, async ({ page }) => {
        const pdf = await page.pdf({ format: "A4" });
        assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
        assert.ok(pdf.length > 10_000);
        await page.emulateMedia({ media: "print" });
        // The width of A4 between its margins.
        await page.setViewportSize({ width: 718, height: 1000 });
        const cut = await page
          .locator(".scroll")
          .evaluateAll((all) => all.filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.innerText));
        assert.deepEqual(cut, []);
        assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
        for (const id of ["pending", "hooks", "prices", "balances", "digest"]) {
          assert.ok(await page.locator(`#${id} > :not(summary)`).first().isVisible(), `${id} is folded on paper`);
        }
        assert.ok(await page.getByTestId("warnings").isVisible());
        const { faint } = await page.evaluate(measureContrast);
        assert.deepEqual(faint, []);
      }),
  ],
];
