// What one connection of Terraform holds: configuration, stop signal and calls in progress. Never per process: in reattach mode one process
// serves every alias.
import type { CallContext, Logger, Provider, ValidateContext } from "../types";
import { CollectedDiagnostics, DiagnosticError } from "./diagnostics";

export class Connection<D = unknown> {
  private readonly controller = new AbortController();
  private configured: { readonly data: D } | null = null;
  private running = 0;
  private idle: (() => void)[] = [];

  public constructor(
    public readonly provider: Provider<D>,
    public readonly log: Logger,
  ) {}

  public get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Terraform is told to stop or has gone: running calls should come to a safe end. */
  public stop(): void {
    this.controller.abort();
  }

  /** The connection has gone; calls that still run keep the configuration until they end. */
  public async close(): Promise<void> {
    this.stop();
    await this.whenIdle();
    this.release();
  }

  public configure(data: D): void {
    this.release();
    this.configured = { data };
  }

  /** Counts a call while it runs. */
  public async track<T>(call: () => Promise<T>): Promise<T> {
    this.running += 1;
    try {
      return await call();
    } finally {
      this.running -= 1;
      if (this.running === 0) for (const resolve of this.idle.splice(0)) resolve();
    }
  }

  public get busy(): boolean {
    return this.running > 0;
  }

  /** Resolves when no call runs. */
  public whenIdle(): Promise<void> {
    return this.busy ? new Promise((resolve) => this.idle.push(resolve)) : Promise.resolve();
  }

  public validateContext(diagnostics: CollectedDiagnostics): ValidateContext {
    return { diagnostics, log: this.log };
  }

  public callContext(diagnostics: CollectedDiagnostics): CallContext<D> {
    const held = (): D => {
      if (this.configured !== null) return this.configured.data;
      throw new DiagnosticError(
        "The provider is not configured",
        `${this.provider.address} was asked to work before it received its configuration.`,
      );
    };
    return {
      get data() {
        return held();
      },
      signal: this.signal,
      diagnostics,
      log: this.log,
    };
  }

  private release(): void {
    const configured = this.configured;
    this.configured = null;
    if (configured === null) return;
    try {
      this.provider.close?.(configured.data);
    } catch (error) {
      this.log.error("closing the connection failed", { error });
    }
  }
}
