// Patterns of action names: `*` stands for any characters.

export function matchesWildcard(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[^A-Za-z0-9]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(text);
}
