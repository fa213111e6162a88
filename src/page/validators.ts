/** Validators of bodies and configurations. The build puts code that is compiled already in the place of this module. */

import { createAjv } from './ajv.ts';
import { conditionsSchema } from './conditions/condition-schema.ts';
import { requestConditions, versionConditions } from './conditions/conditions.ts';
import { configuration } from './configuration.ts';
import { errorBody } from './tables/error-body.ts';
import { publishedVersion } from './tables/published-version.ts';

const { required: _mandatory, ...anyPart } = configuration;

const ajv = createAjv();

export const isPublishedVersion = ajv.compile<unknown>(publishedVersion);

export const isErrorBody = ajv.compile<unknown>(errorBody);

/** A configuration, or any part of one. */
export const isPartOfConfiguration = ajv.compile<unknown>(anyPart);

export const keepsVersionConditions = ajv.compile<unknown>(conditionsSchema(versionConditions));

export const keepsRequestConditions = ajv.compile<unknown>(conditionsSchema(requestConditions));
