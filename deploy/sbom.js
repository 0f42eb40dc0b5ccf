/**
 * `npm run sbom`: writes what the running program consists of as CycloneDX to var/sbom.cdx.json, from the lockfile. With `--check`
 * it exits 1 when the list is not what it should be: a package of the lockfile that is missing, one without a sum, a licence that
 * nobody has agreed to.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';

/** ADR 13 says what follows from the last. */
const AGREED = [
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Python-2.0',
  'AGPL-3.0',
];
/** Whose package.json names no licence in a way that npm reads; what stands in the package. */
const READ_BY_HAND = {
  '@pm2/js-api': 'Apache-2.0',
  busboy: 'MIT',
  'cli-tableau': 'MIT',
  streamsearch: 'MIT',
  tv4: 'MIT',
};

const FILE = 'var/sbom.cdx.json';
// Not `--omit dev`, which leaves out what a tool of development needs as well: half of Nest.
const npm = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
const { status, stdout, stderr } = spawnSync('npm', npm, { encoding: 'utf8', maxBuffer: 2 ** 26 });
if (status !== 0) {
  process.stderr.write(`sbom: npm ${npm.join(' ')} failed\n${stderr}`);
  process.exit(1);
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const shipped = new Set(
  Object.entries(packages)
    .filter(([path, { dev, devOptional, link }]) => path !== '' && !dev && !devOptional && !link)
    .map(([path, { name, version }]) => `${name ?? path.replace(/^.*node_modules\//, '')}@${version}`),
);
const all = JSON.parse(stdout);
const root = all.metadata.component['bom-ref'];
const components = all.components.filter(({ name, version }) => shipped.has(`${name}@${version}`));
const listed = new Set(components.map((each) => each['bom-ref']));
const dependencies = all.dependencies
  .filter(({ ref }) => ref === root || listed.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => listed.has(each)) }));
const sbom = { ...all, components, dependencies };
mkdirSync('var', { recursive: true });
writeFileSync(FILE, `${JSON.stringify(sbom, null, 2)}\n`);
process.stdout.write(`${FILE}: ${components.length} packages\n`);

/** @returns what is wrong with the list, a line each */
function faults() {
  const found = [];
  if (sbom.bomFormat !== 'CycloneDX' || !/^1\.[5-9]$/.test(sbom.specVersion))
    found.push('this is no CycloneDX of today');
  const there = new Set(components.map(({ name, version }) => `${name}@${version}`));
  for (const each of shipped) if (!there.has(each)) found.push(`${each} is in the lockfile and not in the list`);
  for (const { name, version, purl, hashes = [], licenses = [] } of components) {
    if (!purl?.startsWith('pkg:npm/')) found.push(`${name}@${version} has no address`);
    if (hashes.length === 0) found.push(`${name}@${version} has no sum`);
    const told = licenses.map(({ license, expression }) => expression ?? license.id ?? license.name);
    const licence = told.join(' and ') || READ_BY_HAND[name] || 'none';
    if (!AGREED.includes(licence))
      found.push(`${name}@${version} has the licence ${licence}: see docs/adr/0013-licences.md`);
  }
  return found;
}

if (process.argv.includes('--check')) {
  const found = faults();
  for (const fault of found) process.stderr.write(`sbom: ${fault}\n`);
  process.exitCode = found.length > 0 ? 1 : 0;
}
