import type { Configuration } from '../page/configuration.ts';
import type { Context } from '../page/context.ts';
import type { FullFunctionUrn } from '../page/urn.ts';
import type { Answered, AskedVersion, Entries, Published, PublishOptions } from '../target/index.ts';

/** A function on the target, with what is known of its state: every exchange is judged in that light. */
export interface FunctionUnderTest {
  /** Long form, without version. */
  readonly urn: string;
  readonly parts: FullFunctionUrn;
  readonly configuration: Partial<Configuration>;
  /** How often a version was published and accepted. */
  readonly publications: number;
  /** How many versions of this run it has, or may have. */
  readonly versions: number;
  /** What is known of it now. */
  context(): Context;
  /** Publishes with this body; see `publish` of the target. */
  publish(body: unknown, options?: FunctionPublishOptions): Promise<Published>;
  /** Makes an exchange that may publish what is asked for, in another way than `publish` does. */
  attend<Result extends Partial<Answered>>(asked: AskedVersion, send: () => Promise<Result>): Promise<Result>;
  /** Uploads new code, so that there is something to publish. */
  touch(): Promise<boolean>;
  /** Changes members of its configuration; answers whether the target took them. */
  change(members: Partial<Configuration>): Promise<boolean>;
  /** Changes its configuration by a request that has the mandatory members alone; answers whether the target took it. */
  changeBarely(): Promise<boolean>;
  /** Sets its maximum instances, which a version reports as its concurrency. */
  limitInstances(instances: number): Promise<boolean>;
  /**
   * Reads the version list, judged against what was published.
   *
   * @param options `toItsEnd`: also where all that was published is listed before
   */
  list(context?: Context, options?: { readonly toItsEnd: boolean }): Promise<Entries>;
  /** Reads the configuration of `latest`. */
  read(context?: Context): Promise<Readonly<Record<string, unknown>> | undefined>;
  /** Answers whether it is gone. */
  remove(): Promise<boolean>;
  /** Deletes its oldest published version, if there is one. */
  removeVersion(): Promise<void>;
}

export interface FunctionPublishOptions extends Omit<PublishOptions, 'context'> {
  /** In place of the long URN: a short form, or a URN with a version. */
  readonly urn?: string;
  /** What differs from the known state. */
  readonly context?: Context;
}
