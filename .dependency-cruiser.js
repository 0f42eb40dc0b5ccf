/** Imports point down: main → app → planning/loops → {driving, places} → network → database; runtime beside planning. */
/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle under ESM is a crash at load.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'not-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'runtime-knows-no-trails',
      comment: 'The runtime wing can be lifted out and kept by any Nest API.',
      severity: 'error',
      from: { path: '^src/runtime' },
      to: { path: '^src/(planning|app|main)' },
    },
    {
      name: 'planning-takes-little-of-runtime',
      comment: 'From runtime, planning knows problems and the request context, nothing else.',
      severity: 'error',
      from: { path: '^src/planning' },
      to: { path: '^src/runtime', pathNot: '^src/runtime/http/(problem|request-context)\\.ts$' },
    },
    {
      name: 'database-is-the-floor',
      severity: 'error',
      from: { path: '^src/planning/database' },
      to: { path: '^src/planning/(?!database)' },
    },
    {
      name: 'network-is-below',
      severity: 'error',
      from: { path: '^src/planning/network' },
      to: { path: '^src/planning/(loops|driving|places|import)' },
    },
    {
      name: 'driving-and-places-stand-side-by-side',
      severity: 'error',
      from: { path: '^src/planning/(driving|places)' },
      to: { path: '^src/planning/(loops|import)' },
    },
    {
      name: 'import-needs-no-planner',
      severity: 'error',
      from: { path: '^src/planning/import' },
      to: { path: '^src/planning/loops' },
    },
    {
      name: 'pure-core',
      comment: 'Planner, scoring, network and formats do no I/O and know no framework.',
      severity: 'error',
      from: {
        path: '^src/planning/(loops/plan|loops/format|network|import/pbf)/',
        pathNot: '\\.(store|service|module|controller|thread)\\.ts$|\\.spec\\.ts$|/blobs-in-file\\.ts$',
      },
      to: { path: '@nestjs|kysely|pg|^(node:)?(fs|net|http|child_process|worker_threads)' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
