// A self-contained page: no script, no external resource, everything of the user escaped, headings and ids for people and tests.
import type { Block, Callout, Document, Line, Properties, Row, Table, Timeline } from "../page/document";
import { oneLine } from "../facts/words";
import { STYLE } from "./html-style";

/** Nothing may be loaded and nothing may run, whatever slipped through. */
const CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export function renderHtml(document: Document): string {
  const name = escapeHtml(document.name);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(document.title)}: ${name}</title>
<style>
${STYLE}
</style>
</head>
<body>
<main id="report" data-testid="report" data-status="${document.status}">
<header>
<h1><small>${escapeHtml(document.title)}</small> ${name}</h1>
<span class="status status-${document.status}" id="status" data-testid="status">${escapeHtml(document.statusText)}</span>
<p class="summary" id="summary" data-testid="summary">${escapeHtml(document.summary)}</p>
</header>
${badges(document)}${document.blocks.map(renderBlock).join("\n")}
</main>
</body>
</html>
`;
}

/** Text for content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return oneLine(text)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

function badges({ badges: items }: Document): string {
  if (items.length === 0) return "";
  const boxes = items.map(
    ({ id, label, value, tone, note }) =>
      `<div data-testid="badge-${id}"><dt>${escapeHtml(label)}</dt><dd class="${tone}">${escapeHtml(value)}</dd>${
        note === undefined ? "" : `<dd class="note">${escapeHtml(note)}</dd>`
      }</div>`,
  );
  return `<dl class="badges" id="totals" data-testid="totals">\n${boxes.join("\n")}\n</dl>\n`;
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case "callout":
      return callout(block);
    case "table":
      return framed(block.id, block.title, block.folded, table(block));
    case "timeline":
      return framed(block.id, block.title, false, timeline(block));
    case "properties":
      return framed(block.id, block.title, block.folded, properties(block));
    default:
      return block satisfies never;
  }
}

function callout(block: Callout): string {
  const role = block.level === "alarm" || block.level === "error" ? ' role="alert"' : "";
  const items = (all: readonly Line[]) => all.map((line) => `<li>${renderLine(line)}</li>`);
  const groups = (block.groups ?? []).map(
    ({ title, lines }) => `<li>${renderLine(title)}\n<ul>\n${items(lines).join("\n")}\n</ul></li>`,
  );
  return `<section class="callout callout-${block.level}" id="${block.id}" data-testid="${block.id}"${role} aria-labelledby="${block.id}-title">
<h2 id="${block.id}-title">${renderLine(block.title)}</h2>
<ul>
${[...groups, ...items(block.lines)].join("\n")}
</ul>
</section>`;
}

function framed(id: string, title: string, folded: boolean, content: string): string {
  if (folded) {
    return `<details id="${id}" data-testid="${id}">\n<summary>${escapeHtml(title)}</summary>\n${content}\n</details>`;
  }
  return `<section id="${id}" data-testid="${id}" aria-labelledby="${id}-title">\n<h2 id="${id}-title">${escapeHtml(title)}</h2>\n${content}\n</section>`;
}

function table(block: Table): string {
  const head = block.columns
    .map(({ title, align }) => `<th scope="col"${rightClass(align)}>${escapeHtml(title)}</th>`)
    .join("");
  const render = (row: Row, testId: string, kind: string) => {
    const cells = row.map((lines, index) => {
      const column = block.columns[index];
      const content = lines.map((line) => `<div>${renderLine(line)}</div>`).join("");
      const classes = [
        `column-${column?.id ?? index}`,
        ...(column?.align === "right" ? ["right"] : []),
        ...(isEmpty(lines) ? ["empty"] : []),
      ].join(" ");
      return `<td data-label="${escapeHtml(column?.title ?? "")}" class="${classes}"><div class="cell">${content}</div></td>`;
    });
    return `<tr data-testid="${block.id}-${testId}"${kind}>${cells.join("")}</tr>`;
  };
  const rows = block.rows.map((row, number) => render(row, `row-${number + 1}`, ""));
  const foot =
    block.total === undefined ? "" : `\n<tfoot>\n${render(block.total, "total", ' class="total"')}\n</tfoot>`;
  const notes = (block.notes ?? []).map((note) => `<p class="footnote">${renderLine(note)}</p>`).join("\n");
  return `<div class="scroll"><table class="${block.id}">\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join("\n")}\n</tbody>${foot}\n</table></div>${notes === "" ? "" : `\n${notes}`}`;
}

function timeline(block: Timeline): string {
  const moments = block.moments.map(({ time, when, costs, items }, index) => {
    const title = time === null ? escapeHtml(when) : `<time datetime="${escapeHtml(time)}">${escapeHtml(when)}</time>`;
    const list = items.map((item) => `<li>${renderLine(item)}</li>`).join("\n");
    const chips = costs.map((cost) => `<span>${renderLine(cost)}</span>`).join(" ");
    const kind = time === null ? "now" : "later";
    return `<li class="${kind}" data-testid="moment-${index + 1}">\n<h3>${title}</h3>\n<div class="moment">\n<p class="costs">${chips}</p>\n<ul>\n${list}\n</ul>\n</div>\n</li>`;
  });
  return `<ol class="timeline">\n${moments.join("\n")}\n</ol>`;
}

function properties(block: Properties): string {
  const items = block.items.map(({ label, value }) => `<dt>${escapeHtml(label)}</dt><dd>${renderLine(value)}</dd>`);
  return `<dl class="properties">\n${items.join("\n")}\n</dl>`;
}

function renderLine(line: Line): string {
  return line
    .map(({ text, tone }) => {
      const before = /^\s/.test(text) ? " " : "";
      const after = /\S\s+$/.test(text) ? " " : "";
      const content = whole(breakable(escapeHtml(text)));
      if (content === "") return before;
      if (tone === "plain") return before + content + after;
      return tone === "code" ? `<code>${content}</code>` : `${before}<span class="${tone}">${content}</span>${after}`;
    })
    .join("");
}

/** A dash on paper; on a phone, where each cell is a line with its label, nothing. */
function isEmpty(lines: readonly Line[]): boolean {
  return lines.every((line) => line.every(({ text }) => ["", "–"].includes(text.trim())));
}

/** A number stays with its unit, and a date is not torn. */
function whole(html: string): string {
  return html.replace(
    /\d{4}-\d\d-\d\d|\d\d:\d\d UTC|[+−]?\d[\d.,]* (?:Mbps|TB|[A-Z]{3}|%)(?![\w-])/g,
    (value) => `<span class="value">${value}</span>`,
  );
}

/** Long names such as addresses may break after their separators. */
function breakable(html: string): string {
  return html.replace(/[^\s<>]{16,}/g, (word) => word.replace(/[_.]/g, (separator) => `${separator}<wbr>`));
}

function rightClass(align: "left" | "right"): string {
  return align === "right" ? ' class="right"' : "";
}
