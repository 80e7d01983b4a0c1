// The links of a Markdown document that should lead to a file beside it.

/** Targets without their anchors; code blocks and addresses of the web are no links of ours. */
export function relativeLinks(markdown: string): readonly string[] {
  const text = markdown.replace(/```[\s\S]*?```/g, "");
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^([a-z]+:|#)/.test(target))
    .map((target) => target.replace(/#.*$/, ""));
}
