/** Live traffic: forwarded as it comes, and judged beside that. */

export type { CapturedExchange } from './captured.ts';
export { createCapturedJudge } from './captured-judge.ts';
export { type JudgingOutcome, type JudgingThread, startJudgingThread } from './judging-thread.ts';
export { type ProxyOptions, startProxy, type TrafficProxy } from './proxy.ts';
