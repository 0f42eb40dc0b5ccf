import { expect, it } from '@jest/globals';
import { missingPm2Settings } from './pm2-settings.js';

const whole = {
  NODE_CLUSTER_SCHED_POLICY: 'none',
  PM2_KILL_SIGNAL: 'SIGTERM',
  PM2_CONCURRENT_ACTIONS: '1',
  PM2_DISABLE_VERSION_CHECK: 'true',
  PM2_NO_INTERACTION: 'true',
};

it('finds nothing missing in the environment of the image', () => {
  expect(missingPm2Settings(whole)).toEqual([]);
});

it.each(Object.keys(whole))('names %s when it is absent or different', (name) => {
  for (const value of [undefined, 'something']) {
    const missing = missingPm2Settings({ ...whole, [name]: value });
    expect(missing).toEqual([expect.stringMatching(new RegExp(`^${name}=.+, else `))]);
  }
});
