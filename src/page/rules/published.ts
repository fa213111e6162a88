import { createHash } from 'node:crypto';
import { broken, held, type Outcome, type Rule } from '../clause.ts';
import { isAutomaticVersion, isObject, looksAutomatic } from '../formats.ts';
import { parseFullUrn } from '../urn.ts';
import { RESERVED_MOUNT_IDS } from '../values.ts';
import type { PublishedView } from '../views.ts';
import { inWords } from '../words.ts';
import { bodyOf } from './request-faults.ts';

/** A member of the request's body, blank ones left out. */
function requestMember(view: PublishedView, member: 'version' | 'description'): string | undefined {
  const value = bodyOf(view.request)[member];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Holds when the two agree; does not apply when either is unknown. */
function agree(
  actual: string | undefined,
  expected: string | undefined,
  message: string,
  pointer: string,
): Outcome {
  if (actual === undefined || expected === undefined) return null;
  return actual === expected ? held : broken(message, pointer);
}

const identityRules: readonly Rule<PublishedView>[] = [
  {
    id: 'body.func_urn.project',
    subject: 'body.func_urn',
    level: 'required',
    title: 'func_urn names the project of the request',
    source: { table: 'Table 4', row: 'func_urn' },
    when: 'every 200 answer',
    check: ({ body, request }) => {
      const reported = body.func_urn === undefined ? undefined : parseFullUrn(body.func_urn)?.projectId;
      const message = `func_urn is in project ${inWords(reported)}; the request was for project ${request.projectId}`;
      return agree(reported, request.isKnown ? request.projectId : undefined, message, '/func_urn');
    },
  },
  {
    id: 'body.func_urn.function',
    subject: 'body.func_urn',
    level: 'required',
    title: 'func_urn names the function of the request',
    source: { table: 'Table 4', row: 'func_urn' },
    when: 'every 200 answer',
    check: ({ body, request }) => {
      const urn = body.func_urn === undefined ? undefined : parseFullUrn(body.func_urn);
      if (urn === undefined || request.urn === undefined) return null;
      const { region = urn.region, package: pack = 'default', name } = request.urn;
      if (urn.name === name && urn.package === pack && urn.region === region) return held;
      return broken(
        `func_urn is ${inWords(body.func_urn)}; the request was for ${request.functionUrn}`,
        '/func_urn',
      );
    },
  },
  {
    id: 'body.func_urn.version',
    subject: 'body.func_urn',
    level: 'required',
    title: 'the eighth field of func_urn, if any, is version or latest',
    source: { table: 'Table 4', row: 'func_urn' },
    when: 'every 200 answer whose func_urn has eight fields',
    check: ({ body }) => {
      const qualifier = body.func_urn === undefined ? undefined : parseFullUrn(body.func_urn)?.qualifier;
      if (qualifier === undefined || body.version === undefined) return null;
      if (qualifier === 'latest' || qualifier === body.version) return held;
      return broken(
        `func_urn ends in ${inWords(qualifier)}; version is ${inWords(body.version)}`,
        '/func_urn',
      );
    },
  },
  {
    id: 'body.func_name.urn',
    subject: 'body.func_name',
    level: 'required',
    title: 'func_name is the name in func_urn',
    source: { table: 'Table 4', row: 'func_name' },
    when: 'every 200 answer',
    check: ({ body, request }) => {
      const inUrn = body.func_urn === undefined ? undefined : parseFullUrn(body.func_urn)?.name;
      const expected = inUrn === body.func_name ? inUrn : (request.urn?.name ?? inUrn);
      return agree(
        body.func_name,
        expected,
        `func_name is ${inWords(body.func_name)}; the URN says ${inWords(expected)}`,
        '/func_name',
      );
    },
  },
  {
    id: 'body.package.urn',
    subject: 'body.package',
    level: 'required',
    title: 'package is the package in func_urn',
    source: { table: 'Table 4', row: 'package' },
    when: 'every 200 answer',
    check: ({ body, request }) => {
      const inUrn = body.func_urn === undefined ? undefined : parseFullUrn(body.func_urn)?.package;
      const asked = request.urn === undefined ? inUrn : (request.urn.package ?? 'default');
      const expected = inUrn === body.package ? inUrn : asked;
      return agree(
        body.package,
        expected,
        `package is ${inWords(body.package)}; the URN says ${inWords(expected)}`,
        '/package',
      );
    },
  },
  {
    id: 'body.namespace.project',
    subject: 'body.namespace',
    level: 'required',
    title: 'namespace is the project of the request',
    source: { table: 'Table 4', row: 'namespace' },
    when: 'every 200 answer',
    ruling: 'Not compared with func_urn in a body alone: the documented example differs from itself there.',
    check: ({ body, request }) => {
      const message = `namespace is ${inWords(body.namespace)}; the request was for project ${request.projectId}`;
      return agree(body.namespace, request.isKnown ? request.projectId : undefined, message, '/namespace');
    },
  },
];

const versionRules: readonly Rule<PublishedView>[] = [
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
      if (requested === undefined || version === undefined) return null;
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
      if (!view.request.isKnown || (reported === undefined && !view.isAbsent('/version_description')))
        return null;
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
      if (context.published === undefined || body.version === undefined || body.version === 'latest')
        return null;
      const taken = context.published.some(version => version.version === body.version);
      return taken
        ? broken(`version is ${inWords(body.version)}, which an earlier publication has`, '/version')
        : held;
    },
  },
];

const memberRules: readonly Rule<PublishedView>[] = [
  {
    id: 'body.cpu.proportion',
    subject: 'body.cpu',
    level: 'recommended',
    title: 'cpu is memory_size / 128 * 100, or 200 more',
    source: { table: 'Table 4', row: 'cpu' },
    when: 'every 200 answer',
    ruling: 'The example has 300 for 128 MB; the function model gives the second formula.',
    check: ({ body }) => {
      if (body.cpu === undefined || body.memory_size === undefined) return null;
      const share = (body.memory_size / 128) * 100;
      if (body.cpu === share || body.cpu === share + 200) return held;
      return broken(
        `cpu is ${body.cpu} for ${body.memory_size} MB; documented: ${share} or ${share + 200}`,
        '/cpu',
      );
    },
  },
  {
    id: 'body.code_url.when-obs',
    subject: 'body.code_url',
    level: 'required',
    title: 'code_url is there when code_type is obs',
    source: { table: 'Table 4', row: 'code_url' },
    when: 'every 200 answer with code_type obs',
    check: ({ body, isAbsent }) => {
      if (body.code_type !== 'obs') return null;
      return isAbsent('/code_url') ? broken('code_url is absent, but code_type is obs', '/code_url') : held;
    },
  },
  {
    id: 'body.code_url.blank',
    subject: 'body.code_url',
    level: 'required',
    title: 'code_url is blank when code_type is not obs',
    source: { table: 'Table 4', row: 'code_url' },
    when: 'every 200 answer with another code_type than obs',
    check: ({ body, isAbsent }) => {
      if (body.code_type === undefined || body.code_type === 'obs') return null;
      if (isAbsent('/code_url')) return held;
      return broken(`code_url is ${inWords(body.code_url)}, but code_type is ${body.code_type}`, '/code_url');
    },
  },
  {
    id: 'body.code_filename.when-package',
    subject: 'body.code_filename',
    level: 'required',
    title: 'code_filename is there when code_type is jar or zip',
    source: { table: 'Table 4', row: 'code_filename' },
    when: 'every 200 answer with code_type jar or zip',
    ruling: 'Otherwise it is free: the example shows one for inline code.',
    check: ({ body, isAbsent }) => {
      if (body.code_type !== 'jar' && body.code_type !== 'zip') return null;
      if (!isAbsent('/code_filename')) return held;
      return broken(`code_filename is absent, but code_type is ${body.code_type}`, '/code_filename');
    },
  },
  {
    id: 'body.initializer_timeout.with-handler',
    subject: 'body.initializer_timeout',
    level: 'required',
    title: 'initializer_timeout is there when there is an initializer_handler',
    source: { table: 'Table 4', row: 'initializer_timeout' },
    when: 'every 200 answer with an initializer_handler',
    check: ({ body, isAbsent }) => {
      if (body.initializer_handler === undefined) return null;
      if (!isAbsent('/initializer_timeout')) return held;
      return broken(
        'initializer_timeout is absent, but there is an initializer_handler',
        '/initializer_timeout',
      );
    },
  },
  {
    id: 'body.strategy_config.concurrency.v1',
    subject: 'body.strategy_config.concurrency',
    level: 'required',
    title: 'concurrency of a v1 function is 0 or -1',
    source: { table: 'Table 9', row: 'concurrency' },
    when: 'every 200 answer with type v1 and a concurrency',
    check: ({ body }) => {
      const concurrency = body.strategy_config?.concurrency;
      if (body.type !== 'v1' || concurrency === undefined) return null;
      if (concurrency === 0 || concurrency === -1) return held;
      return broken(
        `concurrency is ${concurrency} on a v1 function; documented: 0 or -1`,
        '/strategy_config/concurrency',
      );
    },
  },
  {
    id: 'body.strategy_config.concurrent_num.v1',
    subject: 'body.strategy_config.concurrent_num',
    level: 'recommended',
    title: 'concurrent_num is not used on a v1 function',
    source: { table: 'Table 9', row: 'concurrent_num' },
    when: 'every 200 answer with type v1',
    ruling: '"Supported only by v2": absent, null or 1 on v1.',
    check: view => {
      const { body } = view;
      if (body.type !== 'v1' || body.strategy_config === undefined) return null;
      const number = body.strategy_config.concurrent_num;
      if (number === undefined) return view.isAbsent('/strategy_config/concurrent_num') ? held : null;
      return number === 1
        ? held
        : broken(`concurrent_num is ${number} on a v1 function`, '/strategy_config/concurrent_num');
    },
  },
  {
    id: 'body.mount_config.func_mounts[].mount_share_path.when-ecs',
    subject: 'body.mount_config.func_mounts[].mount_share_path',
    level: 'required',
    title: 'mount_share_path is there when mount_type is ecs',
    source: { table: 'Table 8', row: 'mount_share_path' },
    when: 'every 200 answer with a mount of type ecs',
    check: ({ body, isAbsent }) => {
      const mounts = body.mount_config?.func_mounts ?? [];
      const pointers = mounts.flatMap((mount, index) =>
        mount?.mount_type === 'ecs' ? [`/mount_config/func_mounts/${index}/mount_share_path`] : [],
      );
      if (pointers.length === 0) return null;
      return pointers
        .filter(isAbsent)
        .map(pointer => ({ message: 'mount_share_path is absent, but mount_type is ecs', pointer }));
    },
  },
  ...(['user_id', 'user_group_id'] as const).map(
    (member): Rule<PublishedView> => ({
      id: `body.mount_config.mount_user.${member}.reserved`,
      subject: `body.mount_config.mount_user.${member}`,
      level: 'recommended',
      title: `${member} is not 1000 or 1002`,
      source: { table: 'Table 7', row: member },
      when: `every 200 answer with a ${member}`,
      ruling: 'Only a neighbouring page excludes them.',
      check: ({ body }) => {
        const id = body.mount_config?.mount_user?.[member];
        if (id === undefined) return null;
        if (!RESERVED_MOUNT_IDS.some(reserved => reserved === Number(id))) return held;
        return broken(`${member} is ${id}, which is reserved`, `/mount_config/mount_user/${member}`);
      },
    }),
  ),
  ...(['on_success', 'on_failure'] as const).map(destinationParameters),
];

/** What `param` must hold by destination. */
const TARGET_MEMBER = { SMN: 'topic_urn', FunctionGraph: 'func_urn' } as const;

function destinationParameters(outcome: 'on_success' | 'on_failure'): Rule<PublishedView> {
  const subject = `body.function_async_config.destination_config.${outcome}.param`;
  const pointer = `/function_async_config/destination_config/${outcome}/param`;
  return {
    id: `${subject}.target`,
    subject,
    level: 'recommended',
    title: 'param names the target: topic_urn for SMN, func_urn for FunctionGraph, a bucket for OBS',
    source: { table: 'Table 13', row: 'param' },
    when: `every 200 answer with a destination and param of ${outcome}`,
    ruling: 'For OBS also: an expiration time, if any, is 0..365 days.',
    check: ({ body }) => {
      const target = body.function_async_config?.destination_config?.[outcome];
      if (target?.param === undefined || target.destination === undefined) return null;
      const parameters: unknown = JSON.parse(target.param);
      if (!isObject(parameters)) return null;
      const problem =
        target.destination === 'OBS'
          ? bucketProblem(parameters)
          : missing(parameters, TARGET_MEMBER[target.destination]);
      return problem === undefined ? held : broken(`param of ${target.destination} ${problem}`, pointer);
    },
  };
}

function missing(parameters: Readonly<Record<string, unknown>>, member: string): string | undefined {
  const value = parameters[member];
  return typeof value === 'string' && value !== '' ? undefined : `has no ${member}`;
}

function bucketProblem(parameters: Readonly<Record<string, unknown>>): string | undefined {
  const names = Object.keys(parameters);
  const bucket = names.find(name => /bucket/i.test(name));
  if (bucket === undefined || parameters[bucket] === '' || parameters[bucket] === null)
    return 'has no bucket';
  const expires = names.find(name => /expir/i.test(name));
  if (expires === undefined) return undefined;
  const days = Number(parameters[expires]);
  return Number.isInteger(days) && days >= 0 && days <= 365
    ? undefined
    : `has ${expires} ${inWords(parameters[expires])}; documented: 0..365 days`;
}

/** The bytes of the code that was uploaded, when the context tells. */
function uploadedCode(view: PublishedView): Buffer | undefined {
  const file = view.context.configuration?.func_code?.file;
  return file === undefined ? undefined : Buffer.from(file, 'base64');
}

const codeRules: readonly Rule<PublishedView>[] = [
  {
    id: 'body.digest.code',
    subject: 'body.digest',
    level: 'recommended',
    title: 'digest is the SHA-512 of the code that was uploaded',
    source: { table: 'Table 4', row: 'digest' },
    when: 'every 200 answer for a function whose code the suite uploaded',
    check: view => {
      const code = uploadedCode(view);
      if (code === undefined || view.body.digest === undefined) return null;
      const expected = createHash('sha512').update(code).digest('hex');
      if (view.body.digest.toLowerCase() === expected) return held;
      return broken(`digest is ${inWords(view.body.digest)}; the code has ${expected}`, '/digest');
    },
  },
  {
    id: 'body.code_size.code',
    subject: 'body.code_size',
    level: 'recommended',
    title: 'code_size is the number of bytes of the code that was uploaded',
    source: { table: 'Table 4', row: 'code_size' },
    when: 'every 200 answer for a function whose code the suite uploaded',
    check: view => {
      const code = uploadedCode(view);
      if (code === undefined || view.body.code_size === undefined) return null;
      if (view.body.code_size === code.length) return held;
      return broken(`code_size is ${view.body.code_size}; the code has ${code.length} bytes`, '/code_size');
    },
  },
];

/** Clauses of a published version that span members, or the version and its request. */
export const publishedRules: readonly Rule<PublishedView>[] = [
  ...identityRules,
  ...versionRules,
  ...memberRules,
  ...codeRules,
];
