import { type CommandName, type CommandSyntax, type Option, SYNTAX } from './options.ts';

const NAMES = Object.keys(SYNTAX) as CommandName[];

function optionLine([name, { short, value, help }]: readonly [string, Option]): string {
  const flags = `${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`;
  return `  ${flags.padEnd(30)} ${help}`;
}

/** What a command takes. */
export function commandHelp(command: CommandName): string {
  const { positionals, summary, options }: CommandSyntax = SYNTAX[command];
  return [
    `maskwright ${command} ${positionals}`,
    '',
    `${summary[0].toUpperCase()}${summary.slice(1)}.`,
    '',
    ...Object.entries(options).map(optionLine),
    '',
  ].join('\n');
}

/** What there is, in a page. */
export function generalHelp(version: string): string {
  return [
    `${version}: image datasets through masks, without a browser.`,
    '',
    ...NAMES.map((name) => `  maskwright ${name.padEnd(8)} ${SYNTAX[name].summary}`),
    '',
    'maskwright COMMAND --help says what a command takes; docs/runner.md says everything.',
    '',
  ].join('\n');
}
