// Azure DevOps: SYSTEM_COLLECTIONURI, SYSTEM_TEAMPROJECT, BUILD_REPOSITORY_ID, SYSTEM_ACCESSTOKEN, as its pipelines name them. A comment is a thread.
import { Client, required } from "./client.mjs";

const VERSION = "api-version=7.1";
/** The thread is for reading: it must not wait for an answer. */
const CLOSED = 4;

export class Azure extends Client {
  constructor() {
    const collection = required("SYSTEM_COLLECTIONURI").replace(/\/$/, "");
    const project = `${collection}/${encodeURIComponent(required("SYSTEM_TEAMPROJECT"))}`;
    const headers = { authorization: `Bearer ${required("SYSTEM_ACCESSTOKEN")}` };
    super(`${project}/_apis/git/repositories/${required("BUILD_REPOSITORY_ID")}`, headers);
    this.collection = new Client(collection, headers);
  }

  async user() {
    return (await this.collection.call("GET", `/_apis/connectionData?${VERSION}-preview`)).authenticatedUser.id;
  }

  async comments(number) {
    const { value } = await this.call("GET", `/pullRequests/${number}/threads?${VERSION}`);
    return value
      .filter(({ isDeleted, comments }) => !isDeleted && comments?.[0] && !comments[0].isDeleted)
      .map(({ id, comments }) => ({ id, body: comments[0].content ?? "", user: comments[0].author?.id }));
  }

  create(number, body) {
    const comments = [{ parentCommentId: 0, content: body, commentType: 1 }];
    return this.call(
      "POST",
      `/pullRequests/${number}/threads?${VERSION}`,
      { comments, status: CLOSED },
      { once: true },
    );
  }

  update(number, id, body) {
    return this.call("PATCH", `/pullRequests/${number}/threads/${id}/comments/1?${VERSION}`, { content: body });
  }
}
