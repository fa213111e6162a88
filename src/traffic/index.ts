/** Exchanges that were made elsewhere: recordings read, traffic forwarded, both judged. */

export type { CapturedExchange } from './captured.ts';
export { createCapturedJudge } from './captured-judge.ts';
export { judgeRecordedBody, judgeRecording, type RecordingCounts } from './judge-recording.ts';
export { type JudgingOutcome, type JudgingThread, startJudgingThread } from './judging-thread.ts';
export { type ProxyOptions, startProxy, type TrafficProxy } from './proxy.ts';
export { openRecording, type Recording } from './read-recording.ts';
export { readText } from './source.ts';
export { textOf } from './text-encoding.ts';
export { createTrafficJudge, type JudgedExchange, type LeftAlone } from './traffic-judge.ts';
export { trafficReport } from './traffic-report.ts';
