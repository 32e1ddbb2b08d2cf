/** Face candidates in typed arrays that grow: a detector may see none or thousands. */
export class Candidates {
  count = 0;
  /** x1, y1, x2, y2 of candidate i at 4i. */
  boxes: Float32Array = new Float32Array(4 * 64);
  scores: Float32Array = new Float32Array(64);
  /** Ten coordinates of candidate i at 10i; of no meaning where the head gives no landmarks. */
  landmarks: Float32Array = new Float32Array(10 * 64);
  /** x, y, level and stride of the cell that saw candidate i, at 4i. */
  cells: Float32Array = new Float32Array(4 * 64);

  /** Takes up a candidate and gives its number; its box and landmarks are then written in place. */
  add(score: number, cellX: number, cellY: number, level: number, stride: number): number {
    const i = this.count++;
    if (i >= this.scores.length) this.#grow();
    this.scores[i] = score;
    this.cells[4 * i] = cellX;
    this.cells[4 * i + 1] = cellY;
    this.cells[4 * i + 2] = level;
    this.cells[4 * i + 3] = stride;
    return i;
  }

  /** Boxes and scores cut to the candidates there are. */
  trimmed(): { boxes: Float32Array; scores: Float32Array } {
    return { boxes: this.boxes.subarray(0, 4 * this.count), scores: this.scores.subarray(0, this.count) };
  }

  #grow(): void {
    const double = (old: Float32Array) => {
      const grown = new Float32Array(2 * old.length);
      grown.set(old);
      return grown;
    };
    this.boxes = double(this.boxes);
    this.scores = double(this.scores);
    this.landmarks = double(this.landmarks);
    this.cells = double(this.cells);
  }
}
