import { type FullFunctionUrn, formatUrn } from '../page/urn.ts';
import { takes } from './_internals/arguments.ts';

/** A text that is no URN of a function, in the long or in a short form. */
export interface MalformedUrn {
  /** What is wrong with it. */
  readonly title: string;
  /** As it stands in the path, before percent-encoding. */
  readonly urn: string;
}

/**
 * The URN of a function spoilt in the ways that every service must notice: a wrong prefix, a wrong number of
 * fields.
 *
 * @param urn the function; a qualifier is ignored
 */
export function malformedUrns(urn: FullFunctionUrn): readonly MalformedUrn[] {
  takes.urn(urn);
  const { region, projectId, package: pack, name } = urn;
  const long = formatUrn({ region, projectId, package: pack, name });
  const tail = `${projectId}:function:${pack}:${name}`;
  return [
    { title: 'another first field', urn: `arn:fss:${region}:${tail}` },
    { title: 'another service', urn: `urn:smn:${region}:${tail}` },
    { title: 'another kind', urn: `urn:fss:${region}:${projectId}:trigger:${pack}:${name}` },
    { title: 'no prefix, five fields', urn: `${region}:${tail}` },
    { title: 'no region, six fields', urn: `urn:fss:${tail}` },
    { title: 'no name, six fields', urn: `urn:fss:${region}:${projectId}:function:${pack}` },
    { title: 'nine fields', urn: `${long}:latest:latest` },
    { title: 'twelve fields', urn: `${long}:1:2:3:4:5` },
    { title: 'seven empty fields', urn: '::::::' },
  ];
}
