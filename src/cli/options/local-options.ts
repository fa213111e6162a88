/** Options of the commands that serve, judge, print and delete. */

import { COMMAND_NAMES } from '../commands.ts';
import type { OptionGroup } from './option.ts';
import { duration, oneOf, text, wholeNumber } from './values.ts';

/** The forms in which a report can be had; a test holds them against the report room. */
export const REPORTERS = ['terminal', 'json', 'html', 'junit', 'sarif', 'har', 'ctrf', 'github'] as const;

export const serverOptions: OptionGroup = {
  heading: 'Server',
  options: [
    {
      flags: '--port <n>',
      says: 'the port to listen on; 0: any free one',
      value: wholeNumber(0, 65_535),
      default: 0,
      commands: ['mock', 'proxy'],
    },
    {
      flags: '--host <host>',
      says: 'the address to listen on',
      default: '127.0.0.1',
      commands: ['mock', 'proxy'],
    },
    {
      flags: '--fault <name>',
      says: 'break one clause on purpose; "list" prints the names',
      commands: ['mock'],
    },
    {
      flags: '--like <report>',
      says: 'answer as a target chose to, by the report.json of a run against it',
      commands: ['mock'],
    },
    {
      flags: '--functions <file>',
      says: 'functions to begin with: a JSON array of their members',
      commands: ['mock'],
    },
    {
      flags: '--latency <ms>',
      says: 'wait before each answer',
      value: wholeNumber(0, 600_000),
      commands: ['mock'],
    },
  ],
};

export const recordingOptions: OptionGroup = {
  heading: 'Recordings',
  options: [{ flags: '--body', says: 'each file is the body of a 200 answer alone', commands: ['judge'] }],
};

export const cleanUpOptions: OptionGroup = {
  heading: 'What is deleted',
  options: [
    { flags: '--journal <file>', says: 'what the journal of a run names', commands: ['cleanup'] },
    {
      flags: '--older-than <duration>',
      says: 'without a journal: every function of the suite that is older',
      value: duration,
      default: '1h',
      commands: ['cleanup'],
    },
  ],
};

export const reportOptions: OptionGroup = {
  heading: 'Report',
  options: [
    {
      flags: '--fail-on <level>',
      says: 'what fails the verdict',
      value: oneOf(['required', 'recommended']),
      defaultInWords: 'required',
      commands: ['run', 'judge', 'proxy'],
    },
    {
      flags: '--out <dir>',
      says: 'where report.json and other forms are written',
      default: 'fgs-report',
      commands: ['run', 'judge', 'proxy', 'report merge'],
    },
    {
      flags: '--reporter <name>',
      says: 'a form of the report',
      value: oneOf(REPORTERS),
      defaultInWords: 'terminal',
      repeatable: true,
      commands: ['run', 'judge', 'proxy'],
    },
    {
      flags: '--format <name>',
      says: 'what is printed',
      commands: [],
      in: {
        mock: { value: oneOf(['text', 'json']), default: 'text' },
        'pact verify': { value: oneOf(['text', 'json']), default: 'text' },
        clauses: { value: oneOf(['table', 'json', 'markdown']), default: 'table' },
        openapi: { value: oneOf(['json', 'yaml']), default: 'json' },
        report: { value: oneOf(REPORTERS), default: 'terminal' },
        'report diff': { value: oneOf(['terminal', 'json', 'html']), default: 'terminal' },
      },
    },
  ],
};

export const documentOptions: OptionGroup = {
  heading: 'Document',
  options: [
    {
      flags: '--strict',
      says: 'add what must hold between members, which many generators cannot read',
      commands: ['openapi'],
    },
  ],
};

export const configurationOptions: OptionGroup = {
  heading: 'Configuration',
  options: [
    {
      flags: '--config <file>',
      says: 'options in JSON',
      value: text,
      defaultInWords: 'fgs-conformance.json, when present',
      commands: COMMAND_NAMES,
    },
  ],
};
