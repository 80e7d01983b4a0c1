// Takes the backend out of configuration written in HCL. No parser of HCL: only blocks, and what may hide a bracket (texts, comments, heredocs).

/** The same configuration without `backend` and `cloud` blocks in its `terraform` blocks. */
export function withoutBackends(hcl: string): string {
  let kept = "";
  let from = 0;
  const blocks: { readonly header: string; readonly start: number }[] = [];
  let start = 0;
  for (let at = 0; at < hcl.length;) {
    const end = endOfOpaque(hcl, at);
    if (end > at) {
      at = end;
      continue;
    }
    const character = hcl.charAt(at);
    at += 1;
    if (character === "\n") start = at;
    if (character === "{") {
      blocks.push({ header: hcl.slice(start, at - 1).trim(), start });
      start = at;
    }
    if (character !== "}") continue;
    const block = blocks.pop();
    start = at;
    if (block === undefined || blocks.length !== 1 || blocks[0]?.header !== "terraform") continue;
    if (!/^(backend\s*("[^"]*"|\w+)|cloud)$/.test(block.header)) continue;
    kept += hcl.slice(from, block.start);
    from = at;
  }
  return kept + hcl.slice(from);
}

/** Where a text, comment or heredoc that begins here ends; the same position where none begins. A text that names a block counts as code. */
function endOfOpaque(hcl: string, at: number): number {
  const rest = hcl.slice(at, at + 2);
  if (rest.startsWith("#") || rest === "//") return endOfLine(hcl, at);
  if (rest === "/*") {
    const end = hcl.indexOf("*/", at + 2);
    return end < 0 ? hcl.length : end + 2;
  }
  if (rest === "<<") return endOfHeredoc(hcl, at);
  return rest.startsWith('"') ? endOfText(hcl, at) : at;
}

function endOfLine(hcl: string, at: number): number {
  const end = hcl.indexOf("\n", at);
  return end < 0 ? hcl.length : end;
}

function endOfHeredoc(hcl: string, at: number): number {
  const [opening, mark] = /^<<-?([A-Za-z_][\w-]*)[^\n]*\n/.exec(hcl.slice(at, at + 300)) ?? [];
  if (opening === undefined || mark === undefined) return at;
  const closing = new RegExp(`^[ \\t]*${mark}[ \\t]*$`, "m").exec(hcl.slice(at + opening.length));
  return closing === null ? hcl.length : at + opening.length + closing.index + closing[0].length;
}

/** A text in quotes, with the texts inside its `${…}`. */
function endOfText(hcl: string, at: number): number {
  let depth = 0;
  for (let index = at + 1; index < hcl.length; index += 1) {
    const character = hcl.charAt(index);
    if (depth === 0 && character === "\\") index += 1;
    else if (/[$%]/.test(character) && hcl.charAt(index + 1) === "{") {
      // Doubled, it is only a sign.
      if (hcl.charAt(index - 1) === character) continue;
      depth += 1;
      index += 1;
    } else if (depth > 0 && character === "{") depth += 1;
    else if (depth > 0 && character === "}") depth -= 1;
    else if (depth > 0 && character === '"') index = endOfText(hcl, index) - 1;
    else if (character === '"') return index + 1;
  }
  return hcl.length;
}
