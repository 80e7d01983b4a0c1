// Says what changed. Everything comes in the environment: a machine's name can never become a part of the command.
const { ZENLAYER_INSTANCE_NAME, ZENLAYER_FROM, ZENLAYER_TO, ZENLAYER_ORDER_NUMBERS } = process.env;
const from = JSON.parse(ZENLAYER_FROM);
const changes = Object.entries(JSON.parse(ZENLAYER_TO)).map(([axis, to]) => `${axis} ${from[axis]} -> ${to}`);
const orders = JSON.parse(ZENLAYER_ORDER_NUMBERS);
console.log(
  changes.length === 0
    ? `${ZENLAYER_INSTANCE_NAME}: watched from now on`
    : `${ZENLAYER_INSTANCE_NAME}: ${changes.join(", ")} (orders: ${orders.join(", ") || "none"})`,
);
