import type { PageSchema } from '../schema.ts';
import { DESTINATIONS } from '../values.ts';

const TIME_READING = {
  ruling: 'YYYY-MM-DD HH:MM:SS or RFC 3339, a real date and time.',
  documented: 'YYYY-MM-DD HH:MM:SS or RFC 3339, a real date and time',
  example: '2019-10-25 15:37:27',
} as const;

/** Table 13: FuncDestinationConfig, of either outcome. */
function destinationConfig<const Says extends string>(says: Says) {
  return {
    type: 'object',
    page: { table: 'Table 13', says },
    properties: {
      destination: { type: 'string', enum: DESTINATIONS, page: { says: 'OBS, SMN or FunctionGraph.' } },
      param: {
        type: 'string',
        format: 'json-object',
        page: {
          says: 'The parameters of the target service, in JSON format.',
          ruling: 'A string that holds a JSON object.',
          documented: 'a string that holds a JSON object',
          example: '{"bucket":"results","prefix":"a/","expires":7}',
        },
      },
    },
  } as const satisfies PageSchema;
}

/** Table 12: FuncAsyncDestinationConfig. */
export const asyncDestinationConfig = {
  type: 'object',
  page: { table: 'Table 12', says: 'The targets of asynchronous invocation.' },
  properties: {
    on_success: destinationConfig('What is invoked when the function succeeds.'),
    on_failure: destinationConfig('What is invoked when the function fails by a system or internal error.'),
  },
} as const satisfies PageSchema;

/** Table 11: FunctionAsyncConfig. */
export const functionAsyncConfig = {
  type: 'object',
  page: { table: 'Table 11', says: 'The settings of asynchronous execution notification.' },
  properties: {
    max_async_event_age_in_seconds: {
      type: 'integer',
      minimum: 60,
      maximum: 86400,
      page: {
        says: 'How long a message is valid: 60 s to 86,400 s.',
        ruling: 'The configuration page says 1..86400; this page wins on this response.',
        settable: { minimum: 1, maximum: 86400 },
      },
    },
    max_async_retry_attempts: {
      type: 'integer',
      minimum: 0,
      maximum: 8,
      page: {
        says: 'How often a failed asynchronous invocation is tried again: 0 to 8.',
        ruling: 'The configuration page says 0..3; more are configured through provider states.',
        settable: { minimum: 0, maximum: 3 },
      },
    },
    destination_config: asyncDestinationConfig,
    created_time: {
      type: 'string',
      format: 'page-time',
      page: { says: 'When it was configured.', ...TIME_READING },
    },
    last_modified: {
      type: 'string',
      format: 'page-time',
      page: { says: 'When the settings were last changed.', ...TIME_READING },
    },
  },
} as const satisfies PageSchema;
