/** A picture's file: a `Blob` or `File`, or its bytes, as `readFile` gives them. */
export type Picture = Blob | ArrayBuffer | Uint8Array<ArrayBuffer>;

const blobOf = (picture: Picture): Blob => (picture instanceof Blob ? picture : new Blob([picture]));

/** Pictures as a form, each by the name of its part. */
export function formOf(pictures: Record<string, Picture>): FormData {
  const form = new FormData();
  for (const [name, picture] of Object.entries(pictures)) form.append(name, blobOf(picture), name);
  return form;
}
