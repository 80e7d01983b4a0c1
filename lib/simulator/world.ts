// The state behind the simulated API (zenlayer-api A.2): machines, orders, account, keys, catalogue and clock.
import { type Catalogue, defaultCatalogue } from "./catalogue";
import { type ClockOptions, VirtualClock } from "./clock";
import { SimulatorError } from "./errors";
import { defaultKnobs, type Knobs } from "./knobs";
import type { AccessKey, AccessToken, Account, Machine, Order } from "./types";

export class World {
  readonly clock: VirtualClock;
  readonly knobs: Knobs;
  readonly catalogue: Catalogue = defaultCatalogue();
  readonly machines = new Map<string, Machine>();
  readonly orders: Order[] = [];
  readonly account: Account = {
    accountUid: "800000000000000001",
    cash: 10_000,
    credit: 0,
    frozen: 0,
    transactions: [],
  };
  readonly keys: AccessKey[] = [];
  readonly tokens: AccessToken[] = [];
  private readonly ordersByNumber = new Map<string, Order>();
  private nextOrder = 2_026_000_000_000_001;
  private nextInstance = 1;

  constructor(options: { readonly clock?: ClockOptions; readonly knobs?: Partial<Knobs> } = {}) {
    this.clock = new VirtualClock(options.clock);
    this.knobs = { ...defaultKnobs(), ...options.knobs };
  }

  machine(instanceId: string): Machine {
    const machine = this.machines.get(instanceId);
    if (machine === undefined) throw new SimulatorError(`The simulator has no machine ${instanceId}.`);
    return machine;
  }

  /** An id of 18 digits that no machine has. */
  newInstanceId(): string {
    let id: string;
    do {
      id = `9001${String(this.nextInstance++).padStart(14, "0")}`;
    } while (this.machines.has(id));
    return id;
  }

  /** Orders of purchases have a number too, but are no change of a machine. */
  newOrderNumber(): string {
    return String(this.nextOrder++);
  }

  addOrder(order: Omit<Order, "number" | "time">): Order {
    const added: Order = { number: this.newOrderNumber(), ...order, time: this.clock.now().toISOString() };
    this.orders.push(added);
    this.ordersByNumber.set(added.number, added);
    return added;
  }

  order(number: string | null): Order | undefined {
    return number === null ? undefined : this.ordersByNumber.get(number);
  }

  /** Forgets the orders so far. Numbers are not given twice. */
  clearOrders(): void {
    this.orders.length = 0;
    this.ordersByNumber.clear();
  }
}
