/** A report in which every text is hostile, for tests. */

import { clauses } from '../page/catalogue.ts';
import type { Exchange } from '../page/exchange.ts';
import type { Report, ReportedFinding } from '../verdict/report.ts';
import { failed, reportWith } from './example.test.reports.ts';

/** Texts that would do something if they were not escaped. */
const HOSTILE = [
  '<script>document.title = "owned"; alert(1)</script>',
  '</script><script>alert(1)</script>',
  '</pre></details></style><img src=x onerror=alert(1)>',
  '<img src="http://127.0.0.1:9/x.png"><iframe src="javascript:alert(1)"></iframe>',
  '" onmouseover="alert(1)" onfocus="alert(1)" autofocus x="',
  "' onclick='alert(1)",
  '<a href="javascript:alert(1)">click</a>',
  '<svg/onload=alert(1)><math><mtext><style><img src onerror=alert(1)>',
  '<!--><script>alert(1)</script>-->]]>',
  '<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/">',
  '<base href="http://127.0.0.1:9/"><link rel=stylesheet href="//127.0.0.1:9/x.css">',
  '<form action="http://127.0.0.1:9/"><input name=verdict value=fail><button data-copy>x</button></form>',
  '&lt;script&gt;alert(1)&lt;/script&gt; &#60;b&#62;',
  'a\u0000b\u202edesrever\u202c \u2066x\u2069 \ufeff \ud800 \u001b[31m \u2028 \uffff',
  `Z${'\u0322'.repeat(40)}a`,
  '`\u0024{alert(1)}` {{alert(1)}} $& $1 $$',
];

function hostileFinding(text: string): ReportedFinding {
  return {
    message: `message ${text}`,
    pointer: `/${text}`,
    counterexample: { [text]: [text] },
    seed: 1,
    path: text,
    exchange: hostileExchange(text),
    reproduce: text,
  };
}

function hostileExchange(text: string): Exchange {
  return {
    request: { method: text, url: `http://x/${text}`, headers: { [text]: text }, body: text },
    response: { status: 200, headers: { [text]: text }, body: JSON.stringify({ [text]: text, a: 1 }) },
    failure: { kind: 'reset', message: text },
  };
}

/** A report that says the hostile texts in every place that a target, or a forger, can reach. */
export function hostileReport(): Report {
  const changes = Object.fromEntries(
    HOSTILE.map((text, index) => [clauses[index]?.id ?? '', failed(hostileFinding(text))]),
  );
  const report = reportWith(changes);
  const everywhere = HOSTILE.join(' ');
  return {
    ...report,
    tool: { name: everywhere, version: everywhere },
    page: { title: everywhere, id: everywhere },
    target: { endpoint: everywhere, arranged: everywhere },
    run: { ...report.run, profile: everywhere, startedAt: everywhere },
    summary: { ...report.summary, reason: everywhere },
    clauses: [
      ...report.clauses,
      ...HOSTILE.map(text => ({
        ...failed(hostileFinding(text)),
        id: text,
        subject: text,
        level: 'required' as const,
        title: text,
        source: { table: text, row: text },
        verdict: 'fail' as const,
        reason: text,
        exercised: 1,
        violations: 1,
        known: false,
        findings: [hostileFinding(text)],
      })),
    ],
    choices: HOSTILE.map(text => ({
      id: text,
      question: text,
      answers: [{ answer: text, seen: 1, shown: text, example: hostileExchange(text) }],
    })),
  };
}
