/** Native ESM through swc: the specs run as the program does, and types are `tsc`'s business (`npm run check`). */
/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/src', '<rootDir>/test', '<rootDir>/examples'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'] },
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
  setupFiles: ['reflect-metadata', '<rootDir>/test/same-draws.ts'],
  // Only what hangs may meet this: a machine that has other work takes ten times as long as one that has none.
  testTimeout: 300_000,
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};
