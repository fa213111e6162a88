import { Argument, Command } from 'commander';
import { option, url, wholeNumber, withReport } from './options.ts';

/** `judge`: exchanges that were recorded elsewhere. */
export function judgeCommand(): Command {
  const command = new Command('judge')
    .description('judge exchanges that were recorded elsewhere')
    .addArgument(
      new Argument(
        '<file...>',
        'HAR files, or JSON: an exchange, an array of them; "-" for the standard input',
      ),
    )
    .addOption(option('--project-id <id>', 'the project of the credentials, when it is known'))
    .addOption(option('--body', 'each file is the body of a 200 answer alone'));
  return withReport(command).action(async (files, options) =>
    (await import('./judge-command.ts')).judgeCommand(files, options),
  );
}

/** `proxy`: judging a real client's traffic. */
export function proxyCommand(): Command {
  const command = new Command('proxy')
    .description('forward a real client’s traffic to an endpoint, and judge it')
    .addOption(option('--endpoint <url>', 'where everything is forwarded to').argParser(url))
    .addOption(
      option('--port <n>', 'port to listen on; 0: any free one').argParser(wholeNumber(0, 65_535)).default(0),
    )
    .addOption(option('--host <host>', 'address to listen on').default('127.0.0.1'))
    .addOption(option('--project-id <id>', 'the project of the credentials, when it is known'))
    .addOption(option('--cacert <file>', 'certificates (PEM) to trust besides the usual ones'));
  return withReport(command).action(async options =>
    (await import('./proxy-command.ts')).proxyCommand(options),
  );
}

/** `openapi`: the page for other tools. */
export function openapiCommand(): Command {
  return new Command('openapi')
    .description('print an OpenAPI 3.1 document of the operations')
    .addOption(option('--format <format>', 'what is printed').choices(['json', 'yaml']).default('json'))
    .addOption(option('--strict', 'add what must hold between members, which many generators cannot read'))
    .action(async options => (await import('./openapi-command.ts')).openapiCommand(options));
}
