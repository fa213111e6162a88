import { expectArgument } from '../words/arguments.ts';

const object = { type: 'object' } as const;

/**
 * Makes the check of a report that a function is given. Its parts are looked at, not every clause: who reads
 * a file uses `parseReport`.
 */
export function expectReport(call: string, name = 'report'): (value: unknown) => void {
  return expectArgument({
    call,
    name,
    example: 'a report, as run() and parseReport() answer it',
    schema: {
      ...object,
      required: ['tool', 'page', 'target', 'run', 'summary', 'clauses'],
      properties: {
        tool: object,
        page: object,
        target: object,
        run: object,
        summary: { ...object, required: ['verdict', 'reason', 'clauses'] },
        clauses: { type: 'array', items: { ...object, required: ['id', 'subject', 'verdict', 'findings'] } },
      },
    },
  });
}
