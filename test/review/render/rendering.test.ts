// What people see: three golden pages, and promises that hold for every text: nothing breaks out, nothing is too long.
import fc from "fast-check";
import {
  DIALECTS,
  markerOf,
  renderHtml,
  renderMarkdown,
  renderText,
  reviewDocument,
  type Document,
} from "../../../lib/review";
import { line, span, type Block, type Tone } from "../../../lib/review/page/document";
import { escapeHtml } from "../../../lib/review/render/html";
import { codeSpan, escapeMarkdown } from "../../../lib/review/render/markdown-escape";
import { displayWidth } from "../../../lib/review/render/text-width";
import { expectGolden } from "../golden";
import {
  bmcUpdate,
  cancel,
  change,
  CYCLE,
  data,
  logText,
  step,
  upgrade,
  vm,
  vmUpdate,
  webQuote,
  type PlanOptions,
} from "../plans";
import { report } from "../support";

const sample: PlanOptions = {
  changes: [
    vmUpdate(undefined, { max_immediate_charge: 50 }, { max_immediate_charge: 50 }),
    bmcUpdate(),
    change(
      "zenlayer_vm_instance_spec.api",
      ["no-op"],
      vm({ instance_id: "900000000000000003", instance_name: "api" }),
      vm({ instance_id: "900000000000000003", instance_name: "api" }),
      {
        importing: { id: "900000000000000003" },
      },
    ),
    change(
      "zenlayercloud_zvm_instance.old",
      ["delete", "create"],
      { id: "900000000000000009", instance_name: "legacy" },
      {},
      { provider: "registry.terraform.io/zenlayer/zenlayercloud" },
    ),
  ],
  prior: [webQuote, data("zenlayer_balance", { purchasing_power: 1_234.5, currency: "USD" })],
};
const page = reviewDocument(
  report(sample, {
    diagnostics: [{ severity: "warning", summary: "web-1: bandwidth upgrade, charged now", detail: "200 → 400 Mbps." }],
  }),
);

/** Made once, by whoever needs it first. */
let large: Document | undefined;

function manyChanges(machines: number): ReturnType<typeof vmUpdate>[] {
  const addresses = Array.from({ length: machines }, (_, index) => `zenlayer_vm_instance_spec.web["${index}"]`);
  return addresses.map((address) => ({ ...vmUpdate(), address }));
}

describe("golden pages", () => {
  test("markdown", () => expectGolden("review.md", renderMarkdown(page)));
  test("text", () => expectGolden("review.txt", renderText(page, { color: false, width: 100 })));
  test("html", () =>
    expectGolden("review.html.txt", renderHtml(page).replace(/<style>.*<\/style>/s, "<style></style>")));
  test("nothing to do", () =>
    expectGolden(
      "quiet.md",
      renderMarkdown(
        reviewDocument(report({ changes: [change("zenlayer_vm_instance_spec.web", ["no-op"], vm(), vm())] })),
      ),
    ));
});

/** A page whose every text is the given one. */
function hostile(text: string, rows = 1): Document {
  const tones: readonly Tone[] = ["plain", "code", "strong", "muted", "warning"];
  const spans = line(...tones.map((tone) => span(text, tone)));
  const columns = [{ id: "a", title: "A", align: "left" } as const, { id: "b", title: "B", align: "right" } as const];
  const body = Array.from({ length: rows }, () => [[spans], [spans, spans]]);
  return {
    marker: markerOf("review", text),
    title: "Zenlayer review",
    name: text,
    status: "changes",
    statusText: "Changes",
    summary: text,
    badges: [{ id: "x", label: text, value: text, tone: "plain" }],
    blocks: [
      {
        kind: "callout",
        id: "warnings",
        level: "warning",
        title: spans,
        lines: body.map(() => spans),
        groups: [{ title: spans, lines: body.map(() => spans) }],
      },
      {
        kind: "table",
        id: "changes",
        title: text,
        folded: false,
        columns,
        rows: body,
        total: [[spans], [spans]],
        notes: [spans],
        rest: () => [[[spans], [spans]]],
      },
      {
        kind: "timeline",
        id: "timeline",
        title: text,
        moments: body.map(() => ({ time: text, when: text, costs: [spans], items: [spans] })),
      },
      { kind: "table", id: "folded", title: text, folded: true, columns, rows: body },
      { kind: "properties", id: "digest", title: text, folded: true, items: [{ label: text, value: spans }] },
    ] satisfies readonly Block[],
  };
}

/** Texts that try to break out, mixed at random. */
const nasty = fc
  .array(
    fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 6 }),
      fc.constantFrom(
        "|",
        "`",
        "``",
        "\\",
        "\\|",
        "-->",
        "<!--",
        "<script>",
        "</details>",
        "<img src=x onerror=1>",
        "@octocat",
        "#12",
        "[a](b)",
        "![a](b)",
        "\n",
        "\r\n# x",
        "\u001b[31m",
        "\u202e",
        "&lt;",
        '"',
        "'",
        "**",
        "https://x.y",
        "www.x.y",
        ":tada:",
        "$x$",
        "| --- |",
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

describe("markdown", () => {
  test.each([
    ["pipes", "a|b", "a\\|b"],
    ["a backslash before a pipe", "a\\|b", "a\\\\\\|b"],
    ["emphasis", "*a* _b_", "\\*a\\* \\_b\\_"],
    ["HTML", "<b>&amp;", "&lt;b&gt;&amp;amp;"],
    ["a link", "[a](b)", "\\[a\\](b)"],
    ["an address", "https://x.y", "https\\://x.y"],
    ["a mention", "@octocat", "@&#8203;octocat"],
    ["a reference", "#12 !3", "#&#8203;12 !&#8203;3"],
    ["a heading", "# a", "\\# a"],
    ["a list", "- a", "\\- a"],
    ["a number at the start", "1. a", "1\\. a"],
    ["a line break", "a\n\nb", "a b"],
    ["a time", "00:30", "00:30"],
  ])("%s are shown as they are", (_, text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  test("code keeps what would break it", () => {
    expect(codeSpan("a_b")).toBe("`a_b`");
    expect(codeSpan("a|`b`\\")).toBe("<code>a&#124;&#96;b&#96;&#92;</code>");
    expect(codeSpan("@x #1")).toBe("`@x #1`");
  });

  test("no text breaks out of its place", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const escaped = escapeMarkdown(text);
        expect(escaped).not.toMatch(/[<>\n\r\u001b\u202e]/);
        expect(escaped.replace(/\\./gs, "")).not.toMatch(/[|`*_[\]~$]/);
        expect(escaped).not.toMatch(/@(?!&#8203;)/);
        const code = codeSpan(text);
        expect(
          code === "" || /^`[^`|\\<>&]+`$/.test(code) || /^<code>(?:[A-Za-z0-9 .,/]|&#\d+;)+<\/code>$/.test(code),
        ).toBe(true);
      }),
    );
  });

  test("every row of a table keeps its columns, and every fold is closed", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const rendered = renderMarkdown(hostile(text));
        const rows = rendered.split("\n").filter((row) => row.startsWith("|"));
        for (const row of rows) expect(row.replace(/\\./gs, "").split("|")).toHaveLength(4);
        expect(rendered.match(/<details>/g)).toHaveLength(3);
        expect(rendered.match(/<\/details>/g)).toHaveLength(3);
        expect(rendered.match(/<!--/g)).toHaveLength(1);
        expect(rendered.match(/-->/g)).toHaveLength(1);
      }),
    );
  });

  test("no page is too long for a comment, and a shortened one says so", () => {
    fc.assert(
      fc.property(nasty, fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 60 }), (text, rows, repeat) => {
        expect(renderMarkdown(hostile(text.repeat(repeat), rows)).length).toBeLessThan(DIALECTS.github.limit);
      }),
      { numRuns: 5 },
    );
    const long = renderMarkdown(hostile("@`|".repeat(30), 300));
    expect(long.length).toBeLessThan(DIALECTS.github.limit);
    expect(long).toContain("Shortened to fit into a comment");
    expect(long).toContain("more");
  });

  describe.each(Object.entries(DIALECTS))("for %s", (_forge, dialect) => {
    test("no page is too long, and a large one uses the room that there is", () => {
      large ??= reviewDocument(report({ changes: manyChanges(3000) }));
      expect(renderMarkdown(large, dialect).length).toBeLessThan(dialect.limit);
      expect(renderMarkdown(hostile("@`|<&".repeat(60), 300), dialect).length).toBeLessThan(dialect.limit);
    });

    test("its tables keep their columns whatever the text, and it has tags only where they are shown", () => {
      fc.assert(
        fc.property(nasty, (text) => {
          const rendered = renderMarkdown(hostile(text), dialect);
          const rows = rendered.split("\n").filter((row) => row.startsWith("|"));
          for (const row of rows) expect(row.replace(/\\./gs, "").split("|")).toHaveLength(4);
          expect(rendered.split("\n")[0]).toMatch(dialect.html ? /^<!-- .* -->$/ : /^\[\/\/\]: # \(.*\)$/);
        }),
      );
      const page = renderMarkdown(hostile("x"), dialect);
      if (!dialect.html) expect(page).not.toMatch(/<\/?(?:details|summary|sub|br|code)|&#/);
      expect(page.includes("[!")).toBe(dialect.alerts);
    });
  });

  test("five hundred changes fit, warnings before details", () => {
    const changes = manyChanges(500);
    const text = renderMarkdown(
      reviewDocument(report({ changes }, { diagnostics: [{ severity: "warning", summary: "look here" }] })),
    );
    expect(text.length).toBeLessThan(DIALECTS.github.limit);
    expect(text.indexOf("look here")).toBeLessThan(text.indexOf("| Machine |"));
    expect(text).toMatch(/\*\*\d+ machines\*\* \| Bandwidth/);
  });

  test("warnings are never folded", () => {
    const text = renderMarkdown(page);
    expect(text.indexOf("<details>")).toBeGreaterThan(text.lastIndexOf("> [!"));
  });

  test.each(["GH-12", "gh-7", "WEB-12", "!3", "#4", "%5"])("the name %s links nowhere", (name) => {
    expect(escapeMarkdown(`see ${name}`)).toBe(`see ${name.replace(/(.*?[-!#%])(\d)/, "$1&#8203;$2")}`);
    expect(escapeMarkdown("web-12 of 5 %")).toBe("web-12 of 5 %");
  });

  test("the marker is the same for the same name and closes nothing", () => {
    expect(markerOf("review", "prod/eu")).toBe("cdktf-zenlayer:review:prod/eu");
    expect(markerOf("review", "a --> b <!--")).toBe("cdktf-zenlayer:review:a-b");
    expect(markerOf("applied", "")).toBe("cdktf-zenlayer:applied:default");
  });
});

describe("html", () => {
  test("loads nothing and runs nothing", () => {
    const html = renderHtml(page);
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|url\(|@import|\bon\w+=/i);
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/https?:/);
  });

  test("knows light and dark, and a phone", () => {
    const html = renderHtml(page);
    expect(html).toContain("prefers-color-scheme: dark");
    expect(html).toContain('name="viewport"');
    expect(html).toContain('data-label="Charged now"');
  });

  test("has a timeline in the order of time", () => {
    const html = renderHtml(page);
    expect(html.indexOf("When applied")).toBeLessThan(html.indexOf(`<time datetime="${CYCLE}">`));
  });

  test("every id is there once", () => {
    const ids = [...renderHtml(page).matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(ids.length).toBeGreaterThan(10);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("no text breaks out of its place", () => {
    const skeleton = (text: string) =>
      renderHtml(hostile(text))
        .replace(/<!doctype html>|<style>.*<\/style>/gs, "")
        .match(/<[^>]*>/g)
        ?.map((tag) => tag.replace(/"[^"]*"/g, '""'))
        .filter((tag) => !/^<(?:\/?code|wbr)>$/.test(tag));
    const plain = skeleton("x");
    fc.assert(
      fc.property(
        nasty.filter((text) => escapeHtml(text) !== ""),
        (text) => {
          expect(skeleton(text)).toEqual(plain);
        },
      ),
    );
  });
});

describe("text", () => {
  test("no line is wider than the terminal, and nothing controls it", () => {
    fc.assert(
      fc.property(nasty, fc.integer({ min: 40, max: 160 }), (text, width) => {
        const rendered = renderText(hostile(text), { color: false, width });
        expect(rendered).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/);
        for (const row of rendered.split("\n")) expect(displayWidth(row)).toBeLessThanOrEqual(width);
      }),
    );
  });

  test("colours are ours alone, and change no text", () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const painted = renderText(hostile(text), { color: true, width: 100 });
        expect(painted.replace(/\u001b\[[\d;]+m/g, "")).toBe(renderText(hostile(text), { color: false, width: 100 }));
      }),
    );
  });

  test("a wide terminal gets a table, a narrow one paragraphs", () => {
    const wide = renderText(page, { color: false, width: 200 });
    const narrow = renderText(page, { color: false, width: 60 });
    expect(wide).toMatch(/Machine +Change +From → to/);
    expect(narrow).toMatch(/Machine +web-1\s/);
  });
});

// The square of the length took 44 s.
test("a message with one word of 500,000 characters is rendered in no time", () => {
  const word = "wörd".repeat(125_000);
  const found = report(sample, { diagnostics: [{ severity: "warning", summary: word, detail: `${word} ${word}` }] });
  const long = reviewDocument(found);
  for (const text of [renderText(long, { color: true, width: 80 }), renderHtml(long), renderMarkdown(long)])
    expect(text).toContain("wörd");
}, 30_000);

test("a cancel, an upgrade and a pending change make one story", () => {
  const pending = [
    { axis: "internet_max_bandwidth_out", from: "200", to: "100", phase: "scheduled", effective_at: CYCLE },
  ];
  const text = renderMarkdown(
    reviewDocument(
      report({ changes: [vmUpdate([step(cancel), step(upgrade, { step: 2 })], {}, { pending })], prior: [webQuote] }),
    ),
  );
  expect(text).toContain("✕ cancel");
  expect(text).toContain("**▲ upgrade**");
  expect(text).toContain("cancels it");
});

test("what is billed by usage is not called free of charge", () => {
  const row = vmUpdate([step(upgrade, { charge: "usage_based" })]);
  const text = renderMarkdown(reviewDocument(report({ changes: [row] })));
  expect(text).toContain("charged by usage");
  expect(text).not.toContain("nothing charged ·");
});

test("the mark of a guard is for programs, not for people", () => {
  const diagnostics = [{ severity: "error", summary: "Denied", detail: "No downgrade. [guard:on_downgrade]" }] as const;
  const text = renderMarkdown(reviewDocument(report({ errored: true }, { diagnostics })));
  expect(text).toContain("**Denied**. No downgrade.");
  expect(text).not.toContain("guard:");
});

test("a downgrade of a machine that is not renewed is warned of", () => {
  const row = change(
    "zenlayer_bmc_traffic_package.edge",
    ["update"],
    vm({ auto_renew: false }),
    vm({
      auto_renew: false,
      changes: [
        step({
          ...upgrade,
          direction: "downgrade",
          takes_effect: "next_billing_cycle",
          effective_at: CYCLE,
          charge: "none",
        }),
      ],
    }),
  );
  const ends = "Scheduled for a time when the machine has ended";
  expect(renderMarkdown(reviewDocument(report({ changes: [row] })))).toContain(ends);
  // A log that is whole has the provider's own warning of it.
  expect(renderMarkdown(reviewDocument(report({ changes: [row] }, { diagnostics: [] })))).not.toContain(ends);
  expect(logText([])).toContain("change_summary");
});
