/** Choices in how a published version is reported. */

import { looksAutomatic } from '../formats.ts';
import { valueAt } from '../paths.ts';
import { bodyOf } from '../rules/request-faults.ts';
import type { PublishedView } from '../views.ts';
import { inWords } from '../words.ts';
import type { ReadableChoice } from './choice.ts';

type VersionChoice = ReadableChoice<PublishedView>;

const PUBLISHED = 'every 200 answer';

/** Characters of texts whose form is known; every publication shows them, so they are not quoted. */
const SHOWN = 160;
const SHOWN_OF_DIGEST = 16;

/** Which ids a version reports as text and which as numbers, beside how they were configured. */
function mountIds({ body, context }: PublishedView): string | undefined {
  if (body.mount_config === undefined) return undefined;
  const names = ['mount_config.mount_user.user_id', 'mount_config.mount_user.user_group_id'];
  const typesIn = (holder: unknown) => names.map(name => typeof valueAt(holder, name));
  const reported = typesIn(body);
  if (reported.some(type => type === 'undefined')) return undefined;
  const sent = typesIn(context.configuration);
  const isSame = (type: string | undefined) => reported.every(each => each === type);
  const one = isSame('string') ? 'strings' : isSame('number') ? 'numbers' : undefined;
  // Nobody knows how they were configured, or they were all configured otherwise.
  if (one !== undefined && sent.some((type, index) => type !== reported[index])) return one;
  const isEcho = new Set(sent).size === 2 && sent.every((type, index) => type === reported[index]);
  return isEcho ? 'as configured' : undefined;
}

function digestCase(digest: string): string | undefined {
  const isLower = digest === digest.toLowerCase();
  const isUpper = digest === digest.toUpperCase();
  // Of digits alone.
  if (isLower && isUpper) return undefined;
  return isLower ? 'lower' : isUpper ? 'upper' : 'mixed';
}

/** Choices that a published version shows. */
export const versionChoices: readonly VersionChoice[] = [
  {
    id: 'unset-members',
    question: 'How is a member shown that is not set?',
    answers: ['left out', 'null', 'blank'],
    source: { table: 'Table 4', row: 'Parameter' },
    ruling: 'Absent, null and blank are the same. What most of the optional texts of Table 4 show counts.',
    when: `${PUBLISHED} in which an optional text is not set`,
    shownBy: ({ unset }) =>
      unset === undefined ? undefined : { answer: unset, by: `most texts that are not set are ${unset}` },
  },
  {
    id: 'func-urn',
    question: 'How many fields has func_urn in the answer of a publication?',
    answers: ['7 fields', '8 fields, the version', '8 fields, latest'],
    source: { table: 'Table 4', row: 'func_urn' },
    ruling: 'An eighth field, if any, is the version or latest.',
    when: PUBLISHED,
    shownBy: ({ reportedUrn, body }) => {
      if (reportedUrn === undefined) return undefined;
      const by = `func_urn is ${body.func_urn?.slice(0, SHOWN)}`;
      const { qualifier } = reportedUrn;
      if (qualifier === undefined) return { answer: '7 fields', by };
      return { answer: qualifier === 'latest' ? '8 fields, latest' : '8 fields, the version', by };
    },
  },
  {
    id: 'times',
    question: 'Which form has last_modified?',
    answers: ['YYYY-MM-DD HH:MM:SS', 'RFC 3339'],
    source: { table: 'Table 4', row: 'last_modified' },
    ruling: 'The example has the one form, live services answer the other.',
    when: PUBLISHED,
    shownBy: ({ body: { last_modified: time } }) =>
      time === undefined
        ? undefined
        : {
            answer: time.includes(' ') ? 'YYYY-MM-DD HH:MM:SS' : 'RFC 3339',
            by: `last_modified is ${time.slice(0, SHOWN)}`,
          },
  },
  {
    id: 'requested-version',
    question: 'What is the version of the answer when a name was asked for?',
    answers: ['the requested name', 'latest', 'an automatic name'],
    source: { table: 'Table 3', row: 'version' },
    ruling: 'The example says "latest"; an automatic name is allowed by the letter.',
    when: `${PUBLISHED} to a request with a version`,
    shownBy: ({ body: { version }, request }) => {
      const { version: requested } = bodyOf(request);
      if (typeof requested !== 'string' || requested === '' || version === undefined) return undefined;
      const by = `version is ${inWords(version)} after ${inWords(requested)} was asked for`;
      if (version === requested) return { answer: 'the requested name', by };
      if (version === 'latest') return { answer: 'latest', by };
      return looksAutomatic(version) ? { answer: 'an automatic name', by } : undefined;
    },
  },
  {
    id: 'mount-ids',
    question: 'Which JSON type have the ids of mount_user?',
    answers: ['strings', 'numbers', 'as configured'],
    source: { table: 'Table 7', row: 'user_id' },
    ruling: 'Strings by the table, numbers by the examples.',
    when: `${PUBLISHED} with a mount_user whose ids were configured as a string and a number, or are not known`,
    shownBy: view => {
      const answer = mountIds(view);
      const { user_id: user, user_group_id: group } = view.body.mount_config?.mount_user ?? {};
      return answer === undefined
        ? undefined
        : { answer, by: `user_id is ${inWords(user)}, user_group_id is ${inWords(group)}` };
    },
  },
  {
    id: 'digest-case',
    question: 'Which letter case has digest?',
    answers: ['lower', 'upper', 'mixed'],
    source: { table: 'Table 4', row: 'digest' },
    ruling: '128 hexadecimal digits.',
    when: PUBLISHED,
    shownBy: ({ body: { digest } }) => {
      const answer = digest === undefined ? undefined : digestCase(digest);
      return answer === undefined
        ? undefined
        : { answer, by: `digest begins with ${digest?.slice(0, SHOWN_OF_DIGEST)}` };
    },
  },
  {
    id: 'cpu',
    question: 'How does cpu follow from memory_size?',
    answers: ['memory/128*100+200', 'memory/128*100', 'another'],
    source: { table: 'Table 4', row: 'cpu' },
    ruling: 'The example has 300 for 128, and the text says 100.',
    when: PUBLISHED,
    shownBy: ({ body: { cpu, memory_size: memory } }) => {
      if (cpu === undefined || memory === undefined) return undefined;
      const inProportion = Math.round((memory / 128) * 100);
      const by = `cpu is ${cpu} for a memory_size of ${memory}`;
      if (cpu === inProportion + 200) return { answer: 'memory/128*100+200', by };
      return { answer: cpu === inProportion ? 'memory/128*100' : 'another', by };
    },
  },
  {
    id: 'version-mounts',
    question: 'Does a published version keep the mounts of its function?',
    answers: ['kept', 'left out'],
    source: { table: 'Table 6', row: 'func_mounts' },
    ruling: 'A new version may come without the function’s mount_config.',
    when: `${PUBLISHED} for a function that has mounts`,
    shownBy: ({ body: { mount_config: mounts }, configured }) => {
      if (configured?.mount_config?.func_mounts === undefined) return undefined;
      return mounts === undefined
        ? { answer: 'left out', by: 'mount_config is absent' }
        : { answer: 'kept', by: 'mount_config is there' };
    },
  },
  {
    id: 'masked-secrets',
    question: 'What does an answer show of encrypted_user_data?',
    answers: ['shown', 'masked', 'blank'],
    source: { table: 'Table 4', row: 'encrypted_user_data' },
    ruling: 'It is echoed or blanked.',
    when: `${PUBLISHED} for a function that has encrypted_user_data`,
    shownBy: ({ body: { encrypted_user_data: reported }, configured, isFlawed }) => {
      const sent = configured?.encrypted_user_data;
      if (sent === undefined || isFlawed('/encrypted_user_data')) return undefined;
      const answer = reported === undefined ? 'blank' : reported === sent ? 'shown' : 'masked';
      return { answer, by: `encrypted_user_data is ${answer}` };
    },
  },
  {
    id: 'code-filename',
    question: 'Is the file of the code named as it was sent?',
    answers: ['as sent', 'named by the service', 'blank'],
    source: { table: 'Table 4', row: 'code_filename' },
    ruling: 'code_filename is free but for jar and zip, and a service may name it itself.',
    when: `${PUBLISHED} for a function whose code was sent with a code_filename`,
    shownBy: ({ body: { code_filename: name }, past }) => {
      const sent = past?.codeFilename;
      if (typeof sent !== 'string') return undefined;
      const by = `code_filename is ${inWords(name)}; it was sent as ${inWords(sent)}`;
      if (name === undefined) return { answer: 'blank', by };
      return { answer: name === sent ? 'as sent' : 'named by the service', by };
    },
  },
  {
    id: 'unnamed-code',
    question: 'Who names the file of code that was sent without a name?',
    answers: ['the service', 'nobody'],
    source: { table: 'Table 4', row: 'code_filename' },
    ruling: 'Clients leave code_filename out, and the service names the file.',
    when: `${PUBLISHED} for a function whose code was sent without a code_filename`,
    shownBy: ({ body: { code_filename: name }, past }) =>
      past?.codeFilename !== null
        ? undefined
        : { answer: name === undefined ? 'nobody' : 'the service', by: `code_filename is ${inWords(name)}` },
  },
  {
    id: 'extra-members',
    question: 'Has a version members that the page does not document?',
    answers: ['none', 'some'],
    source: { table: 'Table 4', row: 'Parameter' },
    ruling: 'Services grow: members that the page does not document are allowed.',
    when: PUBLISHED,
    shownBy: ({ undocumented }) =>
      undocumented.length === 0
        ? { answer: 'none', by: 'every member is documented' }
        : { answer: 'some', by: [...new Set(undocumented)].slice(0, 10).join(', ') },
  },
];
