import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pythonTool } from './support/python.js';
import { outputOf, run } from './support/run.js';
import { sampleServer } from './support/server.js';
import { describeWith, lackOfPythonTools } from './support/tools.js';

const server = sampleServer();
const given = join(import.meta.dirname, 'clients');

// Inside the project, so that what is generated finds the packages that it imports.
let folder: string;
beforeAll(() => {
  mkdirSync('var', { recursive: true });
  folder = mkdtempSync('var/contract-clients-');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** @returns what a program has against its input, empty for nothing */
async function complaints(program: string, words: string[], cwd = '.'): Promise<string> {
  const { status, output } = await run(program, words, { cwd });
  return status === 0 ? '' : output;
}

const answerOf = async (program: string, words: string[]) =>
  JSON.parse(await outputOf(program, [...words, server.url], { cwd: folder }));

describe('a TypeScript client by openapi-typescript', () => {
  test('takes what the API takes, refuses what it refuses, and works', async () => {
    const generate = ['node_modules/openapi-typescript/bin/cli.js', `${server.url}/openapi.json`];
    await outputOf(process.execPath, [...generate, '--output', join(folder, 'api.ts')]);
    copyFileSync(join(given, 'use-client.ts.txt'), join(folder, 'use-client.ts'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const compilerOptions = { module: 'nodenext', target: 'es2023', strict: true, types: ['node'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    expect(await complaints(process.execPath, ['node_modules/typescript/bin/tsc', '-p', folder])).toBe('');
    expect(await answerOf(process.execPath, ['use-client.js'])).toEqual({
      loops: 3,
      sameLength: true,
      grade: expect.stringMatching(/^T[1-3]$/),
      refused: ['/problems/invalid-parameter', 400],
    });
  });
});

describeWith(lackOfPythonTools, 'a Python client by openapi-python-client', () => {
  test('takes what the API takes, refuses what it refuses, and works', async () => {
    const document = await (await fetch(`${server.url}/openapi.json`)).text();
    writeFileSync(join(folder, 'openapi.json'), document);
    const tool = (name: string) => resolve(pythonTool(name));
    const words = ['generate', '--path', 'openapi.json', '--output-path', 'loopwright_client', '--meta', 'none'];
    const how = ['--fail-on-warning', '--config', resolve(given, 'python-client.yml')];
    // It calls the formatter that stands beside it.
    const env = { ...process.env, PATH: `${resolve(pythonTool('.'))}:${process.env.PATH}` };
    await outputOf(tool('openapi-python-client'), [...words, ...how], { cwd: folder, env });
    for (const name of ['use_client.py', 'misuse_client.py']) copyFileSync(join(given, name), join(folder, name));
    const check = [
      '--config-file',
      resolve(given, 'mypy.ini'),
      '--cache-dir',
      '.mypy',
      'use_client.py',
      'misuse_client.py',
    ];
    expect(await complaints(tool('mypy'), check, folder)).toBe('');
    expect(await answerOf(tool('python'), ['use_client.py'])).toEqual({
      loops: 3,
      sameLength: true,
      gpx: '</gpx>',
      refused: ['/problems/invalid-parameter', 400],
    });
  });
});
