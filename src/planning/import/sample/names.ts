const BEGINNINGS = [
  ...['Alder', 'Bram', 'Corrie', 'Dun', 'Elder', 'Fern', 'Gars', 'Heather', 'Ivel', 'Kestrel', 'Larch'],
  ...['Marl', 'Nettle', 'Oaken', 'Pere', 'Quill', 'Rowan', 'Sedge', 'Thorn', 'Ulver', 'Wether', 'Yar'],
];

const ENDINGS = {
  village: ['by', 'stead', 'wick', 'ham', 'thorpe', 'mere'],
  peak: [' Pike', ' Fell', ' Tooth', ' Crag', ' Horn'],
  saddle: [' Hause', ' Gap', ' Saddle'],
  lake: [' Tarn', ' Water'],
  valley: ['dale', 'combe', 'strath'],
  hut: [' Hut', ' Refuge'],
} as const;

export type Named = keyof typeof ENDINGS;

/** Invented names: all that a kind of place can have, in an order of the random numbers, then again as "New …". */
export function namer(random: () => number): (kind: Named) => string {
  const left: Partial<Record<Named, string[]>> = {};
  return (kind) => {
    if (!left[kind]?.length) {
      const prefix = left[kind] ? 'New ' : '';
      left[kind] = BEGINNINGS.flatMap((beginning) => ENDINGS[kind].map((ending) => prefix + beginning + ending));
    }
    const names = left[kind];
    return names.splice(Math.floor(random() * names.length), 1)[0];
  };
}
