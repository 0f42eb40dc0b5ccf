import { isIPv6 } from 'node:net';
import type { Request } from 'express';
import { requestContext } from '../../runtime/door.js';
import type { Asker } from '../planner/threads/fair-queue.js';

/**
 * Who shares the planner as one: an address of IPv4, or the /64 of IPv6 that one line is given.
 * @param address as Express tells it, a proxy that is believed left out
 */
export function clientOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1]!;
  if (!isIPv6(address)) return address;
  const [before = '', after] = address.replace(/%.*$/, '').split('::');
  const groups = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const [first, last] = [groups(before), after === undefined ? [] : groups(after)];
  const zeros = after === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const all = [...first, ...Array<string>(zeros).fill('0'), ...last];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** Who asks, and until when it waits. */
export const askerOf = (request: Request): Asker => ({
  client: clientOf(request.ip ?? ''),
  deadlineMs: requestContext.getStore()?.deadlineMs ?? Number.POSITIVE_INFINITY,
});
