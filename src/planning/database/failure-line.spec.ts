import { expect, test } from '@jest/globals';
import { failureLine, printable, withoutPassword } from './failure-line.js';

test('an error of several lines becomes one', () => {
  expect(failureLine(new Error('first\n  second\n'))).toBe('first second');
});

test('a refused connection to two addresses names both, each once', () => {
  const refused = (at: string) => new Error(`connect ECONNREFUSED ${at}`);
  expect(failureLine(new AggregateError([refused('::1'), refused('127.0.0.1'), refused('::1')]))).toBe(
    'connect ECONNREFUSED ::1; connect ECONNREFUSED 127.0.0.1',
  );
});

test('an error without a message is told by its code', () => {
  expect(failureLine(Object.assign(new Error(''), { code: 'EPIPE' }))).toBe('EPIPE');
});

test('the password leaves the address, everything else stays', () => {
  expect(withoutPassword('postgres://loop:s3:cret@db:5432/trails')).toBe('postgres://loop:…@db:5432/trails');
  expect(withoutPassword('postgres://loop@db/trails')).toBe('postgres://loop@db/trails');
  expect(withoutPassword('sqlite:/tmp/a:b@c.db')).toBe('sqlite:/tmp/a:b@c.db');
});

test('what others wrote reaches a terminal without what that would take for commands', () => {
  expect(failureLine(new Error('404 Nope\u001b[31m\u009b1m\r\u0000 \u202egpj.exe'))).toBe('404 Nope[31m1m gpj.exe');
  expect(printable('Coll d’Ordino, 頂上, Ħaż-Żebbuġ')).toBe('Coll d’Ordino, 頂上, Ħaż-Żebbuġ');
});
