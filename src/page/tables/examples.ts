/** The documented examples of the page, member for member. */

/** Example request: "Publish a function version." */
export const exampleRequest = { version: 'v1', description: 'v1' } as const;

/** Example response, status code 200. */
export const exampleVersion = {
  func_urn: 'urn:fss:xxxxxxxxx:7aad83af3e8d42e99ac194e8419e2c9b:function:default:test',
  func_name: 'test',
  domain_id: '14ee2e3501124efcbca7998baa24xxxx',
  namespace: '46b6f338fc3445b8846c71dfb1fbxxxx',
  project_name: 'xxxxx',
  package: 'default',
  runtime: 'Node.js6.10',
  timeout: 3,
  handler: 'test.handler',
  memory_size: 128,
  cpu: 300,
  code_type: 'inline',
  code_filename: 'inline.js',
  code_size: 272,
  digest:
    'faa825575c45437cddd4e369bea69893bcbe195d478178462ad90984fe72993f3f59d15f41c5373f807f3e05fb9af322c55dabeb16565c386e402413458e6068',
  version: 'latest',
  image_name: 'latest-191025153727@zehht',
  last_modified: '2019-10-25 15:37:27',
  strategy_config: { concurrency: 0 },
} as const;

/** Example response, status code 404. */
export const exampleError = { error_code: 'FSS.1051', error_msg: 'Not found the function' } as const;
