/** The colours of the map. Two sets of one shape: the style itself knows neither light nor dark. */
export interface Palette {
  land: string;
  ground: Record<string, string>;
  water: string;
  waterLine: string;
  waterText: string;
  shadow: string;
  highlight: string;
  shade: number;
  contour: string;
  contourText: string;
  building: string;
  boundary: string;
  reserve: string;
  road: { case: string; motorway: string; primary: string; secondary: string; minor: string };
  rail: string;
  trail: { case: string; unknown: string; t1: string; t23: string; t45: string; t6: string; track: string };
  route: string;
  cliff: string;
  text: string;
  quietText: string;
  halo: string;
  peak: string;
  badge: { hut: string; parking: string; other: string; ink: string };
  loops: [string, string, string];
  loopCase: string;
  start: string;
}

export const light: Palette = {
  land: '#f4f2e9',
  ground: {
    wood: '#c9e0ae',
    scrub: '#d9e5bd',
    heath: '#e4e2bd',
    grass: '#e6eecb',
    rock: '#dfdbd3',
    scree: '#e6e2da',
    glacier: '#e6f2f7',
    sand: '#f3e8c8',
    wetland: '#d5e6d8',
    built: '#e6dfd7',
    quarry: '#ddd5cd',
    farmland: '#f1ebd2',
    park: '#d7ebc3',
  },
  water: '#a6cee8',
  waterLine: '#6faad2',
  waterText: '#2d6d9c',
  shadow: '#6b6862',
  highlight: '#fffdf4',
  shade: 0.34,
  contour: '#a8753c',
  contourText: '#8a5a26',
  building: '#cbbfb3',
  boundary: '#8f7a9d',
  reserve: '#4f8f4a',
  road: { case: '#b9a98f', motorway: '#f0a35e', primary: '#f9cd7f', secondary: '#fbe6a6', minor: '#ffffff' },
  rail: '#6f6a68',
  trail: {
    case: '#fbf8ef',
    unknown: '#7a4a24',
    t1: '#cf6a12',
    t23: '#c9252d',
    t45: '#1f57c0',
    t6: '#16245f',
    track: '#8d6a45',
  },
  route: '#e2559a',
  cliff: '#8c8378',
  text: '#22241f',
  quietText: '#5b594f',
  halo: '#fbf9f1',
  peak: '#4a2f1b',
  badge: { hut: '#a8371f', parking: '#2a62ad', other: '#4d5a4c', ink: '#ffffff' },
  loops: ['#c3006b', '#1b5fd1', '#00807c'],
  loopCase: '#ffffff',
  start: '#0b6b4d',
};

export const dark: Palette = {
  land: '#22272a',
  ground: {
    wood: '#243a30',
    scrub: '#2a3b30',
    heath: '#34382c',
    grass: '#2d3a2f',
    rock: '#33373a',
    scree: '#383b3d',
    glacier: '#3a4b55',
    sand: '#403b2d',
    wetland: '#263d3a',
    built: '#33353a',
    quarry: '#38363a',
    farmland: '#33342b',
    park: '#274031',
  },
  water: '#1d4660',
  waterLine: '#3f7fa8',
  waterText: '#8cc4e8',
  shadow: '#05090b',
  highlight: '#7b8b8c',
  shade: 0.42,
  contour: '#94764f',
  contourText: '#c9a678',
  building: '#494b50',
  boundary: '#9b86ab',
  reserve: '#5fa261',
  road: { case: '#191c1e', motorway: '#a5703a', primary: '#937238', secondary: '#7c6a3e', minor: '#5f6468' },
  rail: '#8d9194',
  trail: {
    case: '#1a1f21',
    unknown: '#d3a878',
    t1: '#ff9d45',
    t23: '#ff6b6b',
    t45: '#7fb0ff',
    t6: '#b8c4ff',
    track: '#b0926d',
  },
  route: '#c24b86',
  cliff: '#8b8781',
  text: '#eef0ea',
  quietText: '#b9bbb3',
  halo: '#1a1e20',
  peak: '#f0d6b8',
  badge: { hut: '#d4583c', parking: '#3d7fd4', other: '#8b9a89', ink: '#ffffff' },
  loops: ['#ff66b3', '#7db4ff', '#3fd6c8'],
  loopCase: '#0e1112',
  start: '#2fbd8c',
};
