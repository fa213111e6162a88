/** A value outside what the page documents for one member of a configuration. */
export interface OutsideValue {
  /** As in `refusablePaths`: `strategy_config.concurrency`. */
  readonly path: string;
  /** `undefined` for a member that is left out. */
  readonly value: unknown;
  /** `strategy_config.concurrency 1001`. */
  readonly title: string;
  /** Valid members, by path, without which the value would say nothing. */
  readonly beside: Readonly<Record<string, unknown>>;
  /** `outside` is to be refused; with `either`, services take it and refuse it. */
  readonly standing: 'outside' | 'either';
}
