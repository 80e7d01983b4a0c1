// The control interface under /control/…: drives a simulator that runs as a process, as JSON without a signature.
import { notJson } from "./doors";
import { SimulatorError } from "./errors";
import { type Fault, FAULTS, isFaultKind } from "./faults";
import { type Body, isObject, isText } from "./fields";
import { isAmount, parseMachine } from "./fleet-file";
import { setKnob } from "./knobs";
import type { Answer, ReceivedCall } from "./pipeline";
import type { Simulator } from "./simulator";

type Route = (simulator: Simulator, body: Body, stop: () => void) => unknown;

const timeOf = ({ clock }: Simulator): Body => ({ time: clock.now().toISOString() });

const GET: Readonly<Record<string, Route>> = {
  state: (simulator) => ({
    endpoint: simulator.endpoint,
    ...timeOf(simulator),
    speed: simulator.clock.speed,
    machines: simulator.machines,
    account: simulator.account,
    knobs: simulator.knobs,
    faults: simulator.faults,
    catalogue: simulator.catalogue,
  }),
  requests: (simulator) => simulator.requests,
  orders: (simulator) => simulator.orders,
};

const POST: Readonly<Record<string, Route>> = {
  advance: (simulator, body) => {
    const { by } = body;
    if (typeof by !== "number" && !isText(by))
      throw new SimulatorError('by: give milliseconds or a text such as "30d".');
    simulator.advance(by);
    return timeOf(simulator);
  },
  "roll-cycle": (simulator, body) => {
    simulator.rollCycle(optionalText(body, "instanceId"));
    return timeOf(simulator);
  },
  renew: (simulator, body) => simulator.renew(neededText(body, "instanceId", "the id of a PREPAID machine")),
  settle: (simulator, body) => {
    simulator.settle(optionalText(body, "instanceId"));
    return timeOf(simulator);
  },
  pay: (simulator, body) => {
    const number = neededText(body, "orderNumber", "the number of an unpaid order");
    simulator.payOrder(number);
    return simulator.orders.find((order) => order.number === number);
  },
  knobs: (simulator, body) => {
    const changed = { ...simulator.knobs };
    for (const [name, value] of Object.entries(body)) setKnob(changed, name, value);
    return Object.assign(simulator.knobs, changed);
  },
  faults: (simulator, body) => {
    if (body["clear"] === true) simulator.clearFaults();
    else simulator.fault(parseFault(body));
    return simulator.faults;
  },
  machines: (simulator, body) => {
    const { remove, ...spec } = body;
    const id = optionalText(spec, "instanceId");
    if (remove === true) {
      simulator.removeMachine(id ?? "");
      return { removed: id };
    }
    const description = parseMachine(spec, "machine");
    if (id === undefined || !simulator.machines.some((machine) => machine.instanceId === id)) {
      return simulator.addMachine(description);
    }
    const { instanceId: _id, product: _product, ...change } = description;
    return simulator.changeOutOfBand(id, change);
  },
  prices: (simulator, body) => {
    for (const [type, price] of Object.entries(body)) simulator.setPrice(type, amount(type, price));
    return {};
  },
  account: (simulator, body) => {
    for (const name of Object.keys(body)) {
      if (name !== "cash" && name !== "credit" && name !== "frozen")
        throw new SimulatorError(`${name}: give cash, credit or frozen.`);
      simulator.account[name] = amount(name, body[name]);
    }
    return simulator.account;
  },
  clear: (simulator) => {
    simulator.clearRequests();
    simulator.clearOrders();
    simulator.clearFaults();
    return {};
  },
  stop: (_simulator, _body, stop) => {
    // After the answer is out.
    setTimeout(stop, 20);
    return { stopped: true };
  },
};

/** The routes, for documentation tests. */
export const CONTROL_ROUTES: readonly string[] = [
  ...Object.keys(GET).map((name) => `GET /control/${name}`),
  ...Object.keys(POST).map((name) => `POST /control/${name}`),
];

/** Answers one control call. Mistakes are 400 with a sentence in `error`. */
export function control(simulator: Simulator, call: ReceivedCall, stop: () => void): Answer {
  const name = (call.path.split("?")[0] ?? "").slice("/control/".length);
  const routes = call.method === "GET" ? GET : call.method === "POST" ? POST : {};
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (route === undefined) {
    return answer(404, { error: `There is no ${call.method} ${call.path}. There are: ${CONTROL_ROUTES.join(", ")}.` });
  }
  const refusal = call.method === "POST" ? notJson(call) : null;
  if (refusal !== null) return refusal;
  try {
    return answer(200, route(simulator, parseBody(call.body), stop));
  } catch (error) {
    if (error instanceof SimulatorError) return answer(400, { error: error.message });
    throw error;
  }
}

function parseBody(bytes: Buffer): Body {
  const text = bytes.toString("utf8").trim();
  if (text === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SimulatorError("The body is not JSON.");
  }
  if (!isObject(value)) throw new SimulatorError("The body must be a JSON object.");
  return value;
}

function parseFault(body: Body): Fault {
  if (!isFaultKind(body["kind"])) {
    throw new SimulatorError(
      `kind: ${JSON.stringify(body["kind"]) ?? "nothing"} is no fault. Faults: ${Object.keys(FAULTS).join(", ")}.`,
    );
  }
  for (const name of ["times", "skip", "milliseconds"]) {
    if (body[name] !== undefined) amount(name, body[name]);
  }
  const { orderNumber } = body;
  if (orderNumber !== undefined && !["text", "number", "list"].includes(orderNumber as string)) {
    throw new SimulatorError(`orderNumber: ${JSON.stringify(orderNumber)} is not text, number or list.`);
  }
  return body as unknown as Fault;
}

function optionalText(body: Body, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || isText(value)) return value;
  throw new SimulatorError(`${name}: ${JSON.stringify(value)} is not a text; ids are texts.`);
}

function neededText(body: Body, name: string, what: string): string {
  const value = optionalText(body, name);
  if (value === undefined) throw new SimulatorError(`${name}: give ${what}.`);
  return value;
}

function amount(name: string, value: unknown): number {
  if (isAmount(value)) return value;
  throw new SimulatorError(`${name}: ${JSON.stringify(value)} is not a number ≥ 0.`);
}

function answer(status: number, value: unknown): Answer {
  const body = JSON.stringify(value, (_name, item: unknown) => (item === Infinity ? "Infinity" : item));
  const headers = { "content-type": "application/json", "cross-origin-resource-policy": "same-origin" };
  return { kind: "send", status, headers, body: `${body}\n`, delay: 0 };
}
