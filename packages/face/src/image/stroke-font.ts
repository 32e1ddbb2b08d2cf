/**
 * Letters as pen strokes, so that labels look the same on every machine, those without fonts included.
 *
 * Each glyph is a list of strokes, each stroke a row of points, each point two digits: x from 0 to 4, y from
 * 0 (top of capitals) over 2 (top of small letters) and 6 (base line) to 8 (below it).
 */
const glyphs: Record<string, string> = {
  ...{ A: '062046 1434', B: '06003041423303 3344453606', C: '4130100105163645', D: '06002042442606' },
  ...{ E: '40000646 0333', F: '400006 0333', G: '41301001051636454323', H: '0006 4046 0343' },
  ...{ I: '1030 2026 1636', J: '4045361605', K: '0006 4004 1346', L: '000646', M: '0600234046' },
  ...{ N: '06004640', O: '103041453616050110', P: '06003041423303', Q: '103041453616050110 2446' },
  ...{ R: '06003041423303 2346', S: '413010010213334445361605', T: '0040 2026', U: '000516364540' },
  ...{ V: '002640', W: '0016223640', X: '0046 4006', Y: '002340 2326', Z: '00400646' },
  ...{ a: '4246 4332120305163645', b: '0006 0312324345361605', c: '4332120305163645' },
  ...{ d: '4046 4332120305163645', e: '04444332120305163645', f: '40302126 1242' },
  ...{ g: '4247381807 4332120305163645', h: '0006 0312324346', i: '2226 2020', j: '32372818 3030' },
  ...{ k: '0006 4205 1446', l: '202536', m: '0206 03122326 23324346', n: '0206 0312324346' },
  ...{ o: '123243453616050312', p: '0208 0312324345361605', q: '4248 4332120305163645' },
  ...{ r: '0206 042232', s: '43321203143445361605', t: '20253646 1242', u: '0205163645 4246' },
  ...{ v: '022642', w: '0216243642', x: '0246 4206', y: '4218 0226', z: '02420646' },
  ...{ 0: '102031352616050110', 1: '112026 1636', 2: '01103041420646' },
  ...{ 3: '0110304142334445361605 1333', 4: '36300444', 5: '400003334445361605' },
  ...{ 6: '413010010516364544331304', 7: '004016', 8: '103041423313020110 1304051636454433' },
  ...{ 9: '051636454130100102133342', '.': '2626', ',': '2617', ':': '2323 2626', ';': '2323 2617' },
  ...{ '!': '2024 2626', '?': '01103041422324 2626', "'": '2021', '"': '1011 3031', '`': '1021' },
  ...{ '(': '30212536', ')': '10212516', '[': '30101636', ']': '10303616', '{': '30202213242636' },
  ...{ '}': '10202233242616', '-': '1333', _: '0747', '+': '0343 2125', '=': '0242 0444' },
  ...{ '*': '2125 0244 0442', '/': '4006', '\\': '0046', '|': '2027', '<': '410345', '>': '014305' },
  ...{ '#': '1016 3036 0242 0444', '%': '4006 0000 4646', '&': '46121120310405162644' },
  ...{ $: '413010010213334445361605 2026', '@': '34141232344441301001051646', '^': '022042' },
  ...{ '~': '03123443', ' ': '' },
};

/** Between two letters, and for a space. */
const GAP = 1.8;
const SPACE = 2.2;
/** Height of capitals, in the units of the glyphs. */
export const CAPITAL_HEIGHT = 6;

/** Whether every letter of the text has strokes. */
export function hasStrokes(text: string): boolean {
  return [...text].every((letter) => Object.hasOwn(glyphs, letter));
}

/**
 * The text as data of an SVG path, in the units of the glyphs, from (0, 0) to (width, CAPITAL_HEIGHT) and
 * below; letters without strokes are left out.
 */
export function strokePath(text: string): { path: string; width: number } {
  let path = '';
  let x = 0;
  for (const letter of text) {
    const strokes = (glyphs[letter] ?? '').split(' ').filter(Boolean);
    const columns = strokes.flatMap((stroke) => [...stroke].filter((_, i) => i % 2 === 0).map(Number));
    const left = columns.length > 0 ? Math.min(...columns) : 0;
    for (const stroke of strokes) {
      const points = stroke.match(/\d\d/g)!.map((point) => `${Number(point[0]) - left + x} ${point[1]}`);
      path += `M${points.join('L')}`;
    }
    x += columns.length > 0 ? Math.max(...columns) - left + GAP : SPACE;
  }
  return { path, width: Math.max(0, x - GAP) };
}
