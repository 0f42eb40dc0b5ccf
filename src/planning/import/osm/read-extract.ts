import { MapCollection } from '../map/osm/map-collection.js';
import { type BlobPlace, ExtractFile } from '../pbf/blobs-in-file.js';
import { type Block, readBlock, sortsIn } from '../pbf/block.js';
import { isPossibleTime, readHeader } from '../pbf/header.js';
import { nodesIn } from '../pbf/nodes.js';
import { relationsIn } from '../pbf/relations.js';
import { waysIn } from '../pbf/ways.js';
import { Allowance } from './allowance.js';
import { Collection, type Extract } from './collection.js';
import { nothingLeftOut } from './left-out.js';

/**
 * Reads an extract: relations first (which ways carry a hiking route), then ways (which nodes matter), then nodes, in
 * whatever order the file has them. It takes as long as it takes without a pause, so it is work for a thread.
 * @param fd of an open file
 * @param onProgress called with the part done, 0–1, often; what it throws ends the reading
 * @param withMap whether to collect what a map shows as well
 * @throws BadExtract when the file is damaged, cut off, no extract, or says more than a file of its size can
 */
export function readExtract(fd: number, onProgress: (part: number) => void, withMap = false): Extract {
  const file = new ExtractFile(fd);
  const leftOut = nothingLeftOut();
  const allowance = new Allowance(file.size);
  const found = new Collection(allowance, leftOut);
  const map = withMap ? new MapCollection(allowance) : null;
  const wayBlobs: BlobPlace[] = [];
  const nodeBlobs: BlobPlace[] = [];
  let replicatedAtMs = Number.NaN;
  let newestMs = Number.NaN;
  const nowMs = Date.now();

  const seen = (changedAtMs: number): void => {
    if (Number.isNaN(changedAtMs) || changedAtMs === 0) return;
    if (!isPossibleTime(changedAtMs, nowMs)) leftOut.times++;
    else if (!(changedAtMs <= newestMs)) newestMs = changedAtMs;
  };
  const inBlock = (place: BlobPlace, work: (block: Block) => void): void => {
    const content = file.contentOf(place);
    file.at(place.start, () => work(readBlock(content, leftOut)));
  };
  const readRelations = (block: Block): void => {
    for (const relation of relationsIn(block)) {
      seen(relation.changedAtMs);
      found.relation(relation);
      map?.relation(relation);
    }
  };
  const readWays = (block: Block): void => {
    for (const way of waysIn(block)) {
      seen(way.changedAtMs);
      found.way(way);
      map?.way(way);
    }
  };
  const readNodes = (block: Block): void => {
    for (const nodes of nodesIn(block, Number.isNaN(replicatedAtMs))) {
      nodes.changedAtMs?.forEach(seen);
      found.nodesOf(nodes);
      map?.nodesOf(nodes);
    }
  };

  for (const place of file.blobs()) {
    onProgress((0.1 * place.start) / file.size);
    if (place.type === 'OSMHeader') {
      // Files that were put one behind the other have a header each: the newest tells how old the data is.
      const said = file.at(place.start, () => readHeader(file.contentOf(place))).replicatedAtMs;
      if (said !== null && Number.isNaN(said)) leftOut.times++;
      else if (said !== null && !(said <= replicatedAtMs)) replicatedAtMs = said;
    }
    if (place.type !== 'OSMData') continue;
    const content = file.contentOf(place);
    allowance.unpack(content.length);
    file.at(place.start, () => {
      const block = readBlock(content, leftOut);
      const sorts = sortsIn(block);
      if (sorts.ways) wayBlobs.push(place);
      if (sorts.nodes) nodeBlobs.push(place);
      if (sorts.relations) readRelations(block);
    });
  }
  found.endOfRelations();
  map?.endOfRelations();
  let done = 0;
  const passOver = (places: BlobPlace[], read: (block: Block) => void): void => {
    for (const place of places) {
      inBlock(place, read);
      onProgress(0.1 + (0.9 * ++done) / (wayBlobs.length + nodeBlobs.length));
    }
  };
  passOver(wayBlobs, readWays);
  found.endOfWays();
  map?.endOfWays();
  passOver(nodeBlobs, readNodes);

  const truthMs = Number.isNaN(replicatedAtMs) ? newestMs : replicatedAtMs;
  return {
    dataDate: Number.isNaN(truthMs) ? null : new Date(truthMs).toISOString().slice(0, 10),
    ...found.result,
    map,
    leftOut,
    allowance,
  };
}
