// GitHub and GitLab on loopback, as far as the CI recipes use them: comments of a request, statuses of a commit, the request behind a commit.
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface ForgeComment {
  readonly id: number;
  readonly user: string;
  body: string;
}

interface ForgeStatus {
  readonly id: number;
  readonly commit: string;
  readonly name: string;
  readonly description: string;
  readonly user: string;
}

/** One repository with one request (number 7). `user` is whoever holds the token. */
export class Forge {
  static async start(user: string): Promise<Forge> {
    const forge = new Forge(user);
    await new Promise<void>((resolve) => forge.server.listen(0, "127.0.0.1", resolve));
    return forge;
  }

  readonly comments: ForgeComment[] = [];
  readonly statuses: ForgeStatus[] = [];
  /** Commit in the main branch → last commit of the request that it came by. */
  readonly merges = new Map<string, string>();
  readonly token = "forge-token-0001";
  /** `METHOD path` of each call. */
  readonly calls: string[] = [];
  private readonly server: Server;
  private ids = 100;

  private constructor(readonly user: string) {
    this.server = createServer((request, response) => {
      void this.answer(request).then(
        ([status, body]) =>
          response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  addComment(user: string, body: string): ForgeComment {
    const comment = { id: (this.ids += 1), user, body };
    this.comments.push(comment);
    return comment;
  }

  addStatus(commit: string, name: string, description: string, user: string): void {
    this.statuses.push({ id: (this.ids += 1), commit, name, description, user });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage): Promise<[number, unknown]> {
    const url = new URL(request.url ?? "/", "http://forge");
    const method = request.method ?? "GET";
    this.calls.push(`${method} ${url.pathname}`);
    const { authorization, "private-token": privateToken } = request.headers;
    if (authorization !== `Bearer ${this.token}` && privateToken !== this.token) return [401, { message: "no token" }];
    const body = await json(request);
    const gitlab = /^\/api\/v4(\/.*)$/.exec(url.pathname)?.[1];
    const answer = gitlab === undefined ? this.github(method, url.pathname, body) : this.gitlab(method, gitlab, body);
    if (answer === undefined) return [404, { message: `no ${method} ${url.pathname}` }];
    if (!Array.isArray(answer)) return [200, answer];
    const size = Number(url.searchParams.get("per_page") ?? 30);
    const page = Number(url.searchParams.get("page") ?? 1);
    return [200, answer.slice((page - 1) * size, page * size)];
  }

  private github(method: string, path: string, body: Record<string, string>): unknown {
    const comment = ({ id, user, body: text }: ForgeComment): object => ({ id, body: text, user: { login: user } });
    const call = path.replace(/^\/repos\/acme\/machines\//, "");
    const [, commit = "", what = ""] = /^commits\/(\w+)\/(\w+)$/.exec(call) ?? [];
    const commentId = /^issues\/comments\/(\d+)$/.exec(call)?.[1];
    const status = /^statuses\/(\w+)$/.exec(call)?.[1];
    if (method === "GET" && call === "issues/7/comments") return this.comments.map(comment);
    if (method === "POST" && call === "issues/7/comments")
      return comment(this.addComment(this.user, body["body"] ?? ""));
    if (method === "PATCH" && commentId !== undefined) return comment(this.edit(Number(commentId), body["body"] ?? ""));
    if (method === "POST" && status !== undefined) {
      this.addStatus(status, body["context"] ?? "", body["description"] ?? "", this.user);
      return {};
    }
    if (method === "GET" && what === "statuses") {
      return this.of(commit).map(({ name, description, user }) => ({
        context: name,
        description,
        creator: { login: user },
      }));
    }
    if (method === "GET" && what === "pulls") {
      return this.request(commit, (head) => ({ number: 7, head: { sha: head }, merged_at: "2026-01-15T00:00:00Z" }));
    }
    return undefined;
  }

  private gitlab(method: string, path: string, body: Record<string, string>): unknown {
    const note = ({ id, user, body: text }: ForgeComment): object => ({ id, body: text, author: { username: user } });
    if (method === "GET" && path === "/user") return { username: this.user };
    const call = path.replace(/^\/projects\/42\//, "");
    const [, commit = "", what = ""] = /^repository\/commits\/(\w+)\/(\w+)$/.exec(call) ?? [];
    const noteId = /^merge_requests\/7\/notes\/(\d+)$/.exec(call)?.[1];
    const status = /^statuses\/(\w+)$/.exec(call)?.[1];
    if (method === "GET" && call === "merge_requests/7/notes") return this.comments.map(note);
    if (method === "POST" && call === "merge_requests/7/notes")
      return note(this.addComment(this.user, body["body"] ?? ""));
    if (method === "PUT" && noteId !== undefined) return note(this.edit(Number(noteId), body["body"] ?? ""));
    if (method === "POST" && status !== undefined) {
      this.addStatus(status, body["name"] ?? "", body["description"] ?? "", this.user);
      return {};
    }
    if (method === "GET" && what === "statuses") {
      return this.of(commit).map(({ id, name, description, user }) => ({
        id,
        name,
        description,
        author: { username: user },
      }));
    }
    if (method === "GET" && what === "merge_requests") {
      return this.request(commit, (head) => ({ iid: 7, sha: head, state: "merged" }));
    }
    return undefined;
  }

  /** Newest first. */
  private of(commit: string): readonly ForgeStatus[] {
    return this.statuses.filter((status) => status.commit === commit).reverse();
  }

  private request(commit: string, describe: (head: string) => object): readonly object[] {
    const head = this.merges.get(commit);
    return head === undefined ? [] : [describe(head)];
  }

  private edit(id: number, body: string): ForgeComment {
    const found = this.comments.find((comment) => comment.id === id);
    if (found === undefined) throw new Error(`There is no comment ${id}.`);
    found.body = body;
    return found;
  }
}

async function json(request: IncomingMessage): Promise<Record<string, string>> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? {} : (JSON.parse(text) as Record<string, string>);
}
