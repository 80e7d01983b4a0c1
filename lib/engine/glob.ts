// Whether a name fits a pattern, wherever users write patterns. No regular expression is made of one, so that no pattern can be slow.

/**
 * The whole text must fit.
 *
 * @param wildcards which characters of the pattern are wildcards: `*` is any text, `?` one character; the others stand for themselves
 */
export function matchesPattern(pattern: string, text: string, wildcards: "*?" | "*" = "*?"): boolean {
  const wanted = [...pattern];
  const given = [...text];
  const fits = (at: number, character: string | undefined): boolean =>
    wanted[at] === character || (wanted[at] === "?" && wildcards === "*?");
  let at = 0;
  let star = -1;
  let retry = 0;
  for (let index = 0; index < given.length;) {
    if (wanted[at] === "*") {
      star = at;
      retry = index;
      at += 1;
    } else if (fits(at, given[index])) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      // Back to the last star, which takes one character more.
      at = star + 1;
      retry += 1;
      index = retry;
    } else return false;
  }
  return wanted.slice(at).every((character) => character === "*");
}
