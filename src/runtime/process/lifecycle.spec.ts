import { expect, it } from '@jest/globals';
import { Lifecycle } from './lifecycle.js';

it('goes through its stages once and tells its listeners', () => {
  const lifecycle = new Lifecycle();
  const heard: string[] = [];
  lifecycle.onChange((stage, previous) => heard.push(`${previous}→${stage}`));
  expect(lifecycle.stage).toBe('starting');
  expect(lifecycle.enter('ready')).toBe(true);
  expect(lifecycle.enter('ready')).toBe(false);
  expect(lifecycle.enter('draining')).toBe(true);
  expect(lifecycle.enter('ready')).toBe(false);
  expect(lifecycle.enter('stopped')).toBe(true);
  expect(lifecycle.stage).toBe('stopped');
  expect(heard).toEqual(['starting→ready', 'ready→draining', 'draining→stopped']);
});

it('may be told to stop before it was ever ready', () => {
  const lifecycle = new Lifecycle();
  expect(lifecycle.enter('draining')).toBe(true);
  expect(lifecycle.enter('ready')).toBe(false);
});
