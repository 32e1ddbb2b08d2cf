/** Colour being shaded, linear, with its gloss; one object shared by the painters, which run once a sample. */
export interface Sample {
  r: number;
  g: number;
  b: number;
  gloss: number;
  /** Light that the sample sends out beside its albedo: a highlight in the eye. */
  glint: number;
  /** Fine detail lies here: eyes, brows, nose, mouth. */
  fine: boolean;
}
