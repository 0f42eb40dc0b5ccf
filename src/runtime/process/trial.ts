/** Name of the variable that tells a program that it is only tried: nobody will send it a request. */
export const TRIAL = 'RUNTIME_TRIAL';

/**
 * Whether this process was started by a reload to see whether the program boots, and ends as soon as it has. What must not
 * happen once more than there are workers, such as a job that begins at boot, asks this first.
 */
export const isTrial = (): boolean => process.env[TRIAL] === '1';
