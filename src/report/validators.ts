/** The validator of reports. The build puts code that is compiled already in the place of this module. */

import { createAjv } from '../page/ajv.ts';
import type { Report } from '../verdict/report.ts';
import { reportSchema } from './report-schema.ts';

export const isReport = createAjv().compile<Report>(reportSchema);
