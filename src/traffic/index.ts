/** Exchanges that were recorded elsewhere, read and judged; what any traffic of others is judged and reported by. */

export { judgeRecordedBody, judgeRecording, type RecordingCounts } from './judge-recording.ts';
export { openRecording, type Recording } from './read-recording.ts';
export { readText } from './source.ts';
export { type Tally, tallied, tallyInWords, totalOf } from './tally.ts';
export { textOf } from './text-encoding.ts';
export { createTrafficJudge, isLeftAlone, type JudgedExchange, type LeftAlone } from './traffic-judge.ts';
export { trafficReport } from './traffic-report.ts';
