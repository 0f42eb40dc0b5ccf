/**
 * Imports point down: main → app → planning/api → planning.ts → {wish, loops} → {planner, driving, places} → network →
 * database; runtime beside planning. One rule a floor says what that floor may not reach up to.
 */

/** The floors of planning, the highest first; what stands on one line knows nothing of its neighbours but what a rule allows. */
const above = {
  database: '(api|planning|wish|loops|planner|driving|places|map|network|import)',
  network: '(api|planning|wish|loops|planner|driving|places|map|import)',
  map: '(api|planning|wish|loops|planner|driving|places|network|import)',
  planner: '(api|planning|wish|loops|driving|places|database|import)',
  drivingAndPlaces: '(api|planning|wish|loops|planner|import)',
  wish: '(api|planning|loops|driving|database|import)',
  loops: '(api|planning|import)',
  planning: '(api|import)',
  import: '(api|planning|wish|loops|planner|driving|places|map)',
};
const upwards = (floors) => ({ path: `^src/planning/${floors}(/|\\.)` });

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
      name: 'runtime-stands-by-itself',
      comment: 'The runtime wing can be lifted out and kept by any Nest API.',
      severity: 'error',
      from: { path: '^src/runtime' },
      to: { path: '^(src|test|bench|docs|examples)/', pathNot: '^src/runtime/' },
    },
    {
      name: 'only-http-takes-of-runtime',
      comment: 'Problems and the request context are matters of HTTP: below the interface nothing knows a request.',
      severity: 'error',
      from: { path: '^src/planning', pathNot: '^src/planning/api/' },
      to: { path: '^src/runtime' },
    },
    {
      name: 'runtime-has-one-door',
      comment: 'door.ts, and cluster.ts for what must not load a framework.',
      severity: 'error',
      from: { path: '^(src|examples)/', pathNot: '^src/runtime/' },
      to: { path: '^src/runtime/', pathNot: '^src/runtime/(door|cluster)\\.ts$' },
    },
    {
      name: 'api-asks-planning',
      comment:
        'Of the floors under planning.ts the interface knows types, errors and geometry: it asks by planning.ts.',
      severity: 'error',
      from: { path: '^src/planning/api/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^src/planning/(loops|planner|driving|places|map)/',
        pathNot: '^src/planning/(loops/errors|planner/loop-id|map/map-gone)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'planning-knows-no-http',
      severity: 'error',
      from: { path: '^src/planning/planning\\.ts$' },
      to: upwards(above.planning),
    },
    {
      name: 'loops-answer-who-asks',
      severity: 'error',
      from: { path: '^src/planning/loops/' },
      to: upwards(above.loops),
    },
    {
      name: 'a-wish-knows-no-answer',
      severity: 'error',
      from: { path: '^src/planning/wish/' },
      to: upwards(above.wish),
    },
    {
      name: 'planner-knows-networks-alone',
      severity: 'error',
      from: { path: '^src/planning/planner/' },
      to: upwards(above.planner),
    },
    {
      name: 'driving-and-places-stand-side-by-side',
      severity: 'error',
      from: { path: '^src/planning/(driving|places)/' },
      to: upwards(above.drivingAndPlaces),
    },
    {
      name: 'the-map-is-read-from-the-database',
      severity: 'error',
      from: { path: '^src/planning/map/' },
      to: upwards(above.map),
    },
    {
      name: 'the-cutter-knows-no-source',
      severity: 'error',
      from: { path: '^src/planning/import/map/cutter/' },
      to: { path: '^src/', pathNot: '^src/planning/import/map/cutter/' },
    },
    {
      name: 'network-is-below',
      severity: 'error',
      from: { path: '^src/planning/network/' },
      to: upwards(above.network),
    },
    {
      name: 'database-is-the-floor',
      severity: 'error',
      from: { path: '^src/planning/database/' },
      to: upwards(above.database),
    },
    {
      name: 'import-needs-no-planner',
      severity: 'error',
      from: { path: '^src/planning/import/' },
      to: upwards(above.import),
    },
    {
      name: 'the-page-knows-types-alone',
      comment: 'What the page and the program share is the form of the answers, which costs no visitor a byte.',
      severity: 'error',
      from: { path: '^site/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'nobody-needs-the-page', severity: 'error', from: { path: '^src/' }, to: { path: '^site/' } },
    {
      name: 'pure-core',
      comment: 'Planner, wishes, formats, networks and the reader of extracts do no I/O and know no framework.',
      severity: 'error',
      from: {
        path: '^src/planning/(planner|wish|api/format|network|import/pbf)/',
        pathNot:
          '^src/planning/planner/threads/|(\\.spec|^src/planning/network/(tile-store|stored-tiles)|/blobs-in-file)\\.ts$',
      },
      to: { path: '@nestjs|kysely|^pg$|^(node:)?(fs|net|http|child_process|worker_threads|sqlite)' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // A link to src/runtime.
    exclude: { path: '^examples/todo/src/runtime/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
