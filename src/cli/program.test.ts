import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, expect, test } from 'vitest';
import { COMMAND_NAMES, COMMANDS, type CommandName } from './commands.ts';
import { optionsOf } from './options/index.ts';
import { createProgram } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'fgs-program-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = join(folder, 'file');
writeFileSync(file, 'no JSON');

/** What a command prints when it is asked for help. */
async function helpOf(name: CommandName): Promise<string> {
  const words = name === 'fgs-conformance' ? [] : name.split(' ');
  const command = words.reduce<Command | undefined>(
    (above, word) => above?.commands.find(each => each.name() === word),
    await createProgram(),
  );
  const printed: string[] = [];
  command?.configureOutput({ writeOut: text => printed.push(text), getOutHelpWidth: () => 100 });
  command?.outputHelp();
  return printed.join('');
}

test.each(COMMAND_NAMES)(
  'the help of %s has its options with their variables, exit codes and an example',
  async name => {
    const help = await helpOf(name);
    for (const { flags, variables, heading, onlyAsFlag } of optionsOf(name)) {
      expect(help).toContain(flags);
      if (onlyAsFlag !== true) expect(help).toContain(variables[0]);
      expect(help).toContain(`\n${heading}:\n`);
    }
    for (const [code, meaning] of COMMANDS[name].exits)
      expect(help).toMatch(new RegExp(`^ {2}${code} +${meaning.slice(0, 20)}`, 'm'));
    expect(help).toContain(`Example:\n  fgs-conformance ${COMMANDS[name].example}`);
  },
);

test.each(COMMAND_NAMES)('the example of %s calls it with options that it has', name => {
  const { example } = COMMANDS[name];
  if (name !== 'fgs-conformance') expect(`${example} `).toMatch(new RegExp(`^${name} `));
  const called = COMMAND_NAMES.filter(each => `${example} `.startsWith(`${each} `)).at(-1) ?? name;
  const flags = optionsOf(called).map(option => `--${option.name}`);
  for (const flag of example.match(/--[a-z-]+/g) ?? []) expect(flags).toContain(flag);
});

test.each([
  [
    ['run', '--profil', 'smoke'],
    'run has no option --profil. Did you mean --profile? See fgs-conformance run --help.',
  ],
  [['rum'], 'There is no command rum. Did you mean run? See fgs-conformance --help.'],
  [
    ['pact', 'generat'],
    'pact has no command generat. Did you mean generate? See fgs-conformance pact --help.',
  ],
  [['run', 'smoke'], 'run takes no argument, but got smoke. See fgs-conformance run --help.'],
  [
    ['clauses', 'a', 'b'],
    'clauses takes 1 argument at most, but got a b. See fgs-conformance clauses --help.',
  ],
  [['run', '--seed'], '--seed needs a value: --seed <n>. See fgs-conformance run --help.'],
  [['report'], 'report needs <file>: a report.json. See fgs-conformance report --help.'],
  [['cleanup', '--arrange', 'api'], 'cleanup has no option --arrange. See fgs-conformance cleanup --help.'],
  [['run', '--seed', '1.5'], '--seed must be a whole number from 0 to 2147483647, not 1.5.'],
  [
    ['run', '--profile', 'stanard'],
    '--profile must be one of smoke, standard, deep, not stanard. Did you mean standard?',
  ],
  [['run', '--only', 'zzz'], '--only zzz matches no clause. "fgs-conformance clauses" lists all.'],
  [
    ['run', '--only', 'body.memorysize.*'],
    '--only body.memorysize.* matches no clause. Did you mean body.memory_size.*',
  ],
  [
    ['clauses', 'body.memory_size.value'],
    'There is no clause body.memory_size.value. Did you mean body.memory_size.values?',
  ],
  [['clauses', 'bdoy.memory_size.values'], 'Did you mean body.memory_size.values'],
  [['clauses', 'zzz.*'], 'There is no clause zzz.*. "fgs-conformance clauses" lists all.'],
  [['run', '--out', file], `${file}/report.json cannot be written: `],
  [['judge', '--out', join(file, 'x'), 'y.har'], `${file}/x/report.json cannot be written: `],
  [
    ['run', '--baseline', join(folder, 'none')],
    `--baseline ${folder}/none cannot be read: it does not exist.`,
  ],
  [['run', '--baseline', file], 'The baseline is no JSON: the mistake is in line 1, column 2.'],
  [['run', '--replay', file], `${file}: This is no report of fgs-conformance: it is not JSON.`],
  [['run', '--cacert', file], `--cacert ${file} holds no certificate`],
  [['run', '--cacert', folder], `--cacert ${folder} cannot be read: it is a folder, not a file.`],
  [['run', '--config', file], `${file} is no JSON: the mistake is in line 1, column 2.`],
  [['run', '--update-baseline'], '--update-baseline needs --baseline: the file to write.'],
  [
    ['run', '--update-baseline', '--baseline', join(folder, 'b'), '--only', 'body.*'],
    '--update-baseline needs a complete run: leave --only out.',
  ],
  [
    ['run', '--update-baseline', '--baseline', join(folder, 'b'), '--profile', 'smoke'],
    '--update-baseline needs a complete run, not --profile smoke',
  ],
  [['run', '--update-baseline', '--baseline', folder], `${folder} cannot be written: it is a directory.`],
  [['mock', '--fault', 'body.memory_size.value'], 'Did you mean body.memory_size.values'],
])('%j is told in one sentence before anything is done', async (args, sentence) => {
  const program = await createProgram(args);
  await expect(program.parseAsync(args, { from: 'user' })).rejects.toThrow(sentence);
});
