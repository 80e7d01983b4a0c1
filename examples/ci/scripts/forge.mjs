// What the recipes need of a forge: one comment per page that is updated in place, and the approval of a merged request. Plain Node, no dependency.
//
//   node forge.mjs comment FILE...               posts pages of `cdktf-zenlayer review`; a file that does not exist is passed over
//   node forge.mjs request                       prints the number of the open request whose last commit is COMMIT
//   node forge.mjs store STACK FILE              keeps the approval of COMMIT (GitLab; on GitHub the workflow uploads it as an artifact)
//   node forge.mjs approval STACK FILE           writes the approval of the request by which COMMIT came into the main branch; fails when it is used up
//   node forge.mjs applied STACK                 uses the approval up (GitLab; on GitHub the environment of the job does)
//
// COMMIT is the commit in question; REQUEST the number of the pull or merge request, else it is found by COMMIT. BEFORE: where the main branch was
// before the push. ENVIRONMENT: where it is deployed, `production/STACK` by default. SKIP_QUIET: post nothing where there is nothing to do.
// The forge is found by its own variables, or named in FORGE: github, gitlab, bitbucket, azure; forges/ says which variables it needs.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Refused, required } from "./forges/client.mjs";

const { env } = process;
const MARKER = /^(?:<!-- (cdktf-zenlayer:\S+) -->|\[\/\/\]: # \((cdktf-zenlayer:\S+)\))$/;

async function connect() {
  switch (env.FORGE || detected()) {
    case "gitlab":
      return new (await import("./forges/gitlab.mjs")).GitLab();
    case "bitbucket":
      return new (await import("./forges/bitbucket.mjs")).Bitbucket();
    case "azure":
      return new (await import("./forges/azure.mjs")).Azure();
    default:
      return new (await import("./forges/github.mjs")).GitHub();
  }
}

function detected() {
  if (env.CI_PROJECT_ID) return "gitlab";
  if (env.BITBUCKET_REPO_SLUG) return "bitbucket";
  return env.SYSTEM_TEAMPROJECT ? "azure" : "github";
}

async function numberOf(forge) {
  if (env.REQUEST) return env.REQUEST;
  const commit = required("COMMIT");
  return (await forge.open(commit)) ?? (await forge.merged(commit, env.BEFORE))[0]?.number;
}

async function comment(forge, files) {
  const number = await numberOf(forge);
  if (number === undefined) {
    console.log("No request belongs to this commit: nothing was posted.");
    return;
  }
  const refused = [];
  for (const file of files.filter((name) => existsSync(name))) {
    const body = readFileSync(file, "utf8");
    try {
      await post(forge, number, file, body);
    } catch (error) {
      // The next page may be taken. What cannot be posted stands in the log of the job, which then fails.
      console.log(body);
      refused.push(`${file}: ${error.message}`);
    }
  }
  if (refused.length > 0) throw new Error(`not posted, and printed above instead: ${refused.join("; ")}`);
}

async function post(forge, number, file, body) {
  const [first = ""] = body.split("\n", 1);
  const marker = MARKER.exec(first.trim());
  if (marker === null) throw new Error(`${file} does not begin with a marker of a review`);
  const mark = marker[1] ?? marker[2];
  // A comment of somebody else with the same marker is not ours: its author could edit it afterwards.
  const user = await forge.user();
  const ours = (await forge.comments(number)).find((each) => each.user === user && markOf(each.body) === mark);
  const isQuiet = existsSync(join(dirname(file), "quiet"));
  if (ours === undefined) {
    if (!env.SKIP_QUIET || !isQuiet) await forge.create(number, body);
    return;
  }
  try {
    await forge.update(number, ours.id, body);
  } catch (error) {
    // Deleted since it was listed.
    if (!(error instanceof Refused) || error.status !== 404) throw error;
    await forge.create(number, body);
  }
}

function markOf(body) {
  const marker = MARKER.exec((body.split("\n", 1)[0] ?? "").trim());
  return marker === null ? null : (marker[1] ?? marker[2]);
}

async function approval(forge, stack, file) {
  const commit = required("COMMIT");
  const requests = await forge.merged(commit, env.BEFORE);
  if (requests.length === 0) throw new Error(`${commit} did not come by a request, so nothing was approved`);
  if (requests.length > 1)
    throw new Error(
      `requests ${requests.map(({ number }) => number).join(", ")} came in one push: each was reviewed alone. Let the merge queue merge groups of one, and apply them one after the other`,
    );
  if (await forge.isApplied(environmentOf(stack), commit))
    throw new Error(
      `${commit} has been applied to ${stack} already: its approval is used up. What is planned now needs a request of its own`,
    );
  const [{ number, head }] = requests;
  const text = await forge.approval(stack, head);
  if (text === null) throw new Error(`request ${number} has no approval of ${stack} at its last commit ${head}`);
  // Not passed on unless it is what it should be.
  const { digest } = JSON.parse(text);
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) throw new Error(`the approval of request ${number} has no digest`);
  writeFileSync(file, text);
  console.log(digest);
}

function environmentOf(stack) {
  return env.ENVIRONMENT || `production/${stack}`;
}

const [command, ...args] = process.argv.slice(2);
const COMMANDS = {
  comment: (forge) => comment(forge, args),
  request: async (forge) => {
    const number = await forge.open(required("COMMIT"));
    if (number === undefined) throw new Error(`no open request of this repository ends with ${env.COMMIT}`);
    console.log(Number(number));
  },
  store: (forge) => forge.storeApproval(args[0], required("COMMIT"), readFileSync(args[1], "utf8")),
  approval: (forge) => approval(forge, args[0], args[1]),
  applied: (forge) => forge.recordApplied(environmentOf(args[0]), required("COMMIT")),
};
try {
  const run = COMMANDS[command];
  if (run === undefined) throw new Error(`choose one of ${Object.keys(COMMANDS).join(", ")}`);
  await run(await connect());
} catch (error) {
  console.error(`forge.mjs: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
