// Prints what the changelog says of a version, for the notes of its release: `node scripts/release-notes.mjs v1.2.3`.
// Fails where tag, manifest and changelog do not speak of one version, or where something is left under [Unreleased].
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { TaskFailure } from "./tasks/failure.mjs";
import { ROOT } from "./tasks/root.mjs";

/** @throws {TaskFailure} with what to do */
export function releaseNotes(tag, version, changelog) {
  if (tag !== `v${version}`) {
    throw new TaskFailure(`The tag is ${tag}, and package.json says ${version}: release the version that it says.`);
  }
  const sections = new Map(
    changelog
      .split(/^## /m)
      .slice(1)
      .map((section) => {
        const [heading, ...rest] = section.split("\n");
        return [/^\[(.*?)\]/.exec(heading)?.[1] ?? heading, rest.join("\n").trim()];
      }),
  );
  const notes = sections.get(version);
  if (notes === undefined || notes === "") {
    throw new TaskFailure(`CHANGELOG.md says nothing of ${version}: give what is under [Unreleased] that heading.`);
  }
  if (sections.get("Unreleased")) {
    throw new TaskFailure(
      `CHANGELOG.md has changes under [Unreleased]: they would be in ${version} and not in its notes.`,
    );
  }
  return `${notes}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  try {
    process.stdout.write(releaseNotes(process.argv[2], version, readFileSync(join(ROOT, "CHANGELOG.md"), "utf8")));
  } catch (error) {
    if (!(error instanceof TaskFailure)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
