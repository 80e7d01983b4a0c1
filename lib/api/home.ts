// The home directory, which not every user has: a container's user id may have no name, and HOME may be empty or relative.
import { homedir } from "node:os";
import { isAbsolute } from "node:path";

/**
 * Absolute path of the user's home directory, null when there is none. An empty or relative one counts as none: below it, files of the
 * working directory would be taken for the user's own.
 *
 * @param find - @default HOME (USERPROFILE on Windows), else what the system knows of the user
 */
export function homeDirectory(find: () => string = homedir): string | null {
  try {
    const home = find();
    return isAbsolute(home) ? home : null;
  } catch {
    // Without HOME Node asks for the user's entry, and fails when the user has none.
    return null;
  }
}
