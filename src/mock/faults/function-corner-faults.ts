import { changedAt } from './changed-at.ts';
import { type Fault, fault, reporting } from './fault.ts';

/** Faults that show only for some functions, and other ways of writing what is reported. */
export const functionCornerFaults: readonly Fault[] = [
  reporting(
    'v1-concurrency-out-of-range',
    'concurrency of a v1 function is -2',
    ['body.strategy_config.concurrency.range'],
    version =>
      version.type === 'v1' ? changedAt(version, 'strategy_config.concurrency', () => -2) : version,
  ),
  reporting(
    'go-handler-in-upper-case',
    'the handler of a Go function is in upper case',
    ['body.handler.echo'],
    version =>
      version.runtime === 'Go1.x'
        ? changedAt(version, 'handler', text => String(text).toUpperCase())
        : version,
  ),
  reporting(
    'image-without-handler',
    'a Custom Image function has no handler',
    ['body.handler.present'],
    version => {
      if (version.runtime !== 'Custom Image') return version;
      const { handler: _handler, ...rest } = version;
      return rest;
    },
  ),
  reporting(
    'php-size-as-text',
    'code_size of a PHP function is a string',
    ['body.code_size.type'],
    version =>
      version.runtime === 'PHP7.3' ? { ...version, code_size: String(version.code_size) } : version,
  ),
  reporting(
    'agencies-swapped',
    'xrole and app_xrole are swapped',
    ['body.xrole.echo', 'body.app_xrole.echo'],
    version =>
      version.xrole === undefined || version.app_xrole === undefined
        ? version
        : { ...version, xrole: version.app_xrole, app_xrole: version.xrole },
  ),
  reporting('digest-is-sha-256', 'digest has 64 digits', ['body.digest.format'], version => ({
    ...version,
    digest: String(version.digest).slice(0, 64),
  })),
  reporting('last-modified-in-epoch', 'last_modified is a number', ['body.last_modified.type'], version => ({
    ...version,
    last_modified: Date.parse(`${version.last_modified}Z`),
  })),
  reporting(
    'last-modified-without-padding',
    'last_modified has no leading zeros and no seconds',
    ['body.last_modified.format'],
    version =>
      changedAt(version, 'last_modified', time =>
        String(time)
          .slice(0, -3)
          .replaceAll(/(?<=[- ])0/g, ''),
      ),
  ),
  fault('version-of-unreal-date', 'an automatic version name has a month 13', ['body.version.format'], {
    versionName: (name, { requestedName }) => requestedName ?? `${name.slice(0, 5)}13${name.slice(7)}`,
  }),
];
