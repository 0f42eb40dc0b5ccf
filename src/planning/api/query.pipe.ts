import type { PipeTransform } from '@nestjs/common';
import { invalidParameter, Problem } from '../../runtime/door.js';
import { UnfitQuery } from '../wish/read-query.js';

/**
 * What `@Query()` gives, read into something with units.
 * @param read throws UnfitQuery when the parameters do not fit; that becomes a Problem naming each of them
 */
export const queryPipe = <T>(read: (raw: Record<string, unknown>) => T): PipeTransform<Record<string, unknown>, T> => ({
  transform: (raw) => {
    try {
      return read(raw);
    } catch (error) {
      if (!(error instanceof UnfitQuery)) throw error;
      throw new Problem(invalidParameter, error.message, { errors: error.faults });
    }
  },
});
