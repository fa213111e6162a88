import { broken, held, type Rule } from '../clause.ts';
import { isAutomaticVersion, isPlausibleVersion, looksAutomatic } from '../formats.ts';
import type { PublishedView } from '../views.ts';
import { inWords } from '../words.ts';
import { bodyOf } from './request-faults.ts';

/** A member of the request's body, blank ones left out. */
function requestMember(view: PublishedView, member: 'version' | 'description'): string | undefined {
  const value = bodyOf(view.request)[member];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Clauses of the version’s name and description. */
export const versionRules: readonly Rule<PublishedView>[] = [
  {
    id: 'body.version.format',
    subject: 'body.version',
    level: 'required',
    title: 'version is vYYYYMMDD-HHMMSS with a real date and time, the name asked for, or latest',
    source: { table: 'Table 4', row: 'version' },
    when: 'every 200 answer',
    ruling: 'The documented example says "latest". The time is the service’s local time, so any passes.',
    check: view => {
      const { version } = view.body;
      if (version === undefined) return null;
      if (version === 'latest' || isAutomaticVersion(version) || version === requestMember(view, 'version'))
        return held;
      // A bare body does not tell which name was asked for.
      if (!view.request.isKnown && !looksAutomatic(version)) return null;
      return broken(`version is ${version}; documented: vYYYYMMDD-HHMMSS, a real date and time`, '/version');
    },
  },
  {
    id: 'body.version.requested',
    subject: 'body.version',
    level: 'recommended',
    title: 'a version name that was asked for is the one that is reported',
    source: { table: 'Table 3', row: 'version' },
    when: 'every 200 answer to a request with a version',
    ruling: 'Or "latest", as in the example; an automatic name is allowed by the letter.',
    check: view => {
      const requested = requestMember(view, 'version');
      const { version } = view.body;
      // A name that cannot be is told by body.version.format.
      if (requested === undefined || version === undefined || !isPlausibleVersion(version)) return null;
      if (version === requested || version === 'latest') return held;
      return broken(`version is ${version}; the request asked for ${requested}`, '/version');
    },
  },
  {
    id: 'body.version_description.echo',
    subject: 'body.version_description',
    level: 'required',
    title: 'version_description is the description of the request, blank when it had none',
    source: { table: 'Table 4', row: 'version_description' },
    when: 'every 200 answer whose request is known',
    check: view => {
      const sent = requestMember(view, 'description');
      const reported = view.body.version_description;
      if (!view.request.isKnown || (reported === undefined && !view.isAbsent('version_description')))
        return null;
      const { form } = view.context;
      // A target may have understood something else (robustness.forms).
      if (form !== undefined && form.standing !== 'equal') return null;
      if (sent === reported) return held;
      return broken(
        `version_description is ${inWords(reported)}; the request had ${sent === undefined ? 'none' : inWords(sent)}`,
        '/version_description',
      );
    },
  },
  {
    id: 'state.unique-version.fresh',
    subject: 'state.unique-version',
    level: 'recommended',
    title: 'a publication does not take the name of a version that exists',
    source: { table: 'Table 4', row: 'version' },
    when: 'every 200 answer for a function with known versions',
    check: ({ body, context }) => {
      if (
        context.published === undefined ||
        body.version === undefined ||
        body.version === 'latest' ||
        !isPlausibleVersion(body.version)
      )
        return null;
      const taken = context.published.some(version => version.version === body.version);
      return taken
        ? broken(`version is ${inWords(body.version)}, which an earlier publication has`, '/version')
        : held;
    },
  },
];
