import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { sampleRegion } from '../../src/planning/import/sample/sample-region.js';
import { pythonTool } from './support/python.js';
import { run } from './support/run.js';
import { sampleServer } from './support/server.js';
import { describeWith, lackOfPythonTools } from './support/tools.js';

const server = sampleServer();
const support = join(import.meta.dirname, 'support');

interface Answer {
  path: string;
  query: Record<string, unknown>;
  /** Starts, lengths and ids are of the sample region; else all is as it was drawn. */
  ofSample: boolean;
  status: number;
  problem: string | null;
}

/** What there is to ask about in the sample region. */
async function sample() {
  const { places, trailheads } = sampleRegion();
  const settlements = places.filter(({ kind }) => kind === 'village' || kind === 'hamlet');
  const point = ({ latE7, lonE7 }: { latE7: number; lonE7: number }) => `${latE7 / 1e7},${lonE7 / 1e7}`;
  const start = `near=${encodeURIComponent(settlements[0]!.name)}&drive=60min`;
  const loops: string[] = [];
  for (const length of ['5km', '12km']) {
    const answer = await fetch(`${server.url}/v1/loops?${start}&length=${length}&count=10`);
    const { features } = (await answer.json()) as { features: { id: string }[] };
    loops.push(...features.map(({ id }) => id));
  }
  return {
    places: settlements.map(({ name }) => name),
    points: settlements.map(point),
    trailheads: trailheads.map(({ id }) => id),
    junctions: trailheads.map(point),
    loops,
  };
}

describeWith(lackOfPythonTools, 'requests drawn by schemathesis from the document', () => {
  test('are answered as it says, and most of those for loops are planned', async () => {
    const [known, written] = [join(server.folder, 'sample.json'), join(server.folder, 'answers.ndjson')];
    writeFileSync(known, JSON.stringify(await sample()));
    const config = ['--config-file', join(support, 'schemathesis.toml')];
    const words = [...config, 'run', '--mode', 'positive', `${server.url}/openapi.json`];
    const { status, output } = await run(resolve(pythonTool('schemathesis')), words, {
      // It keeps what it has learnt where it runs.
      cwd: server.folder,
      env: {
        PATH: process.env.PATH,
        HOME: server.folder,
        PYTHONPATH: support,
        PYTHONDONTWRITEBYTECODE: '1',
        SCHEMATHESIS_HOOKS: 'hooks',
        CONTRACT_SAMPLE: known,
        CONTRACT_ANSWERS: written,
      },
    });
    expect(status === 0 ? '' : output).toBe('');
    const answers: Answer[] = readFileSync(written, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const isShed = ({ status }: Answer) => status === 503;
    expect(answers.filter((answer) => answer.ofSample && answer.status !== 200 && !isShed(answer))).toEqual([]);
    const loops = answers.filter(({ path }) => path === '/v1/loops');
    expect(loops.length).toBeGreaterThan(80);
    expect(loops.filter(({ status }) => status === 200).length / loops.length).toBeGreaterThanOrEqual(0.6);
  });
});
