// Asks each changed machine whether it is well, at HEALTH_URL with {name} for its name: exit code 1 stops the rollout.
// Without HEALTH_URL it only says what it would have asked, so that the example runs on simulated machines.
const { HEALTH_URL, ZENLAYER_MACHINES, ZENLAYER_INSTANCE_NAME } = process.env;
const names = ZENLAYER_MACHINES
  ? JSON.parse(ZENLAYER_MACHINES).map((machine) => machine.instance_name)
  : [ZENLAYER_INSTANCE_NAME];

for (const name of names) {
  if (!HEALTH_URL) {
    console.log(`${name}: HEALTH_URL is not set, nothing was asked`);
    continue;
  }
  const answer = await fetch(HEALTH_URL.replace("{name}", encodeURIComponent(name)));
  console.log(`${name}: ${answer.status}`);
  if (!answer.ok) process.exitCode = 1;
}
