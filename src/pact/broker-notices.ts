import { isObject } from '../page/formats.ts';

/** What a broker has to say about a pact, and when it applies. */
export interface BrokerNotice {
  /** `before_verification`, or `after_verification:success_true_published_false` and the like. */
  readonly when: string;
  readonly text: string;
}

/** Reads what a broker has to say. */
export function noticesIn(notices: unknown): readonly BrokerNotice[] {
  if (!Array.isArray(notices)) return [];
  return notices.flatMap((notice: unknown): BrokerNotice[] =>
    isObject(notice) && typeof notice.when === 'string' && typeof notice.text === 'string'
      ? [{ when: notice.when, text: notice.text }]
      : [],
  );
}

/** How a verification ended, as far as a broker's notices depend on it. */
export interface NoticeEnding {
  readonly success: boolean;
  readonly published: boolean;
}

/** The texts of those that apply; before the end, or without one, those of the beginning only. */
export function applyingNotices(
  notices: readonly BrokerNotice[],
  ending: NoticeEnding | undefined,
): readonly string[] {
  const after =
    ending === undefined
      ? undefined
      : `after_verification:success_${ending.success}_published_${ending.published}`;
  return notices
    .filter(({ when }) => when === 'before_verification' || when === after || when === 'after_verification')
    .map(({ text }) => text);
}
