/** Colours that are told apart on white and on black, also by most who see fewer of them. */
const FEW = [
  ...['#2f7ed8', '#ea7a1a', '#16a34a', '#d6336c', '#7048e8'],
  ...['#0c8599', '#a0763c', '#868e96', '#b08900', '#c026d3'],
];

/** How lines of many versions differ besides their colours. */
const DASHES = [undefined, '6 3', '2 3', '8 3 2 3'];

export interface Look {
  color: string;
  dash?: string;
}

/** The look of each of so many versions: no two have the same. */
export function looksOf(count: number): Look[] {
  if (count <= FEW.length) return FEW.slice(0, count).map((color) => ({ color }));
  // around the circle of hues, as often as there are ways to draw a line
  const numHues = Math.ceil(count / DASHES.length);
  return Array.from({ length: count }, (_, i) => {
    const dash = DASHES[Math.floor(i / numHues)];
    const hue = Math.round((360 * (i % numHues)) / numHues);
    return { color: `hsl(${hue} 65% 48%)`, ...(dash === undefined ? {} : { dash }) };
  });
}
