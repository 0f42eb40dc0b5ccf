import { BadBlock } from './bad-extract.js';
import { type Block, elementsIn, exact, RELATION } from './block.js';
import { Cursor, countNumbers, NOTHING, once, type Span } from './cursor.js';
import { type Info, readInfo } from './info.js';
import { readTags, type Tags } from './tags.js';

/** The API keeps 32 000. */
const MOST_MEMBERS = 2 ** 20;

const NODE_MEMBER = 0;
const WAY_MEMBER = 1;
const RELATION_MEMBER = 2;

export interface Relation extends Info {
  id: number;
  tags: Tags | null;
  /** Ids of the ways in it, but for those whose role is `inner`. */
  outerWays: number[];
  innerWays: number[];
  /** Ids of the relations in it. */
  parts: number[];
}

/**
 * The relations of a block, one after another.
 * @throws BadBlock when the block is damaged
 */
export function* relationsIn(block: Block): Generator<Relation> {
  for (const span of elementsIn(block, RELATION)) {
    let [keys, values, info, roles, members, types] = [NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING];
    let id = Number.NaN;
    for (const cursor = new Cursor(block.bytes, span); cursor.next(); ) {
      if (cursor.field === 1) id = cursor.number();
      else if (cursor.field === 2) keys = once(keys, cursor);
      else if (cursor.field === 3) values = once(values, cursor);
      else if (cursor.field === 4) info = once(info, cursor);
      else if (cursor.field === 8) roles = once(roles, cursor);
      else if (cursor.field === 9) members = once(members, cursor);
      else if (cursor.field === 10) types = once(types, cursor);
      else cursor.skip();
    }
    yield {
      id: exact(id),
      tags: readTags(block, keys, values),
      ...membersOf(block, roles, members, types),
      ...readInfo(block, info),
    };
  }
}

function membersOf(
  { bytes, strings }: Block,
  roles: Span,
  members: Span,
  types: Span,
): Pick<Relation, 'outerWays' | 'innerWays' | 'parts'> {
  const count = countNumbers(bytes, members);
  if (count > MOST_MEMBERS) throw new BadBlock(`a relation has ${count} members`);
  if (countNumbers(bytes, roles) !== count || countNumbers(bytes, types) !== count) {
    throw new BadBlock('a relation has not as many roles as members');
  }
  const found = { outerWays: [] as number[], innerWays: [] as number[], parts: [] as number[] };
  const [role, member, type] = [new Cursor(bytes, roles), new Cursor(bytes, members), new Cursor(bytes, types)];
  let id = 0;
  while (member.more) {
    id = exact(id + member.sint());
    const sort = type.varint();
    const as = role.varint();
    if (sort !== NODE_MEMBER && sort !== WAY_MEMBER && sort !== RELATION_MEMBER) {
      throw new BadBlock('a relation has a member of no known sort');
    }
    if (as >= strings.count) throw new BadBlock('a string is not in its table');
    if (sort === RELATION_MEMBER) found.parts.push(id);
    else if (sort === WAY_MEMBER) (strings.at(as) === 'inner' ? found.innerWays : found.outerWays).push(id);
  }
  return found;
}
