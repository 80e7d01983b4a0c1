// The simulator as its users hold it: starts the server, and gives tests their hands on machines, clock, knobs and faults.
import type { Catalogue } from "./catalogue";
import { findModel, findVmType } from "./catalogue";
import type { ClockOptions, VirtualClock } from "./clock";
import { control } from "./control";
import { turnedAway } from "./doors";
import { parseDuration } from "./durations";
import { SimulatorError } from "./errors";
import { type Fault, type FaultHandle, FaultTable } from "./faults";
import { addMachine, changeMachine, type FleetSpec, type MachineSpec, type OutOfBandChange } from "./fleet";
import type { Knobs } from "./knobs";
import { Pipeline, type Answer, type ReceivedCall } from "./pipeline";
import { LoopbackServer } from "./server";
import { catchUp, catchUpAll, payOrder, renewEarly, settle } from "./transitions";
import type { AccessKey, AccessToken, Account, Machine, Order, RequestEntry } from "./types";
import { World } from "./world";

export interface SimulatorOptions {
  /** Machines at the start; default none. `sampleFleet()` gives eight. */
  readonly fleet?: FleetSpec | readonly MachineSpec[];
  /** Port on 127.0.0.1; default 0, any free one. */
  readonly port?: number;
  readonly clock?: ClockOptions;
  readonly knobs?: Partial<Knobs>;
  /** Default 10000 cash, no credit. */
  readonly account?: Partial<Account>;
  /** Access keys; the first is the one that `env()` gives. Default one key that may do everything. */
  readonly keys?: readonly AccessKey[];
  /** Access tokens. Default one that may do everything. */
  readonly tokens?: readonly AccessToken[];
  /** Called for every API call as it is logged. */
  readonly onRequest?: (entry: RequestEntry) => void;
  /** Called when somebody asks the control interface to stop; default: the simulator stops. */
  readonly onStop?: () => void;
}

const DEFAULT_KEY: AccessKey = { id: "AKSIMULATOR0000001", password: "simulator-password-0001" };
const DEFAULT_TOKEN: AccessToken = { value: "simulator-token-0001" };

/** Starts a simulator on loopback. Stop it with `stop()`. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = new Simulator(options);
  await simulator.listen(options.port ?? 0);
  return simulator;
}

export class Simulator {
  /** Every API call, oldest first. */
  readonly requests: RequestEntry[] = [];
  private readonly world: World;
  private readonly faultTable = new FaultTable();
  private readonly pipeline: Pipeline;
  private readonly server: LoopbackServer;
  private url = "";

  constructor(options: SimulatorOptions) {
    this.world = new World(options);
    this.world.keys.push(...(options.keys ?? [DEFAULT_KEY]).map((key) => ({ ...key })));
    this.world.tokens.push(...(options.tokens ?? [DEFAULT_TOKEN]).map((token) => ({ ...token })));
    const { fleet: given = [] } = options;
    const fleet: FleetSpec = "machines" in given ? given : { machines: given };
    for (const [type, price] of Object.entries(fleet.prices ?? {})) this.setPrice(type, price);
    Object.assign(this.world.account, fleet.account, options.account);
    for (const machine of fleet.machines) addMachine(this.world, machine);
    this.pipeline = new Pipeline(this.world, this.faultTable, (entry) => {
      this.requests.push(entry);
      options.onRequest?.(entry);
    });
    const stop = options.onStop ?? ((): void => void this.stop());
    this.server = new LoopbackServer((call) => {
      const refusal = turnedAway(call);
      if (refusal !== null) return refusal;
      return call.path.startsWith("/control/") ? control(this, call, stop) : this.answer(call);
    });
  }

  /** `http://127.0.0.1:PORT`. */
  get endpoint(): string {
    return this.url;
  }

  /** Id of the first key. */
  get accessKeyId(): string {
    return this.world.keys[0]?.id ?? "";
  }

  get accessKeyPassword(): string {
    return this.world.keys[0]?.password ?? "";
  }

  get token(): string {
    return this.world.tokens[0]?.value ?? "";
  }

  /** Environment variables with which the provider, the client and the official provider (which knows DOMAIN and SCHEME only) reach this simulator. */
  env() {
    return {
      ZENLAYER_ENDPOINT: this.endpoint,
      ZENLAYERCLOUD_DOMAIN: this.endpoint.replace("http://", ""),
      ZENLAYERCLOUD_SCHEME: "HTTP",
      ZENLAYERCLOUD_ACCESS_KEY_ID: this.accessKeyId,
      ZENLAYERCLOUD_ACCESS_KEY_PASSWORD: this.accessKeyPassword,
    };
  }

  clearRequests(): void {
    this.requests.length = 0;
  }

  /** The calls of the log that change a specification: Modify… of type, bandwidth and package, and Cancel…. */
  writes(): RequestEntry[] {
    return this.requests.filter((entry) =>
      /^(ModifyInstance(Type|Bandwidth|TrafficPackage)$|Cancel)/.test(entry.action),
    );
  }

  /** Every order, oldest first. */
  get orders(): readonly Order[] {
    catchUpAll(this.world);
    return this.world.orders;
  }

  /** Forgets the orders so far. */
  clearOrders(): void {
    this.world.clearOrders();
  }

  /** Mutable: cash, credit, frozen, transactions. */
  get account(): Account {
    return this.world.account;
  }

  /** Mutable list of access keys. */
  get keys(): AccessKey[] {
    return this.world.keys;
  }

  /** Mutable list of access tokens. */
  get tokens(): AccessToken[] {
    return this.world.tokens;
  }

  /** Mutable: every switch, see docs/simulator.md. */
  get knobs(): Knobs {
    return this.world.knobs;
  }

  /** Mutable: what is on sale where, and at which list price. */
  get catalogue(): Catalogue {
    return this.world.catalogue;
  }

  get clock(): VirtualClock {
    return this.world.clock;
  }

  /** All machines as they are now. */
  get machines(): readonly Machine[] {
    catchUpAll(this.world);
    return [...this.world.machines.values()];
  }

  /** One machine as it is now, mutable. Throws when there is none. */
  machine(instanceId: string): Machine {
    const machine = this.world.machine(instanceId);
    catchUp(this.world, machine);
    return machine;
  }

  addMachine(spec: MachineSpec = {}): Machine {
    return addMachine(this.world, spec);
  }

  /** The machine is gone, as if released. */
  removeMachine(instanceId: string): void {
    this.world.machine(instanceId);
    this.world.machines.delete(instanceId);
  }

  /** Somebody changed the machine in the console: no order, no charge, no rule. */
  changeOutOfBand(instanceId: string, change: OutOfBandChange): Machine {
    const machine = this.machine(instanceId);
    changeMachine(this.world, machine, change);
    return machine;
  }

  /** Moves the virtual clock on by milliseconds or a text such as "30d"; what becomes due happens. */
  advance(duration: number | string): void {
    parseDuration(duration);
    catchUpAll(this.world);
    this.world.clock.advance(duration);
    catchUpAll(this.world);
  }

  /** Moves the clock just past a machine's (or the latest) `expiredTime` and lets the plans apply. */
  rollCycle(instanceId?: string): void {
    const machines = instanceId === undefined ? this.machines : [this.machine(instanceId)];
    const ends = machines.flatMap(({ expiredTime }) => (expiredTime === null ? [] : [Date.parse(expiredTime)]));
    if (ends.length === 0) throw new SimulatorError("There is no billing cycle to roll over: no PREPAID machine.");
    this.world.clock.advanceTo(Math.max(...ends) + 1000);
    catchUpAll(this.world);
    settle(this.world, machines);
  }

  /**
   * Renews a PREPAID machine early, as in the console: its next term begins at `expiredTime`, is charged now, and `expiredTime` moves
   * on by the machine's `period`. May be done again and again, without asking whether the account can pay.
   */
  renew(instanceId: string): Machine {
    const machine = this.machine(instanceId);
    renewEarly(this.world, machine);
    return machine;
  }

  /** Completes everything in flight now. */
  settle(instanceId?: string): void {
    settle(this.world, instanceId === undefined ? undefined : [this.world.machine(instanceId)]);
  }

  /** Pays an order that stayed unpaid (knob `unpaidOrders`); its change starts. */
  payOrder(number: string): void {
    payOrder(this.world, number);
  }

  /** Overrides the list price per month of a VM type or BMC model. */
  setPrice(type: string, listPrice: number): void {
    const entry = findVmType(this.catalogue, type) ?? findModel(this.catalogue, type);
    if (entry === undefined)
      throw new SimulatorError(`prices.${type}: there is no such type or model in the catalogue.`);
    entry.listPrice = listPrice;
  }

  /** Sets a fault; it hits the next matching calls. */
  fault(fault: Fault): FaultHandle {
    return this.faultTable.add(fault);
  }

  /** The faults set, with their hits. */
  get faults(): readonly (Fault & { readonly hits: number })[] {
    return this.faultTable.list();
  }

  clearFaults(): void {
    this.faultTable.clear();
  }

  /** What the service answers to a call, without a server. @internal */
  answer(call: ReceivedCall): Answer {
    return this.pipeline.answer(call);
  }

  /** @internal */
  async listen(port: number): Promise<void> {
    this.url = `http://127.0.0.1:${await this.server.listen(port)}`;
  }

  /** Stops listening and ends all connections. May be called twice. */
  async stop(): Promise<void> {
    await this.server.stop();
  }
}
