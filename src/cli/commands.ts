/** What a command is, said once: the help and the reference follow from it. */

/** A command as it is declared. */
interface CommandDeclaration {
  readonly says: string;
  /** Its arguments, with what they are. */
  readonly arguments?: Readonly<Record<string, string>>;
  /** What comes after `fgs-conformance`. */
  readonly example: string;
  readonly exits: readonly (readonly [code: number, meaning: string])[];
}

const WRONG_USE = [2, 'a wrong option or file'] as const;
const INTERRUPTED = [130, 'interrupted, after cleaning up'] as const;

const VERDICT = [
  [0, 'conformant'],
  [1, 'nonconformant'],
  WRONG_USE,
  [3, 'inconclusive: nothing could be said'],
] as const;

const PRINTED = [[0, 'printed'], WRONG_USE] as const;

const BROKER_TROUBLE = [3, 'the broker is not reachable, or refuses'] as const;

const commands = {
  'fgs-conformance': {
    says: 'Does this endpoint do what the documentation of "Publishing a Function Version" says?',
    example: 'run',
    exits: [...VERDICT, INTERRUPTED],
  },
  run: {
    says: 'run the suite against a target',
    example: 'run --endpoint https://functiongraph.example.com --project-id 46b6f338fc34',
    exits: [
      ...VERDICT.slice(0, 3),
      [3, 'inconclusive: not reachable, credentials refused, nothing arranged, or something left behind'],
      INTERRUPTED,
    ],
  },
  mock: {
    says: 'the reference server',
    example: 'mock --port 8080 --project-id p1 --token t1',
    exits: [
      [0, 'stopped by a signal'],
      [2, 'a wrong option, or the port is taken'],
    ],
  },
  judge: {
    says: 'judge exchanges that were recorded elsewhere',
    arguments: {
      '<file...>': 'HAR files, or JSON: an exchange, an array of them; "-" for the standard input',
    },
    example: 'judge console.har',
    exits: VERDICT,
  },
  proxy: {
    says: 'forward a real client’s traffic to an endpoint, and judge it',
    example: 'proxy --endpoint https://functiongraph.example.com --port 9000',
    exits: VERDICT,
  },
  pact: {
    says: 'consumer contracts: generate, verify, publish, can-i-deploy',
    example: 'pact verify --dir pacts',
    exits: [[0, 'done'], [1, 'no'], WRONG_USE, [3, 'nothing could be said'], INTERRUPTED],
  },
  'pact generate': {
    says: 'write the pact of the typed client',
    example: 'pact generate --dir pacts --consumer my-sdk',
    exits: [
      [0, 'written'],
      [2, 'a wrong option, or the folder cannot be written'],
    ],
  },
  'pact verify': {
    says: 'verify that a provider honours its pacts',
    example: 'pact verify --endpoint http://127.0.0.1:8080 --project-id ci',
    exits: [
      [0, 'every interaction holds, but those that you consented to leaving out'],
      [1, 'one does not'],
      [2, 'a wrong option, or no pact'],
      [
        3,
        'inconclusive: not reachable, credentials refused, something left out without consent, or left behind',
      ],
      INTERRUPTED,
    ],
  },
  'pact publish': {
    says: 'publish pacts at a broker',
    example: 'pact publish --consumer-app-version 1.0.0 --branch main',
    exits: [
      [0, 'published'],
      [1, 'the broker holds another pact under that version'],
      [2, 'a wrong option, no pact, or no version'],
      BROKER_TROUBLE,
    ],
  },
  'pact can-i-deploy': {
    says: 'ask a broker whether a version may be deployed',
    example: 'pact can-i-deploy --pacticipant my-sdk --version 1.0.0 --to-environment production',
    exits: [[0, 'yes'], [1, 'no, or not known yet'], [2, 'a wrong option, or no version'], BROKER_TROUBLE],
  },
  clauses: {
    says: 'the catalogue of clauses, or all about one',
    arguments: { '[id]': 'the id of a clause, or a glob such as "body.memory_size.*"' },
    example: 'clauses body.memory_size.values',
    exits: [
      [0, 'printed'],
      [2, 'a wrong option, or no such clause'],
    ],
  },
  openapi: {
    says: 'print an OpenAPI 3.1 document of the operations',
    example: 'openapi --format yaml',
    exits: PRINTED,
  },
  schemas: {
    says: 'write the JSON Schemas of the page as files, for other languages',
    example: 'schemas --dir schemas',
    exits: [
      [0, 'written'],
      [2, 'a wrong option, or the folder cannot be written'],
    ],
  },
  cleanup: {
    says: 'delete what an interrupted run left behind',
    example: 'cleanup --endpoint https://functiongraph.example.com --project-id 46b6f338fc34 --older-than 2h',
    exits: [
      [0, 'nothing remains'],
      WRONG_USE,
      [3, 'something remains, the target is not reachable, or credentials are refused'],
    ],
  },
  report: {
    says: 'a report.json in another form, compared, or merged',
    arguments: { '<file>': 'a report.json' },
    example: 'report fgs-report/report.json --format junit',
    exits: PRINTED,
  },
  'report diff': {
    says: 'what fails, passes or is exercised now and was not before',
    arguments: { '<old>': 'a report.json', '<new>': 'a later one' },
    example: 'report diff yesterday/report.json today/report.json',
    exits: [[0, 'no clause fails that did not'], [1, 'one does'], WRONG_USE],
  },
  'report merge': {
    says: 'the reports of shards as one',
    arguments: { '<file...>': 'the report.json of each shard' },
    example: 'report merge part-1/report.json part-2/report.json --out merged',
    exits: VERDICT,
  },
} as const satisfies Readonly<Record<string, CommandDeclaration>>;

export type CommandName = keyof typeof commands;

/** Every command, by what comes after `fgs-conformance` to call it; and that one itself. */
export const COMMANDS: Readonly<Record<CommandName, CommandDeclaration>> = commands;

export const COMMAND_NAMES: readonly CommandName[] = Object.keys(commands).filter(
  (name): name is CommandName => Object.hasOwn(commands, name),
);
