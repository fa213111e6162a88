import type { Context } from '../page/context.ts';
import type { HttpRequest } from '../page/exchange.ts';
import type { Operation } from '../page/operations.ts';
import type { TargetRequest } from '../target/index.ts';
import type { Stimulus } from './stimulus.ts';

/** Something that was sent, judged or not. */
export interface Sent {
  /** What was asked of the target, and is again to send it once more. */
  readonly asked: TargetRequest;
  /** What went out, without secrets. */
  readonly request: HttpRequest;
  readonly isAccepted: boolean;
  /** The URN that creating the function answered. */
  readonly createdUrn?: string;
  /** The version that publishing answered. */
  readonly version?: string;
  readonly context: Context;
  readonly operation: Operation | undefined;
  /** The function that it is about. */
  readonly name: string | undefined;
  /** What it was sent together with. */
  readonly volley: object | undefined;
  readonly stimulus: Stimulus | undefined;
  /** Before everything that begins later. */
  readonly begun: number;
  /** Before everything that begins after it ended. */
  readonly ended: number;
}
