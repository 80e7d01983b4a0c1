// GitHub and GitLab on loopback, as far as the CI recipes use them: comments of a request, requests behind a commit, artifacts, packages, deployments.
// It can fail, limit and forget.
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { crc32, deflateRawSync } from "node:zlib";

export interface ForgeComment {
  readonly id: number;
  readonly user: string;
  body: string;
}

/** The one request (number 7) of the one repository. */
export interface ForgeRequest {
  head: string;
  /** Null: still open. */
  merge: string | null;
  /** Whether its branch is of the repository itself and not of a fork. */
  readonly own: boolean;
}

export interface ForgeArtifact {
  readonly name: string;
  readonly text: string;
  /** What GitHub says of the run that uploaded it. */
  readonly run: { readonly path: string; readonly event: string; readonly head_branch: string };
}

/** An answer instead of the right one. */
export interface ForgeFault {
  /** `METHOD /path`, as a regular expression. */
  readonly call: RegExp;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  times: number;
}

export const PLAN_RUN = { path: ".github/workflows/zenlayer-plan.yml", event: "workflow_run", head_branch: "main" };

type Answer = readonly [status: number, body: unknown];

/** One repository with one request (number 7). `user` is whoever holds the token. */
export class Forge {
  static async start(user: string): Promise<Forge> {
    const forge = new Forge(user);
    await new Promise<void>((resolve) => forge.server.listen(0, "127.0.0.1", resolve));
    return forge;
  }

  readonly comments: ForgeComment[] = [];
  readonly artifacts: ForgeArtifact[] = [];
  /** GitLab's generic packages of the trusted project, by `name/version/file`. */
  readonly packages = new Map<string, string>();
  readonly deployments: { readonly sha: string; readonly environment: string }[] = [];
  readonly request: ForgeRequest = { head: "a".repeat(40), merge: null, own: true };
  /** Commits that a push brought, besides its last one. */
  readonly pushed: string[] = [];
  /** Further requests that were merged in the same push, by merge commit. */
  readonly others = new Map<string, number>();
  readonly faults: ForgeFault[] = [];
  readonly token = "forge-token-0001";
  /** `METHOD path` of each call. */
  readonly calls: string[] = [];
  private readonly server: Server;
  private ids = 100;

  private constructor(readonly user: string) {
    this.server = createServer((request, response) => {
      void this.answer(request).then(
        ([status, body, headers]) => {
          const isBytes = Buffer.isBuffer(body);
          response.writeHead(status, { "content-type": isBytes ? "application/zip" : "application/json", ...headers });
          response.end(isBytes || typeof body === "string" ? body : JSON.stringify(body));
        },
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

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage): Promise<[number, unknown, Readonly<Record<string, string>>?]> {
    const url = new URL(request.url ?? "/", "http://forge");
    const method = request.method ?? "GET";
    const call = `${method} ${url.pathname}`;
    this.calls.push(call);
    const text = await bodyOf(request);
    const fault = this.faults.find((each) => each.times > 0 && each.call.test(call));
    if (fault !== undefined) {
      fault.times -= 1;
      return [fault.status, fault.body ?? "{}", fault.headers ?? {}];
    }
    const { authorization, "private-token": privateToken } = request.headers;
    if (authorization !== `Bearer ${this.token}` && privateToken !== this.token) return [401, { message: "no token" }];
    const [status, answer] = this.routed(method, url, text);
    if (!Array.isArray(answer)) return [status, answer];
    const size = Number(url.searchParams.get("per_page") ?? 30);
    const page = Number(url.searchParams.get("page") ?? 1);
    return [status, answer.slice((page - 1) * size, page * size)];
  }

  private routed(method: string, url: URL, text: string): Answer {
    const [, system, path = ""] = /^\/(api\/v4|2\.0|azure)(\/.*)$/.exec(url.pathname) ?? [];
    switch (system) {
      case "api/v4":
        return this.gitlab(method, path, url.searchParams, text);
      case "2.0":
        return this.bitbucket(`${method} ${path.replace("/repositories/acme/machines/", "")}`, text);
      case "azure":
        return this.azure(`${method} ${path.replace("/machines/_apis/git/repositories/repo-1/", "")}`, text);
      default:
        return this.github(method, url, text);
    }
  }

  private bitbucket(call: string, text: string): Answer {
    const shown = ({ id, user, body }: ForgeComment): object => ({
      id,
      content: { raw: body },
      user: { uuid: user },
      deleted: false,
    });
    const body = (): string => (JSON.parse(text) as { content: { raw: string } }).content.raw;
    const [, comment] = /^PUT pullrequests\/7\/comments\/(\d+)$/.exec(call) ?? [];
    if (comment !== undefined) return this.edit(Number(comment), body(), shown);
    if (call === "GET /user") return [200, { uuid: this.user }];
    if (call === "GET pullrequests/7/comments") return [200, { values: this.comments.map(shown) }];
    if (call === "POST pullrequests/7/comments") return [201, shown(this.addComment(this.user, body()))];
    return [404, { message: `no ${call}` }];
  }

  private azure(call: string, text: string): Answer {
    const shown = ({ id, user, body }: ForgeComment): object => ({
      id,
      comments: [{ content: body, author: { id: user } }],
    });
    const [, thread] = /^PATCH pullRequests\/7\/threads\/(\d+)\/comments\/1$/.exec(call) ?? [];
    if (thread !== undefined)
      return this.edit(Number(thread), (JSON.parse(text) as { content: string }).content, shown);
    if (call === "GET /_apis/connectionData") return [200, { authenticatedUser: { id: this.user } }];
    if (call === "GET pullRequests/7/threads") return [200, { value: this.comments.map(shown) }];
    if (call === "POST pullRequests/7/threads") {
      const [first] = (JSON.parse(text) as { comments: readonly { content: string }[] }).comments;
      return [200, shown(this.addComment(this.user, first?.content ?? ""))];
    }
    return [404, { message: `no ${call}` }];
  }

  private github(method: string, { pathname, searchParams }: URL, text: string): Answer {
    const shown = ({ id, user, body }: ForgeComment): object => ({ id, body, user: { login: user } });
    const call = `${method} ${pathname.replace(/^\/repos\/acme\/machines\/?/, "")}`;
    const body = (): string => (JSON.parse(text) as { body: string }).body;
    const [, sha = ""] = /^GET commits\/(\w+)\/pulls$/.exec(call) ?? [];
    if (sha !== "") return [200, this.pulls(sha)];
    const [, comment] = /^PATCH issues\/comments\/(\d+)$/.exec(call) ?? [];
    if (comment !== undefined) return this.edit(Number(comment), body(), shown);
    const [, artifact] = /^GET actions\/artifacts\/(\d+)\/zip$/.exec(call) ?? [];
    if (artifact !== undefined) return [200, zipOf("approval.json", this.artifacts[Number(artifact)]?.text ?? "")];
    const [, run] = /^GET actions\/runs\/(\d+)$/.exec(call) ?? [];
    if (run !== undefined) return [200, this.artifacts[Number(run)]?.run];
    if (/^GET deployments\/\d+\/statuses$/.test(call)) return [200, [{ state: "success" }]];
    if (/^GET compare\//.test(call)) {
      const [, last = ""] = call.split("...");
      return [200, { commits: [...this.pushed, last].map((each) => ({ sha: each })) }];
    }
    switch (call) {
      case "GET ":
        return [200, { default_branch: "main" }];
      case "GET issues/7/comments":
        return [200, this.comments.map(shown)];
      case "POST issues/7/comments":
        return [201, shown(this.addComment(this.user, body()))];
      case "GET actions/artifacts": {
        const found = this.artifacts.flatMap(({ name }, id) =>
          name === searchParams.get("name") ? [{ id, name, expired: false, workflow_run: { id } }] : [],
        );
        return [200, { artifacts: found }];
      }
      case "GET deployments":
        return [
          200,
          this.deployments.flatMap(({ sha: commit, environment }, id) =>
            commit === searchParams.get("sha") && environment === searchParams.get("environment") ? [{ id }] : [],
          ),
        ];
      default:
        return [404, { message: `no ${call}` }];
    }
  }

  /** As GitHub lists them: also those that merely contain the commit. */
  private pulls(sha: string): readonly object[] {
    const { head, merge, own } = this.request;
    const repo = { full_name: own ? "acme/machines" : "stranger/machines" };
    const ours =
      sha === head || sha === merge
        ? [
            {
              number: 7,
              state: merge === null ? "open" : "closed",
              merged_at: merge === null ? null : "2026-01-15T00:00:00Z",
              merge_commit_sha: merge,
              head: { sha: head, repo },
            },
          ]
        : [];
    const other = this.others.get(sha);
    const merged = { state: "closed", merged_at: "2026-01-15T00:00:00Z", merge_commit_sha: sha };
    return other === undefined ? ours : [...ours, { number: other, ...merged, head: { sha: "f".repeat(40), repo } }];
  }

  private gitlab(method: string, path: string, query: URLSearchParams, text: string): Answer {
    const shown = ({ id, user, body }: ForgeComment): object => ({ id, body, author: { username: user } });
    const call = `${method} ${path.replace(/^\/projects\/(42|acme%2Fmachines)\//, "")}`;
    const body = (): string => (JSON.parse(text) as { body: string }).body;
    const [, note] = /^PUT merge_requests\/7\/notes\/(\d+)$/.exec(call) ?? [];
    if (note !== undefined) return this.edit(Number(note), body(), shown);
    const [, verb, file = ""] = /^(GET|PUT) packages\/generic\/(.+)$/.exec(call) ?? [];
    if (verb === "PUT") {
      this.packages.set(file, text);
      return [201, {}];
    }
    if (verb === "GET") return this.packages.has(file) ? [200, this.packages.get(file)] : [404, {}];
    const [, sha] = /^GET repository\/commits\/(\w+)\/merge_requests$/.exec(call) ?? [];
    if (sha !== undefined) return [200, this.mergeRequests(sha)];
    switch (call) {
      case "GET /user":
        return [200, { username: this.user }];
      case "GET merge_requests/7/notes":
        return [200, this.comments.map(shown)];
      case "POST merge_requests/7/notes":
        return [201, shown(this.addComment(this.user, body()))];
      case "GET deployments":
        return [200, this.deployments.filter(({ environment }) => environment === query.get("environment"))];
      case "POST deployments":
        this.deployments.push(JSON.parse(text) as { sha: string; environment: string });
        return [201, {}];
      default:
        return [404, { message: `no ${call}` }];
    }
  }

  private mergeRequests(sha: string): readonly object[] {
    const { head, merge, own } = this.request;
    if (sha !== head && sha !== merge) return [];
    const source_project_id = own ? 42 : 43;
    const state = merge === null ? "opened" : "merged";
    return [
      {
        iid: 7,
        state,
        sha: head,
        merge_commit_sha: merge,
        squash_commit_sha: null,
        source_project_id,
        target_project_id: 42,
      },
    ];
  }

  private edit(id: number, body: string, shown: (comment: ForgeComment) => object): Answer {
    const found = this.comments.find((comment) => comment.id === id);
    if (found === undefined) return [404, { message: "Not Found" }];
    found.body = body;
    return [200, shown(found)];
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** An archive with one file, as GitHub makes it: sizes and checksum stand in the directory at the end. */
function zipOf(name: string, text: string): Buffer {
  const data = deflateRawSync(Buffer.from(text));
  const local = Buffer.alloc(30 + name.length);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 6);
  local.writeUInt16LE(8, 8);
  local.writeUInt16LE(name.length, 26);
  local.write(name, 30);
  const central = Buffer.alloc(46 + name.length);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(crc32(text), 16);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt32LE(Buffer.byteLength(text), 24);
  central.writeUInt16LE(name.length, 28);
  central.write(name, 46);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length + data.length, 16);
  return Buffer.concat([local, data, central, end]);
}
