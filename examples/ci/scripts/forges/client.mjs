// HTTP as the forges need it: what fails for a moment is repeated, for a bounded time.
const TRIES_FOR_MS = Number(process.env.FORGE_PATIENCE ?? 180) * 1000;
const LONGEST_PAUSE_MS = 60_000;
const PER_PAGE = 100;

/** An answer that says no. */
export class Refused extends Error {
  constructor(method, url, status, text) {
    super(`${method} ${url} answered ${status}: ${text.slice(0, 500)}`);
    this.status = status;
  }
}

/** A rate limit of GitHub is a 403 that says so in its headers or text. */
function passes(status, headers, text) {
  if (status >= 500 || status === 429) return true;
  return (
    status === 403 &&
    (headers.has("retry-after") || headers.get("x-ratelimit-remaining") === "0" || /rate limit/i.test(text))
  );
}

function pause(headers, attempt) {
  const asked = Number(headers?.get("retry-after"));
  const reset = Number(headers?.get("x-ratelimit-reset")) * 1000 - Date.now();
  const wait =
    asked > 0 ? asked * 1000 : headers?.get("x-ratelimit-remaining") === "0" && reset > 0 ? reset : 500 * 2 ** attempt;
  return Math.min(wait, LONGEST_PAUSE_MS);
}

/**
 * @param once for what must not be done twice: only a refusal by a rate limit, which was not carried out, is repeated
 * @returns the answer, its body as bytes
 */
export async function request(url, { method = "GET", headers = {}, body, once = false } = {}) {
  const until = Date.now() + TRIES_FOR_MS;
  for (let attempt = 0; ; attempt += 1) {
    let wait;
    try {
      const answer = await fetch(url, { method, headers, body, signal: AbortSignal.timeout(30_000) });
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (answer.ok) return { headers: answer.headers, bytes };
      const text = bytes.toString("utf8");
      const refused = new Refused(method, url, answer.status, text);
      if (!passes(answer.status, answer.headers, text) || (once && answer.status >= 500)) throw refused;
      wait = pause(answer.headers, attempt);
      if (Date.now() + wait > until) throw refused;
    } catch (error) {
      if (error instanceof Refused || once) throw error;
      wait = pause(undefined, attempt);
      if (Date.now() + wait > until)
        throw new Error(`${method} ${url} failed: ${error.cause?.message ?? error.message}`);
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

/** What the forges have in common: JSON, pages, and no address in the answers that is followed. */
export class Client {
  constructor(base, headers) {
    this.base = base;
    this.headers = headers;
  }

  async call(method, path, body, options = {}) {
    const { bytes } = await request(this.base + path, {
      method,
      headers: { ...this.headers, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...options,
    });
    return bytes.length === 0 ? null : JSON.parse(bytes.toString("utf8"));
  }

  /** All pages of a list that is paged by number. */
  async list(path, itemsOf = (page) => page) {
    const items = [];
    for (let page = 1; ; page += 1) {
      const separator = path.includes("?") ? "&" : "?";
      const part = itemsOf(await this.call("GET", `${path}${separator}per_page=${PER_PAGE}&page=${page}`));
      items.push(...part);
      if (part.length < PER_PAGE) return items;
    }
  }

  /** The answer, or null where there is no such thing. */
  async find(path) {
    try {
      return await this.call("GET", path);
    } catch (error) {
      if (error instanceof Refused && error.status === 404) return null;
      throw error;
    }
  }
}

export function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`the environment variable ${name} is not set`);
  return value;
}
