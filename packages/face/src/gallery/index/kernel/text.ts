// The kernel as WebAssembly text. `scripts/index-kernel.ts` assembles it into `modules.gen.ts`.
//
// What it reads and writes is described in `segments.ts`; what it computes, in `kernel.ts`.

/** How four rows and a query become four accumulators of four int32 lanes each. */
interface Dot {
  /** Bytes of a row that one multiplication takes. */
  bytes: 8 | 16;
  loadRow: string;
  loadQuery: string;
  accumulate(sum: string, row: string, query: string): string;
}

/** Kinds of kernels: engines that lack relaxed SIMD take the second. Both give the same numbers. */
export const dots: Record<'relaxed' | 'portable', Dot> = {
  // one instruction on processors with VNNI; the query's bytes are 0 to 127, so that no engine's result differs
  relaxed: {
    bytes: 16,
    loadRow: 'v128.load',
    loadQuery: 'v128.load',
    accumulate: (sum, row, query) => `(i32x4.relaxed_dot_i8x16_i7x16_add_s ${row} ${query} ${sum})`,
  },
  portable: {
    bytes: 8,
    loadRow: 'v128.load8x8_s',
    loadQuery: 'v128.load8x8_u',
    accumulate: (sum, row, query) => `(i32x4.add ${sum} (i32x4.dot_i16x8_s ${row} ${query}))`,
  },
};

/** Queries that are multiplied with four rows at a time: two are what 16 vector registers have room for. */
const TILE = 2;
const LANES = [0, 1, 2, 3];

const get = (name: string): string => `(local.get $${name})`;
const lines = (parts: readonly string[]): string => parts.join('\n');
const shuffle = (a: string, b: string, ...words: number[]): string =>
  `(i8x16.shuffle ${words.flatMap((word) => LANES.map((byte) => 4 * word + byte)).join(' ')} ${a} ${b})`;

/** Multiplies the four rows of a block with `count` queries, from `$query` on. */
function tile(dot: Dot, count: number): string {
  const queries = Array.from({ length: count }, (_, q) => q);
  const steps = Array.from({ length: 16 / dot.bytes }, (_, step) => step * dot.bytes);
  return lines([
    '(local.set $x (local.get $block))',
    ...queries.map(
      (q) => `(local.set $q${q} (i32.add (local.get $query) (i32.mul (i32.const ${q}) (local.get $length))))`,
    ),
    ...queries.flatMap((q) => LANES.map((r) => `(local.set $sum${q}${r} (v128.const i32x4 0 0 0 0))`)),
    '(loop $steps',
    ...steps.flatMap((at) => [
      ...LANES.map((r) => `(local.set $row${r} (${dot.loadRow} offset=${16 * r + at} (local.get $x)))`),
      ...queries.flatMap((q) => [
        `(local.set $other (${dot.loadQuery} offset=${at} (local.get $q${q})))`,
        ...LANES.map(
          (r) =>
            `(local.set $sum${q}${r} ${dot.accumulate(get(`sum${q}${r}`), get(`row${r}`), get('other'))})`,
        ),
      ]),
    ]),
    ...queries.map((q) => `(local.set $q${q} (i32.add (local.get $q${q}) (i32.const 16)))`),
    '(local.set $x (i32.add (local.get $x) (i32.const 64)))',
    '(br_if $steps (i32.lt_u (local.get $x) (local.get $facts))))',
    ...queries.map((q) => judge(q)),
  ]);
}

/** Adds up a query's four accumulators, and writes out the rows that may be among the best. */
function judge(q: number): string {
  const sum = (r: number): string => get(`sum${q}${r}`);
  const pair = (a: number, b: number): string =>
    `(i32x4.add ${shuffle(sum(a), sum(b), 0, 4, 1, 5)} ${shuffle(sum(a), sum(b), 2, 6, 3, 7)})`;
  return `
    (local.set $row0 ${pair(0, 1)})
    (local.set $row1 ${pair(2, 3)})
    (local.set $other (i32x4.add ${shuffle(get('row0'), get('row1'), 0, 1, 4, 5)} ${shuffle(get('row0'), get('row1'), 2, 3, 6, 7)}))
    ;; score = (Σ code·(query + 64) − 64 Σ code) · scale of the row · scale of the query
    (local.set $score (f32x4.mul
      (f32x4.mul
        (f32x4.convert_i32x4_s (i32x4.sub (local.get $other) (i32x4.shl (v128.load offset=48 (local.get $facts)) (i32.const 6))))
        (v128.load (local.get $facts)))
      (v128.load32_splat offset=${16 * q} (local.get $param))))
    ;; error = residual · |query| + length · residual of the query
    (local.set $error (f32x4.add
      (f32x4.mul (v128.load offset=16 (local.get $facts)) (v128.load32_splat offset=${16 * q + 4} (local.get $param)))
      (f32x4.mul (v128.load offset=32 (local.get $facts)) (v128.load32_splat offset=${16 * q + 8} (local.get $param)))))
    (local.set $upper (f32x4.add (local.get $score) (local.get $error)))
    (local.set $mask (i32x4.bitmask (f32x4.ge (local.get $upper) (v128.load32_splat offset=${16 * q + 12} (local.get $param)))))
    (if (local.get $mask) (then
      (local.set $lower (f32x4.sub (local.get $score) (local.get $error)))
      ${lines(LANES.map((lane) => emit(q, lane)))}))`;
}

const emit = (q: number, lane: number): string => `
  (if (i32.and (local.get $mask) (i32.const ${1 << lane})) (then
    (i32.store (local.get $out) (i32.add (local.get $at) (i32.const ${q})))
    (i32.store offset=4 (local.get $out) (i32.add (local.get $from) (i32.const ${lane})))
    (f32.store offset=8 (local.get $out) (f32x4.extract_lane ${lane} (local.get $upper)))
    (f32.store offset=12 (local.get $out) (f32x4.extract_lane ${lane} (local.get $lower)))
    (local.set $out (i32.add (local.get $out) (i32.const 16)))))`;

/** The module's text. */
export function kernelText(kind: keyof typeof dots): string {
  const dot = dots[kind];
  const params = ['from', 'to', 'rows', 'length', 'queries', 'numQueries', 'params', 'out', 'outEnd'];
  const words = ['block', 'blockBytes', 'facts', 'query', 'param', 'at', 'x', 'mask', 'q0', 'q1'];
  const vectors = ['row0', 'row1', 'row2', 'row3', 'other', 'score', 'error', 'upper', 'lower'];
  const sums = Array.from({ length: TILE }, (_, q) => LANES.map((r) => `sum${q}${r}`)).flat();
  const next = (count: number): string => `
    (local.set $query (i32.add (local.get $query) (i32.mul (i32.const ${count}) (local.get $length))))
    (local.set $param (i32.add (local.get $param) (i32.const ${16 * count})))
    (local.set $at (i32.add (local.get $at) (i32.const ${count})))`;
  return `(module
  (import "index" "memory" (memory 1 65536 shared))
  (global $written (export "written") (mut i32) (i32.const 0))
  (func (export "scan") ${params.map((name) => `(param $${name} i32)`).join(' ')} (result i32)
    ${words.map((name) => `(local $${name} i32)`).join(' ')}
    ${[...vectors, ...sums].map((name) => `(local $${name} v128)`).join(' ')}
    (local.set $blockBytes (i32.add (i32.mul (local.get $length) (i32.const 4)) (i32.const 64)))
    (local.set $block (i32.add (local.get $rows)
      (i32.mul (i32.shr_u (local.get $from) (i32.const 2)) (local.get $blockBytes))))
    (block $done
      (loop $blocks
        (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
        ;; every row may be one to write out
        (br_if $done (i32.gt_u
          (i32.add (local.get $out) (i32.mul (local.get $numQueries) (i32.const 64))) (local.get $outEnd)))
        (local.set $facts (i32.add (local.get $block) (i32.mul (local.get $length) (i32.const 4))))
        (local.set $query (local.get $queries))
        (local.set $param (local.get $params))
        (local.set $at (i32.const 0))
        (block $tiled
          (loop $tiles
            (br_if $tiled (i32.gt_u (i32.add (local.get $at) (i32.const ${TILE})) (local.get $numQueries)))
            ${tile(dot, TILE)}
            ${next(TILE)}
            (br $tiles)))
        (block $single
          (br_if $single (i32.ge_u (local.get $at) (local.get $numQueries)))
          ${tile(dot, 1)})
        (local.set $from (i32.add (local.get $from) (i32.const 4)))
        (local.set $block (i32.add (local.get $block) (local.get $blockBytes)))
        (br $blocks)))
    (global.set $written (local.get $out))
    (local.get $from)))
`;
}
