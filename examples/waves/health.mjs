// Asks each changed machine whether it is well, at HEALTH_URL with {name} for its name: exit code 1 stops the rollout.
// Without HEALTH_URL it only says what it would have asked, so that the example runs on simulated machines.
const { env } = process;

// One machine has variables of its own, several come in one list, and a list too long for one variable comes in parts.
function namesOfMachines() {
  if (env.ZENLAYER_INSTANCE_NAME !== undefined) return [env.ZENLAYER_INSTANCE_NAME];
  const parts = Array.from(
    { length: Number(env.ZENLAYER_MACHINES_COUNT ?? 0) },
    (_, index) => env[`ZENLAYER_MACHINES_${index + 1}`],
  );
  return JSON.parse(env.ZENLAYER_MACHINES ?? parts.join("")).map((machine) => machine.instance_name);
}

for (const name of namesOfMachines()) {
  if (!env.HEALTH_URL) {
    console.log(`${name}: HEALTH_URL is not set, nothing was asked`);
    continue;
  }
  const answer = await fetch(env.HEALTH_URL.replace("{name}", encodeURIComponent(name)));
  console.log(`${name}: ${answer.status}`);
  if (!answer.ok) process.exitCode = 1;
}
