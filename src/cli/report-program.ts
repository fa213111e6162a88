import { Command, Option } from 'commander';
import { REPORTERS } from './options.ts';

/** `report`: a report in another form, compared with another one, or put together from shards. */
export function reportCommand(): Command {
  return (
    new Command('report')
      .description('a report.json in another form, compared, or merged')
      // Else --format after "diff" would be taken for this command's own.
      .enablePositionalOptions()
      .argument('<file>', 'a report.json')
      .addOption(new Option('--format <name>', 'which form').choices(REPORTERS).default('terminal'))
      .action(async (file, options) => (await import('./report-command.ts')).renderCommand(file, options))
      .addCommand(
        new Command('diff')
          .description('what fails, passes or is exercised now and was not before')
          .argument('<old>')
          .argument('<new>')
          .addOption(new Option('--format <name>').choices(['terminal', 'json', 'html']).default('terminal'))
          .action(async (before, after, options) =>
            (await import('./report-command.ts')).diffCommand(before, after, options),
          ),
      )
      .addCommand(
        new Command('merge')
          .description('the reports of shards as one')
          .argument('<file...>')
          .option('--out <dir>', 'where the merged report is written', 'fgs-report')
          .action(async (files, options) =>
            (await import('./report-command.ts')).mergeCommand(files, options),
          ),
      )
  );
}
