import type { PageSchema } from '../schema.ts';

/** Table 5: FuncVpc. */
export const funcVpc = {
  type: 'object',
  page: { table: 'Table 5', says: 'The VPC configuration; it needs an agency with VPC permissions.' },
  properties: {
    domain_id: { type: 'string', page: { says: 'The id of the domain.' } },
    namespace: { type: 'string', page: { says: 'The id of the project.' } },
    vpc_name: { type: 'string', page: { says: 'The name of the VPC.' } },
    vpc_id: { type: 'string', page: { says: 'The id of the VPC.' } },
    subnet_name: { type: 'string', page: { says: 'The name of the subnet.' } },
    subnet_id: { type: 'string', page: { says: 'The id of the subnet.' } },
    cidr: { type: 'string', page: { says: 'The subnet mask.' } },
    gateway: { type: 'string', page: { says: 'The gateway.' } },
    security_groups: { type: 'array', items: { type: 'string' }, page: { says: 'The security groups.' } },
  },
} as const satisfies PageSchema;
