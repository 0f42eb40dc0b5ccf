import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ConfigError, environment, readEnvironment, runtimeConfig } from './config.js';

const readConfig = (env: NodeJS.ProcessEnv) => runtimeConfig(readEnvironment(environment, env), env);

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'config-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const file = (text: string): string => {
  const path = join(directory, 'settings.env');
  writeFileSync(path, text);
  return path;
};

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toMatchObject({ http: { port: 3000 }, watchdog: true });
  });

  it('takes an empty value for none', () => {
    expect(readConfig({ PORT: '' }).http.port).toBe(3000);
  });

  it('names every variable that does not fit, in one line', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(
      /^PORT=x: must be a whole number from 0 to 65535; LOG_LEVEL=loud: .+$/,
    );
  });

  it('lets the settings file outweigh the environment', () => {
    const SETTINGS_FILE = file('# more\nLOG_LEVEL=debug\nMAX_IN_FLIGHT=7\n');
    expect(readConfig({ SETTINGS_FILE, LOG_LEVEL: 'warn' })).toMatchObject({
      log: { level: 'debug' },
      inFlightMax: 7,
    });
  });

  it('refuses a settings file that sets what no reload can change, or is not there', () => {
    expect(() => readConfig({ SETTINGS_FILE: file('PORT=1\nMAX_RSS=9\n') })).toThrow(
      /PORT, MAX_RSS must be set in the environment/,
    );
    expect(() => readConfig({ SETTINGS_FILE: '/nowhere/settings' })).toThrow(ConfigError);
  });

  it('reads a schema that extends its own, and names the faults of both', () => {
    const mine = environment.extend({ COLOUR: z.enum(['red', 'blue']) });
    expect(readEnvironment(mine, { COLOUR: 'red' })).toMatchObject({ COLOUR: 'red', PORT: 3000 });
    expect(() => readEnvironment(mine, { PORT: 'x' })).toThrow(/^PORT=x: .+; COLOUR=: .+$/);
  });

  it('finds what PM2 lacks only where PM2 is', () => {
    expect(readConfig({}).missingPm2Settings).toEqual([]);
    expect(readConfig({ pm_id: '0' }).missingPm2Settings).not.toEqual([]);
  });
});
