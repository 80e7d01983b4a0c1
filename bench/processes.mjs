// Runs a command and looks at what the processes below it take: CPU and memory of the plugins that Terraform starts. Linux only; elsewhere zeros.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** Clock ticks of /proc per second. */
const TICKS = 100;
const LOOK_EVERY_MS = 20;

/**
 * @returns wall time in seconds, and of all plugin processes together the CPU seconds, of the largest the peak memory in MB
 * @throws when the command ends with another code than `expected`
 */
export async function measure(command, args, { cwd, env, expected = 0 }) {
  const started = performance.now();
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const plugins = new Map();
  const look = () => {
    for (const pid of childrenOf(child.pid)) {
      const seen = usageOf(pid);
      // A process that is ending has no memory any more.
      if (seen !== null) plugins.set(pid, { ...seen, memory: Math.max(seen.memory, plugins.get(pid)?.memory ?? 0) });
    }
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  clearInterval(timer);
  const seconds = (performance.now() - started) / 1000;
  if (code !== expected) throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${output.slice(-3000)}`);
  const all = [...plugins.values()];
  return {
    seconds,
    pluginCpu: all.reduce((sum, { cpu }) => sum + cpu, 0),
    pluginMemory: Math.max(0, ...all.map(({ memory }) => memory)),
  };
}

function childrenOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(" ").filter(Boolean),
    );
  } catch {
    return [];
  }
}

function usageOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "0";
    return { cpu: (Number(fields[11]) + Number(fields[12])) / TICKS, memory: Number(peak) / 1024 };
  } catch {
    // It has ended between the two looks.
    return null;
  }
}
