// Bitbucket Cloud: BITBUCKET_WORKSPACE, BITBUCKET_REPO_SLUG, BITBUCKET_TOKEN (an access token of the repository).
import { Client, required } from "./client.mjs";

const { env } = process;

export class Bitbucket extends Client {
  constructor() {
    const api = env.BITBUCKET_API_URL ?? "https://api.bitbucket.org/2.0";
    super(`${api}/repositories/${required("BITBUCKET_WORKSPACE")}/${required("BITBUCKET_REPO_SLUG")}`, {
      authorization: `Bearer ${required("BITBUCKET_TOKEN")}`,
    });
    this.api = new Client(api, this.headers);
  }

  async user() {
    return env.FORGE_USER || (await this.api.call("GET", "/user")).uuid;
  }

  async comments(number) {
    const found = [];
    for (let page = 1; ; page += 1) {
      const { values, next } = await this.call("GET", `/pullrequests/${number}/comments?pagelen=100&page=${page}`);
      found.push(...values);
      if (!next) break;
    }
    return found
      .filter(({ deleted }) => !deleted)
      .map(({ id, content, user }) => ({ id, body: content?.raw ?? "", user: user?.uuid }));
  }

  create(number, body) {
    return this.call("POST", `/pullrequests/${number}/comments`, { content: { raw: body } }, { once: true });
  }

  update(number, id, body) {
    return this.call("PUT", `/pullrequests/${number}/comments/${id}`, { content: { raw: body } });
  }
}
