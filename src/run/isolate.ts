import { plainConfiguration } from '../generate/plain-configuration.ts';
import type { Configuration } from '../page/configuration.ts';
import { isObject } from '../page/formats.ts';
import { valueAt, withValueAt } from '../page/paths.ts';
import { configurationMembers, memberPath } from '../page/rules/echo.ts';
import { changeableMembers, changeConfiguration, configureAsyncNotification } from '../target/index.ts';
import { arrange } from './arrange.ts';
import type { FunctionUnderTest } from './function-under-test.ts';
import type { Session } from './session.ts';

/** A configuration with an everyday value for each member that needs no other resource. */
export function typical(session: Session): Configuration {
  const nonce = session.nonce();
  return {
    ...plainConfiguration(session.name(), nonce),
    description: 'a function of the conformance suite',
    user_data: JSON.stringify({ stage: 'test' }),
    initializer_handler: 'index.initializer',
    initializer_timeout: 30,
    pre_stop_handler: 'index.preStop',
    pre_stop_timeout: 30,
    strategy_config: { concurrency: 10, concurrent_num: 2 },
  };
}

/** Members that only creating a function can set. */
const AT_CREATION =
  /^(?:func_name|package|runtime|type|code_\w+|func_code\..*|depend_version_list|dependencies)$/;

/** Members that have an everyday value in `typical`, or none at all: the rest follow from these. */
const paths = configurationMembers().map(memberPath);

/**
 * Finds which member of a refused configuration the target refuses: each member that differs from an
 * accepted configuration is tried alone, so that a refusal can be pinned on it. What is found is judged as
 * it is sent.
 */
export async function isolate(session: Session, refused: Configuration): Promise<void> {
  const base = typical(session);
  const arrangement = await arrange(session, base);
  if (!arrangement.ok) return;
  const accepted = arrangement.function;
  for (const path of paths) {
    const value = valueAt(refused, path);
    if (value === undefined || isSame(value, valueAt(accepted.configuration, path))) continue;
    await tryAlone(session, accepted, path, value);
  }
  await accepted.remove();
}

async function tryAlone(
  session: Session,
  base: FunctionUnderTest,
  path: string,
  value: unknown,
): Promise<void> {
  const suspects = [path];
  const context = { ...base.context(), suspects };
  if (path === 'func_name' || path.startsWith('func_code.')) return;
  if (AT_CREATION.test(path)) {
    // What strategy a function may have depends on its type.
    const { strategy_config: _strategy, ...creatable } = typical(session);
    const arrangement = await arrange(
      session,
      { ...creatable, ...withValueAt({}, path, value) },
      { suspects },
    );
    if (arrangement.ok) await arrangement.function.remove();
    return;
  }
  if (path.startsWith('function_async_config.')) {
    const settings = withValueAt({}, path, value).function_async_config;
    if (isObject(settings)) await configureAsyncNotification(session.target, base.urn, settings, context);
    return;
  }
  await changeConfiguration(
    session.target,
    base.urn,
    changeableMembers(withValueAt(base.configuration, path, value)),
    context,
  );
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
