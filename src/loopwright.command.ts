#!/usr/bin/env node
/** `loopwright reload|status|trails|migrate`: the commands where there is no npm, as in the container. */

const commands: Record<string, [file: string, what: string]> = {
  reload: ['runtime/supervisor/reload.command.js', 'replaces the workers one by one, behind a canary'],
  status: ['runtime/supervisor/status.command.js', 'shows the workers'],
  trails: ['planning/import/trails.command.js', 'imports, lists and removes regions (trails --help)'],
  migrate: ['planning/database/migrate.command.js', 'brings the database up to date'],
};

const usage = (): string =>
  `Usage: loopwright COMMAND\n\n${Object.entries(commands)
    .map(([name, [, what]]) => `  ${name.padEnd(8)} ${what}\n`)
    .join('')}`;

const [name = '', ...rest] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (command) {
  const file = new URL(`./${command[0]}`, import.meta.url);
  // Each reads its own words as if it had been started by itself.
  process.argv = [process.argv[0]!, file.pathname, ...rest];
  await import(file.href);
} else if (name === '--help' || name === '-h' || name === 'help') {
  process.stdout.write(usage());
} else {
  process.stderr.write(`loopwright: ${name === '' ? 'no command' : 'no such command'}\n${usage()}`);
  process.exitCode = 1;
}
