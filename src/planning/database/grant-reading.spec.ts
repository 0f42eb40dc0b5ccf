import { expect, test } from '@jest/globals';
import { userOf } from './grant-reading.js';

test.each([
  ['postgres://hiker@db/trails', 'hiker'],
  ['postgresql://h%40b:secret@db:5432/trails?sslmode=disable', 'h@b'],
  ['postgres:///trails?host=/run/postgresql&user=hiker', 'hiker'],
  ['postgres://db/trails', null],
  ['sqlite:var/trails.db', null],
])('%s connects as %j', (url, role) => expect(userOf(url)).toBe(role));
