/** Changes to a function under test: each answers whether the target took it. */

import type { Configuration } from '../page/configuration.ts';
import { configuringOperation } from '../page/configuring.ts';
import {
  changeableMembers,
  changeCode,
  changeConfiguration,
  changeStrategy,
  isAccepted,
  setMaximumInstances,
} from '../target/index.ts';
import type { KnownState } from './known-state.ts';
import type { Session } from './session.ts';

/** A function, and what is known of it. */
export interface Followed {
  readonly session: Session;
  /** Long form, without version. */
  readonly urn: string;
  readonly known: KnownState;
}

const CONFLICT = 409;

/** Changes members of its configuration. */
export async function change(followed: Followed, members: Partial<Configuration>): Promise<boolean> {
  const { session, urn, known } = followed;
  const wanted = { ...known.configuration, ...members };
  const sent = changeableMembers(wanted);
  const context = { ...known.context(), suspects: Object.keys(members) };
  if (wanted.strategy_config === undefined) {
    const { exchange } = await changeConfiguration(session.target, urn, sent, context);
    if (!isAccepted(exchange)) return false;
    known.changed(wanted, false);
    return true;
  }
  // Limiting the instances leaves a concurrency alone, beside which services may demand concurrent_num.
  const { exchange, strategy } = await changeStrategy(
    session.target,
    urn,
    sent,
    wanted.strategy_config,
    context,
  );
  if (!isAccepted(exchange)) return false;
  // At the edge: what was sent, in the form that the target takes.
  known.changed({ ...wanted, strategy_config: strategy as typeof wanted.strategy_config }, false);
  return true;
}

/** Changes its configuration by a request that has the mandatory members alone. */
export async function changeBarely({ session, urn, known }: Followed): Promise<boolean> {
  const { configuration } = known;
  const { mandatory = [], carries = [] } = configuringOperation('change configuration') ?? {};
  const sent = only(configuration, mandatory);
  const { exchange } = await changeConfiguration(session.target, urn, sent, known.context());
  if (!isAccepted(exchange)) return false;
  // What was left out is kept or unset, and nobody knows which.
  const fixed = Object.keys(configuration).filter(name => !carries.some(each => each === name));
  known.changed(only(configuration, [...fixed, ...mandatory]), false);
  return true;
}

/** Uploads new code, so that there is something to publish; where it has none inline, changes its description. */
export async function touch(followed: Followed): Promise<boolean> {
  const { session, known } = followed;
  const source = `exports.handler = async () => ${JSON.stringify(session.nonce())};`;
  const isInline = (known.configuration.code_type ?? 'inline') === 'inline';
  if (isInline && (await uploadCode(followed, source))) return true;
  return change(followed, { description: `changed ${session.nonce()}` });
}

/** Sets its maximum instances, which a version reports as its concurrency. */
export async function limitInstances({ session, urn, known }: Followed, instances: number): Promise<boolean> {
  const { exchange } = await setMaximumInstances(session.target, urn, instances, known.context());
  if (!isAccepted(exchange)) return false;
  // What that makes of concurrent_num is up to the service.
  known.changed({ ...known.configuration, strategy_config: { concurrency: instances } }, false);
  return true;
}

async function uploadCode({ session, urn, known }: Followed, source: string): Promise<boolean> {
  const code = {
    code_type: 'inline',
    func_code: { file: Buffer.from(source).toString('base64') },
  } as const;
  const { exchange } = await changeCode(session.target, urn, code, known.context());
  // The code is new: what conflicts with it is the same request, whose answer was lost.
  if (!isAccepted(exchange) && exchange.response?.status !== CONFLICT) return false;
  known.changed({ ...known.configuration, ...code }, true);
  return true;
}

function only(members: Partial<Configuration>, names: readonly string[]): Partial<Configuration> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => names.includes(name)));
}
