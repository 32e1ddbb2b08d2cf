/** Numbers from 0 to 1, 1 excluded: sfc32 (Small Fast Counter, by Chris Doty-Humphrey of PractRand) from three words. */
export function sfc32(a: number, b: number, c: number): () => number {
  a |= 0;
  b |= 0;
  c |= 0;
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next(); // until every bit of the words reaches every bit of what comes out
  return next;
}
