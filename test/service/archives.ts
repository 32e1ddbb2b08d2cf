/** A pickle that would run a command if it were ever loaded. */
export function packPickle(): Uint8Array {
  return Buffer.from("cos\nsystem\n(S'touch /tmp/owned'\ntR.");
}
