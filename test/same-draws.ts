import fc from 'fast-check';

/**
 * Property tests draw the same cases on every run: a change is refused for what it does, never for the draw it
 * met, and a spec may assert how many of its cases were of a kind. `FAST_CHECK_SEED=7 npm test` draws others.
 */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 1) });
