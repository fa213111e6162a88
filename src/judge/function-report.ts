import { configuration } from '../page/configuration.ts';
import type { Exchange } from '../page/exchange.ts';
import { isObject } from '../page/formats.ts';
import { isAbsent } from '../page/paths.ts';
import { setMembers } from '../page/set-members.ts';
import { objectIn } from './read-exchange.ts';

type Members = Readonly<Record<string, unknown>>;

/** What every function has: an answer without one of these is no whole report of it. */
const ALWAYS_THERE = configuration.required.filter(name => name !== 'package');

/** What a function reports of its configuration in a 200 answer; `undefined` for an answer that is no whole report. */
export function functionReportIn(exchange: Exchange): Members | undefined {
  if (exchange.response?.status !== 200 || exchange.failure !== undefined) return undefined;
  const body = objectIn(exchange);
  if (!isObject(body) || ALWAYS_THERE.some(name => isAbsent(body[name]))) return undefined;
  return setMembers(onlyConfigured(body), configuration);
}

/** In the order of the page, so that two reports can be compared as texts. */
function onlyConfigured(body: Members): Members {
  const names = Object.keys(configuration.properties).filter(name => Object.hasOwn(body, name));
  return Object.fromEntries(names.map(name => [name, body[name]]));
}
