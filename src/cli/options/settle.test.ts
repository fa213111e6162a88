import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { CommandName } from '../commands.ts';
import { declaredCommand } from '../declared-command.ts';
import { addOptions } from './add-options.ts';
import type { Environment } from './from-environment.ts';
import { settleOptions } from './settle.ts';

const folder = mkdtempSync(join(tmpdir(), 'fgs-options-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Given {
  readonly command?: CommandName;
  readonly flags?: readonly string[];
  readonly environment?: Environment;
  readonly file?: Readonly<Record<string, unknown>>;
}

/** The options that a command ends up with. */
function settled({ command: name = 'run', flags = [], environment = {}, file = {} }: Given) {
  const config = join(folder, 'options.json');
  writeFileSync(config, JSON.stringify(file));
  const command = declaredCommand(name);
  addOptions(command, name);
  command.parseOptions([...flags]);
  settleOptions(command, name, { ...environment, FGS_CONFIG: config });
  return command.opts();
}

describe('a switch in the environment', () => {
  test.each(['1', 'true', 'yes', 'on', 'TRUE'])('is on when it is %s', FGS_DRY_RUN => {
    expect(settled({ environment: { FGS_DRY_RUN } })).toMatchObject({ dryRun: true });
  });

  test.each(['0', 'false', 'no', 'off'])(
    'is off when it is %s, whatever the file says',
    FGS_UPDATE_BASELINE => {
      const options = settled({ environment: { FGS_UPDATE_BASELINE }, file: { 'update-baseline': true } });
      expect(options).toMatchObject({ updateBaseline: false });
    },
  );

  test('is not set when it is empty', () => {
    expect(settled({ environment: { FGS_DRY_RUN: '' } })).not.toHaveProperty('dryRun');
    expect(settled({ environment: { FGS_DRY_RUN: '' }, file: { 'dry-run': true } })).toMatchObject({
      dryRun: true,
    });
  });

  test.each(['maybe', '2', 'y', ' '])('is an error when it is %j', FGS_DRY_RUN => {
    expect(() => settled({ environment: { FGS_DRY_RUN } })).toThrow(/^FGS_DRY_RUN must be one of 1, true,/);
  });
});

describe('an option that may be repeated', () => {
  test('takes several values from its variable, separated by commas', () => {
    const environment = { FGS_ONLY: 'body.*, config.*,', FGS_REPORTER: 'html,junit' };
    expect(settled({ environment })).toMatchObject({
      only: ['body.*', 'config.*'],
      reporter: ['html', 'junit'],
    });
    expect(() => settled({ environment: { FGS_REPORTER: 'html,pdf' } })).toThrow(
      /^FGS_REPORTER must be one of terminal, .*, not pdf\.$/,
    );
  });

  test('takes a JSON array when its values are JSON', () => {
    const selectors = [{ mainBranch: true }, { branch: 'a,b' }];
    const command = 'pact verify';
    const FGS_CONSUMER_VERSION_SELECTOR = JSON.stringify(selectors);
    expect(settled({ command, environment: { FGS_CONSUMER_VERSION_SELECTOR } })).toMatchObject({
      consumerVersionSelector: selectors,
    });
    expect(settled({ command, file: { 'consumer-version-selector': selectors } })).toMatchObject({
      consumerVersionSelector: selectors,
    });
    expect(() => settled({ command, environment: { FGS_CONSUMER_VERSION_SELECTOR: '[5]' } })).toThrow(
      /^FGS_CONSUMER_VERSION_SELECTOR must be a JSON object/,
    );
  });

  test('is replaced by a stronger source, not added to', () => {
    const flags = ['--only', 'a.*', '--only', 'b.*'];
    expect(settled({ flags, environment: { FGS_ONLY: 'c.*' }, file: { only: ['d.*'] } })).toMatchObject({
      only: ['a.*', 'b.*'],
    });
  });
});

test('a flag beats the environment, the environment the file, and what is empty is not set', () => {
  const file = { seed: 1, profile: 'smoke', rate: 2, region: 'file' };
  const environment = { FGS_SEED: '2', FGS_PROFILE: 'deep', FGS_RATE: '', FGS_REGION: '' };
  expect(settled({ flags: ['--seed', '3'], environment, file })).toMatchObject({
    seed: 3,
    profile: 'deep',
    rate: 2,
    region: 'file',
  });
});

test('a variable of another tool is read when ours is not set', () => {
  const environment = {
    PACT_BROKER_TOKEN: 'theirs',
    PACT_BROKER_PASSWORD: 'theirs',
    FGS_BROKER_TOKEN: 'ours',
  };
  expect(settled({ command: 'pact publish', environment })).toMatchObject({
    brokerToken: 'ours',
    brokerPassword: 'theirs',
  });
});

test('what only another command takes by the same name is left alone', () => {
  expect(settled({ command: 'mock', environment: { FGS_FORMAT: 'yaml' } })).toMatchObject({ format: 'text' });
  expect(settled({ command: 'openapi', file: { format: 'yaml' } })).toMatchObject({ format: 'yaml' });
  expect(() => settled({ command: 'mock', environment: { FGS_FORMAT: 'yml' } })).toThrow(
    /^FGS_FORMAT must be/,
  );
});

test.each([
  [{ environment: { FGS_PROFIL: 'smoke' } }, 'There is no variable FGS_PROFIL. Did you mean FGS_PROFILE?'],
  [{ environment: { FGS_TOEKN: 't' } }, 'There is no variable FGS_TOEKN. Did you mean FGS_TOKEN?'],
  [{ environment: { FGS_SEED: 'x' } }, 'FGS_SEED must be a whole number from 0 to 2147483647, not x.'],
  [
    { environment: { FGS_PROFILE: 'smok' } },
    'FGS_PROFILE must be one of smoke, standard, deep, not smok. Did you mean smoke?',
  ],
  [
    { file: { projectId: 'p' } },
    'has "projectId", which is no option of fgs-conformance. Did you mean "project-id"?',
  ],
  [{ file: { profil: 'p' } }, 'has "profil", which is no option of fgs-conformance. Did you mean profile'],
  [{ file: { 'dry-run': 'false' } }, '"dry-run" must be true or false.'],
  [{ file: { seed: true } }, '"seed" must be a whole number from 0 to 2147483647.'],
  [{ file: { region: ['a'] } }, '"region" must be a text.'],
])('%j is told in one sentence', (given, sentence) => {
  expect(() => settled(given)).toThrow(sentence);
});

test('variables of others are theirs', () => {
  const environment = { FGS_HOME: '/', FGS_SDK: '1', FGS_PROJECT: 'x', FGS_BUCKET: 'b', PATH: '/bin' };
  expect(settled({ environment })).toMatchObject({});
});

test('a secret is not quoted', () => {
  expect(() => settled({ environment: { FGS_TOKEN: 'secret', FGS_SEED: 'x' } })).not.toThrow(/secret/);
});
