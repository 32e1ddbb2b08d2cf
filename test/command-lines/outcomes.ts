// Command lines of the documentation whose outcome is cheap to produce, in an order in which each finds what it needs.
// DIR is the fixture's folder (fixture.ts). What each printed and how it ended before the packages were rebuilt stands
// in outcomes.json.
const models = '--detector DIR/detector --recognizer DIR/recognizer';

export const outcomes: readonly string[] = [
  `gallery build --data DIR/people ${models} --out DIR/gallery --set scale=1 --threshold 0.9 --format json`,
  `recognize --data DIR/photos --gallery DIR/gallery ${models} --set scale=1 --format json`,
  `recognize --data DIR/photos --gallery DIR/gallery ${models} --set scale=1 --format csv`,
  `recognize --data DIR/photos --gallery DIR/gallery ${models} --set scale=1 --format table --annotate DIR/annotated`,
  `recognize --data DIR/mixed --gallery DIR/gallery ${models} --set scale=1 --format json`,
  `recognize --data DIR/photos --gallery DIR/gallery ${models} --set scale=1 --set threshold=0.99999 --set tile=640 --format json`,
  `recognize --data DIR/missing --gallery DIR/gallery ${models}`,
  `recognize --data DIR/photos --gallery DIR/missing ${models}`,
  `recognize --data DIR/photos --gallery DIR/gallery ${models} --set thresold=1`,
  'gallery build --out DIR/other',
  'recognise',
  'recognize --date DIR/photos',
  'detect --data DIR/photos --detector DIR/detector --set scale=1 --format json',
  'detect --data DIR/photos/party.png --detector DIR/detector --set scale=1 --format table --annotate DIR/boxes',
  'detect --data DIR/photos --detector DIR/recognizer',
  'model inspect DIR/detector --format json',
  'model inspect DIR/recognizer --format json',
  'model inspect DIR/missing',
  'model import DIR/recognizer.onnx --dialect arcface-insightface --out DIR/imported',
  'model import DIR/recognizer.onnx --dialect no-such --out DIR/imported-2',
  'data inspect DIR/people --format json',
  'data inspect DIR/mixed --format json',
  'data inspect DIR/pairs.txt --format json',
  'data inspect DIR/labelled --format json',
  'data convert --data DIR/people --to recordio --out DIR/people-rec',
  'data convert --data DIR/people-rec --to tar --out DIR/people.tar',
  'data convert --data DIR/labelled --to coco --out DIR/coco',
  'data convert --data DIR/labelled --to coco --out DIR/coco',
  'data align --data DIR/people --detector DIR/detector --out DIR/crops --set scale=1 --format json',
  'data clean --data DIR/crops --crops --recognizer DIR/recognizer --out DIR/clean --no-cache --format json',
  `evaluate verification --pairs DIR/pairs.txt --data DIR/people ${models} --set scale=1 --no-cache --format json`,
  'evaluate identification --data DIR/crops --crops --enrol 1 --min-photos 2 --recognizer DIR/recognizer --no-cache --format json',
  'evaluate detection --data DIR/labelled/label.txt --detector DIR/detector --set scale=1 --min-faces 0,16 --format json',
  'jobs list --jobs DIR/jobs',
  'jobs list --jobs DIR/jobs --format json',
  'jobs show faces/V0001 --jobs DIR/jobs',
  'jobs create faces --jobs DIR/jobs -- train recognition --data DIR/crops --set leraning=0.1',
  'keys create --role read --label kiosk --state DIR/state',
  'keys list --state DIR/state --format json',
  'keys revoke 0a1b2c3d4e5f --state DIR/state',
];

export interface Outcome {
  code: number;
  /** Where standard output is JSON (or a line of it each): the path of every value and its type. */
  json?: string[];
  /** The code of the error, where there was one. */
  error?: string;
  /** Standard output where it is CSV, the fixture's folder written as DIR. */
  csv?: string;
}

/** The paths of all values of lines of JSON and their types; undefined where the text is no JSON. */
export function shapeOf(text: string): string[] | undefined {
  const paths = new Set<string>();
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, `${path}[]`);
    else if (value !== null && typeof value === 'object') {
      // a name in the data is no name of a field
      for (const [key, item] of Object.entries(value))
        visit(item, `${path}.${/^[a-zA-Z]\w*$/.test(key) ? key : '*'}`);
    } else paths.add(`${path}: ${value === null ? 'null' : typeof value}`);
  };
  try {
    for (const line of text.split('\n').filter((part) => part.trim() !== '')) visit(JSON.parse(line), '');
  } catch {
    return undefined;
  }
  return paths.size === 0 ? undefined : [...paths].sort();
}
