import { describe, expect, test } from '@jest/globals';
import { closingText, isOpenOn, joinClosings, readClosing, writeClosing } from './closings.js';

const closedWhen = (condition: string, date: string, isSouth = false) =>
  isOpenOn({ openUnasked: true, directions: 3, tags: `foot:conditional=no @ ${condition}` }, date, isSouth);

describe('a way that is closed at times', () => {
  test.each<[string, string, boolean | null]>([
    ['(Nov 15-Apr 15)', '2027-01-10', false],
    ['(Nov 15-Apr 15)', '2027-04-15', false],
    ['(Nov 15-Apr 15)', '2027-04-16', true],
    ['Nov - Mar', '2027-03-31', false],
    ['(Mar-Jun)', '2027-02-28', true],
    ['(Jul 1-10)', '2027-07-10', false],
    ['(Jul 1-10)', '2027-07-11', true],
    ['(Mar 15-Jul 31, Dec)', '2027-12-03', false],
    ['(Aug 24)', '2027-08-24', false],
    ['(Aug 24)', '2027-08-25', true],
    ['(2026 Jan 1-2026 Dec 31)', '2027-05-01', true],
    ['(2026 Oct 1-2027 Jun 30)', '2027-05-01', false],
    ['(winter)', '2027-01-10', false],
    ['(22:00-06:00)', '2027-01-10', null],
    ['(Nov-Apr AND 22:00-06:00)', '2027-06-01', true],
    ['(Nov-Apr AND 22:00-06:00)', '2027-12-01', null],
    ['(snow)', '2027-06-01', null],
  ])('by %s is open on %s: %s', (condition, date, open) => {
    expect(closedWhen(condition, date)).toBe(open);
  });

  test('the last clause that holds counts', () => {
    const closing = { openUnasked: false, directions: 3, tags: 'foot:conditional=yes @ (May-Oct); no @ (Aug 1-Aug 7)' };
    expect(isOpenOn(closing, '2027-06-01', false)).toBe(true);
    expect(isOpenOn(closing, '2027-08-03', false)).toBe(false);
    expect(isOpenOn(closing, '2027-12-03', false)).toBe(false);
  });

  test('seasons are the other way round in the south', () => {
    const winter = { openUnasked: false, directions: 3, tags: 'seasonal=winter' };
    expect([false, true].map((isSouth) => isOpenOn(winter, '2027-07-01', isSouth))).toEqual([false, true]);
    expect([false, true].map((isSouth) => isOpenOn(winter, '2027-12-24', isSouth))).toEqual([true, false]);
  });

  test('with a gate on it is open when both are', () => {
    const summer = { openUnasked: true, directions: 3, tags: 'seasonal=summer' };
    const both = joinClosings(summer, { openUnasked: false, tags: 'access:conditional=yes @ (Aug)' });
    expect(both.openUnasked).toBe(false);
    expect(closingText(both)).toBe('seasonal=summer, access:conditional=yes @ (Aug)');
    const dates = ['2027-07-01', '2027-08-01', '2027-12-01'];
    expect(dates.map((date) => isOpenOn(both, date, false))).toEqual([false, true, false]);
    const three = joinClosings(both, { openUnasked: true, tags: 'opening_hours=08:00-20:00' });
    expect(dates.map((date) => isOpenOn(three, date, false))).toEqual([false, null, false]);
  });

  test('is the same after being written', () => {
    const closing = { openUnasked: false, directions: 2, tags: 'seasonal=winter\nfoot:conditional=no @ (snow)' };
    expect(readClosing(writeClosing(closing))).toEqual(closing);
    expect(readClosing('')).toBeNull();
  });
});
