/** Exchanges that were made elsewhere: recordings read, traffic forwarded, both judged. */

export { createCapturedJudge } from './captured-judge.ts';
export { judgeRecordedBody, judgeRecording, type RecordingCounts } from './judge-recording.ts';
export { type JudgingOutcome, type JudgingThread, startJudgingThread } from './judging-thread.ts';
export { type ProxyOptions, startProxy, type TrafficProxy } from './proxy.ts';
export { type Recording, readRecording, readRecordingText } from './read-recording.ts';
export { createTrafficJudge, type JudgedExchange } from './traffic-judge.ts';
export { trafficReport } from './traffic-report.ts';
