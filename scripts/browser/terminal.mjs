// Terminal output as a page: the colours that Terraform and our command use, in a window that looks like a terminal.
const COLORS = {
  31: "#ff7b72",
  32: "#7ee787",
  33: "#e3b341",
  34: "#79c0ff",
  35: "#d2a8ff",
  36: "#76e3ea",
  90: "#8b949e",
};

/** One HTML page; `sections` are prompts with what they printed. */
export function terminalPage(sections, columns) {
  const body = sections
    .map(
      ({ command, output }) => `<span class="prompt">$</span> <b>${escape(command)}</b>\n${painted(output.trimEnd())}`,
    )
    .join("\n\n");
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Terminal</title><style>
body { margin: 0; background: #0d1117; }
pre { margin: 0; padding: 1.1rem 1.4rem; width: ${columns}ch; color: #e6edf3; font: 13px/1.45 "DejaVu Sans Mono", ui-monospace, monospace; white-space: pre-wrap; box-sizing: content-box; }
.prompt { color: #7ee787; } b { font-weight: 700; color: #ffffff; }
</style><pre>${body}</pre></html>`;
}

function painted(text) {
  const open = { bold: false, dim: false, underline: false, color: null };
  return text
    .split(/\u001b\[([\d;]*)m/)
    .map((part, index) => {
      if (index % 2 === 1) {
        for (const code of (part === "" ? "0" : part).split(";").map(Number)) apply(open, code);
        return "";
      }
      if (part === "") return "";
      const style = [
        open.bold ? "font-weight:700" : "",
        open.dim ? "color:#8b949e" : "",
        open.underline ? "text-decoration:underline" : "",
        open.color === null ? "" : `color:${open.color}`,
      ].filter((rule) => rule !== "");
      return style.length === 0 ? escape(part) : `<span style="${style.join(";")}">${escape(part)}</span>`;
    })
    .join("");
}

function apply(open, code) {
  if (code === 0) Object.assign(open, { bold: false, dim: false, underline: false, color: null });
  else if (code === 1) open.bold = true;
  else if (code === 2) open.dim = true;
  else if (code === 4) open.underline = true;
  else if (code === 22) Object.assign(open, { bold: false, dim: false });
  else if (code === 39) open.color = null;
  else if (COLORS[code] !== undefined) open.color = COLORS[code];
}

function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
